"""Actors as coordinators keep them: found, shown, edited, and their people's rights."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.contact import email_from, phone_from
from bot.domain.edition_rules import is_over
from bot.domain.errors import DomainError, NotFound
from bot.domain.matching import closest, fold, is_same
from bot.domain.membership import NAME_MAX, short_text
from bot.domain.model import Actor, ActorKind, ActorState, Allocation, BookingState, Draft, Edition, MemberState, Person
from bot.domain.municipalities import MUNICIPALITIES, own_municipality
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import ActorCard, ActorList, AskedField, WhichEdition
from bot.domain.results.bookings import CoInvitation
from bot.domain.seat import Seat
from bot.domain.text import clean
from bot.services import co_organisers, notices, people, rights
from bot.services.dialogues import advance, close_drafts, open_draft, own_draft

KIND = "actor"
PAGE = 8
"""Actors on a page."""
SEARCH = "search"
FIELDS = ("name", "kind", "aliases", "municipality", "contact_name", "contact_email", "contact_phone")
"""What of an actor can be edited."""
PRESSED = frozenset({"kind", "municipality"})
"""What is chosen and not written."""
_OPTIONAL = frozenset(FIELDS) - {"name", "kind"}


class NameTaken(DomainError):
    """Another actor has this name; `name`."""


class UnknownField(DomainError):
    """An actor has no such thing to edit."""


# Found


async def list_actors(work: UnitOfWork, seat: Seat, page: int = 0, *, now: datetime) -> ActorList:
    """A page of the actors; what is written next is sought among them. Raises NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    await _await_search(work, seat, now=now)
    known = await work.actors.list_known()
    pages = max(1, -(-len(known) // PAGE))
    page = min(max(page, 0), pages - 1)
    return await _list(work, seat.person, known[page * PAGE : (page + 1) * PAGE], page, pages, len(known))


async def _list(
    work: UnitOfWork, person: Person, found: list[Actor], page: int, pages: int, count: int, wrote: str | None = None
) -> ActorList:
    unreachable = await work.actors.list_unreachable()
    all_arenas = await rights.coordinates(work, person, None)
    return ActorList(found, page, pages, count, len(unreachable), all_arenas, wrote)


async def _await_search(work: UnitOfWork, seat: Seat, *, now: datetime) -> None:
    for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
        if draft.kind == KIND and draft.step == SEARCH:
            await advance(work, draft, SEARCH, awaits_text=True, now=now, card_id=seat.card_id)
            return
    await open_draft(work, seat, KIND, SEARCH, awaits_text=True, now=now)


async def search(work: UnitOfWork, person: Person, text: str) -> ActorList:
    """The actors like what was written. Raises NotAllowed, NameMissing, TextTooLong."""
    await rights.require_any_coordinator(work, person)
    wrote = short_text(text, NAME_MAX)
    known = await work.actors.list_known()
    like = closest(wrote, known, PAGE)
    holding = [a for a in known if any(fold(wrote) in fold(name) for name in (a.name, *a.aliases))]
    found = list({actor.id: actor for actor in (*like, *holding)}.values())[:PAGE]
    return await _list(work, person, found, 0, 1, len(known), wrote)


async def show_actor(work: UnitOfWork, seat: Seat, actor_id: int, *, now: datetime) -> ActorCard:
    """An actor (the one that it was merged into). Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    await close_drafts(work, seat.chat_id, seat.person, {KIND}, now=now)
    actor = await work.actors.get(actor_id)
    if actor.merged_into_id is not None:
        actor = await work.actors.get(actor.merged_into_id)
    views = [v for v in await work.bookings.list_of_actor(actor.id) if v.booking.state is not BookingState.HELD]
    asked = await _asked(work, seat.person, actor)
    may_merge = await rights.coordinates(work, seat.person, None)
    return ActorCard(actor, await work.people.list_of_actor(actor.id), views, asked, may_merge)


async def _asked(work: UnitOfWork, person: Person, actor: Actor) -> list[CoInvitation]:
    """Invitations to arrange together that wait, where the coordinator may answer for the actor."""
    asked = []
    for invited in await work.co_organisers.list_invited(actor.id):
        if await work.bookings.list_of_activity(invited.activity_id):
            invitation = await co_organisers.invitation(work, invited.id)
            if await _runs(work, person, invitation.view.edition):
                asked.append(invitation)
    return asked


async def known_actor(work: UnitOfWork, person: Person, actor_id: int, *, lock: bool = False) -> Actor:
    """An active actor, for a coordinator. Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, person)
    actor = await work.actors.get(actor_id, lock=lock)
    if actor.state is not ActorState.ACTIVE:
        raise NotFound(what="actors", id=actor_id)
    return actor


async def editions_to_book(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> WhichEdition:
    """The editions, not over, in which the coordinator may book for the actor. Raises NotFound, NotAllowed."""
    actor = await known_actor(work, person, actor_id)
    return WhichEdition(actor, [e for e in await list_ahead(work, now=now) if await _runs(work, person, e)])


async def list_ahead(work: UnitOfWork, *, now: datetime) -> list[Edition]:
    """The published editions with slots that are not over."""
    return [
        e for e in await work.editions.list_published() if e.allocation is not Allocation.NONE and not is_over(e, now)
    ]


async def _runs(work: UnitOfWork, person: Person, edition: Edition) -> bool:
    return await rights.coordinates(work, person, edition.arena_id)


# Edited


async def ask_field(work: UnitOfWork, seat: Seat, actor_id: int, what: str, *, now: datetime) -> AskedField:
    """Ask for another name, kind, contact and so on. Raises NotFound, NotAllowed, UnknownField."""
    actor = await known_actor(work, seat.person, actor_id)
    if what not in FIELDS:
        raise UnknownField
    data = {"actor_id": actor_id}
    return AskedField(await open_draft(work, seat, KIND, what, data, awaits_text=what not in PRESSED, now=now), actor)


async def write_field(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> ActorCard:
    """Keep what was written. Raises NotAllowed, NameMissing, TextTooLong, NameTaken, BadEmail, BadPhone."""
    actor = await known_actor(work, seat.person, int(draft.data["actor_id"]), lock=True)
    value = await _read(work, actor, draft.step, text)
    return await _change(work, seat, actor, {draft.step: value}, now=now)


async def _read(work: UnitOfWork, actor: Actor, what: str, text: str) -> Any:
    match what:
        case "contact_email":
            return email_from(text)
        case "contact_phone":
            return phone_from(text)
        case "aliases":
            return tuple(
                short_text(alias, NAME_MAX) for alias in clean(text).replace("\n", ",").split(",") if alias.strip()
            )
        case "name":
            name = short_text(text, NAME_MAX)
            await require_new_name(work, name, but=actor.id)
            return name
        case _:
            return short_text(text, NAME_MAX)


async def require_new_name(work: UnitOfWork, name: str, *, but: int = 0) -> None:
    """Raise NameTaken when another actor surely is the same."""
    for other in await work.actors.list_known():
        if other.id != but and is_same(name, other):
            raise NameTaken(name=other.name)


async def set_kind(work: UnitOfWork, seat: Seat, actor_id: int, kind: ActorKind, *, now: datetime) -> ActorCard:
    """Another kind of organisation. Raises NotFound, NotAllowed."""
    actor = await known_actor(work, seat.person, actor_id, lock=True)
    municipality = actor.municipality or own_municipality(actor.name, kind)
    return await _change(work, seat, actor, {"kind": kind, "municipality": municipality}, now=now)


async def set_municipality(work: UnitOfWork, seat: Seat, actor_id: int, number: int, *, now: datetime) -> ActorCard:
    """Where in the county the actor has its seat, by its place in the list. Raises NotFound, NotAllowed, UnknownField."""
    if not 0 <= number < len(MUNICIPALITIES):
        raise UnknownField
    actor = await known_actor(work, seat.person, actor_id, lock=True)
    return await _change(work, seat, actor, {"municipality": MUNICIPALITIES[number]}, now=now)


async def clear_field(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> ActorCard:
    """Take away what is kept. Raises NotFound, NotAllowed, UnknownField."""
    draft = await own_draft(work, seat, draft_id, KIND)
    if draft.step not in _OPTIONAL:
        raise UnknownField
    actor = await known_actor(work, seat.person, int(draft.data["actor_id"]), lock=True)
    return await _change(work, seat, actor, {draft.step: () if draft.step == "aliases" else None}, now=now)


async def _change(work: UnitOfWork, seat: Seat, actor: Actor, values: Mapping[str, Any], *, now: datetime) -> ActorCard:
    await work.actors.change(actor, **values)
    await record(work, seat.person, "actor.changed", actor.id, now=now, fields=sorted(values))
    return await show_actor(work, seat, actor.id, now=now)


async def remove_member(work: UnitOfWork, seat: Seat, actor_id: int, person_id: int, *, now: datetime) -> ActorCard:
    """Take a person's right to act for an actor away, at once; the person is told. Raises NotFound, NotAllowed."""
    actor = await known_actor(work, seat.person, actor_id)
    member = await work.members.between(actor_id, person_id)
    person = await work.people.get(person_id)
    if member is None or member.state is MemberState.ENDED:
        return await show_actor(work, seat, actor_id, now=now)
    await people.end_tie(work, person, actor, by=seat.person.id, now=now)
    await work.invitations.end_links_to_act(person.id, actor.id, now)  # who lost the right cannot come back by a friend
    key = f"member-removed:{member.id}:{now:%Y%m%d%H%M%S}"
    await notices.tell(work, person, "member_removed", key=key, actor_id=actor.id)
    card = await show_actor(work, seat, actor_id, now=now)
    return replace(card, removed=person)


async def record(work: UnitOfWork, person: Person, act: str, actor_id: int, *, now: datetime, **detail: object) -> None:
    """Note what a coordinator did with an actor."""
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"actor:{actor_id}", detail=detail)
