"""A picture of an edition's days as columns with its slots as boxes, for a phone's width; words come localised.

States are told apart without colours too: by outline, hatching, a sign and a word.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.frozen import dataclass
from bot.domain.text import one_line
from bot.views.canvas import FAINT, LINE, MARGIN, SCALE, WIDTH, Canvas, Style, cut, wide, wrap
from bot.views.day_columns import Box, Column, State

_AXIS, _GAP, _PAD = 84, 14, 14
_ROW = 30  # a line of text in a box
_TELLING = 8  # a word cut shorter than this tells less than its sign alone


_STYLES = {
    State.FREE: Style("○", "#ffffff", "#18794a", "#0f5735", width=4),
    State.TAKEN: Style("●", "#e9e7e2", "#8b9096", "#3c444d", pattern="/"),
    State.HELD: Style("◔", "#fff4d6", "#9a6b00", "#6b4a00", pattern=".", dashed=True),
    State.YOURS: Style("★", "#153e75", "#153e75", "#ffffff"),
    State.APPLIED: Style("☆", "#e6eefa", "#153e75", "#153e75", dashed=True, width=4),
    State.BLOCKED: Style("✕", "#d3d1cb", "#6c7178", "#3c444d", pattern="x"),
}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Minutes of the local day and where they lie."""

    first: int
    last: int
    top: float
    per_minute: float

    def y(self, minute: float) -> float:
        return self.top + (minute - self.first) * self.per_minute

    @property
    def bottom(self) -> float:
        return self.y(self.last)


def _minutes(box: Box, zone: ZoneInfo) -> tuple[int, int]:
    start, end = box.starts_at.astimezone(zone), box.ends_at.astimezone(zone)
    days = (end.date() - start.date()).days
    return start.hour * 60 + start.minute, days * 1440 + end.hour * 60 + end.minute


def _axis(columns: Sequence[Column], zone: ZoneInfo, top: float) -> _Axis:
    """Half hours around all slots, so high that the shortest slot can be read and the picture needs little scrolling."""
    spans = [_minutes(box, zone) for column in columns for box in column.boxes] or [(480, 1020)]
    first, last = min(s for s, _ in spans) // 30 * 30, -(-max(e for _, e in spans) // 30) * 30
    shortest, total = max(5, min(e - s for s, e in spans)), last - first
    three_lines, one_line = 112 / shortest, 46 / shortest
    filling = min(max(three_lines, 1100 / total), 3.4)
    return _Axis(first, last, top, min(max(min(filling, 1500 / total), one_line), 2600 / total))


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H.%M}"


def _box(
    canvas: Canvas, box: Box, zone: ZoneInfo, words: Mapping[State, str], x: float, width: float, axis: _Axis
) -> None:
    style, (start, end) = _STYLES[box.state], _minutes(box, zone)
    top, height = axis.y(start) + 2, max(10, (end - start) * axis.per_minute - 4)
    canvas.plate(x, top, width, height, style)
    inner = width - 2 * _PAD
    word = f"{style.sign} {one_line(box.text or words[box.state])}"
    whole, begins = f"{_clock(box.starts_at, zone)}–{_clock(box.ends_at, zone)}", _clock(box.starts_at, zone)
    rows = int((height - 8) // _ROW)
    if rows > 1:
        clock = whole if wide(whole, 26, bold=True) <= inner else begins
        size = next((s for s in (24, 22) if wide(word, s) <= inner * min(rows - 1, 2)), 20)
        lines = [(clock, 26, True), *((line, size, False) for line in wrap(word, size, inner, min(rows - 1, 3)))]
        middle = top + (height - (len(lines) - 1) * _ROW) / 2
        for number, line in enumerate(lines):
            _label(canvas, x + _PAD, middle + number * _ROW, [line], style)
    elif height >= _ROW:
        clock = whole if wide(f"{whole} ", 24, bold=True) + wide(word, 24) <= inner else begins
        said = cut(word, 24, inner - wide(f"{clock} ", 24, bold=True))
        said = style.sign if len(said) < _TELLING and said != word else said
        _label(canvas, x + _PAD, top + height / 2, [(clock, 24, True), (said, 24, False)], style)


def _label(canvas: Canvas, x: float, y: float, parts: Sequence[tuple[str, int, bool]], style: Style) -> None:
    """Words with their sizes and weights on one line, on a ground of their own where the box is hatched."""
    total = sum(wide(f"{text} ", size, bold=bold) for text, size, bold in parts)
    if style.pattern:
        ground = [p * SCALE for p in (x - 4, y - 15, x + total - 4, y + 15)]
        canvas.draw.rounded_rectangle(ground, 6 * SCALE, fill=style.fill)
    for text, size, bold in parts:
        canvas.text(x, y, text, size, ink=style.ink, bold=bold)
        x += wide(f"{text} ", size, bold=bold)


def _legend(words: Mapping[State, str], present: Sequence[State]) -> list[list[tuple[float, State, str]]]:
    """Rows of (x, state, words)."""
    rows: list[list[tuple[float, State, str]]] = [[]]
    x = float(MARGIN)
    for state in present:
        text = f"{_STYLES[state].sign} {one_line(words[state])}"
        width = 52 + wide(text, 24) + 30
        if x + width > WIDTH - MARGIN and rows[-1]:
            rows.append([])
            x = float(MARGIN)
        rows[-1].append((x, state, text))
        x += width
    return rows


def days(title: str, subtitle: str, columns: Sequence[Column], *, zone: str, words: Mapping[State, str]) -> bytes:
    """PNG of the days: 1080 pixels wide, one column a day, times local to `zone`.

    `words` names every state in the reader's language; those that occur stand in the legend, beside "free".
    """
    tz = ZoneInfo(zone)
    occurring = {State.FREE, *(box.state for column in columns for box in column.boxes)}
    legend = _legend(words, [state for state in State if state in occurring])
    heading_y = 166 + 46 * len(legend)
    axis = _axis(columns, tz, heading_y + 92)
    canvas = Canvas(round(axis.bottom) + 40)
    canvas.text(MARGIN, 56, cut(title, 42, WIDTH - 2 * MARGIN, bold=True), 42, bold=True)
    canvas.text(MARGIN, 106, cut(subtitle, 28, WIDTH - 2 * MARGIN), 28, ink=FAINT)
    for number, row in enumerate(legend):
        for x, state, text in row:
            y = 160 + 46 * number
            canvas.plate(x, y - 15, 42, 30, _STYLES[state])
            canvas.text(x + 52, y, text, 24)
    _hours(canvas, axis)
    width = (WIDTH - 2 * MARGIN - _AXIS + _GAP) / max(1, len(columns)) - _GAP
    size = next(
        (s for s in (30, 28, 26, 24) if all(wide(one_line(c.heading), s, bold=True) <= width for c in columns)), 22
    )
    for number, column in enumerate(columns):
        x = MARGIN + _AXIS + number * (width + _GAP)
        canvas.text(x, heading_y + 16, cut(column.heading, size, width, bold=True), size, bold=True)
        canvas.text(x, heading_y + 52, cut(column.note, 24, width), 24, ink=FAINT)
        for box in column.boxes:
            _box(canvas, box, tz, words, x, width, axis)
    return canvas.png()


def _hours(canvas: Canvas, axis: _Axis) -> None:
    for minute in range(-(-axis.first // 60) * 60, axis.last + 1, 60):
        y = axis.y(minute)
        canvas.line(MARGIN + _AXIS - 8, y, WIDTH - MARGIN, y, ink=LINE)
        canvas.text(MARGIN, y, f"{minute // 60 % 24:02}.00", 24, ink=FAINT)
