"""A newcomer says which organisation they act for; a coordinator is asked."""

from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.matching import closest
from bot.domain.membership import NAME_MAX, WAITING_MAX, TooManyWaiting, short_text
from bot.domain.model import Actor, ActorKind, ActorState, Draft, MemberState, Person
from bot.domain.municipalities import own_municipality
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.people import Joining, Newcomer
from bot.domain.seat import Seat
from bot.services import notices
from bot.services.dialogues import advance, close_drafts, open_draft, own_draft, past_draft
from bot.services.members import all_coordinators, set_member

JOIN = "join"


async def start_joining(work: UnitOfWork, seat: Seat, *, now: datetime) -> Joining:
    """Ask which organisation the person acts for."""
    draft = await open_draft(work, seat, JOIN, "name", awaits_text=True, now=now)
    return Joining(draft, first=not await work.members.list_of_person(seat.person.id))


async def ask_again(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Joining:
    """Let another name be written. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, JOIN)
    draft = await advance(work, draft, "name", awaits_text=True, now=now)
    return Joining(draft, first=not await work.members.list_of_person(seat.person.id))


async def name_organisation(work: UnitOfWork, draft: Draft, text: str, *, now: datetime) -> Joining:
    """Offer the known actors that may be meant; when there are none, ask what kind it is.

    Raises NameMissing, TextTooLong.
    """
    wrote = short_text(text, NAME_MAX)
    candidates = closest(wrote, await work.actors.list_known(), 4)
    draft = await advance(work, draft, "pick" if candidates else "kind", awaits_text=True, now=now, wrote=wrote)
    return Joining(draft, wrote, candidates)


async def none_of_these(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Joining:
    """The organisation is not known yet: ask what kind it is. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, JOIN)
    if "wrote" not in draft.data:
        raise NotFound(what="drafts", id=draft_id)
    draft = await advance(work, draft, "kind", awaits_text=True, now=now)
    return Joining(draft, draft.data["wrote"])


async def join_known(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> Newcomer:
    """Ask coordinators whether the person acts for a known actor. Raises NotFound, TooManyWaiting."""
    if asked := await _asked_before(work, seat, draft_id):
        return asked
    draft = await own_draft(work, seat, draft_id, JOIN)
    actor = await work.actors.get(actor_id)
    if actor.state is not ActorState.ACTIVE:
        raise NotFound(what="actors", id=actor_id)
    return await _request(work, seat, draft, actor, now=now)


async def join_new(work: UnitOfWork, seat: Seat, draft_id: int, kind: ActorKind, *, now: datetime) -> Newcomer:
    """Ask coordinators about an organisation that is not known yet. Raises NotFound, TooManyWaiting."""
    if asked := await _asked_before(work, seat, draft_id):
        return asked
    draft = await own_draft(work, seat, draft_id, JOIN)
    if draft.step != "kind":
        raise NotFound(what="drafts", id=draft_id)
    name = str(draft.data["wrote"])
    actor = await work.actors.add(
        name=name,
        kind=kind,
        aliases=(),
        state=ActorState.REQUESTED,
        municipality=own_municipality(name, kind),
        created_at=now,
    )
    return await _request(work, seat, draft, actor, now=now)


async def _asked_before(work: UnitOfWork, seat: Seat, draft_id: int) -> Newcomer | None:
    """What the same press has come to before."""
    draft = await past_draft(work, seat, draft_id, JOIN)
    if draft.open or "actor_id" not in draft.data:
        return None
    actor = await work.actors.get(int(draft.data["actor_id"]))
    member = await work.members.between(actor.id, seat.person.id)
    return Newcomer(member, seat.person, actor) if member is not None else None


async def _request(work: UnitOfWork, seat: Seat, draft: Draft, actor: Actor, *, now: datetime) -> Newcomer:
    draft = await advance(work, draft, "asked", now=now, actor_id=actor.id)
    await close_joining(work, draft.chat_id, seat.person, now=now)
    member = await work.members.between(actor.id, seat.person.id)
    if member is None or member.state is MemberState.ENDED:
        waiting = [m for m in await work.members.list_of_person(seat.person.id) if m.state is MemberState.REQUESTED]
        if len(waiting) >= WAITING_MAX:
            raise TooManyWaiting(limit=WAITING_MAX)
        member = await set_member(work, member, actor, seat.person, MemberState.REQUESTED, by=None, now=now)
        key = f"newcomer:{member.id}:{now:%Y%m%d%H%M%S}"
        await notices.tell_all(work, await all_coordinators(work), "newcomer", key=key, member_id=member.id)
    return Newcomer(member, seat.person, actor)


async def close_joining(work: UnitOfWork, chat_id: int, person: Person, *, now: datetime) -> None:
    """No question for the person's organisation is open any more."""
    await close_drafts(work, chat_id, person, {JOIN}, now=now)
