"""Results 5 and 6: arenas for the region, and for other actors."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.domain.figures import money
from bot.domain.figures.activities import visitors
from bot.domain.figures.figure import Figure
from bot.domain.figures.population import BLOCKED, LEVELS, OPEN, Population, is_private, is_public
from bot.domain.figures.source import Actor, Edition, Slot
from bot.domain.frozen import dataclass
from bot.domain.municipalities import MUNICIPALITIES
from bot.domain.text import swedish_order


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """Slots that are open to be booked, and what became of them."""

    offered: int
    asked: int
    booked: int
    used: int


@dataclass(frozen=True, slots=True)
class OfEdition:
    """What there was of an edition: `own` are the region's activities."""

    edition: Edition
    slots: SlotCounts
    activities: int
    own: int
    visitors: int


@dataclass(frozen=True, slots=True)
class TakingPart:
    """An actor that takes part, and in how many activities."""

    actor: Actor
    is_returning: bool
    activities: int


class Arenas:
    """Who had which slots for what."""

    def __init__(self, population: Population) -> None:
        self.population = population

    def of_region(self) -> list[Figure]:
        """Those of result 5."""
        population = self.population
        own = [h for h in population.activities if h.is_own]
        others = [h for h in population.activities if not h.is_own]
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
            *self._by_level("others.activities.level", (population.level_of(h.edition) for h in others)),
        ]

    def _by_level(self, family: str, levels: Iterable[str | None]) -> list[Figure]:
        counts = Counter(levels)
        return [Figure(family, counts[level], level) for level in LEVELS]

    def _visitors(self, level: str) -> int:
        return visitors(h for h in self.population.activities if self.population.level_of(h.edition) == level)

    def _money(self) -> list[Figure]:
        population = self.population
        return [
            Figure("frame", money.total(population.financings)),
            Figure("outturn", money.total(population.outturns)),
            Figure("outturn.editions", len(population.outturns), of=len(population.editions)),
        ]

    def of_others(self) -> list[Figure]:
        """Those of result 6, less what they answered."""
        population = self.population
        others = population.others
        returning = sum(a.id in population.known_before for a in others)
        slots = self._slots(slot for slot, _, _ in population.slots)
        n = len(others)
        return [
            Figure("actors.others", n),
            Figure("actors.new", n - returning, of=n),
            Figure("actors.returning", returning, of=n),
            Figure("actors.public", sum(map(is_public, others)), of=n),
            Figure("actors.private", sum(map(is_private, others)), of=n),
            Figure("actors.association", sum(map(is_association, others)), of=n),
            Figure("actors.absent", len(absent(population))),
            Figure(
                "others.activities", sum(not h.is_own for h in population.activities), of=len(population.activities)
            ),
            Figure("slots.offered", slots.offered),
            Figure("slots.asked", slots.asked, of=slots.offered),
            Figure("slots.booked", slots.booked, of=slots.offered),
            Figure("slots.used", slots.used, of=slots.offered),
            *self._municipalities(),
            *self._by_kind(),
        ]

    def _slots(self, every: Iterable[Slot]) -> SlotCounts:
        population = self.population
        offered = [slot for slot in every if slot.state == OPEN]
        return SlotCounts(
            len(offered),
            sum(slot.id in population.asked_for for slot in offered),
            sum(slot.id in population.booked for slot in offered),
            sum(map(population.was_used, offered)),
        )

    def _by_kind(self) -> list[Figure]:
        """The new and the returning by what they are."""
        kinds = (("public", is_public), ("private", is_private), ("association", is_association))
        known = self.population.known_before
        counts = {
            (part, returning): sum(is_of(a) and (a.id in known) == returning for a in self.population.others)
            for part, is_of in kinds
            for returning in (False, True)
        }
        families = {"actors.new.kind": False, "actors.returning.kind": True}
        return [Figure(family, counts[part, which], part) for family, which in families.items() for part, _ in kinds]

    def _municipalities(self) -> list[Figure]:
        counts = Counter(a.municipality for a in self.population.others)
        named = [(m, {"sv": m, "en": m}) for m in MUNICIPALITIES]
        return [
            Figure("municipalities", sum(counts[m] > 0 for m in MUNICIPALITIES), of=len(MUNICIPALITIES)),
            *(Figure("municipalities.actors", counts[m], m, name) for m, name in named),
            Figure("municipalities.actors", counts[None], "none"),
        ]

    # What stands behind them

    @cached_property
    def by_edition(self) -> Sequence[OfEdition]:
        """Each of the scope's editions."""
        return [self._of(edition) for edition in self.population.editions]

    def _of(self, edition: Edition) -> OfEdition:
        held = [h for h in self.population.activities if h.edition.id == edition.id]
        slots = self._slots(slot for slot, _, of in self.population.slots if of.id == edition.id)
        return OfEdition(edition, slots, len(held), sum(h.is_own for h in held), visitors(held))

    @cached_property
    def taking_part(self) -> Sequence[TakingPart]:
        """Who takes part, the region too, by name."""
        population = self.population
        found = [
            TakingPart(population.actors[i], i in population.known_before, len(held))
            for i, held in population.taking_part.items()
        ]
        return sorted(found, key=lambda each: swedish_order(each.actor.name))

    @cached_property
    def without_actor(self) -> Sequence[str]:
        """Municipalities of the fourteen from which nobody takes part."""
        there = {actor.municipality for actor in self.population.others}
        return [name for name in MUNICIPALITIES if name not in there]


def is_association(actor: Actor) -> bool:
    """Whether it is neither a public body nor a company."""
    return not is_public(actor) and not is_private(actor)


def absent(population: Population) -> list[str]:
    """Known actors, less the region, that take no part in the scope: their names."""
    known = [a for a in population.source.actors if a.state == "active" and a.kind != "region"]
    return [a.name for a in known if population.actors[a.id].id not in population.taking_part]
