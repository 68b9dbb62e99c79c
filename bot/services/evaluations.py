"""The short evaluation after an event: kept for each person, changed as long as they like."""

from datetime import datetime
from typing import Any

from bot.domain import evaluation as rules
from bot.domain.answers import UnknownChoice
from bot.domain.errors import NotAllowed, Outdated
from bot.domain.evaluation import COMMENT_MAX, SKIPPED, NotOverYet
from bot.domain.membership import short_text
from bot.domain.model import BookingState, BookingView, Draft, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.reminders import Evaluating
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft, own_draft

KIND = "evaluation"


async def _own(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> BookingView:
    """An activity of the person's actor that took place. Raises NotFound, NotAllowed, Outdated, NotOverYet."""
    view = await work.bookings.view(booking_id)
    if not await rights.represents(work, person, view.actor.id):
        raise NotAllowed
    if view.booking.state is not BookingState.BOOKED:
        raise Outdated(what="bookings", id=booking_id)
    if view.slot.ends_at > now:
        raise NotOverYet
    return view


async def evaluate(
    work: UnitOfWork, seat: Seat, booking_id: int, question: str | None = None, *, now: datetime
) -> Evaluating:
    """Ask a question, or the first that has no answer. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice."""
    if question is not None and question not in rules.QUESTIONS:
        raise UnknownChoice
    view = await _own(work, seat.person, booking_id, now=now)
    return await _ask(work, seat, view, question, now=now)


async def _ask(
    work: UnitOfWork, seat: Seat, view: BookingView, question: str | None = None, *, now: datetime
) -> Evaluating:
    known = await work.evaluations.of(view.activity.id, seat.person.id)
    asked = question or rules.next_question(known)
    draft = None
    if asked == "comment":
        data = {"booking_id": view.booking.id}
        draft = await open_draft(work, seat, KIND, "comment", data, awaits_text=True, now=now)
    return Evaluating(view, known, asked, draft)


async def answer(
    work: UnitOfWork, seat: Seat, booking_id: int, name: str, value: int | str, *, now: datetime
) -> Evaluating:
    """Keep a pressed answer and ask what is next. Raises NotFound, NotAllowed, NotOverYet, UnknownChoice."""
    view = await _own(work, seat.person, booking_id, now=now)
    await _keep(work, seat.person, view, now=now, **{name: rules.require_answer(name, value)})
    return await _ask(work, seat, view, now=now)


async def comment(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Evaluating:
    """Keep the free line. Raises NotFound, NotAllowed, NameMissing, TextTooLong."""
    return await _take(work, seat, draft, short_text(text, COMMENT_MAX), now=now)


async def skip_comment(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Evaluating:
    """No free line; one that was written before is taken away. Raises NotFound, NotAllowed."""
    return await _take(work, seat, await own_draft(work, seat, draft_id, KIND), SKIPPED, now=now)


async def _take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Evaluating:
    view = await _own(work, seat.person, int(draft.data["booking_id"]), now=now)
    await close_draft(work, draft, now=now)
    await _keep(work, seat.person, view, now=now, comment=text)
    return await _ask(work, seat, view, now=now)


async def _keep(work: UnitOfWork, person: Person, view: BookingView, *, now: datetime, **answers: Any) -> None:
    known = await work.evaluations.of(view.activity.id, person.id)
    if known is None:
        ids = {"activity_id": view.activity.id, "person_id": person.id}
        await work.evaluations.add(**ids, **answers, answered_at=now)
    else:
        await work.evaluations.change(known, **answers, answered_at=now)
