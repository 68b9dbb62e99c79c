"""The report as a PDF on A4, by typst: its words go in as data, so that no name can become markup.

Only imported in the report's own process.
"""

import json
import shutil
from collections.abc import Container, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unicodedata import category

import typst
from matplotlib.ft2font import FT2Font

from bot.domain.figures import FAMILIES, MARKS, Figure
from bot.domain.model import GivenBy
from bot.domain.report import COMMENT_MAX
from bot.domain.text import clean
from bot.views.report.charts import MOST, Chart, svg, told_groups
from bot.views.report.six import Six
from bot.views.report.tables import Table, Tables
from bot.views.report.wording import RESULTS, Wording
from bot.views.screen import t
from bot.views.workbook import Cell

_TOLD_ELSEWHERE: Final = frozenset(
    {
        *("stances.by_issue", "trend", "earlier", "municipalities.actors"),
        *("others.activities.level", "actors.new.kind", "actors.returning.kind"),
    }
)
"""Families that the picture or a table of its own shows in full."""
_BOX: Final = "□"
_GROUPS: Final = frozenset({"groups.meant", "groups.came"})
_WHOLE: Final = (3, 4, 5)
"""Results of a part of a page, which are not broken; of the others the figures may stand on the next page."""
_HEADLINE: Final = ("activities.all", "actors.others", "visitors.total", "edition.satisfied")
_ONLY_SOME: Final = frozenset(
    {
        "own.activities.level",
        "own.blocks.level",
        "activities.level",
        "visitors.level",
        "editions.level",
    }
)
"""Families whose parts are left out where they are nought."""


