"""How figures are said: labels, values, and the answer to each result in a few sentences."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.figures import Figure
from bot.domain.figures.figure import Basis
from bot.domain.figures.issues import Standing
from bot.domain.figures.report import Report
from bot.domain.figures.scope import ZONE
from bot.domain.frozen import dataclass
from bot.views.screen import L, Reader, Words, plain, t

RESULTS: Final = (1, 2, 3, 4, 5, 6)
_CONTACTS: Final = "contacts.exchanged"
_DONE: Final = ("activities.all", "slots.asked", "stances.actors", "joint.actors", "contacts.asked")
"""Figures of which one tells that somebody has done something."""
_OWN_WORDS: Final = frozenset({"named.purpose", "named.issue", "named.group"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence or two on a result, and the numbers of the figures in it."""

    sentences: Sequence[str]
    marks: Sequence[str]


class Wording:
    """A report in a language."""

    def __init__(self, report: Report, reader: Reader) -> None:
        self.report = report
        self.reader = reader

    def say(self, words: Words | Mapping[str, str]) -> str:
        """Any words, without markup."""
        return plain(L(words) if isinstance(words, Mapping) else words, self.reader)

    # Numbers and days

    def number(self, value: float, digits: int = 0) -> str:
        """A number as it is written: 1 234, 4,1."""
        pattern = "#,##0." + "0" * digits if digits else "#,##0.##"
        return format_decimal(value, pattern, locale=self.reader.language)

    def day(self, day: date) -> str:
        """A day with its year."""
        return format_date(day, "d MMMM y", locale=self.reader.language)

    def short_day(self, day: date) -> str:
        """A day with its year, which stays in one piece."""
        return format_date(day, "d MMM y", locale=self.reader.language).replace(" ", "\N{NO-BREAK SPACE}")

    def day_of(self, at: datetime) -> str:
        """An instant's day, Swedish time."""
        return self.day(at.astimezone(ZONE).date())

    @property
    def made_on(self) -> str:
        """The day of the report."""
        return self.day_of(self.report.now)

    @property
    def as_of(self) -> str:
        """The last day that counts of what has a date of its own."""
        report = self.report
        if report.now < report.scope.ends_at:
            return self.made_on
        return self.day_of(report.scope.ends_at - timedelta(days=1))

    # What the report is about

    def title(self) -> str:
        """The edition's name, or the years."""
        scope, population = self.report.scope, self.report.population
        if scope.edition_id is not None:
            return self.say(population.edition_of[scope.edition_id].name)
        return self.say(t("report.title", years=self.years(scope.from_year, scope.to_year)))

    def nothing_yet(self) -> str | None:
        """What to say first where nobody has done anything; None where somebody has."""
        return None if any(map(self.report.value, _DONE)) else self.say(t("report.nothing_yet"))

    def years(self, first: int, last: int) -> str:
        """A year, or from one to another."""
        return str(first) if first == last else self.say(t("report.years", first=first, last=last))

    def level(self, level: str | None) -> str:
        """Whom an arena is to reach."""
        return self.say(t(f"report.level_{level or 'unknown'}"))

    # Figures

    def label(self, figure: Figure) -> str:
        """What a figure counts."""
        family = figure.family.replace(".", "_")
        if figure.part is None and figure.family not in _OWN_WORDS:
            return self.say(t(f"report_figure.{family}"))
        return self.say(t(f"report_figure.{family}", part=self.part(figure)))

    def part(self, figure: Figure) -> str:
        """What part of its family a figure is."""
        if figure.part is None:
            return ""
        match figure.family:
            case "stances.by_issue":
                part = self._stand(figure, figure.part)
            case "trend":
                question = t(f"report_figure.{figure.part.partition('.')[2].replace('.', '_')}")
                part = self.say(t("report_part.at", edition=self.say(figure.name or {}), question=question))
            case "earlier":
                part = self._entered(figure)
            case "groups.meant" | "groups.came":
                part = self._group(figure)
            case _:
                part = self.say(figure.name if figure.name is not None else t(f"report_part.{figure.part}"))
        return part

    def _stand(self, figure: Figure, part: str) -> str:
        _, position, way = part.split(".")
        said = {"position": t(f"report_part.{position}"), "way": t(f"report_part.{way}")}
        return self.say(t("report_part.standing", issue=self.say(figure.name or {}), **said))

    def _group(self, figure: Figure) -> str:
        """A target group's name, with its arena where there are several."""
        group = next(g for g in self.report.activities.target_groups if str(g.id) == figure.part)
        if len({g.arena_id for g in self.report.activities.target_groups}) == 1:
            return self.say(group.name)
        arena = self.say(self.report.population.arenas[group.arena_id].name)
        return self.say(t("report_part.group_at", group=self.say(group.name), arena=arena))

    def _entered(self, figure: Figure) -> str:
        mine = next(e for e in self.report.elsewhere if e.figure.key == figure.key)
        measure = t(f"report_part.{mine.result.measure}")
        return self.say(
            t(
                "report_part.entered",
                arena=self.say(mine.arena.name),
                year=mine.result.year,
                measure=measure,
                source=mine.result.source,
            )
        )

    def value(self, figure: Figure) -> str:
        """A figure's value, or why there is none."""
        if figure.withheld:
            few_contacts = figure.family == _CONTACTS
            return self.say(t("report.few_contacts" if few_contacts else "report.withheld"))
        if figure.value is None:
            return self.say(t("report.unknown"))
        shown = self.number(figure.value, 1) if is_mean(figure) else self.number(figure.value)
        if not figure.of:
            return shown
        return self.say(t("report.of", value=shown, whole=self.number(figure.of)))

    def basis(self, basis: Basis) -> str:
        """How many were asked and answered."""
        said = {"answered": basis.answered, "asked": basis.asked}
        if not basis.answered:
            return self.say(t("report.basis_none"))
        if not basis.shown:
            return self.say(t("report.basis_withheld", **said))
        if basis.shown < basis.answered:
            return self.say(t("report.basis_left_out", **said, left=basis.left_out))
        return self.say(t("report.basis", **said))

    def standing(self, standing: Standing) -> str:
        """Where an actor stands."""
        return self.say(t(f"report_part.{standing.stance.position}"))


def is_mean(figure: Figure) -> bool:
    """Whether a value is a mean or a grade rather than a count."""
    return figure.family in {"satisfied", "worth", "edition.satisfied", "edition.help", "trend", "earlier"}
