"""An edition as a workbook in the reader's language: its slots, and the applications for them."""

from collections.abc import Sequence
from typing import Any

from bot.domain.dates import local_day
from bot.domain.model import BookingView, Field, SlotState
from bot.domain.results.export import EditionExport, SlotRow
from bot.views import times
from bot.views.booking_parts import kind_name
from bot.views.form import answer_words
from bot.views.screen import L, Reader, Words, plain, t
from bot.views.workbook import Sheet, xlsx

_COLUMNS = (
    "day",
    "from",
    "to",
    "stage",
    "state",
    "actor",
    "title",
    "kind",
    "co_organisers",
    "ready",
    "lacking",
    "people",
    "contact",
)


def workbook(export: EditionExport, reader: Reader) -> tuple[str, bytes]:
    """The file's name and bytes."""
    name = plain(L(export.edition.name), reader)
    note = plain(t("export.note", edition=name, at=times.At(export.made_at, export.edition.zone)), reader)
    sheets = [_sheet(export, "slots", export.slots, reader, note)]
    if export.applications:
        sheets.append(_sheet(export, "applications", export.applications, reader, note))
    day = local_day(export.made_at, export.edition.tz)
    return f"{name} {day:%Y-%m-%d}.xlsx", xlsx(sheets, made_at=export.made_at, title=name)


def _sheet(export: EditionExport, name: str, rows: Sequence[SlotRow], reader: Reader, note: str) -> Sheet:
    headings = [plain(t(f"export.{column}"), reader) for column in _COLUMNS]
    headings += [plain(L(field.label), reader) for field in export.fields]
    lines = [[plain(cell, reader) for cell in _cells(export, row)] for row in rows]
    return Sheet(plain(t(f"export.sheet_{name}"), reader), headings, lines, note)


def _cells(export: EditionExport, row: SlotRow) -> list[Any]:
    slot, zone = row.status.slot, export.edition.zone
    day = times.Day(local_day(slot.starts_at, export.edition.tz))
    hours = [times.Hour(slot.starts_at, zone), times.Hour(slot.ends_at, zone)]
    return [day, *hours, row.status.stage.name, *_booked(row), *_answers(export.fields, row)]


def _booked(row: SlotRow) -> list[Any]:
    slot, view = row.status.slot, row.view
    if view is None:
        blocked = slot.state is SlotState.BLOCKED
        state = t("export.blocked", why=slot.reason) if blocked else t("export.free")
        return [state, *[""] * (len(_COLUMNS) - 5)]
    activity, actor = view.activity, view.actor
    return [
        t(f"export.state_{view.booking.state}"),
        actor.name,
        activity.title,
        kind_name(activity.kind) if activity.kind else "",
        [name for _, name in view.co_organisers],
        t("export.yes") if activity.ready_at else "",
        _lacking(row, view),
        "\n".join(_known(person.name, person.phone, person.email) for person in row.people),
        _known(actor.contact_name, actor.contact_phone, actor.contact_email),
    ]


def _known(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _lacking(row: SlotRow, view: BookingView) -> list[Words]:
    told = {field.key for field in row.lacking}
    unsaid = [
        t(f"export.{name}") for name in ("title", "kind") if not getattr(view.activity, name) and name not in told
    ]
    return [*unsaid, *(L(field.label) for field in row.lacking)]


def _answers(fields: Sequence[Field], row: SlotRow) -> list[Words]:
    answers = {} if row.view is None else row.view.activity.answers
    found = [(field, answers.get(field.key)) for field in fields]
    return ["" if answer in (None, "", []) else answer_words(field, answer) for field, answer in found]
