"""Filling in what is asked about an activity, one question after another."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import answers
from bot.domain.answers import AnswerTooLong, FieldLocked, Question
from bot.domain.errors import NotFound
from bot.domain.model import Allocation, BookingState, BookingView, Draft, Field, FieldKind
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.bookings import Asked, Form
from bot.domain.seat import Seat
from bot.services import matters, naming, notices, plans, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "form"
WRITTEN = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.FILE})


async def show_form(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> Form:
    """All questions with their answers. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    fields = await work.fields.list_of(view.edition.id)
    return Form(view, answers.questions(fields, view.activity, now), await _for_whom(work, seat, view))


async def _for_whom(work: UnitOfWork, seat: Seat, view: BookingView) -> bool:
    """Whether cards say whose the activity is: the person has several actors, or is none of the owner's."""
    own = {actor.id for actor in await work.actors.list_of(seat.person.id)}
    return own != {view.actor.id}


async def ask(work: UnitOfWork, seat: Seat, booking_id: int, field_id: int, *, now: datetime) -> Asked:
    """Ask one question. Raises NotFound, NotAllowed, FieldLocked."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    field = await _field(work, view, field_id)
    await _require_unlocked(work, seat, view, field, now=now)
    return await _ask(work, seat, view, field, series=False, now=now)


async def ask_lacking(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> Asked | Form:
    """Ask the first question that lacks its answer, or show the form when none does."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    question = await _next_lacking(work, view, now=now)
    if question is None:
        return await show_form(work, seat, booking_id, now=now)
    return await _ask(work, seat, view, question.field, series=True, now=now)


async def _next_lacking(
    work: UnitOfWork, view: BookingView, *, now: datetime, after: Field | None = None
) -> Question | None:
    fields = await work.fields.list_of(view.edition.id)
    lacking = [q for q in answers.lacking(fields, view.activity, now) if not q.locked]
    if after is None:
        return next(iter(lacking), None)
    return next((q for q in lacking if (q.field.position, q.field.id) > (after.position, after.id)), None)


async def _ask(work: UnitOfWork, seat: Seat, view: BookingView, field: Field, *, series: bool, now: datetime) -> Asked:
    data = {"booking_id": view.booking.id, "field_id": field.id, "series": series}
    draft = await open_draft(work, seat, KIND, field.key, data, awaits_text=field.kind in WRITTEN, now=now)
    question = Question(field, answers.answer_of(view.activity, field.key), locked=False)
    return Asked(draft, view, question, for_whom=await _for_whom(work, seat, view))


async def _field(work: UnitOfWork, view: BookingView, field_id: int) -> Field:
    field = await work.fields.get(field_id)
    if field.edition_id != view.edition.id or field.archived:
        raise NotFound(what="fields", id=field_id)
    return field


async def _require_unlocked(work: UnitOfWork, seat: Seat, view: BookingView, field: Field, *, now: datetime) -> None:
    if answers.is_locked(field, view.activity, now) and not await rights.coordinates(
        work, seat.person, view.edition.arena_id
    ):
        raise FieldLocked(booking_id=view.booking.id, field_id=field.id)


async def _opened(work: UnitOfWork, seat: Seat, draft: Draft, *, now: datetime) -> tuple[BookingView, Field]:
    """The booking and field that a draft is about, the right to change it asked again."""
    view = await rights.require_booking(work, seat.person, int(draft.data["booking_id"]), owner=False)
    field = await _field(work, view, int(draft.data["field_id"]))
    await _require_unlocked(work, seat, view, field, now=now)
    return view, field


async def write(work: UnitOfWork, seat: Seat, draft: Draft, written: str, *, now: datetime) -> Asked | Form:
    """Take a written answer; one that is too long is kept as a proposal cut at a word.

    Raises NotANumber, AnswerEmpty, FieldLocked, NotAllowed.
    """
    view, field = await _opened(work, seat, draft, now=now)
    if field.kind is FieldKind.FILE:
        raise answers.FileWanted
    try:
        answer = answers.parse_answer(field, written)
    except AnswerTooLong as too_long:
        short = str(too_long.fields["short"])
        draft = await advance(work, draft, field.key, awaits_text=True, now=now, short=short)
        question = Question(field, answers.answer_of(view.activity, field.key), locked=False)
        whose = await _for_whom(work, seat, view)
        return Asked(draft, view, question, int(too_long.fields["n"]), short, for_whom=whose)
    return await _store(work, seat, draft, view, field, answer, now=now)


