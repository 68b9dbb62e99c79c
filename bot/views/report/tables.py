"""What stands behind the figures, as rows of words: for the document's last pages and for the workbook."""

from collections.abc import Sequence

from bot.domain.figures.arenas import OfEdition, TakingPart
from bot.domain.figures.figure import Figure
from bot.domain.figures.issues import Together
from bot.domain.figures.population import REGION, Held
from bot.domain.figures.source import Edition
from bot.domain.figures.trend import ThroughYears
from bot.domain.frozen import dataclass
from bot.views.report.wording import Wording
from bot.views.screen import t
from bot.views.workbook import Cell

_QUESTIONS = ("edition.satisfied", "edition.help", "satisfied", "worth")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below headings, each as long as these."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class Tables:
    """A report's tables."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.report = wording.report
        self.population = wording.report.population

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
        return Table([self.wording.say(t(f"report_column.{column}")) for column in columns], rows)

    def _level(self, edition: Edition) -> str:
        level = self.population.level_of(edition)
        return self.wording.level(level) if level else ""

    def editions(self) -> Table:
        """The scope's editions, each with its slots and activities."""
        columns = ("edition", "level", "offered", "asked_for", "booked", "used", "activities", "own", "visitors")
        return self._table(columns, [self._edition(each) for each in self.report.arenas.by_edition])

    def _edition(self, of: OfEdition) -> list[Cell]:
        slots = of.slots
        counts = (slots.offered, slots.asked, slots.booked, slots.used, of.activities, of.own, of.visitors)
        return [self.wording.say(of.edition.name), self._level(of.edition), *counts]

    def actors(self) -> Table:
        """Who took part, by name."""
        columns = ("actor", "kind", "municipality", "history", "arranged")
        return self._table(columns, [self._actor(each) for each in self.report.arenas.taking_part])

    def _actor(self, taking_part: TakingPart) -> list[Cell]:
        actor, history = taking_part.actor, "returning" if taking_part.is_returning else "new"
        return [
            actor.name,
            self.wording.say(t(f"actor_kind.{actor.kind}")),
            actor.municipality or "",
            "" if actor.kind == REGION else self.wording.say(t(f"report_part.{history}")),
            taking_part.activities,
        ]

    def joint(self) -> Table:
        """What is done together."""
        rows = [
            [
                together.action.what,
                self.wording.say(together.issue.title),
                together.actors[0].name,
                ", ".join(actor.name for actor in together.actors[1:]),
                self.wording.day(together.action.due_on),
                self.wording.say(t(f"report_part.{together.state}")),
                _outcome(together),
            ]
            for together in self.report.issues.together
        ]
        return self._table(("what", "issue", "lead", "with", "due", "state", "outcome"), rows)

    def joint_in_short(self) -> Table:
        """The same in columns that have room on a page: all actors together, and what came of it with how far it is."""
        rows = [
            [
                together.action.what,
                self.wording.say(together.issue.title),
                ", ".join(actor.name for actor in together.actors),
                self.wording.short_day(together.action.due_on),
                ": ".join(filter(None, (self.wording.say(t(f"report_part.{together.state}")), _outcome(together)))),
            ]
            for together in self.report.issues.together
        ]
        return self._table(("what", "issue", "together", "due", "state"), rows)

    def satisfaction(self) -> Table:
        """This year's beside earlier ones, and what was measured elsewhere."""
        rows: list[list[Cell]] = [
            [
                self.wording.say(scored.arena.name),
                scored.edition.year,
                self.wording.say(t(f"report_figure.{scored.question.family.replace('.', '_')}")),
                self._score(scored.figure),
                5,
                scored.figure.basis.answered if scored.figure.basis else "",
                "Arenabot",
            ]
            for scored in self.report.scored
        ]
        for entered in self.report.elsewhere:
            measure = self.wording.say(t(f"report_part.{entered.result.measure}"))
            answers: Cell = "" if entered.result.answers is None else entered.result.answers
            score, whole = self._score(entered.figure), entered.result.out_of
            arena, year = self.wording.say(entered.arena.name), entered.result.year
            rows.append([arena, year, measure, score, whole, answers, entered.result.source])
        rows.sort(key=lambda row: (str(row[0]), int(row[1]), str(row[6]) == "Arenabot"))
        return self._table(("arena", "year", "question", "score", "scale", "answered", "source"), rows)

    def through_years(self) -> Table:
        """An edition a row, each question a column."""
        headings = [self.wording.say(t(f"report_column.{column}")) for column in ("arena", "year")]
        headings += [self.wording.say(t(f"report_column.{f.replace('.', '_')}")) for f in _QUESTIONS]
        headings += [self.wording.say(t(f"report_column.{column}")) for column in ("people", "activities")]
        return Table(headings, [self._of_year(mine) for mine in self.report.through_years])

    def _of_year(self, mine: ThroughYears) -> list[Cell]:
        scores: list[Cell] = [self._one_digit(mine.scores[f]) if f in mine.scores else "" for f in _QUESTIONS]
        return [self.wording.say(mine.arena.name), mine.edition.year, *scores, mine.people, mine.activities]

    def _one_digit(self, figure: Figure) -> str:
        return self.wording.say(t("report.few")) if figure.value is None else self.wording.number(figure.value, 1)

    def elsewhere(self) -> Table:
        """What was measured otherwise, each in its own scale."""
        rows = [
            [
                self.wording.say(entered.arena.name),
                entered.result.year,
                self.wording.say(t(f"report_part.{entered.result.measure}")),
                self.wording.value(entered.figure),
                "" if entered.result.answers is None else entered.result.answers,
                entered.result.source,
            ]
            for entered in self.report.elsewhere
        ]
        return self._table(("arena", "year", "what", "score", "answered", "source"), rows)

    def _score(self, figure: Figure) -> Cell:
        return self.wording.value(figure) if figure.value is None else round(figure.value, 2)

    def money(self) -> Table:
        """Who pays for which years, and what editions cost."""
        rows: list[list[Cell]] = [
            [f.financier, self.wording.years(f.from_year, f.to_year), f.amount, f.source]
            for f in self.population.financings
        ]
        for outturn in self.population.outturns:
            edition = self.population.edition_of[outturn.edition_id]
            rows.append([self.wording.say(edition.name), str(edition.year), outturn.amount, outturn.source])
        return self._table(("what", "years", "amount", "source"), rows)

    def held_word(self, held: Held) -> str:
        """Whether it took place, as was answered."""
        if held.was_held is None:
            return ""
        return self.wording.say(t("report.yes" if held.was_held else "report.no"))


def _outcome(together: Together) -> str:
    """What came of it, once it is done."""
    return together.action.outcome or "" if together.state == "done" else ""
