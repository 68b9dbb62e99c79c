"""What is kept about a person, and what forgetting them would mean."""

from collections.abc import Mapping, Sequence

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Person


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about a person: whom they act for, and how many rows of each table are about them."""

    person: Person
    actors: Sequence[Actor]
    coordinates: bool
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What follows when a person is forgotten. `alone` are actors that nobody else acts for, with bookings ahead."""

    alone: Sequence[tuple[Actor, int]]
    keeps_matters: bool
    """Whether the law has questions and their answers kept."""
