"""A picture for each result: bars with their numbers, told apart by hatching and lightness and not by colour alone.

Only imported in the report's own process: matplotlib is large.
"""

import io
import textwrap
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from bot.domain.figures import Figure
from bot.domain.figures.issues import POSITIONS, WAYS
from bot.domain.figures.population import LEVELS
from bot.domain.figures.report import Report
from bot.domain.frozen import dataclass
from bot.domain.text import one_line
from bot.views.report.wording import RESULTS, Wording
from bot.views.screen import Words, t

_INK: Final = "#1d2733"
_FAINT: Final = "#5d6874"
_STYLES: Final = (("#153e75", ""), ("#7fa8d9", "////"), ("#f2c879", "...."), ("#ffffff", "xx"))
"""Fill and hatching of a picture's first to fourth series: from dark to light, so that they differ in grey too."""
MOST, _MOST_ON_PHONE = 10, 6
"""Rows of bars that can be read; the rest is in the figures."""
_WHOLE: Final = 0.98
"""Of the width: where bars end."""
_NARROW: Final = 0.05
"""Of the longest bar: narrower than its number."""
_RC: Final[Mapping[Any, Any]] = MappingProxyType(
    {
        "font.family": "DejaVu Sans",
        "svg.fonttype": "path",
        "svg.hashsalt": "arenabot",
        "hatch.linewidth": 0.7,
        "axes.edgecolor": _FAINT,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "xtick.color": _FAINT,
        "ytick.color": _INK,
        "figure.dpi": 150,
        "text.parse_math": False,
    }
)


