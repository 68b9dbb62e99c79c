"""Results 5 and 6: arenas for the region, and for other actors."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.domain.figures.activities import visitors
from bot.domain.figures.figure import Figure
from bot.domain.figures.population import LEVELS, Population, is_private, is_public
from bot.domain.municipalities import MUNICIPALITIES

OPEN: Final = "open"
BLOCKED: Final = "blocked"


class Arenas:
    """Who had which slots for what."""

    def __init__(self, population: Population) -> None:
        self.population = population

    def of_region(self) -> list[Figure]:
        """Those of result 5."""
        population = self.population
        own = [h for h in population.activities if h.is_own]
        blocks = [(slot, edition) for slot, _, edition in population.slots if slot.state == BLOCKED]
        over = [e for e in population.editions if population.is_over(e)]
        return [
            Figure("editions.over", len(over), of=len(population.editions)),
            *self._by_level("editions.level", (population.level_of(e) for e in over)),
            Figure("own.activities", len(own), of=len(population.activities)),
            Figure("own.blocks", len(blocks)),
            *self._by_level("own.activities.level", (population.level_of(h.edition) for h in own)),
            *self._by_level("own.blocks.level", (population.level_of(e) for _, e in blocks)),
            *self._by_level("activities.level", (population.level_of(h.edition) for h in population.activities)),
            *(Figure("visitors.level", self._visitors(level), level) for level in LEVELS),
            *self._money(),
        ]

    def _by_level(self, family: str, levels: Iterable[str | None]) -> list[Figure]:
        counts = Counter(levels)
        return [Figure(family, counts[level], level) for level in LEVELS]

    def _visitors(self, level: str) -> int:
        return visitors(h for h in self.population.activities if self.population.level_of(h.edition) == level)

    def _money(self) -> list[Figure]:
        frame = self.population.financings
        outturns = [o for o in self.population.source.outturns if o.edition_id in self.population.edition_ids]
        return [
            Figure("frame", sum(f.amount for f in frame) if frame else None),
            Figure("outturn", sum(o.amount for o in outturns) if outturns else None),
        ]

    def of_others(self) -> list[Figure]:
        """Those of result 6, less what they answered."""
        population = self.population
        others = population.others
        returning = sum(a.id in population.known_before for a in others)
        open_slots = [slot for slot, _, _ in population.slots if slot.state == OPEN]
        n = len(others)
        return [
            Figure("actors.others", n),
            Figure("actors.new", n - returning, of=n),
            Figure("actors.returning", returning, of=n),
            Figure("actors.public", sum(map(is_public, others)), of=n),
            Figure("actors.private", sum(map(is_private, others)), of=n),
            Figure("actors.association", sum(not is_public(a) and not is_private(a) for a in others), of=n),
            Figure("actors.absent", len(absent(population))),
            Figure(
                "others.activities", sum(not h.is_own for h in population.activities), of=len(population.activities)
            ),
            Figure("slots.offered", len(open_slots)),
            Figure("slots.asked", sum(s.id in population.asked_for for s in open_slots), of=len(open_slots)),
            Figure("slots.booked", sum(s.id in population.booked for s in open_slots), of=len(open_slots)),
            Figure("slots.used", sum(map(population.was_used, open_slots)), of=len(open_slots)),
            *self._municipalities(),
        ]

    def _municipalities(self) -> list[Figure]:
        counts = Counter(a.municipality for a in self.population.others)
        named = [(m, {"sv": m, "en": m}) for m in MUNICIPALITIES]
        return [
            Figure("municipalities", sum(counts[m] > 0 for m in MUNICIPALITIES), of=len(MUNICIPALITIES)),
            *(Figure("municipalities.actors", counts[m], m, name) for m, name in named),
            Figure("municipalities.actors", counts[None], "none"),
        ]


def absent(population: Population) -> list[str]:
    """Known actors, less the region, that take no part in the scope: their names."""
    known = [a for a in population.source.actors if a.state == "active" and a.kind != "region"]
    return [a.name for a in known if population.actors[a.id].id not in population.taking_part]
