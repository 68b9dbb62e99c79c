"""/arenor: the arenas, their next editions, and what a person's actors have there."""

from datetime import datetime

from bot.domain import policy
from bot.domain.dates import local_day
from bot.domain.errors import NotFound
from bot.domain.model import Arena, BookingState, BookingView, Edition, MemberState, Person, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.arenas import ArenaCard, ArenaList, ArenaRow, Room, deadlines_of

STANDING = frozenset({BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED})
"""States of what an actor has: booked, or asked for."""


async def list_arenas(work: UnitOfWork, *, now: datetime) -> ArenaList:
    """The arenas, each with its next edition and what is free there."""
    arenas = await work.arenas.list_all()
    return ArenaList([await _row(work, arena, now=now) for arena in arenas])


async def _row(work: UnitOfWork, arena: Arena, *, now: datetime) -> ArenaRow:
    edition = next(iter(await list_ahead(work, arena.id, now=now)), None)
    return ArenaRow(arena, edition, await _room(work, edition, now=now))


async def list_ahead(work: UnitOfWork, arena_id: int, *, now: datetime) -> list[Edition]:
    """An arena's published editions that are not over, by start (unknown last)."""
    editions = await work.editions.list_published()
    return [edition for edition in editions if edition.arena_id == arena_id and not is_past(edition, now)]


def is_past(edition: Edition, now: datetime) -> bool:
    """Whether the last of its days, in its zone, has gone."""
    last = edition.ends_on or edition.starts_on
    return last is not None and last < local_day(now, edition.tz)


async def _room(work: UnitOfWork, edition: Edition | None, *, now: datetime) -> Room:
    if edition is None:
        return Room(0, 0)
    slots = [s for s in await work.slots.list_of(edition.id) if s.slot.state is SlotState.OPEN]
    free = sum(s.booking is None or policy.is_over(s.booking, now) for s in slots if s.slot.starts_at > now)
    return Room(free, len(slots))


async def show_arena(
    work: UnitOfWork, person: Person, arena_id: int, edition_id: int | None = None, *, now: datetime
) -> ArenaCard:
    """One arena with its next edition, or the one asked for. Raises NotFound."""
    arena = await work.arenas.get(arena_id)
    ahead = await list_ahead(work, arena_id, now=now)
    edition = next((e for e in ahead if edition_id in {None, e.id}), ahead[0] if ahead else None)
    own = await list_own(work, person, now=now)
    return ArenaCard(
        arena,
        edition,
        await _room(work, edition, now=now),
        [view for view in own if edition is not None and view.edition.id == edition.id],
        len(await work.actors.list_of(person.id)) > 1,
        deadlines_of(await work.fields.list_of(edition.id)) if edition else [],
        await work.fee_steps.list_of(edition.id) if edition and edition.official_programme else [],
        [other for other in ahead if edition is not None and other.id != edition.id],
        is_open=edition is not None and edition.is_open(now),
        point=await _point(work, edition),
    )


async def show_edition(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> ArenaCard:
    """The arena of an edition, at that edition. Raises NotFound."""
    edition = await work.editions.get(edition_id)
    if not edition.published:
        raise NotFound(what="editions", id=edition_id)
    return await show_arena(work, person, edition.arena_id, edition_id, now=now)


async def _point(work: UnitOfWork, edition: Edition | None) -> tuple[float, float] | None:
    """Where on the map an edition takes place: its own point, else its first stage's."""
    if edition is None:
        return None
    stages = await work.stages.list_of(edition.id)
    points = [(edition.latitude, edition.longitude), *((stage.latitude, stage.longitude) for stage in stages)]
    for latitude, longitude in points:
        if latitude is not None and longitude is not None:
            return latitude, longitude
    return None


async def list_own(work: UnitOfWork, person: Person, *, now: datetime) -> list[BookingView]:
    """What the person's actors have ahead, co-organised too, by start; for an actor that no coordinator has confirmed
    only what the person took.
    """
    found: dict[int, BookingView] = {}
    for member in await work.members.list_of_person(person.id):
        for view in await work.bookings.list_of_actor(member.actor_id):
            theirs = member.state is MemberState.ACTIVE or view.booking.person_id == person.id
            stands = view.booking.state in STANDING and not policy.is_over(view.booking, now)
            if theirs and stands and view.slot.ends_at > now:
                found[view.booking.id] = view
    return sorted(found.values(), key=lambda v: (v.slot.starts_at, v.booking.id))
