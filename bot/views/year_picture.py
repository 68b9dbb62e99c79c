"""The picture of a year: one band for each edition on an axis of months, and who comes where; for a phone's width."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.domain.frozen import dataclass
from bot.views.canvas import FAINT, INK, LINE, MARGIN, WIDTH, Canvas, Style, cut, wide
from bot.views.year_bands import Band, Drawing

_HELD = Style("■", "#153e75", "#153e75", "#ffffff")
_WINDOW = Style("▨", "#ffffff", "#18794a", "#0f5735", pattern="/")
_DEADLINE = "▲"
_BAND, _BAR = 150, 40
_ROW, _DOT = 40, 64
_ROWS = 40
"""Actors that the picture names; more are counted."""
_NARROWEST = 14
"""Pixels of an edition of a day or two, so that it is seen."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days from the first of a month to the end of another."""

    first: date
    last: date

    def x(self, day: date) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * ((day - self.first).days / ((self.last - self.first).days + 1))


def _axis(bands: Sequence[Band]) -> _Axis:
    days = [day for band in bands for day in band.days]
    if not days:
        return _Axis(date(2000, 1, 1), date(2000, 12, 31))
    last = max(days)
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return _Axis(min(days).replace(day=1), after - timedelta(days=1))


def draw(drawing: Drawing) -> bytes:
    """PNG of the year, 1080 pixels wide."""
    rows = min(len(drawing.who), _ROWS) + (len(drawing.who) > _ROWS)
    table = 130 + rows * _ROW if drawing.who else 0
    canvas = Canvas(250 + len(drawing.bands) * _BAND + table)
    canvas.text(MARGIN, 56, cut(drawing.title, 42, WIDTH - 2 * MARGIN, bold=True), 42, bold=True)
    _legend(canvas, drawing.words)
    axis = _axis(drawing.bands)
    top = 212
    _months(canvas, axis, drawing.months, top, top + len(drawing.bands) * _BAND)
    for number, band in enumerate(drawing.bands):
        _band(canvas, axis, band, number + 1, top + 16 + number * _BAND)
    if drawing.who:
        _who(canvas, drawing, top + len(drawing.bands) * _BAND + 60)
    return canvas.png()


def _legend(canvas: Canvas, words: Mapping[str, str]) -> None:
    x = float(MARGIN)
    for style, word in ((_HELD, words["held"]), (_WINDOW, words["opens"])):
        canvas.plate(x, 97, 42, 26, style)
        canvas.text(x + 52, 110, word, 24)
        x += 52 + wide(word, 24) + 36
    canvas.text(x, 110, f"{_DEADLINE} {words['deadline']}", 24)


def _months(canvas: Canvas, axis: _Axis, names: Sequence[str], top: int, bottom: int) -> None:
    month = axis.first
    while month <= axis.last:
        x = axis.x(month)
        canvas.line(x, top - 34, x, bottom, ink=LINE)
        canvas.text(x + 6, top - 26, names[month.month - 1], 22, ink=FAINT)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _band(canvas: Canvas, axis: _Axis, band: Band, number: int, top: float) -> None:
    name = f"{number}. {band.name}"
    canvas.text(MARGIN, top + 18, cut(name, 28, 560, bold=True), 28, bold=True)
    left = MARGIN + wide(cut(name, 28, 560, bold=True), 28, bold=True) + 16
    canvas.text(left, top + 18, cut(band.when, 26, WIDTH - MARGIN - left), 26, ink=FAINT)
    bar = top + 46
    if band.window is not None:
        x = axis.x(band.window[0])
        canvas.plate(x, bar, max(_NARROWEST, axis.x(band.window[1] + timedelta(days=1)) - x), _BAR, _WINDOW)
    if band.held is not None:
        x = axis.x(band.held[0])
        canvas.plate(x, bar, max(_NARROWEST, axis.x(band.held[1] + timedelta(days=1)) - x), _BAR, _HELD)
    for day in dict.fromkeys(band.deadlines):
        canvas.text(axis.x(day), bar + _BAR + 14, _DEADLINE, 22, ink=INK, anchor="mm")
    if not band.days:
        canvas.text(MARGIN, bar + _BAR / 2, "–", 26, ink=FAINT)


def _who(canvas: Canvas, drawing: Drawing, top: float) -> None:
    """Actors as rows and editions as columns, by their numbers."""
    count = len(drawing.bands)
    right = WIDTH - MARGIN - count * _DOT
    canvas.text(MARGIN, top, drawing.words["who"], 28, bold=True)
    for number in range(count):
        canvas.text(right + number * _DOT + _DOT / 2, top, str(number + 1), 26, bold=True, anchor="mm")
    y = top + 46
    for name, comes in drawing.who[:_ROWS]:
        canvas.line(MARGIN, y + _ROW / 2, WIDTH - MARGIN, y + _ROW / 2, ink=LINE)
        canvas.text(MARGIN, y, cut(name, 26, right - MARGIN - 12), 26)
        for number, there in enumerate(comes):
            if there:
                canvas.text(right + number * _DOT + _DOT / 2, y, "●", 28, anchor="mm")
        y += _ROW
    if len(drawing.who) > _ROWS:
        canvas.text(MARGIN, y, drawing.words["more"].replace("#", str(len(drawing.who) - _ROWS)), 26, ink=FAINT)
