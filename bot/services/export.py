"""«Hämta allt»: an edition with everything, for the technician, the caterer and the morning without a network."""

from datetime import datetime

from bot.domain import answers
from bot.domain.model import BookingState, BookingView, Edition, Field, Person
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.export import EditionExport, SlotRow
from bot.services import rights


async def require_export(work: UnitOfWork, person: Person, edition_id: int) -> Edition:
    """The edition, if the person may have everything of it. Raises NotFound, NotAllowed."""
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return edition


async def export_edition(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> EditionExport:
    """A row a slot, and a row an application. Raises NotFound, NotAllowed."""
    edition = await require_export(work, person, edition_id)
    fields = await work.fields.list_of(edition_id)
    statuses = await work.slots.list_of(edition_id)
    views = await work.bookings.list_of_edition(edition_id)
    taking = {v.slot.id: v for v in views if v.booking.state is not BookingState.APPLIED}
    by_slot = {s.slot.id: s for s in statuses}
    applied = [v for v in views if v.booking.state is BookingState.APPLIED and v.slot.id in by_slot]
    return EditionExport(
        edition,
        [field for field in fields if field.key not in answers.COLUMNS],
        [await _row(work, s, taking.get(s.slot.id), fields, now) for s in statuses],
        [await _row(work, by_slot[v.slot.id], v, fields, now) for v in applied],
        now,
    )


async def _row(
    work: UnitOfWork, status: SlotStatus, view: BookingView | None, fields: list[Field], now: datetime
) -> SlotRow:
    if view is None:
        return SlotRow(status, None, (), ())
    people = await work.activities.list_followers(view.activity.id) or await work.people.list_of_actor(view.actor.id)
    return SlotRow(status, view, [q.field for q in answers.lacking(fields, view.activity, now)], people)
