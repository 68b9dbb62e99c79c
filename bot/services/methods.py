"""/metoder: how actors did it, as all who take part in the arenas read it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from bot.domain.answers import UnknownChoice
from bot.domain.errors import Outdated
from bot.domain.methods import Narrowing
from bot.domain.model import Actor, BookingView, Issue, Person
from bot.domain.policy import has_been
from bot.domain.ports.methods import Shared
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.methods import MethodCard, MethodList, Narrower
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.dialogues import close_drafts
from bot.services.issues import own_actors, require_taking_part

KIND, TALK_KIND = "method", "method_talk"
"""Drafts of what is shared, and of questions and answers about it."""
PAGE, OWN_SHOWN = 5, 3


async def leave(work: UnitOfWork, seat: Seat, *, now: datetime) -> None:
    """Whatever was asked about methods is left: the person went elsewhere."""
    await close_drafts(work, seat.chat_id, seat.person, {KIND, TALK_KIND}, now=now)


# Read


async def browse(
    work: UnitOfWork, seat: Seat, narrowing: Narrowing | None = None, page: int = 0, *, now: datetime
) -> MethodList:
    """A page of what is shared; who takes no part in the arenas sees none of it."""
    await leave(work, seat, now=now)
    wanted = narrowing or Narrowing()
    own = await own_actors(work, seat.person)
    if not own and not await rights.is_coordinator(work, seat.person):
        return MethodList(page_of([], 0, PAGE), wanted, takes_part=False)
    shared = await work.methods.list_shared()
    return MethodList(
        page_of([each for each in shared if wanted.holds(each)], page, PAGE),
        wanted,
        await work.arenas.find(wanted.arena_id) if wanted.arena_id is not None else None,
        await work.issues.find(wanted.issue_id) if wanted.issue_id is not None else None,
        await _latest_unshared(work, own, now=now),
    )


async def _latest_unshared(work: UnitOfWork, own: list[Actor], *, now: datetime) -> list[BookingView]:
    """The latest that these actors could tell of."""
    views = [v for actor in own for v in await work.bookings.list_of_actor(actor.id) if v.actor.id == actor.id]
    latest = sorted(views, key=lambda each: each.slot.starts_at, reverse=True)
    return await list_unshared(work, latest, now=now, limit=OWN_SHOWN)


async def list_unshared(
    work: UnitOfWork, views: Iterable[BookingView], *, now: datetime, limit: int | None = None
) -> list[BookingView]:
    """Those of these activities that took place and of which nobody tells, the first of them."""
    found: list[BookingView] = []
    for view in views:
        if len(found) == limit:
            break
        if has_been(view, now) and await is_unshared(work, view) and await was_held(work, view):
            found.append(view)
    return found


async def is_unshared(work: UnitOfWork, view: BookingView) -> bool:
    """Whether nobody tells how it was done, or no longer."""
    method = await work.methods.of(view.activity.id)
    return method is None or method.withdrawn_at is not None


async def was_held(work: UnitOfWork, view: BookingView) -> bool:
    """Whether it took place, as far as anybody has said."""
    evaluation = await work.evaluations.of(view.activity.id)
    return evaluation is None or evaluation.held is not False


async def narrow(work: UnitOfWork, seat: Seat, by: str, narrowing: Narrowing, *, now: datetime) -> Narrower:
    """What there is to choose from, beside what is chosen. Raises NotAllowed, UnknownChoice."""
    await require_taking_part(work, seat.person)
    await leave(work, seat, now=now)
    shared = [each for each in await work.methods.list_shared() if narrowing.holds(each)]
    match by:
        case "arena":
            arenas = Counter(each.edition.arena_id for each in shared)
            found = [(a, arenas[a.id]) for a in await work.arenas.list_all() if arenas[a.id]]
            return Narrower(by, narrowing, arenas=found)
        case "kind":
            kinds = Counter(each.activity.kind for each in shared if each.activity.kind is not None)
            return Narrower(by, narrowing, kinds=kinds.most_common())
        case "issue":
            issues = Counter(issue_id for each in shared for issue_id in each.issue_ids)
            return Narrower(by, narrowing, issues=[(i, issues[i.id]) for i in await _issues(work, issues)])
        case _:
            raise UnknownChoice


async def _issues(work: UnitOfWork, ids: Iterable[int]) -> list[Issue]:
    wanted = set(ids)
    return [issue for issue in await work.issues.list_all() if issue.id in wanted]


async def standing(work: UnitOfWork, method_id: int) -> Shared:
    """One that is not withdrawn. Raises NotFound, Outdated."""
    shared = await work.methods.shared(method_id)
    if shared.method.withdrawn_at is not None:
        raise Outdated(what="methods", id=method_id)
    return shared


async def show(work: UnitOfWork, seat: Seat, method_id: int, *, now: datetime, said: str | None = None) -> MethodCard:
    """One as it is now; one that is withdrawn says no more than that to others. Raises NotFound, NotAllowed."""
    await require_taking_part(work, seat.person)
    await leave(work, seat, now=now)
    shared = await work.methods.shared(method_id)
    owns = await rights.represents(work, seat.person, shared.actor.id)
    stands = shared.method.withdrawn_at is None
    return MethodCard(
        shared,
        await _issues(work, shared.issue_ids),
        owns,
        asks=stands and not owns and bool(await work.people.list_of_actor(shared.actor.id)),
        lifts=stands and await rights.coordinates(work, seat.person, shared.edition.arena_id),
        waiting=await work.method_questions.list_waiting(method_id) if owns else (),
        said=said,
    )


async def show_file(work: UnitOfWork, seat: Seat, method_id: int, *, now: datetime) -> MethodCard:
    """One whose file is wanted. Raises NotFound, NotAllowed, Outdated."""
    card = await show(work, seat, method_id, now=now)
    withdrawn = card.shared.method.withdrawn_at is not None and not card.owns
    if withdrawn or card.shared.method.file_id is None:
        raise Outdated(what="methods", id=method_id)
    return card


async def lift(work: UnitOfWork, person: Person, method_id: int) -> Shared:
    """What a coordinator would put in an announcement. Raises NotFound, NotAllowed, Outdated."""
    shared = await standing(work, method_id)
    await rights.require_coordinator(work, person, shared.edition.arena_id)
    return shared


async def record(work: UnitOfWork, person: Person, act: str, method_id: int, *, now: datetime) -> None:
    """Note what was done."""
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"method:{method_id}", detail={})