def pdf(wording: Wording, charts: Mapping[int, Sequence[Chart]]) -> bytes:
    """The document's bytes; the same report gives the same bytes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="arenabot-")))
        data = files("bot")
        fonts = stack.enter_context(as_file(data.joinpath("fonts")))
        template = stack.enter_context(as_file(data.joinpath("data", "report.typ")))
        shutil.copy(template, folder / "report.typ")
        for result, every in charts.items():
            if every:
                (folder / f"result-{result}.svg").write_bytes(svg(every))
        content = _shown(Content(wording, charts).document(), FT2Font(str(fonts / "DejaVuSans.ttf")).get_charmap())
        (folder / "report.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        compiler = typst.Compiler(
            folder / "report.typ", root=folder, font_paths=[fonts], ignore_system_fonts=True, package_path=folder
        )
        made = compiler.compile(
            format="pdf", timestamp=wording.report.now.replace(microsecond=0), pdf_standards=["ua-1"]
        )
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one document")
    return made


class Content:
    """What the template asks for."""

    def __init__(self, wording: Wording, charts: Mapping[int, Sequence[Chart]]) -> None:
        self.wording = wording
        self.report = wording.report
        self.charts = charts
        self.tables = Tables(wording)
        self.six = Six(wording)
        self.nothing = wording.nothing_yet()

    def _say(self, key: str, **fields: Any) -> str:
        return self.wording.say(t(f"report.{key}", **fields))

    def document(self) -> dict[str, Any]:
        """All of it, as JSON takes it."""
        words = ("no_picture", "comment", "rests_on", "cannot", "appendix", "subtitle")
        return {
            **{word: self._say(word) for word in words},
            "page_one": self._say("page_one_alone" if self.nothing else "page_one"),
            "continued": self._say("continued", title="{title}"),
            "page": self._say("page", page="{page}", pages="{pages}"),
            "language": self.wording.reader.language,
            "title": self.wording.title(),
            "as_of": self._say("as_of", day=self.wording.made_on),
            "nothing": self.nothing,
            "headline": [self._headline(self.report.figures[key]) for key in _HEADLINE],
            "results": [self.result(result) for result in RESULTS],
            "parts": [part for part in self.parts() if part["rows"] or part["notes"]],
        }

    def _headline(self, figure: Figure) -> dict[str, str]:
        """A number by itself at the top of page one."""
        shown = "–" if figure.value is None else self.wording.value(replace(figure, of=None))
        return {"value": shown, "label": self.wording.label(figure), "mark": figure.mark}

    def result(self, result: int) -> dict[str, Any]:
        """One result's section."""
        answer = self.six.answer(result)
        pictured = self.charts.get(result, ())
        short = len(self.report.comment(result) or "") <= COMMENT_MAX
        return {
            "number": result,
            "whole": short and (result in _WHOLE or self.nothing is not None),
            "title": self._say(f"result_{result}"),
            "decision": self._say(f"decision_{result}"),
            "answer": {"sentences": list(answer.sentences), "marks": list(answer.marks)},
            "picture": f"result-{result}.svg" if pictured else None,
            "picture_alt": ". ".join(_in_words(chart) for chart in pictured),
            "picture_marks": [mark for chart in pictured for mark in chart.marks],
            "comment": self.report.comment(result),
            "rests_on": self.rests_on(result),
            "cannot": self._say(f"cannot_{result}"),
            "figures": None if self.nothing else self.figures(result),
        }

    def figures(self, result: int) -> dict[str, Any]:
        """The section's figures: what, how many, and their numbers."""
        said = [
            [self.wording.label(figure), self._value(figure), figure.mark]
            for family in FAMILIES[result]
            for figure in self.report.family(family)
            if self._is_told(figure)
        ]
        heads = [self._column(name) for name in ("figure", "value", "number")]
        return {
            "title": self._say("figures", result=result),
            "heads": heads,
            "rows": said,
            "notes": self._municipalities() if "municipalities" in FAMILIES[result] else [],
        }

    def _is_told(self, figure: Figure) -> bool:
        if figure.family in _TOLD_ELSEWHERE or (figure.family.startswith("named.") and figure.part is not None):
            return False
        if figure.family in _GROUPS:
            return bool(figure.value) and len(told_groups(self.report)) > MOST
        return bool(figure.value) or figure.withheld or figure.part is None or figure.family not in _ONLY_SOME

    def _value(self, figure: Figure) -> str:
        """A figure's value; who named something stands behind how many did."""
        value = self.wording.value(figure)
        if not figure.family.startswith("named.") or not figure.value:
            return value
        by = {namer: f"{self.report.value(f'{figure.family}.{namer}') or 0:g}" for namer in GivenBy}
        return self._say("named_by", value=value, actor=by[GivenBy.ACTOR], coordinator=by[GivenBy.COORDINATOR])

    def _column(self, name: str) -> str:
        return self.wording.say(t(f"report_column.{name}"))

    def _municipalities(self) -> list[str]:
        """Where actors have their seats, the most first."""
        counted = [f for f in self.report.family("municipalities.actors") if f.value]
        counted.sort(key=lambda figure: (figure.part == "none", -(figure.value or 0)))
        names = ", ".join(f"{self.wording.part(f)} {f.value:g}" for f in counted)
        mark = MARKS["municipalities.actors"]
        return [self._say("per_municipality", mark=mark, names=names)] if names else []

    def rests_on(self, result: int) -> list[str]:
        """What a result's figures rest on."""
        words = self.wording
        register = self._say("rests_register", day=words.made_on)
        match result:
            case 1:
                return [
                    self._rests("stances", "stances.actors"),
                    self._say("rests_issues", day=words.as_of),
                    self._named(),
                ]
            case 2:
                held, outcomes = self._rests("activities", "activities.held"), self._rests("outcomes", "outcomes.talks")
                return [held, outcomes, self._named()]
            case 3:
                return [self._say("rests_methods", day=words.made_on)]
            case 4:
                return [self._say("rests_contacts"), self._rests("ambassadors", "ambassadors"), register]
            case 5:
                return [register]
            case _:
                return [register, self._rests("satisfied", "satisfied"), self._rests("editions", "edition.satisfied")]

    def _rests(self, what: str, key: str) -> str:
        basis = self.report.figures[key].basis
        return "" if basis is None else self._say(f"rests_{what}", basis=self.wording.basis(basis))

    def _named(self) -> str:
        named = {what: self.report.figures[f"named.{what}"] for what in ("purpose", "issue", "group")}
        if not named["issue"].of:
            return self._say("rests_no_activities")
        counts = {what: f"{figure.value:g}" for what, figure in named.items()}
        return self._say("rests_named", whole=f"{named['issue'].of or 0:g}", **counts)

    def parts(self) -> list[dict[str, Any]]:
        """What stands behind the figures."""
        there = len(self.report.population.editions)
        through_years = self.tables.through_years()
        missing = self.report.arenas.without_actor
        gaps = self._say("without_actor", names=", ".join(missing)) if missing else self._say("every_municipality")
        return [
            self._part("method_title", None, (), f"{self._say('method')} {self._new()}", "", self._say("privacy")),
            self._part("editions", self.tables.editions(), widths=(1, 0, 0, 0, 0, 0, 0, 0, 0)),
            self._part(
                "satisfaction",
                through_years,
                (3, 0, 2, 2, 2, 2, 0, 0),
                self._say("satisfaction_note") if through_years.rows else "",
                MARKS["trend"],
            ),
            self._part("elsewhere", self.tables.elsewhere(), (3, 0, 3, 2, 0, 4), "", MARKS["earlier"]),
            self._part("actors", self.tables.actors(), (4, 2, 2, 2, 0), gaps if there else ""),
            self._part("absent", None, (), ", ".join(self.report.absent), MARKS["actors.absent"]),
            self._part("joint_actions", self.tables.joint_in_short(), (4, 3, 4, 0, 4)),
            self._part("frame_title", self.tables.money(), (3, 2, 0, 3)),
        ]

    def _new(self) -> str:
        """Who is new, of an edition or of years."""
        scope = self.report.scope
        return self._say("method_new_at_arena") if scope.edition_id else self._say("method_new", year=scope.from_year)

    def _part(
        self, title: str, table: Table | None, widths: Sequence[int], note: str = "", marks: str = "", more: str = ""
    ) -> dict[str, Any]:
        heading = self._say(title)
        return {
            "title": f"{heading} ({marks})" if marks else heading,
            "notes": [each for each in (note, more) if each],
            "widths": list(widths),
            "numeric": [] if table is None else [_is_numeric(column) for column in zip(*table.rows, strict=True)],
            "heads": [] if table is None else list(table.headings),
            "rows": [] if table is None else [[self._shown(cell) for cell in row] for row in table.rows],
        }

    def _shown(self, cell: Cell) -> str:
        """A number as it is written; years are no numbers to group."""
        if isinstance(cell, str):
            return cell
        return str(cell) if _is_year(cell) else self.wording.number(cell)


