"""/samordna: what waits, the editions to come and, on an edition's days, the day itself."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import answers
from bot.domain.dates import local_day
from bot.domain.edition_rules import is_over
from bot.domain.model import BookingState, BookingView, Edition, Field, Person, SlotState
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.overview import EditionState, OnSite, Opening, Overview, Today
from bot.services import rights
from bot.services.queue import count_waiting

_ASKING = frozenset({BookingState.APPLIED, BookingState.REQUESTED})
TECHNOLOGY, ON_SITE = "technology", "on_site"
"""The standard fields that the day itself needs."""


async def open_work(work: UnitOfWork, person: Person, *, now: datetime) -> Opening:
    """The present day of an edition that is under way, else the overview. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    for edition in await _editions(work, person, now=now):
        if is_under_way(edition, now):
            return await _today(work, person, edition, now=now)
    return await overview(work, person, now=now)


async def overview(work: UnitOfWork, person: Person, *, now: datetime) -> Overview:
    """What waits, and the editions to come, in the arenas that the person runs. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    editions = await _editions(work, person, now=now)
    return Overview(await count_waiting(work, person, now=now), [await _state(work, e, now=now) for e in editions])


async def today(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> Today:
    """An edition's present day. Raises NotFound, NotAllowed."""
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return await _today(work, person, edition, now=now)


def is_under_way(edition: Edition, now: datetime) -> bool:
    """Whether the present day in the edition's zone is one of its days."""
    if edition.starts_on is None:
        return False
    return edition.starts_on <= local_day(now, edition.tz) <= (edition.ends_on or edition.starts_on)


async def _editions(work: UnitOfWork, person: Person, *, now: datetime) -> list[Edition]:
    """Editions that are not over, of the arenas that the person runs, by start (unknown last)."""
    arenas = [a for a in await work.arenas.list_all() if await rights.coordinates(work, person, a.id)]
    editions = [edition for arena in arenas for edition in await work.editions.list_of(arena.id)]
    ahead = [e for e in editions if not is_over(e, now)]
    return sorted(ahead, key=lambda e: (e.starts_on is None, e.starts_on or local_day(now, e.tz), e.id))


def lacks(fields: Sequence[Field], view: BookingView, now: datetime) -> bool:
    """Whether a booked activity lacks its title, its kind or a required answer."""
    activity = view.activity
    return not activity.title or not activity.kind or bool(answers.lacking(fields, activity, now))


async def _state(work: UnitOfWork, edition: Edition, *, now: datetime) -> EditionState:
    statuses = [s for s in await work.slots.list_of(edition.id) if s.slot.state is SlotState.OPEN]
    views = await work.bookings.list_of_edition(edition.id)
    booked = [v for v in views if v.booking.state is BookingState.BOOKED]
    fields = await work.fields.list_of(edition.id)
    return EditionState(
        edition,
        await work.stages.list_of(edition.id),
        len(statuses),
        len(booked),
        sum(v.booking.state in _ASKING for v in views),
        sum(lacks(fields, v, now) for v in booked),
    )


async def _today(work: UnitOfWork, person: Person, edition: Edition, *, now: datetime) -> Today:
    day = local_day(now, edition.tz)
    views = {v.slot.id: v for v in await work.bookings.list_of_edition(edition.id) if v.booking.state in _TAKEN}
    statuses = [s for s in await work.slots.list_of(edition.id) if local_day(s.slot.starts_at, edition.tz) == day]
    editions = await _editions(work, person, now=now)
    return Today(
        await count_waiting(work, person, now=now),
        edition,
        len({s.stage.id for s in statuses}) > 1,
        [await _on_site(work, s, views.get(s.slot.id)) for s in statuses],
        [other for other in editions if other.id != edition.id and is_under_way(other, now)],
    )


_TAKEN = frozenset({BookingState.BOOKED, BookingState.REQUESTED})


async def _on_site(work: UnitOfWork, status: SlotStatus, view: BookingView | None) -> OnSite:
    if view is None:
        return OnSite(status, None, None, None, None)
    people = await work.activities.list_followers(view.activity.id) or await work.people.list_of_actor(view.actor.id)
    phones = (f"{p.name} {p.phone}" for p in people if p.phone)
    said = view.activity.answers.get(ON_SITE)
    phone = next(phones, None) or view.actor.contact_phone
    return OnSite(status, view, view.activity.answers.get(TECHNOLOGY), said, None if said else phone)
