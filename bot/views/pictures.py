"""A picture of an edition's days as columns with its slots as boxes, for a phone's width; words come localised.

States are told apart without colours too: by outline, hatching, a sign and a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from bot.domain.text import one_line

WIDTH = 1080
_SCALE = 2  # drawn larger and reduced, for smooth edges
_MARGIN, _AXIS, _GAP = 36, 84, 14
_RADIUS, _PAD = 14, 14
_PAPER, _INK, _FAINT, _LINE = "#fbfaf7", "#1d2733", "#5d6874", "#dcd9d2"
_ROW = 30  # a line of text in a box
_TELLING = 8  # a word cut shorter than this tells less than its sign alone
_COLOURS = 96  # of the palette that keeps the file small


class State(StrEnum):
    """What a slot is to the one who looks."""

    FREE = "free"
    TAKEN = "taken"
    HELD = "held"
    YOURS = "yours"
    APPLIED = "applied"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Box:
    """A slot, from and to an instant (UTC). `text` replaces the state's word: an actor's name, "2 söker"."""

    starts_at: datetime
    ends_at: datetime
    state: State
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A day (or one day of one stage) with its heading "mån 28 juni" and a line below, "6 lediga"."""

    heading: str
    note: str
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True)
class _Style:
    sign: str
    fill: str
    line: str
    ink: str
    pattern: str = ""  # "/" hatched, "x" crossed, "." dotted
    dashed: bool = False
    width: int = 3


_STYLES = {
    State.FREE: _Style("○", "#ffffff", "#18794a", "#0f5735", width=4),
    State.TAKEN: _Style("●", "#e9e7e2", "#8b9096", "#3c444d", pattern="/"),
    State.HELD: _Style("◔", "#fff4d6", "#9a6b00", "#6b4a00", pattern=".", dashed=True),
    State.YOURS: _Style("★", "#153e75", "#153e75", "#ffffff"),
    State.APPLIED: _Style("☆", "#e6eefa", "#153e75", "#153e75", dashed=True, width=4),
    State.BLOCKED: _Style("✕", "#d3d1cb", "#6c7178", "#3c444d", pattern="x"),
}


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    data = files("bot").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size * _SCALE)


