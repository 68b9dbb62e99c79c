"""What the year of arenas shows."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Arena, Edition, Person
from bot.domain.year import Clash


@dataclass(frozen=True, slots=True)
class YearEdition:
    """An edition with the instants by which something is to be handed in (UTC), and who comes."""

    edition: Edition
    arena: Arena
    deadlines: Sequence[datetime]
    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class BothPlaces:
    """Two editions that share days. `people` are booked on both; None where the reader coordinates neither."""

    clash: Clash
    people: Sequence[Person] | None


@dataclass(frozen=True, slots=True)
class Year:
    """All editions of a year, by date; `years` are those that have any."""

    year: int
    years: Sequence[int]
    editions: Sequence[YearEdition]
    clashes: Sequence[BothPlaces]
