"""What the picture of an edition's days shows, in words and times."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


class State(StrEnum):
    """What a slot is to the one who looks."""

    FREE = "free"
    TAKEN = "taken"
    HELD = "held"
    YOURS = "yours"
    APPLIED = "applied"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Box:
    """A slot, from and to an instant (UTC). `text` replaces the state's word: an actor's name, "2 söker"."""

    starts_at: datetime
    ends_at: datetime
    state: State
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A day (or one day of one stage) with its heading "mån 28 juni" and a line below, "6 lediga"."""

    heading: str
    note: str
    boxes: Sequence[Box]