async def use_short(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Asked | Form:
    """Take the proposal. Raises NotFound, FieldLocked, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    view, field = await _opened(work, seat, draft, now=now)
    return await _store(work, seat, draft, view, field, draft.data.get("short"), now=now)


async def choose(work: UnitOfWork, seat: Seat, draft_id: int, key: str, *, now: datetime) -> Asked | Form:
    """Take one choice, yes or no, or toggle one of several. Raises UnknownChoice, FieldLocked, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    view, field = await _opened(work, seat, draft, now=now)
    if field.kind is FieldKind.YES_NO:
        return await _store(work, seat, draft, view, field, key == "yes", now=now)
    answers.require_choice(field, key)
    if field.kind is FieldKind.CHOICE:
        return await _store(work, seat, draft, view, field, key, now=now)
    chosen = answers.toggled(answers.answer_of(view.activity, field.key), key)
    activity = await work.activities.change(view.activity, **answers.changes(view.activity, field.key, chosen))
    await plans.replan(work, view.booking.id, now=now)
    await _take_over(work, seat, view, field, chosen, now=now)
    question = Question(field, answers.answer_of(activity, field.key), locked=False)
    return Asked(draft, view, question, for_whom=await _for_whom(work, seat, view))


async def take_file(work: UnitOfWork, seat: Seat, draft: Draft, file: dict[str, Any], *, now: datetime) -> Asked | Form:
    """Keep a file (its id at Telegram, name and size). Raises TextWanted, FieldLocked, NotAllowed."""
    view, field = await _opened(work, seat, draft, now=now)
    if field.kind is not FieldKind.FILE:
        raise answers.TextWanted
    return await _store(work, seat, draft, view, field, file, now=now)


async def clear(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Asked | Form:
    """Take an answer away. Raises NotFound, FieldLocked, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    view, field = await _opened(work, seat, draft, now=now)
    return await _store(work, seat, draft, view, field, None, now=now)


async def finish(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Asked | Form:
    """Leave a question as it is answered now and go to the next that lacks. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    view, field = await _opened(work, seat, draft, now=now)
    return await _go_on(work, seat, draft, view, field, now=now)


async def _take_over(
    work: UnitOfWork, seat: Seat, view: BookingView, field: Field, answer: Any, *, now: datetime
) -> None:
    """Editions from before issues ask for purposes in the form: what is named has one place all the same."""
    if field.key == "purpose" and field.kind is FieldKind.CHOICES:
        await naming.set_purposes(work, seat.person, view, answer, now=now)


async def _store(
    work: UnitOfWork, seat: Seat, draft: Draft, view: BookingView, field: Field, answer: Any, *, now: datetime
) -> Asked | Form:
    new = dict(answers.changes(view.activity, field.key, answer))
    retitled = field.key == "title" and answer != view.activity.title
    if retitled:
        new["sequence"] = view.activity.sequence + 1
    await work.activities.change(view.activity, **new)
    await _take_over(work, seat, view, field, answer, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act="activity.changed",
        subject=f"booking:{view.booking.id}",
        detail={"field": field.key},
    )
    await plans.replan(work, view.booking.id, now=now)
    await _tell_of_change(work, seat, view, field, answer)
    booked = view.booking.state is BookingState.BOOKED
    result = await _go_on(work, seat, draft, await work.bookings.view(view.booking.id), field, now=now)
    return replace(result, retitled=retitled and booked)


async def _tell_of_change(work: UnitOfWork, seat: Seat, before: BookingView, field: Field, answer: Any) -> None:
    """A booked activity's new title reaches those who follow it, with a calendar file; by application coordinators are
    shown what texts say that said something else before.
    """
    was = answers.answer_of(before.activity, field.key)
    if field.kind is not FieldKind.TEXT or was == answer:
        return
    key = f"changed:{before.activity.id}:{before.activity.revision}"
    told: set[int] = {seat.person.id}
    if field.key == "title" and before.booking.state is BookingState.BOOKED:
        people = await work.activities.list_followers(before.activity.id)
        await notices.tell_all(
            work,
            people,
            "booking_retitled",
            key=key,
            but=seat.person.id,
            booking_id=before.booking.id,
            was=was or before.actor.name,
        )
        told |= {person.id for person in people}
    if was and before.edition.allocation is Allocation.APPLICATION:
        staff = [p for p in await work.people.list_coordinators(before.edition.arena_id) if p.id not in told]
        await notices.tell_all(
            work,
            staff,
            "text_changed",
            key=f"{key}:staff",
            booking_id=before.booking.id,
            field_id=field.id,
            was=was,
            now=answer or "",
        )


async def _go_on(
    work: UnitOfWork, seat: Seat, draft: Draft, view: BookingView, field: Field, *, now: datetime
) -> Asked | Form:
    await close_draft(work, draft, now=now)
    question = await _next_lacking(work, view, now=now, after=field) if draft.data.get("series") else None
    if question is None:
        return await show_form(work, seat, view.booking.id, now=now)
    return await _ask(work, seat, view, question.field, series=True, now=now)


async def ask_to_open(work: UnitOfWork, seat: Seat, booking_id: int, field_id: int, *, now: datetime) -> BookingView:
    """Ask a coordinator to open a field whose deadline has passed. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    field = await _field(work, view, field_id)
    await matters.open_matter(
        work, seat.person, "unlock", view, now=now, detail={"field_id": field.id, "label": dict(field.label)}
    )
    return view


async def unlock(work: UnitOfWork, seat: Seat, booking_id: int, field_id: int, *, now: datetime) -> BookingView:
    """A coordinator opens a field for one activity. Raises NotFound, NotAllowed."""
    view = await work.bookings.view(booking_id)
    await rights.require_coordinator(work, seat.person, view.edition.arena_id)
    field = await _field(work, view, field_id)
    await work.activities.change(view.activity, unlocked=view.activity.unlocked | {field.key})
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act="field.unlocked",
        subject=f"booking:{booking_id}",
        detail={"field": field.key},
    )
    return await work.bookings.view(booking_id)
