"""/program: an edition's confirmed activities by day, and what is on now."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.dates import local_day
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.model import BookingState, BookingView, Edition, Person, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.programme import Item, NowAndNext, OnStage, Opened, Programme, WhichProgramme
from bot.services import rights
from bot.services.arenas import is_past


async def open_programme(work: UnitOfWork, *, now: datetime) -> Opened:
    """The programme of the only edition that has one, else which. Editions ahead go before those that are over."""
    editions = await _with_programme(work, now=now)
    if len(editions) == 1:
        return await show_programme(work, editions[0].id, None, now=now)
    return WhichProgramme(editions)


async def _with_programme(work: UnitOfWork, *, now: datetime) -> list[Edition]:
    """Published editions with slots: those ahead by start, or else the latest that is over."""
    editions = await work.editions.list_published()
    ahead = [e for e in editions if not is_past(e, now) and await work.slots.list_of(e.id)]
    if ahead:
        return ahead
    for edition in reversed([e for e in editions if is_past(e, now)]):
        if await work.slots.list_of(edition.id):
            return [edition]
    return []


async def show_programme(work: UnitOfWork, edition_id: int, day: date | None, *, now: datetime) -> Programme:
    """A day of an edition's programme: the one asked for, else the present one, else the first. Raises NotFound."""
    edition = await published(work, edition_id)
    items = await list_items(work, edition)
    by_day = {local_day(item.slot.starts_at, edition.tz): item for item in reversed(items)}
    days = sorted(by_day)
    today = local_day(now, edition.tz)
    shown = next((d for d in (day, today) if d in by_day), days[0] if days else None)
    return Programme(
        edition,
        days,
        shown,
        [item for item in items if local_day(item.slot.starts_at, edition.tz) == shown],
        len({item.stage.id for item in items}) > 1,
        under_way=edition.starts_on is not None
        and edition.starts_on <= today <= (edition.ends_on or edition.starts_on),
        several_editions=len(await _with_programme(work, now=now)) > 1,
    )


async def published(work: UnitOfWork, edition_id: int) -> Edition:
    """An edition that everybody may see. Raises NotFound."""
    edition = await work.editions.get(edition_id)
    if not edition.published:
        raise NotFound(what="editions", id=edition_id)
    return edition


async def list_items(work: UnitOfWork, edition: Edition) -> list[Item]:
    """Confirmed activities and the region's own times, by start and stage."""
    booked = await list_booked(work, edition.id)
    blocked = [s for s in await work.slots.list_of(edition.id) if s.slot.state is SlotState.BLOCKED]
    taken = {view.slot.id for view in booked}
    items = [Item(view.slot, view.stage, view) for view in booked]
    items += [Item(s.slot, s.stage, None) for s in blocked if s.slot.id not in taken]
    return sorted(items, key=lambda item: (item.slot.starts_at, item.stage.id))


async def list_booked(work: UnitOfWork, edition_id: int) -> list[BookingView]:
    """An edition's confirmed activities, by start."""
    return [v for v in await work.bookings.list_of_edition(edition_id) if v.booking.state is BookingState.BOOKED]


async def show_activity(work: UnitOfWork, booking_id: int) -> BookingView:
    """One activity of the programme. Raises NotFound; Outdated when it is no longer in it."""
    view = await work.bookings.view(booking_id)
    await published(work, view.edition.id)
    if view.booking.state is not BookingState.BOOKED:
        raise Outdated(what="programme", id=view.edition.id)
    return view


async def is_readers(work: UnitOfWork, person: Person, view: BookingView) -> bool:
    """Whether the person may open the booking itself: as its contact person, a co-organiser's, or a coordinator."""
    try:
        await rights.require_booking(work, person, view.booking.id, owner=False)
    except NotAllowed:
        return False
    return True


async def now_and_next(work: UnitOfWork, edition_id: int, *, now: datetime) -> NowAndNext:
    """What is on at each stage now, and what comes next there. Raises NotFound."""
    edition = await published(work, edition_id)
    items = await list_items(work, edition)
    stages = {item.stage.id: item.stage for item in items}
    return NowAndNext(edition, [_on_stage([i for i in items if i.stage.id == key], now) for key in sorted(stages)])


def _on_stage(items: Sequence[Item], now: datetime) -> OnStage:
    present = next((item for item in items if item.slot.starts_at <= now < item.slot.ends_at), None)
    coming = next((item for item in items if item.slot.starts_at > now), None)
    return OnStage(items[0].stage, present, coming)
