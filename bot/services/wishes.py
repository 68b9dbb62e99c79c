"""Wishes that coordinators decide: to open a locked field, to cancel or move after booking has closed."""

from datetime import datetime

from bot.domain.errors import NotAllowed
from bot.domain.model import BookingState, Draft, Matter
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Answering, MatterView
from bot.domain.results.booking import WhichDay
from bot.domain.results.bookings import AskedToCoordinator
from bot.domain.seat import Seat
from bot.services import bookings, form, matters
from bot.services.dialogues import close_draft, open_draft

UNLOCK, CANCEL, MOVE = "unlock", "cancel", "move"
DECIDED = frozenset({UNLOCK, CANCEL, MOVE})
"""Kinds of matter that are granted or refused."""
_ALIVE = frozenset({BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED})


async def _waiting(work: UnitOfWork, seat: Seat, matter_id: int) -> Matter:
    matter = await work.matters.get(matter_id, lock=True)
    if not await matters.may_answer(work, seat.person, matter):
        raise NotAllowed
    return matter


async def grant_wish(
    work: UnitOfWork, seat: Seat, matter_id: int, revision: int, *, now: datetime
) -> MatterView | WhichDay | AskedToCoordinator:
    """«Godkänn»: open the field or cancel the booking, and let the person know.

    For a move the coordinator chooses the slot; the wish is settled when it has been moved. One that is answered is
    given as it is. Raises NotFound, NotAllowed, Outdated.
    """
    matter = await _waiting(work, seat, matter_id)
    if matter.state != matters.OPEN or matter.revision != revision or matter.booking_id is None:
        return await matters.view_of(work, matter, late=matter.state != matters.OPEN)
    if matter.kind == MOVE:
        return await bookings.start_move(work, seat, matter.booking_id, now=now)
    if matter.kind == UNLOCK:
        await form.unlock(work, seat, matter.booking_id, int(matter.detail["field_id"]), now=now)
        return await matters.decide_matter(work, seat.person, matter, granted=True, now=now)
    view = await work.bookings.view(matter.booking_id)
    if view.booking.state in _ALIVE:
        await bookings.cancel(work, seat, view.booking.id, view.booking.revision, now=now)
    present = await work.matters.get(matter.id)
    if present.state != matters.OPEN:  # settled by the cancellation itself
        return await matters.view_of(work, present)
    return await matters.decide_matter(work, seat.person, present, granted=True, now=now)


async def ask_why_not(work: UnitOfWork, seat: Seat, matter_id: int, *, now: datetime) -> Answering | MatterView:
    """«Avslå»: ask for the reason, which the person reads. Raises NotFound, NotAllowed."""
    matter = await _waiting(work, seat, matter_id)
    if matter.state != matters.OPEN:
        return await matters.view_of(work, matter, late=True)
    data = {"matter_id": matter.id, "revision": matter.revision}
    draft = await open_draft(work, seat, matters.KIND, "refuse", data, awaits_text=True, now=now)
    return Answering(draft, await matters.view_of(work, matter))


async def refuse_wish(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> MatterView:
    """No, with the reason that was written. Raises NotFound, NotAllowed, NameMissing, TextTooLong."""
    reason = matters.written(text)
    matter = await _waiting(work, seat, int(draft.data["matter_id"]))
    await close_draft(work, draft, now=now)
    if matter.state != matters.OPEN or matter.revision != int(draft.data["revision"]):
        return await matters.view_of(work, matter, late=matter.state != matters.OPEN)
    return await matters.decide_matter(work, seat.person, matter, granted=False, text=reason, now=now)
