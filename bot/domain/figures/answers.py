"""Figures from what people and activities answered, where enough did."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.domain.evaluation import AGAIN, EDITION, EVALUATION, activity_subject, edition_subject
from bot.domain.figures import floor
from bot.domain.figures.figure import Basis, Figure
from bot.domain.figures.floor import Answer, Group
from bot.domain.figures.population import Population


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

    def __init__(self, population: Population) -> None:
        self.population = population
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
        found = floor.groups(answers, pooled=pooled)
        return floor.within(found, scope.edition_id, scope.from_year, scope.to_year)

    def basis(self, answers: Sequence[Answer[Any]], shown: Sequence[Group[Any]], asked: int) -> Basis:
        """How many were asked, answered, and lie in groups that are shown."""
        mine = self.population.edition_ids
        answered = sum(a.edition_id in mine for a in answers)
        return Basis(max(asked, answered), answered, len(floor.values(shown)))

    def activities_asked(self) -> int:
        """How many of the scope's activities were asked, each counted once."""
        subjects = set(map(activity_subject, self.population.activity_ids))
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

    def _shown(self, question: Question) -> tuple[list[Group[Any]], Basis]:
        shown = self.groups(question)
        asked = self.people_asked(EDITION) if question.of_edition else self.activities_asked()
        return shown, self.basis(self.of_question(question), shown, asked)

    def parts(
        self, question: Question, parts: Sequence[tuple[str, Any, Mapping[str, str] | None, int | None]]
    ) -> list[Figure]:
        """How many gave each answer: (part, value, name, the arena whose alone it is)."""
        shown, basis = self._shown(question)
        figures = []
        for part, value, name, arena_id in parts:
            mine = [g for g in shown if arena_id is None or self._arena(g) == arena_id]
            values = floor.values(mine)
            count = sum(value in v if isinstance(v, tuple) else v == value for v in values)
            known = count if values else None
            withheld = not values and basis.answered > 0
            figures.append(Figure(question.family, known, part, name, len(values) or None, basis, withheld))
        return figures

    def _arena(self, group: Group[Any]) -> int | None:
        edition_id = group.edition_ids[0]
        return None if edition_id is None else self.population.edition_of[edition_id].arena_id
