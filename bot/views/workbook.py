"""Spreadsheets (XLSX) of text and numbers: nothing in them can calculate. Headings and values come localised."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any, TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.text import clean

Cell: TypeAlias = str | float
"""Words, or a number that can be added up."""
CELL_MAX = 32_767
"""Characters (UTF-16 units) that a cell holds; longer text is cut."""
_SHEET_MAX = 31
_NOTE_MAX = 120  # a page header takes 255, an ampersand counts twice
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_NARROWEST, _WIDEST = 8, 60
_LINE, _HIGHEST = 15, 405
"""Points: a line of text, and the most of them that a row takes."""
_NOT_IN_XML = dict.fromkeys((0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns' headings and its rows, each as long as the headings."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str | None = None
    """What the sheet shows and from when; in the page's header when printed."""


def xlsx(sheets: Sequence[Sheet], *, made_at: datetime, title: str = "") -> bytes:
    """The workbook's bytes; every cell that is no number is of the data type string.

    The first row is the heading, frozen and with a filter; columns are as wide as their text, up to where it wraps and
    makes its row higher; pages print in landscape.
    `made_at` is noted in the file's properties; the same content made at the same time gives the same bytes.
    """
    import xlsxwriter  # noqa: PLC0415  # seldom used, and a start need not wait for it

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": cell(title), "created": made_at.astimezone(UTC)})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "valign": "top", "text_wrap": True})
        plain = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
        counted = book.add_format({"valign": "top", "align": "right", "indent": 1})
        taken: set[str] = set()
        for sheet in sheets:
            name = _name(sheet.name, taken)
            _fill(book.add_worksheet(name), sheet, bold, plain, counted)
    return out.getvalue()


def cell(text: str) -> str:
    """Text as it stands in a cell: without what XML cannot hold, cut to what a cell holds.

    A cell of the data type string is never calculated, so a text that begins like a formula stays as it was written.
    """
    return _first(clean(text).translate(_NOT_IN_XML), CELL_MAX)


def _first(text: str, units: int) -> str:
    """The beginning within so many UTF-16 units, by which Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _name(name: str, taken: set[str]) -> str:
    """A sheet's name as Excel allows it, different from those before it."""
    base = _first(" ".join(cell(name).translate(_FORBIDDEN).split()).strip("' "), _SHEET_MAX).strip("' ") or "-"
    if base.casefold() == "history":  # Excel keeps that name for itself
        base += "-"
    unique, number = base, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{_first(base, _SHEET_MAX - len(str(number)) - 1)} {number}"
    taken.add(unique.casefold())
    return unique


def _fill(sheet: Any, content: Sheet, bold: Any, plain: Any, counted: Any) -> None:
    widths = [_width([heading, *(str(row[at]) for row in content.rows)]) for at, heading in enumerate(content.headings)]
    for at, (heading, width) in enumerate(zip(content.headings, widths, strict=True)):
        sheet.write_string(0, at, cell(heading), bold)
        sheet.set_column(at, at, width)
    for number, row in enumerate(content.rows, 1):
        lines = max(map(_lines, row, widths), default=1)
        if lines > 1:  # not every program sees by itself that a text wraps
            sheet.set_row(number, min(lines * _LINE, _HIGHEST))
        for at, (value, _) in enumerate(zip(row, content.headings, strict=True)):
            if isinstance(value, str):
                sheet.write_string(number, at, cell(value), plain)
            else:
                sheet.write_number(number, at, value, counted)
    sheet.freeze_panes(1, 1)
    if content.headings:
        sheet.autofilter(0, 0, len(content.rows), len(content.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if note := " ".join(cell(content.note or "").split())[:_NOTE_MAX]:
        sheet.set_header("&L" + note.replace("&", "&&"))


def _width(texts: Sequence[str]) -> int:
    longest = max((len(line) for text in texts for line in cell(text).split("\n")), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _lines(value: Cell, width: int) -> int:
    """How many lines a value takes in a column."""
    return sum(len(wrap(line, width)) or 1 for line in cell(str(value)).split("\n"))