class _Canvas:
    """A drawing in final pixels."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH * _SCALE, height * _SCALE), _PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, size: int, *, ink: str = _INK, bold: bool = False, anchor: str = "lm"
    ) -> None:
        self.draw.text((x * _SCALE, y * _SCALE), text, fill=ink, font=_font(size, bold=bold), anchor=anchor)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str, width: int = 1) -> None:
        self.draw.line([p * _SCALE for p in (x1, y1, x2, y2)], fill=ink, width=width * _SCALE)

    def plate(self, x: float, y: float, width: float, height: float, style: _Style) -> None:
        """A rounded box in the style of its state."""
        w, h, radius = round(width * _SCALE), round(height * _SCALE), min(_RADIUS, round(height / 3)) * _SCALE
        layer = Image.new("RGB", (w, h), style.fill)
        _hatch(ImageDraw.Draw(layer), w, h, style)
        mask = Image.new("L", (w, h), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, w - 1, h - 1), radius, fill=255)
        corner = (round(x * _SCALE), round(y * _SCALE))
        self.image.paste(layer, corner, mask)
        right, bottom = corner[0] + w - 1, corner[1] + h - 1
        self.draw.rounded_rectangle((*corner, right, bottom), radius, outline=style.line, width=style.width * _SCALE)
        if style.dashed:
            self._open(corner, (right, bottom), radius, style)

    def _open(self, corner: tuple[int, int], end: tuple[int, int], radius: int, style: _Style) -> None:
        """Cut gaps into the straight sides of an outline."""
        (left, top), (right, bottom) = corner, end
        dash, thick = 9 * _SCALE, style.width * _SCALE
        for x in range(left + radius, right - radius - dash, 2 * dash):
            self.draw.rectangle((x, top, x + dash, top + thick - 1), fill=style.fill)
            self.draw.rectangle((x, bottom - thick + 1, x + dash, bottom), fill=style.fill)
        for y in range(top + radius, bottom - radius - dash, 2 * dash):
            self.draw.rectangle((left, y, left + thick - 1, y + dash), fill=style.fill)
            self.draw.rectangle((right - thick + 1, y, right, y + dash), fill=style.fill)

    def png(self) -> bytes:
        # the quick ways of both steps: a seventh of the time, and no larger
        reduced = self.image.reduce(_SCALE)
        small = reduced.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        out = BytesIO()
        small.save(out, "PNG")
        return out.getvalue()


def _hatch(draw: ImageDraw.ImageDraw, width: int, height: int, style: _Style) -> None:
    step, ink = 14 * _SCALE, "#c4c1ba" if style.pattern != "." else "#e0c57a"
    if style.pattern == ".":
        for y in range(step // 2, height, step):
            for x in range(step // 2 + (y // step % 2) * step // 2, width, step):
                draw.ellipse((x, y, x + 2 * _SCALE, y + 2 * _SCALE), fill=ink)
    if style.pattern in {"/", "x"}:
        for x in range(-height, width, step):
            draw.line((x, height, x + height, 0), fill=ink, width=_SCALE)
    if style.pattern == "x":
        for x in range(0, width + height, step):
            draw.line((x - height, 0, x, height), fill="#b3b0a9", width=_SCALE)


def _wide(text: str, size: int, *, bold: bool = False) -> float:
    return _font(size, bold=bold).getlength(text) / _SCALE


def _cut(text: str, size: int, width: float, *, bold: bool = False) -> str:
    """The text on one line, or as much of it as fits with an ellipsis."""
    text = one_line(text)
    if _wide(text, size, bold=bold) <= width:
        return text
    while text and _wide(text + "…", size, bold=bold) > width:
        text = text[:-1].rstrip()
    return text + "…" if text else ""


def _wrap(text: str, size: int, width: float, lines: int) -> list[str]:
    """The text in at most so many lines, broken between words, the last one cut."""
    wrapped: list[str] = []
    words = text.split()
    while words and len(wrapped) < lines - 1:
        taken = 1
        while taken < len(words) and _wide(" ".join(words[: taken + 1]), size) <= width:
            taken += 1
        wrapped.append(_cut(" ".join(words[:taken]), size, width))
        words = words[taken:]
    return [*wrapped, _cut(" ".join(words), size, width)] if words else wrapped


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
    canvas: _Canvas, box: Box, zone: ZoneInfo, words: Mapping[State, str], x: float, width: float, axis: _Axis
) -> None:
    style, (start, end) = _STYLES[box.state], _minutes(box, zone)
    top, height = axis.y(start) + 2, max(10, (end - start) * axis.per_minute - 4)
    canvas.plate(x, top, width, height, style)
    inner = width - 2 * _PAD
    word = f"{style.sign} {one_line(box.text or words[box.state])}"
    whole, begins = f"{_clock(box.starts_at, zone)}–{_clock(box.ends_at, zone)}", _clock(box.starts_at, zone)
    rows = int((height - 8) // _ROW)
    if rows > 1:
        clock = whole if _wide(whole, 26, bold=True) <= inner else begins
        size = next((s for s in (24, 22) if _wide(word, s) <= inner * min(rows - 1, 2)), 20)
        lines = [(clock, 26, True), *((line, size, False) for line in _wrap(word, size, inner, min(rows - 1, 3)))]
        middle = top + (height - (len(lines) - 1) * _ROW) / 2
        for number, line in enumerate(lines):
            _label(canvas, x + _PAD, middle + number * _ROW, [line], style)
    elif height >= _ROW:
        clock = whole if _wide(f"{whole} ", 24, bold=True) + _wide(word, 24) <= inner else begins
        said = _cut(word, 24, inner - _wide(f"{clock} ", 24, bold=True))
        said = style.sign if len(said) < _TELLING and said != word else said
        _label(canvas, x + _PAD, top + height / 2, [(clock, 24, True), (said, 24, False)], style)


def _label(canvas: _Canvas, x: float, y: float, parts: Sequence[tuple[str, int, bool]], style: _Style) -> None:
    """Words with their sizes and weights on one line, on a ground of their own where the box is hatched."""
    total = sum(_wide(f"{text} ", size, bold=bold) for text, size, bold in parts)
    if style.pattern:
        ground = [p * _SCALE for p in (x - 4, y - 15, x + total - 4, y + 15)]
        canvas.draw.rounded_rectangle(ground, 6 * _SCALE, fill=style.fill)
    for text, size, bold in parts:
        canvas.text(x, y, text, size, ink=style.ink, bold=bold)
        x += _wide(f"{text} ", size, bold=bold)


def _legend(words: Mapping[State, str], present: Sequence[State]) -> list[list[tuple[float, State, str]]]:
    """Rows of (x, state, words)."""
    rows: list[list[tuple[float, State, str]]] = [[]]
    x = float(_MARGIN)
    for state in present:
        text = f"{_STYLES[state].sign} {one_line(words[state])}"
        width = 52 + _wide(text, 24) + 30
        if x + width > WIDTH - _MARGIN and rows[-1]:
            rows.append([])
            x = float(_MARGIN)
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
    canvas = _Canvas(round(axis.bottom) + 40)
    canvas.text(_MARGIN, 56, _cut(title, 42, WIDTH - 2 * _MARGIN, bold=True), 42, bold=True)
    canvas.text(_MARGIN, 106, _cut(subtitle, 28, WIDTH - 2 * _MARGIN), 28, ink=_FAINT)
    for number, row in enumerate(legend):
        for x, state, text in row:
            y = 160 + 46 * number
            canvas.plate(x, y - 15, 42, 30, _STYLES[state])
            canvas.text(x + 52, y, text, 24)
    _hours(canvas, axis)
    width = (WIDTH - 2 * _MARGIN - _AXIS + _GAP) / max(1, len(columns)) - _GAP
    size = next(
        (s for s in (30, 28, 26, 24) if all(_wide(one_line(c.heading), s, bold=True) <= width for c in columns)), 22
    )
    for number, column in enumerate(columns):
        x = _MARGIN + _AXIS + number * (width + _GAP)
        canvas.text(x, heading_y + 16, _cut(column.heading, size, width, bold=True), size, bold=True)
        canvas.text(x, heading_y + 52, _cut(column.note, 24, width), 24, ink=_FAINT)
        for box in column.boxes:
            _box(canvas, box, tz, words, x, width, axis)
    return canvas.png()


def _hours(canvas: _Canvas, axis: _Axis) -> None:
    for minute in range(-(-axis.first // 60) * 60, axis.last + 1, 60):
        y = axis.y(minute)
        canvas.line(_MARGIN + _AXIS - 8, y, WIDTH - _MARGIN, y, ink=_LINE)
        canvas.text(_MARGIN, y, f"{minute // 60 % 24:02}.00", 24, ink=_FAINT)