def _is_numeric(column: Sequence[Cell]) -> bool:
    """Whether a column is of numbers that are compared: years are none."""
    return all(isinstance(cell, int | float) and not _is_year(cell) for cell in column)


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, int) and 1900 < cell < 2200  # noqa: PLR2004  # years that arenas have


def _in_words(chart: Chart) -> str:
    """A chart for those who do not see it: each row's numbers."""
    told = []
    for row, name in enumerate(chart.rows):
        values = [f"{series.name or ''} {series.said(row)}".strip() for series in chart.series]
        told.append(f"{name}: {', '.join(values)}")
    return f"{chart.title}. {'; '.join(told)}"


def _shown(value: Any, glyphs: Container[int]) -> Any:
    """The same, with a box for each sign that no font here has: a document for screen readers may not hold such."""
    if isinstance(value, str):
        return "".join(
            sign if sign == "\n" or (ord(sign) in glyphs and _is_public(sign)) else _BOX
            for sign in clean(value)
            if sign != "\ufe0f"
        )
    if isinstance(value, Mapping):
        return {key: _shown(each, glyphs) for key, each in value.items()}
    return [_shown(each, glyphs) for each in value] if isinstance(value, list) else value


def _is_public(sign: str) -> bool:
    """Whether it means the same everywhere."""
    return category(sign) not in {"Co", "Cn"}
