"""What a look at an edition's programme has come to."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.model import BookingView, Edition, Slot, Stage


@dataclass(frozen=True, slots=True)
class Item:
    """A confirmed activity on a stage; without a view the slot is the region's own."""

    slot: Slot
    stage: Stage
    view: BookingView | None


@dataclass(frozen=True, slots=True)
class Programme:
    """An edition's programme with one of its days in view. `days` are those that have something, in the edition's
    zone; `day` is None when none has. `under_way`: the present day is one of the edition's.
    """

    edition: Edition
    days: Sequence[date]
    day: date | None
    items: Sequence[Item]
    """The day's, by start."""
    several_stages: bool
    under_way: bool
    several_editions: bool


@dataclass(frozen=True, slots=True)
class WhichProgramme:
    """Several editions have a programme; or none has."""

    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class OnStage:
    """What is on at a stage now, and what comes next there."""

    stage: Stage
    now: Item | None
    next: Item | None


@dataclass(frozen=True, slots=True)
class NowAndNext:
    """The programme by the clock."""

    edition: Edition
    stages: Sequence[OnStage]


Opened: TypeAlias = Programme | WhichProgramme
