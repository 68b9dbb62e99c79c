"""What a look at the arenas has come to."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.frozen import dataclass
from bot.domain.model import Arena, BookingView, Edition, FeeStep, Field, Localised


@dataclass(frozen=True, slots=True)
class Room:
    """How many of an edition's slots can be booked now, of how many."""

    free: int
    slots: int


@dataclass(frozen=True, slots=True)
class ArenaRow:
    """An arena with its next edition (None: none is planned yet) and what is free there."""

    arena: Arena
    edition: Edition | None
    room: Room


@dataclass(frozen=True, slots=True)
class ArenaList:
    """The region's arenas, in their order."""

    rows: Sequence[ArenaRow]


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant after which fields are locked, and their labels; `every` when all of the edition's fields share it."""

    at: datetime
    labels: Sequence[Localised]
    every: bool


@dataclass(frozen=True, slots=True)
class ArenaCard:
    """One arena with an edition of it, as a person sees it.

    `own`: what their actors have there. `others`: the arena's other editions ahead. `point`: latitude and longitude.
    """

    arena: Arena
    edition: Edition | None
    room: Room
    own: Sequence[BookingView]
    several_actors: bool
    deadlines: Sequence[Deadline]
    fees: Sequence[FeeStep]
    others: Sequence[Edition]
    is_open: bool
    point: tuple[float, float] | None


def deadlines_of(fields: Sequence[Field]) -> list[Deadline]:
    """The fields' deadlines in order of time; fields without one are never locked."""
    instants = sorted({field.deadline_at for field in fields if field.deadline_at is not None})
    return [
        Deadline(
            at,
            [field.label for field in fields if field.deadline_at == at],
            every=all(field.deadline_at == at for field in fields),
        )
        for at in instants
    ]
