"""Results 2 and 3: knowledge that reaches target groups, and methods that are shared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from bot.domain.evaluation import LED_TO
from bot.domain.figures.answers import Answers, Question
from bot.domain.figures.figure import Basis, Figure
from bot.domain.figures.population import Held, Population
from bot.domain.figures.source import Aim, Method, TargetGroup
from bot.domain.model import GivenBy, Purpose

NAMERS: Final = tuple(GivenBy)


class Activities:
    """What was held, for whom, and what came of it."""

    def __init__(self, population: Population, answers: Answers) -> None:
        self.population = population
        self.answers = answers

    @cached_property
    def aims(self) -> Mapping[int, list[Aim]]:
        """What each of the scope's activities names."""
        found: dict[int, list[Aim]] = defaultdict(list)
        for aim in self.population.source.aims:
            if aim.activity_id in self.population.activity_ids:
                found[aim.activity_id].append(aim)
        return found

    @cached_property
    def target_groups(self) -> list[TargetGroup]:
        """Of the scope's arenas, in their order."""
        arenas = {e.arena_id for e in self.population.editions}
        mine = [g for g in self.population.source.target_groups if g.arena_id in arenas]
        return sorted(mine, key=lambda g: (self.population.arenas[g.arena_id].position, g.position, g.id))

    @cached_property
    def methods(self) -> list[Method]:
        """Shared about the scope's activities, and not withdrawn."""
        mine = self.population.activity_ids
        return [m for m in self.population.source.methods if m.activity_id in mine and m.withdrawn_at is None]

    def questions(self, method: Method) -> int:
        """How many have asked about a method."""
        return sum(q.method_id == method.id for q in self.population.source.method_questions)

    # Figures

    def purposes(self) -> list[Figure]:
        """Activities by purpose; each belongs to the result that it serves."""
        counts = Counter(a.purpose for aims in self.aims.values() for a in aims if a.purpose is not None)
        everything = len(self.population.activities)
        return [Figure(f"activities.{purpose}", counts[purpose.value], of=everything) for purpose in Purpose]

    def held(self) -> list[Figure]:
        """Activities by what became of them, and who came."""
        every = self.population.activities
        over = [h for h in every if h.slot.ends_at <= self.population.now]
        took_place = [h for h in over if h.was_held]
        came = [h.answer.came for h in took_place if h.answer is not None and h.answer.came is not None]
        return [
            Figure("activities.all", len(every)),
            Figure("activities.over", len(over), of=len(every)),
            Figure("activities.held", len(took_place), of=len(over), basis=self._answered(over)),
            Figure("activities.not_held", sum(h.was_held is False for h in over), of=len(over)),
            Figure("activities.unanswered", sum(h.was_held is None for h in over), of=len(over)),
            Figure("visitors.total", visitors(took_place)),
            Figure("visitors.activities", len(came), of=len(took_place)),
            self._answered_for(over),
        ]

    def _answered(self, over: Iterable[Held]) -> Basis:
        """Of how many it is known whether they took place."""
        answered = sum(h.was_held is not None for h in over)
        return Basis(max(self.answers.activities_asked(), answered), answered, answered)

    def _answered_for(self, over: Iterable[Held]) -> Figure:
        given_by = [h.answer.given_by for h in over if h.answer is not None and h.was_held is not None]
        return Figure("activities.answered_for", given_by.count(GivenBy.COORDINATOR), of=len(given_by))

    def reached(self) -> list[Figure]:
        """Target groups meant and come, what it led to, and who filled in what."""
        meant = Counter(a.target_group_id for aims in self.aims.values() for a in aims)
        answers = self.answers
        return [
            *(Figure("groups.meant", meant[g.id], str(g.id), g.name) for g in self.target_groups),
            *answers.parts(
                Question("groups.came", "groups_came", pooled=False),
                [(str(g.id), g.id, g.name, g.arena_id) for g in self.target_groups],
            ),
            *answers.parts(Question("outcomes", "led_to"), [(o, o, None, None) for o in LED_TO]),
            *self._named("purpose", lambda a: a.purpose is not None),
            *self._named("issue", lambda a: a.issue_id is not None),
            *self._named("group", lambda a: a.target_group_id is not None),
        ]

    def _named(self, what: str, is_it: Callable[[Aim], bool]) -> list[Figure]:
        """Activities with such an aim, by who named it: the actor where any of it is the actor's."""
        by = [
            NAMERS[0] if any(a.named_by == NAMERS[0] for a in mine) else NAMERS[1]
            for aims in self.aims.values()
            if (mine := [a for a in aims if is_it(a)])
        ]
        everything = len(self.population.activities)
        return [
            Figure(f"named.{what}", len(by), of=everything),
            *(Figure(f"named.{what}", by.count(namer), namer, of=everything) for namer in NAMERS),
        ]

    def shared(self) -> list[Figure]:
        """Methods, and what others ask about them."""
        asked = [self.questions(m) for m in self.methods]
        return [
            Figure("methods.shared", len(self.methods)),
            Figure("methods.actors", len({self.population.actors[m.actor_id].id for m in self.methods})),
            Figure("methods.asked_about", sum(n > 0 for n in asked), of=len(self.methods)),
            Figure("methods.questions", sum(asked)),
        ]


def visitors(activities: Iterable[Held]) -> int:
    """How many came to those that took place, as their organisers said."""
    return sum(h.answer.came or 0 for h in activities if h.was_held and h.answer is not None)