@dataclass(frozen=True, slots=True)
class Series:
    """What one fill and hatching stand for, and its value in each row; None is not known."""

    name: str | None
    values: Sequence[float | None]
    why: Sequence[str] = ()
    """What stands where a number cannot be given, for each row."""
    marks: Sequence[str] = ()
    """The numbers of the figures that it shows."""

    def said(self, row: int) -> str:
        """A row's number, or why there is none."""
        value = self.values[row]
        return self.why[row] if value is None else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars: rows from the top, one or several series, one after the other (`stacked`) or below each other."""

    title: str
    rows: Sequence[str]
    series: Sequence[Series]
    stacked: bool = True

    @property
    def marks(self) -> list[str]:
        """The numbers of the figures that it shows, each once."""
        return list(dict.fromkeys(mark for each in self.series for mark in each.marks))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows or not any(value for each in self.series for value in each.values)

    def first(self, rows: int) -> "Chart":
        """Its first rows alone."""
        series = [replace(each, values=each.values[:rows]) for each in self.series]
        return replace(self, rows=self.rows[:rows], series=series)

    def bars(self, page: "Page") -> float:
        """How high it wants to be, in bars."""
        beside = 1 if self.stacked else 0.8 * len(self.series)
        return len(self.rows) * (beside + (0.75 if page.names_above else 0))


@dataclass(frozen=True, slots=True)
class Page:
    """How large letters are for where a picture is seen, and how long a row's name may be in a line."""

    width: float  # inches
    bar: float  # inches of height for a bar
    font: float
    wrap: int
    left: float
    """Where bars begin, as a part of the width."""
    names_above: bool

    @property
    def edge(self) -> float:
        """Where titles begin, as a part of the width: above the bars, or at the margin of the paper."""
        return self.left if self.names_above else 0.0

    def legend_lines(self, series: int) -> int:
        """Lines that the legend takes."""
        return 0 if series == 1 else -(-series // 2) if self.names_above else 1


PAPER: Final = Page(width=6.7, bar=0.22, font=8, wrap=46, left=0.41, names_above=False)
PHONE: Final = Page(width=7.2, bar=0.42, font=14, wrap=60, left=0.03, names_above=True)
"""1,080 pixels at 150 dpi."""


def charts(wording: Wording) -> dict[int, list[Chart]]:
    """The picture of each result, as charts below one another; a result with nothing to show has none."""
    drawing = _Charts(wording)
    found = {result: _CHARTS[result](drawing) for result in RESULTS}
    return {result: [chart for chart in every if not chart.is_empty] for result, every in found.items()}


@contextmanager
def _drawing() -> Iterator[None]:
    """Our looks; a letter that the font has not is drawn as a box, which is no news."""
    with mpl.rc_context(dict(_RC)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


def svg(every: Sequence[Chart]) -> bytes:
    """Charts below one another, for the document."""
    out = io.BytesIO()
    with _drawing():
        _draw(every, PAPER).savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def png(every: Sequence[tuple[int, Chart]], heading: str) -> bytes:
    """Charts below one another for a phone, each with the number of its result."""
    out = io.BytesIO()
    told = [replace(chart.first(_MOST_ON_PHONE), title=f"{result}. {chart.title}") for result, chart in every]
    with _drawing():
        _draw(told, PHONE, heading).savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _draw(every: Sequence[Chart], page: Page, heading: str | None = None) -> Canvas:
    """All of a picture: titles with their legends, and below each its bars."""
    line = page.font / 72 * 1.45
    heads = [line * (1.5 + page.legend_lines(len(chart.series))) for chart in every]
    heights = [chart.bars(page) * page.bar for chart in every]
    top = line * 2.2 if heading else 0.0
    gap = line * (1 if page.names_above else 0.4)
    total = top + sum(heads) + sum(heights) + gap * len(every)
    canvas = Canvas(figsize=(page.width, total))
    if heading:
        canvas.text(page.edge, 1 - top * 0.5 / total, heading, fontsize=page.font * 1.2, weight="bold", va="center")
    y = total - top
    for chart, head, height in zip(every, heads, heights, strict=True):
        at = (page.edge, (y - line * 0.6) / total)
        canvas.text(*at, chart.title, fontsize=page.font * 1.05, weight="bold", va="center")
        axes = canvas.add_axes((page.left, (y - head - height) / total, _WHOLE - page.left, height / total))
        _bars(axes, chart, page)
        if len(chart.series) > 1:
            _legend(canvas, axes, page, len(chart.series), (y - line * 1.3) / total)
        y -= head + height + gap
    return canvas


def _bars(axes: Any, chart: Chart, page: Page) -> None:
    """The bars of one chart with their numbers and names."""
    count = len(chart.series)
    group = 0.56 if page.names_above else 0.76  # of a row: the rest is the name above, or air
    thick = group if chart.stacked else group / count
    middle = (1 - group) / 2 - 0.06 if page.names_above else 0.0
    ends = [0.0] * len(chart.rows)
    longest = _longest(chart)
    for at, series in enumerate(chart.series):
        fill, hatch = _STYLES[at]
        values = [value or 0 for value in series.values]
        places = [row + middle + (0 if chart.stacked else (at - (count - 1) / 2) * thick) for row in range(len(values))]
        left = list(ends) if chart.stacked else [0.0] * len(values)
        look = {"color": fill, "hatch": hatch, "edgecolor": _INK, "linewidth": 0.8, "label": series.name}
        axes.barh(places, values, thick, left=left, **look)
        for row, value in enumerate(series.values):
            _number(axes, chart, page, (left[row], places[row]), (value, series.said(row)), longest, dark=at == 0)
            ends[row] += values[row]
    for row, end in enumerate(ends):
        _name(axes, chart, page, row, row + middle - group / 2)
        if chart.stacked and count > 1:
            _sum(axes, chart, page, (end, row + middle), longest)
    axes.set_ylim(len(chart.rows) - 0.5, -0.5)
    axes.set_xlim(0, longest * 1.22)
    axes.set_axis_off()
    if not page.names_above:
        axes.axvline(0, color=_FAINT, linewidth=1)


def _name(axes: Any, chart: Chart, page: Page, row: int, top: float) -> None:
    """A row's name: above its bars on a phone, beside them on paper."""
    name = one_line(chart.rows[row])
    if page.names_above:
        shown = textwrap.shorten(name, page.wrap, placeholder=" …")
        axes.text(0, top - 0.04, shown, va="bottom", fontsize=page.font * 0.95)
        return
    place = (-0.012, row)
    text = "\n".join(textwrap.wrap(name, page.wrap)[:2])
    axes.text(*place, text, ha="right", va="center", fontsize=page.font, transform=axes.get_yaxis_transform())


def _legend(canvas: Canvas, axes: Any, page: Page, count: int, y: float) -> None:
    """What the hatchings mean."""
    handles, names = axes.get_legend_handles_labels()
    canvas.legend(
        handles,
        names,
        loc="upper left",
        bbox_to_anchor=(page.edge, y),
        ncols=2 if page.names_above else count,
        fontsize=page.font * 0.85,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.2,
    )


def _longest(chart: Chart) -> float:
    """The longest bar."""
    rows = range(len(chart.rows))
    if chart.stacked:
        return max(sum(series.values[row] or 0 for series in chart.series) for row in rows) or 1
    return max((value or 0 for series in chart.series for value in series.values), default=1) or 1


def _number(
    axes: Any,
    chart: Chart,
    page: Page,
    place: tuple[float, float],
    number: tuple[float | None, str],
    longest: float,
    *,
    dark: bool,
) -> None:
    """A bar's number: within it where it is one of several in a row, else behind its end."""
    left, y = place
    value, shown = number
    size = page.font * 0.9
    if not chart.stacked or len(chart.series) == 1:
        axes.text(left + (value or 0) + longest * 0.015, y, shown, va="center", fontsize=size)
    elif value and value / longest > _NARROW:
        paper = None if dark else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        color = "white" if dark else _INK
        axes.text(left + value / 2, y, shown, ha="center", va="center", fontsize=size, color=color, bbox=paper)


def _sum(axes: Any, chart: Chart, page: Page, place: tuple[float, float], longest: float) -> None:
    """Behind a row's end: its parts, where one of them is too narrow for its number."""
    parts = [series.values[round(place[1])] or 0 for series in chart.series]
    if not any(parts) or any(0 < part / longest <= _NARROW for part in parts):
        shown = " + ".join(f"{part:g}" for part in parts if part) or "0"
        axes.text(place[0] + longest * 0.015, place[1], shown, va="center", fontsize=page.font * 0.9)


def told_groups(report: Report) -> list[Figure]:
    """Target groups that some activity was meant for or was seen at, the most first."""

    def met(figure: Figure) -> float:
        return (figure.value or 0) + (report.value(f"groups.came.{figure.part}") or 0)

    return sorted(filter(met, report.family("groups.meant")), key=lambda figure: -met(figure))


class _Charts:
    """What each picture shows."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.report = wording.report

    def _say(self, words: Words | Mapping[str, str]) -> str:
        return self.wording.say(words)

    def _series(self, name: str | None, keys: Iterable[str]) -> Series:
        """Figures as bars, with what their values are called where there is none."""
        figures = [self.report.figures[key] for key in keys]
        legend = None if name is None else self._say(t(f"report.legend_{name}"))
        return Series(
            legend, [f.value for f in figures], [self.wording.value(f) for f in figures], [f.mark for f in figures]
        )

    def _one(self, title: str, bars: Sequence[tuple[str, str]]) -> Chart:
        """Figures of a kind below one another: (key of the text, key of the figure)."""
        rows = [self._say(t(f"report.bar_{text}")) for text, _ in bars]
        return Chart(title, rows, [self._series(None, [key for _, key in bars])])

    def consensus(self) -> list[Chart]:
        """Where actors stand; where nobody has, which issues activities take up."""
        issues, report = self.report.issues.current[:MOST], self.report
        titles = [self._say(issue.title) for issue in issues]
        taken_up = Chart(
            self._say(t("report.picture_1_activities")),
            titles,
            [self._series(None, [f"issues.activities.{issue.id}" for issue in issues])],
        )
        asked = [i for i in issues if f"stances.by_issue.{i.id}.behind.decided" in report.figures]
        standing = Chart(
            self._say(t("report.picture_1")),
            [self._say(issue.title) for issue in asked],
            [
                *(
                    self._series(f"behind_{way}", [f"stances.by_issue.{i.id}.behind.{way}" for i in asked])
                    for way in WAYS
                ),
                *(
                    Series(self._say(t(f"report.legend_{p}")), [report.issues.standing(i, p) for i in asked])
                    for p in POSITIONS[1:]
                ),
            ],
        )
        return [taken_up if standing.is_empty else standing]

    def knowledge(self) -> list[Chart]:
        """Target groups meant, and come where that may be shown."""
        groups = told_groups(self.report)[:MOST]
        rows = [self.wording.part(group) for group in groups]
        series = [self._series(name, [f"groups.{name}.{group.part}" for group in groups]) for name in ("meant", "came")]
        return [Chart(self._say(t("report.picture_2")), rows, series, stacked=False)]

    def methods(self) -> list[Chart]:
        """From a purpose to questions."""
        bars = (
            ("purpose_methods", "activities.methods"),
            ("shared", "methods.shared"),
            ("asked_about", "methods.asked_about"),
            ("questions", "methods.questions"),
        )
        return [self._one(self._say(t("report.picture_3")), bars)]

    def networks(self) -> list[Chart]:
        """Contacts, ambassadors, and what is arranged together."""
        bars = (
            ("contacts", "contacts.exchanged"),
            ("ambassadors", "ambassadors"),
            ("joint", "activities.joint"),
            ("together", "actors.together"),
        )
        return [self._one(self._say(t("report.picture_4")), bars)]

    def region(self) -> list[Chart]:
        """The region's activities and slots beside others', by the level of arenas that there were."""
        population = self.report.population
        there = {population.level_of(edition) for edition in population.editions}
        levels = [level for level in LEVELS if level in there]
        rows = [self._say(t(f"report.bar_{level}")) for level in levels]
        families = {"own": "own.activities", "blocks": "own.blocks", "others": "others.activities"}
        series = [self._series(name, [f"{f}.level.{level}" for level in levels]) for name, f in families.items()]
        return [Chart(self._say(t("report.picture_5")), rows, series)]

    def others(self) -> list[Chart]:
        """From slots offered to used; actors by kind, new and returning."""
        names = ("offered", "asked", "booked", "used")
        slots = self._one(self._say(t("report.picture_6_slots")), [(name, f"slots.{name}") for name in names])
        kinds = ("public", "private", "association")
        series = [self._series(name, [f"actors.{name}.kind.{kind}" for kind in kinds]) for name in ("returning", "new")]
        rows = [self._say(t(f"report.bar_{kind}")) for kind in kinds]
        return [slots, Chart(self._say(t("report.picture_6_actors")), rows, series)]


_CHARTS: Final[Mapping[int, Callable[[_Charts], list[Chart]]]] = MappingProxyType(
    {
        1: _Charts.consensus,
        2: _Charts.knowledge,
        3: _Charts.methods,
        4: _Charts.networks,
        5: _Charts.region,
        6: _Charts.others,
    }
)
