"""The report as a workbook: a row for each figure, and what stands behind them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.domain.dates import local_day
from bot.domain.evaluation import AGAIN, LED_TO
from bot.domain.figures.answers import SCORES, Question
from bot.domain.figures.figure import Figure
from bot.domain.figures.floor import Group, counted
from bot.domain.figures.population import Held
from bot.domain.figures.source import Edition, Slot, Stage
from bot.domain.frozen import dataclass
from bot.domain.model import GivenBy, Purpose
from bot.views.booking_parts import kind_name
from bot.views.report.tables import Table, Tables
from bot.views.report.wording import RESULTS, Wording, is_mean
from bot.views.screen import t
from bot.views.workbook import Cell, Sheet, xlsx

_QUESTIONS: Final = (
    *SCORES,
    Question("again", "again"),
    Question("outcomes", "led_to"),
    Question("groups.came", "groups_came", pooled=False),
)
_IN_ORDER: Final = (*AGAIN, *LED_TO)
"""Answers in words, as people are asked."""


def workbook(wording: Wording) -> bytes:
    """The workbook's bytes: no personal data, and answers only in the groups that figures rest on."""
    return Sheets(wording).made()


@dataclass(frozen=True)
class Sheets:
    """A report's sheets."""

    wording: Wording

    def made(self) -> bytes:
        """All sheets, those without rows left out."""
        tables = Tables(self.wording)
        every: Mapping[str, Table] = {
            "figures": self.figures(),
            "editions": tables.editions(),
            "actors": self._with_absent(tables.actors()),
            "activities": self.activities(tables),
            "slots": self.slots(),
            "stances": self.stances(),
            "joint": tables.joint(),
            "methods": self.methods(),
            "answers": self.answers(),
            "satisfaction": tables.satisfaction(),
            "money": tables.money(),
            "comments": self.comments(),
        }
        title = self.wording.title()
        note = self.wording.say(t("report.note", scope=title, day=self.wording.made_on))
        sheets = [
            Sheet(self.wording.say(t(f"report_sheet.{name}")), table.headings, table.rows, note)
            for name, table in every.items()
            if table.rows
        ]
        return xlsx(sheets, made_at=self.wording.report.now, title=title)

    def _table(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
        return Table([self.wording.say(t(f"report_column.{column}")) for column in columns], list(rows))

    # Figures

    def figures(self) -> Table:
        """A row for each figure, by the number that the document names it by."""
        columns = ("number", "figure", "value", "whole", "asked", "answered", "shown", "key")
        return self._table(columns, [self._figure(f) for f in self.wording.report.figures.values()])

    def _figure(self, figure: Figure) -> list[Cell]:
        basis = figure.basis
        value: Cell = self.wording.value(figure) if figure.value is None else _number(figure)
        whole: Cell = "" if figure.of is None else figure.of
        asked: list[Cell] = ["", "", ""] if basis is None else [basis.asked, basis.answered, basis.shown]
        return [figure.mark, self.wording.label(figure), value, whole, *asked, figure.key]

    def answers(self) -> Table:
        """How many gave each answer, in the groups that every report shares."""
        report = self.wording.report
        rows = [row for q in _QUESTIONS for row in self._counted(q.family, report.answers.groups(q))]
        for family, every in (
            ("ambassadors", report.networks.willing()),
            ("contacts.exchanged", report.networks.exchanges()),
        ):
            rows += self._counted(family, report.answers.shown(every))
        return self._table(("number", "question", "group", "answer", "count"), rows)

    def _counted(self, family: str, groups: Sequence[Group[Any]]) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for group in groups:
            for answer, count in sorted(counted([group]).items(), key=lambda each: _place(each[0])):
                figure = Figure(family, count, None)
                shown = self._answer(family, answer)
                if shown is not None:
                    rows.append([figure.mark, self._question(family), self._group(group), shown, count])
        return rows

    def _question(self, family: str) -> str:
        return self.wording.say(t(f"report_question.{family.replace('.', '_')}"))

    def _answer(self, family: str, answer: Any) -> Cell | None:
        """An answer as it is called; None: a target group that is the arena's no more."""
        if isinstance(answer, str):
            return self.wording.say(t(f"report_part.{answer}"))
        if family != "groups.came":
            return int(answer)
        names = {g.id: g.name for g in self.wording.report.population.source.target_groups}
        return self.wording.say(names[answer]) if answer in names else None

    def _group(self, group: Group[Any]) -> str:
        edition_id = group.edition_ids[0]
        if len(group.edition_ids) > 1 or edition_id is None:
            return self.wording.say(t("report.small_editions", year=group.year))
        return self.wording.say(self.wording.report.population.edition_of[edition_id].name)

    # What stands behind them

    def _with_absent(self, actors: Table) -> Table:
        absent = self.wording.say(t("report_part.absent"))
        missing: list[list[Cell]] = [[name, "", "", absent, 0] for name in self.wording.report.absent]
        return Table(actors.headings, [*actors.rows, *missing])

    def activities(self, tables: Tables) -> Table:
        """The scope's activities: what each is for, whether it was held, and how many came."""
        columns = (
            *("day", "edition", "title", "kind", "organisers", "own", "held", "came"),
            *("purposes", "issues", "groups", "named_by"),
        )
        return self._table(columns, [self._activity(h, tables) for h in self.wording.report.population.activities])

    def _activity(self, held: Held, tables: Tables) -> list[Cell]:
        came: Cell = "" if held.answer is None or held.answer.came is None else held.answer.came
        return [
            str(local_day(held.slot.starts_at, held.edition.tz)),
            self.wording.say(held.edition.name),
            held.activity.title or "",
            self.wording.say(kind_name(held.activity.kind)) if held.activity.kind else "",
            ", ".join(actor.name for actor in held.actors),
            self._yes(held.is_own),
            tables.held_word(held),
            came,
            *self._aims(held),
        ]

    def _aims(self, held: Held) -> list[Cell]:
        source, aims = (
            self.wording.report.population.source,
            self.wording.report.activities.aims.get(held.activity.id, []),
        )
        issues = {i.id: i.title for i in source.issues}
        groups = {g.id: g.name for g in source.target_groups}
        named = {aim.named_by for aim in aims}
        return [
            ", ".join(self.wording.say(t(f"report_purpose.{p}")) for p in Purpose if any(a.purpose == p for a in aims)),
            ", ".join(self.wording.say(issues[a.issue_id]) for a in aims if a.issue_id is not None),
            ", ".join(self.wording.say(groups[a.target_group_id]) for a in aims if a.target_group_id is not None),
            ", ".join(self.wording.say(t(f"report_named.{by}")) for by in GivenBy if by in named),
        ]

    def _yes(self, yes: bool) -> str:  # noqa: FBT001  # the answer itself
        return self.wording.say(t("report.yes" if yes else "report.no"))

    def slots(self) -> Table:
        """The scope's slots: who has each, and whether it was asked for and used."""
        columns = ("day", "from", "to", "edition", "stage", "state", "asked_for", "taken_by")
        return self._table(columns, [self._slot(*each) for each in self.wording.report.population.slots])

    def _slot(self, slot: Slot, stage: Stage, edition: Edition) -> list[Cell]:
        population, zone = self.wording.report.population, edition.tz
        held = population.booked.get(slot.id)
        return [
            str(local_day(slot.starts_at, zone)),
            f"{slot.starts_at.astimezone(zone):%H.%M}",
            f"{slot.ends_at.astimezone(zone):%H.%M}",
            self.wording.say(edition.name),
            stage.name,
            self.wording.say(t(f"report.slot_{population.state_of(slot)}")),
            self._yes(slot.id in population.asked_for),
            held.owner.name if held is not None else slot.reason or "",
        ]

    def stances(self) -> Table:
        """Each actor's stand on each issue, as of the report."""
        rows: list[list[Cell]] = [
            [
                self.wording.say(standing.issue.title),
                standing.actor.name,
                self.wording.standing(standing),
                self.wording.say(t(f"report_part.{standing.way}")),
                self.wording.day_of(standing.stance.given_at),
                self._yes(standing.is_older),
            ]
            for standing in self.wording.report.issues.standings
        ]
        return self._table(("issue", "actor", "position", "way", "given", "older"), rows)

    def methods(self) -> Table:
        """What was shared about which activity, and how many asked."""
        report = self.wording.report
        held = {h.activity.id: h for h in report.population.activities}
        rows: list[list[Cell]] = [
            [
                held[m.activity_id].activity.title or "",
                self.wording.say(held[m.activity_id].edition.name),
                report.population.actors[m.actor_id].name,
                self.wording.day_of(m.shared_at),
                report.activities.questions(m),
            ]
            for m in report.activities.methods
        ]
        return self._table(("title", "edition", "actor", "shared", "questions"), rows)

    def comments(self) -> Table:
        """What coordinators say of each result."""
        every = {n: self.wording.report.comment(n) for n in RESULTS}
        rows: list[list[Cell]] = [[n, text] for n, text in every.items() if text]
        return self._table(("number_of_result", "text"), rows)


def _place(answer: Any) -> int:
    return _IN_ORDER.index(answer) if isinstance(answer, str) else int(answer)


def _number(figure: Figure) -> float:
    value = figure.value or 0
    return round(value, 2) if is_mean(figure) else int(value)
