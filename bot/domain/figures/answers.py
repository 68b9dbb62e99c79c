"""Figures from what people and activities answered, where enough did."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from bot.domain.evaluation import AGAIN, EDITION, EVALUATION, activity_subject, edition_subject
from bot.domain.figures import floor
from bot.domain.figures.figure import Basis, Figure
from bot.domain.figures.floor import FLOOR, Answer, Group
from bot.domain.figures.population import Population
from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A family of figures and the column that it is answered in: of activities, or of editions.

    Without `pooled`, small editions are never put together: what is counted differs between arenas.
    """

    family: str
    column: str
    of_edition: bool = False
    pooled: bool = True


SCORES: Final = (
    Question("satisfied", "satisfied"),
    Question("worth", "worth"),
    Question("edition.satisfied", "satisfied", of_edition=True),
    Question("edition.help", "help", of_edition=True),
)
"""Answered 1–5."""


class Answers:
    """Answers to every question, in their groups."""

    def __init__(self, population: Population, least: int = FLOOR) -> None:
        self.population = population
        self.least = least
        self.of_question: Callable[[Question], list[Answer[Any]]] = cache(self._of_question)

    def _of_question(self, question: Question) -> list[Answer[Any]]:
        """All answers to a question, of all editions, whatever the scope."""
        editions = self.population.edition_of
        rows: Iterable[tuple[int, Any]]
        if question.of_edition:
            rows = ((row.edition_id, row) for row in self.population.source.edition_evaluations)
        else:
            held = {h.activity.id: h.edition.id for h in self.population.every_activity}
            answers = self.population.source.activity_evaluations
            rows = ((held[row.activity_id], row) for row in answers if row.activity_id in held)
        found = ((edition_id, getattr(row, question.column)) for edition_id, row in rows)
        return [Answer(e, editions[e].year, value) for e, value in found if value is not None]

    def groups(self, question: Question) -> list[Group[Any]]:
        """The groups of a question that this report may show."""
        return self.shown(self.of_question(question), pooled=question.pooled)

    def shown(self, answers: Sequence[Answer[Any]], *, pooled: bool = True) -> list[Group[Any]]:
        """The groups of any answers that this report may show."""
        scope = self.population.scope
        found = self.grouped(answers, pooled=pooled)
        return floor.within(found, scope.edition_id, scope.from_year, scope.to_year)

    def grouped(self, answers: Sequence[Answer[Any]], *, pooled: bool = True) -> list[Group[Any]]:
        """The groups of any answers, whatever the scope."""
        return floor.groups(answers, pooled=pooled, least=self.least)

    def basis(
        self, answers: Sequence[Answer[Any]], shown: Sequence[Group[Any]], asked: int, arena_id: int | None = None
    ) -> Basis:
        """How many were asked, answered, and lie in groups that are shown; at one arena, or at all of the scope's."""
        mine = self._editions(arena_id)
        answered = sum(a.edition_id in mine for a in answers)
        return Basis(max(asked, answered), answered, len(floor.values(shown)))

    def _editions(self, arena_id: int | None) -> frozenset[int]:
        return frozenset(e.id for e in self.population.editions if arena_id in (None, e.arena_id))

    def activities_asked(self, arena_id: int | None = None) -> int:
        """How many of the scope's activities were asked, each counted once."""
        mine = self._editions(arena_id)
        subjects = {activity_subject(h.activity.id) for h in self.population.activities if h.edition.id in mine}
        return len({a.subject for a in self.population.source.askings if a.kind == EVALUATION} & subjects)

    def people_asked(self, kind: str) -> int:
        """How many were asked something about the scope's editions."""
        subjects = set(map(edition_subject, self.population.edition_ids))
        return sum(a.kind == kind and a.subject in subjects for a in self.population.source.askings)

    # Figures

    def scores(self) -> list[Figure]:
        """Means, and who would come again."""
        again = Question("again", "again")
        return [*(self._mean(q) for q in SCORES), *self.parts(again, [(a, a, None, None) for a in AGAIN])]

    def _mean(self, question: Question) -> Figure:
        shown, basis = self._shown(question)
        values = floor.values(shown)
        mean = sum(values) / len(values) if values else None
        return Figure(question.family, mean, of=5, basis=basis, withheld=not values and basis.answered > 0)

    def _shown(self, question: Question, arena_id: int | None = None) -> tuple[list[Group[Any]], Basis]:
        shown = [g for g in self.groups(question) if arena_id is None or self._arena(g) == arena_id]
        asked = self.people_asked(EDITION) if question.of_edition else self.activities_asked(arena_id)
        return shown, self.basis(self.of_question(question), shown, asked, arena_id)

    def parts(
        self, question: Question, parts: Sequence[tuple[str, Any, Mapping[str, str] | None, int | None]]
    ) -> list[Figure]:
        """How many gave each answer: (part, value, name, the arena whose alone it is)."""
        of_arena = {arena_id: self._shown(question, arena_id) for arena_id in {arena_id for *_, arena_id in parts}}
        figures = []
        for part, value, name, arena_id in parts:
            shown, basis = of_arena[arena_id]
            known = floor.counted(shown)[value] if shown else None
            withheld = not shown and basis.answered > 0
            figures.append(Figure(question.family, known, part, name, basis.shown or None, basis, withheld))
        return figures

    def _arena(self, group: Group[Any]) -> int | None:
        edition_id = group.edition_ids[0]
        return None if edition_id is None else self.population.edition_of[edition_id].arena_id
