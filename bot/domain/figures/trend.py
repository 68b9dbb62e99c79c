"""How satisfied they were, this year beside earlier ones, and what was measured elsewhere."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.figures.answers import SCORES, Answers, Question
from bot.domain.figures.figure import Basis, Figure
from bot.domain.figures.floor import FLOOR
from bot.domain.figures.population import Population
from bot.domain.figures.source import ActivityAnswer, Arena, EarlierResult, Edition, EditionAnswer
from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's answers at an edition, here or in an earlier year."""

    arena: Arena
    edition: Edition
    question: Question
    figure: Figure


@dataclass(frozen=True, slots=True)
class ThroughYears:
    """An edition's scores by their questions, and how many people and activities gave any."""

    arena: Arena
    edition: Edition
    scores: Mapping[str, Figure]
    people: int
    activities: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A result that was measured elsewhere."""

    arena: Arena
    result: EarlierResult
    figure: Figure


class Trend:
    """The scope's arenas through the years."""

    def __init__(self, population: Population, answers: Answers) -> None:
        self.population = population
        self.answers = answers
        self.arena_ids = {e.arena_id for e in population.editions}

    def scored(self) -> list[Scored]:
        """Each edition of the scope's arenas until the scope's last year that anybody answered about."""
        population = self.population
        editions = [e for e in population.source.editions if self._is_told(e)]
        editions.sort(key=lambda e: (population.arenas[e.arena_id].position, e.year, e.id))
        found = []
        for edition in editions:
            for question in SCORES:
                figure = self._of(edition, question)
                if figure is not None:
                    found.append(Scored(population.arenas[edition.arena_id], edition, question, figure))
        return found

    def through_years(self, scored: Iterable[Scored]) -> list[ThroughYears]:
        """The same, an edition together."""
        scores: dict[int, dict[str, Figure]] = {}
        for each in scored:
            scores.setdefault(each.edition.id, {})[each.question.family] = each.figure
        return [self._together(edition_id, mine) for edition_id, mine in scores.items()]

    def _together(self, edition_id: int, scores: Mapping[str, Figure]) -> ThroughYears:
        population = self.population
        edition = population.edition_of[edition_id]
        people = [e for e in population.source.edition_evaluations if e.edition_id == edition_id]
        activities = [h.answer for h in population.every_activity if h.edition.id == edition_id and h.answer]
        counts = _scoring(people, of_edition=True), _scoring(activities, of_edition=False)
        return ThroughYears(population.arenas[edition.arena_id], edition, scores, *counts)

    def _is_told(self, edition: Edition) -> bool:
        return edition.arena_id in self.arena_ids and edition.year <= self.population.scope.to_year

    def _of(self, edition: Edition, question: Question) -> Figure | None:
        answers = self.answers.of_question(question)
        answered = sum(a.edition_id == edition.id for a in answers)
        if not answered:
            return None
        shown = [v for g in self.answers.grouped(answers) if g.edition_ids == (edition.id,) for v in g.values]
        return Figure(
            "trend",
            sum(shown) / len(shown) if shown else None,
            f"{edition.id}.{question.family}",
            edition.name,
            5,
            Basis(answered, answered, len(shown)),
            withheld=not shown,
        )

    def elsewhere(self) -> list[Elsewhere]:
        """What coordinators have entered of the scope's arenas, until the scope's last year."""
        arenas = self.population.arenas
        known = [r for r in self.population.source.earlier_results if r.arena_id in self.arena_ids]
        known = [r for r in known if r.year <= self.population.scope.to_year]
        known.sort(key=lambda r: (arenas[r.arena_id].position, r.measure, r.year))
        return [Elsewhere(arenas[r.arena_id], r, self._entered(arenas[r.arena_id], r)) for r in known]

    def _entered(self, arena: Arena, result: EarlierResult) -> Figure:
        too_few = result.answers is not None and result.answers < FLOOR
        n = result.answers
        return Figure(
            "earlier",
            None if too_few else result.value,
            f"{arena.key}.{result.year}.{result.measure}",
            arena.name,
            result.out_of,
            None if n is None else Basis(n, n, 0 if too_few else n),
            withheld=too_few,
        )


def _scoring(answers: Sequence[ActivityAnswer] | Sequence[EditionAnswer], *, of_edition: bool) -> int:
    """How many gave a score to any of the questions."""
    columns = [q.column for q in SCORES if q.of_edition == of_edition]
    return sum(any(getattr(answer, column) is not None for column in columns) for answer in answers)
