"""Filling in what is asked about an activity."""

from typing import Any, ClassVar

from bot.domain.answers import Question
from bot.domain.model import BookingView, Field, FieldKind
from bot.domain.results.bookings import Asked, Form
from bot.views.booking_calendar import calendar
from bot.views.bookings_buttons import FetchFile, FillIn, ShowBooking
from bot.views.press import Press
from bot.views.screen import Button, File, L, Line, Screen, Words, button, columns, t
from bot.views.times import DayMonth

SHOWN = 60
"""Characters of an answer that the form shows."""


class AskField(Press):
    """One question."""

    code: ClassVar[str] = "qa"
    booking_id: int
    field_id: int


class AskLacking(Press):
    """All that lacks, one after another."""

    code: ClassVar[str] = "ql"
    booking_id: int


class Choose(Press):
    """A choice, or yes and no."""

    code: ClassVar[str] = "qc"
    draft_id: int
    key: str


class UseShortAnswer(Press):
    """The shortened answer."""

    code: ClassVar[str] = "qs"
    draft_id: int


class Clear(Press):
    """Take the answer away."""

    code: ClassVar[str] = "qx"
    draft_id: int


class Finish(Press):
    """Leave it as it is and go on."""

    code: ClassVar[str] = "qf"
    draft_id: int


class AskToOpen(Press):
    """Ask a coordinator to open a locked field."""

    code: ClassVar[str] = "qo"
    booking_id: int
    field_id: int


def form(result: Form) -> Screen:
    """All questions: answered, lacking, locked."""
    view = result.view
    lines: list[Line] = [
        _whose(result),
        t("form.heading", title=view.activity.title or view.actor.name),
        _deadline(result),
    ]
    rows: list[list[Button]] = []
    if any(q.lacks and not q.locked for q in result.questions):
        rows.append([button(t("form.fill_lacking"), AskLacking(booking_id=view.booking.id))])
    for question in result.questions:
        press: Press = AskField(booking_id=view.booking.id, field_id=question.field.id)
        rows.append([button(t(f"form.{_state(question)}", label=L(question.field.label)), press)])
    rows.append([button(t("booking.back"), ShowBooking(booking_id=view.booking.id))])
    return Screen(lines, rows, below=_calendar(result))


def _whose(result: Form | Asked) -> Line:
    return t("booking.for_actor", actor=result.view.actor.name) if result.for_whom else None


def _calendar(result: Form | Asked) -> list[File]:
    """A new calendar file when the title that stands in it has changed."""
    return [calendar(result.view)] if result.retitled else []


def _deadline(result: Form) -> Line:
    opened = result.view.activity.unlocked  # by a coordinator, after their deadline
    deadlines = sorted(
        q.field.deadline_at
        for q in result.questions
        if q.field.deadline_at is not None and not q.locked and q.field.key not in opened
    )
    if not deadlines:
        return None
    return t("form.until", by=DayMonth(deadlines[0].astimezone(result.view.edition.tz).date()))


def _state(question: Question) -> str:
    if question.locked:
        return "locked"
    if question.lacks:
        return "lacking"
    return "empty" if question.answer in (None, "", []) else "answered"


def asked(result: Asked) -> Screen:
    """One question, with the answer so far."""
    field, answer = result.question.field, result.question.answer
    if result.short is not None and result.n is not None:
        lines: list[Line] = [
            t("form.too_long", n=result.n, limit=field.max_length or 0),
            t("booking.quoted", text=result.short),
        ]
        rows = [[button(t("booking.use_short"), UseShortAnswer(draft_id=result.draft.id))]]
    else:
        now = t("form.now", answer=answer_words(field, answer)) if answer not in (None, "", []) else None
        lines = [t("form.question", label=L(field.label)), _hint(field), now]
        rows = [*_choices(result), _fetch(result)]
    leave = [button(t("form.clear"), Clear(draft_id=result.draft.id))] if answer not in (None, "", []) else []
    go_on = [button(t("form.go_on"), Finish(draft_id=result.draft.id))]
    return Screen([_whose(result), *lines], [*rows, leave, go_on], below=_calendar(result))


def _fetch(result: Asked) -> list[Button]:
    field = result.question.field
    if field.kind is not FieldKind.FILE or not result.question.answer:
        return []
    press = FetchFile(booking_id=result.view.booking.id, field_id=field.id)
    return [button(t("bookings.fetch_file", label=L(field.label)), press)]


def _hint(field: Field) -> Line:
    match field.kind:
        case FieldKind.TEXT if field.max_length:
            return t("form.hint_text", limit=field.max_length)
        case FieldKind.NUMBER:
            return t("form.hint_number")
        case FieldKind.FILE:
            return t("form.hint_file")
        case FieldKind.CHOICES:
            return t("form.hint_choices")
        case _:
            return None


def _choices(result: Asked) -> list[list[Button]]:
    field, draft_id = result.question.field, result.draft.id
    if field.kind is FieldKind.YES_NO:
        both = (("form.yes", "yes"), ("form.no", "no"))
        return [[button(t(label), Choose(draft_id=draft_id, key=key)) for label, key in both]]
    chosen = result.question.answer if field.kind is FieldKind.CHOICES else ()
    buttons = [
        button(
            t("form.chosen", label=L(choice)) if choice["key"] in (chosen or ()) else L(choice),
            Choose(draft_id=draft_id, key=choice["key"]),
        )
        for choice in field.choices
    ]
    return columns(buttons, 1 if len(buttons) < 8 else 2)  # noqa: PLR2004  # a long list in two columns


def answer_words(field: Field, answer: Any) -> Words:
    """An answer as people read it."""
    match field.kind:
        case FieldKind.YES_NO:
            return t("form.yes" if answer else "form.no")
        case FieldKind.CHOICE:
            return _choice(field, str(answer))
        case FieldKind.CHOICES:
            return t("form.several", names=[_choice(field, key) for key in answer])
        case FieldKind.FILE:
            return str(answer.get("name", ""))
        case _:
            return str(answer)


def _choice(field: Field, key: str) -> Words:
    return next((L(choice) for choice in field.choices if choice["key"] == key), key)


def locked(view: BookingView, field: Field) -> Screen:
    """The field's deadline has passed."""
    rows = [
        [button(t("form.ask_to_open"), AskToOpen(booking_id=view.booking.id, field_id=field.id))],
        [button(t("booking.back"), FillIn(booking_id=view.booking.id))],
    ]
    return Screen([t("form.is_locked", label=L(field.label))], rows)


def asked_to_open(view: BookingView) -> Screen:
    """The wish is with the coordinators."""
    return Screen([t("form.asked_to_open")], [[button(t("booking.back"), FillIn(booking_id=view.booking.id))]])
