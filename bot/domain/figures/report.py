"""Everything that a report says, computed once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.figures.activities import Activities
from bot.domain.figures.answers import Answers
from bot.domain.figures.arenas import Arenas, absent
from bot.domain.figures.figure import FAMILIES, Figure
from bot.domain.figures.floor import FLOOR
from bot.domain.figures.issues import Issues
from bot.domain.figures.networks import Networks
from bot.domain.figures.population import Population
from bot.domain.figures.scope import Scope
from bot.domain.figures.source import Source
from bot.domain.figures.trend import Elsewhere, Scored, ThroughYears, Trend
from bot.domain.frozen import dataclass
from bot.domain.text import swedish_order


@dataclass(frozen=True)
class Report:
    """A scope's figures by key, in the order of their numbers, and what stands behind them."""

    scope: Scope
    now: datetime
    figures: Mapping[str, Figure]
    population: Population
    issues: Issues
    activities: Activities
    networks: Networks
    answers: Answers
    arenas: Arenas
    scored: Sequence[Scored]
    through_years: Sequence[ThroughYears]
    elsewhere: Sequence[Elsewhere]
    absent: Sequence[str]
    """Names of known actors that take no part."""

    def value(self, key: str) -> float | None:
        """A figure's value; None when it cannot be given. Raises KeyError."""
        return self.figures[key].value

    def family(self, name: str) -> list[Figure]:
        """A family's figures in order."""
        return [figure for figure in self.figures.values() if figure.family == name]

    def comment(self, result: int) -> str | None:
        """What coordinators say of a result in this scope."""
        mine = [c for c in self.population.source.result_comments if (c.scope, c.result) == (self.scope.code, result)]
        return mine[0].text if mine else None


def compute(source: Source, scope: Scope, *, now: datetime, least: int = FLOOR) -> Report:
    """All figures of a scope as of `now`, as docs/resultat.md defines them.

    What rests on fewer than `least` answers is withheld; coordinators follow their editions' answers from the first one.
    """
    population = Population(source, scope, now)
    answers = Answers(population, least)
    issues, activities = Issues(population), Activities(population, answers)
    networks, arenas = Networks(population, answers), Arenas(population)
    trend = Trend(population, answers)
    scored, elsewhere = trend.scored(), trend.elsewhere()
    found = [
        *issues.figures(),
        *activities.purposes(),
        *activities.held(),
        *activities.reached(),
        *activities.shared(),
        *networks.figures(),
        *arenas.of_region(),
        *arenas.of_others(),
        *answers.scores(),
        *(s.figure for s in scored),
        *(e.figure for e in elsewhere),
    ]
    order = {family: at for at, family in enumerate(f for families in FAMILIES.values() for f in families)}
    figures = {figure.key: figure for figure in sorted(found, key=lambda f: order[f.family])}
    missing = sorted(absent(population), key=swedish_order)
    behind = (population, issues, activities, networks, answers, arenas)
    return Report(scope, now, figures, *behind, scored, trend.through_years(scored), elsewhere, missing)
