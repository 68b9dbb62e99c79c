"""What work on stages and slots has come to."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.grid import Span
from bot.domain.model import BookingView, Draft, Edition, Person, Stage
from bot.domain.ports.arenas import SlotStatus


class Act(StrEnum):
    """What is done to a slot, or (REBOOK) to the booking in it."""

    MOVE = "move"
    REBOOK = "rebook"
    BLOCK = "block"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class StageList:
    """An edition's stages, each with its slots."""

    edition: Edition
    stages: Sequence[tuple[Stage, Sequence[SlotStatus]]]


@dataclass(frozen=True, slots=True)
class StageSlots:
    """A stage's slots: all, or a day's. `just_added` when they were saved now."""

    edition: Edition
    stage: Stage
    statuses: Sequence[SlotStatus]
    day: date | None = None
    just_added: int = 0


@dataclass(frozen=True, slots=True)
class SlotCard:
    """One slot, who has it and who applies for it."""

    edition: Edition
    status: SlotStatus
    view: BookingView | None
    applications: Sequence[BookingView]


@dataclass(frozen=True, slots=True)
class RemovingFree:
    """A day's free slots, about to be removed."""

    edition: Edition
    stage: Stage
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class AskedStage:
    """A new stage's name and address are awaited."""

    draft: Draft
    edition: Edition


@dataclass(frozen=True, slots=True)
class AskedSlots:
    """New slots are awaited, as a line."""

    draft: Draft
    edition: Edition
    stage: Stage


@dataclass(frozen=True, slots=True)
class SlotsPreview:
    """New slots before they are saved."""

    draft: Draft
    edition: Edition
    stage: Stage
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """A slot's new time is awaited, or one of the free slots, or another stage."""

    draft: Draft
    edition: Edition
    status: SlotStatus
    free: Sequence[SlotStatus]
    stages: Sequence[Stage]


@dataclass(frozen=True, slots=True)
class Touched:
    """A booking that a change reaches, with those who are told of it.

    `unreachable` are the names of its organisers with nobody in Telegram.
    """

    view: BookingView
    people: Sequence[Person]
    unreachable: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a slot: what, to when and where, whom it touches and why."""

    act: Act
    edition: Edition
    status: SlotStatus
    span: Span
    stage: Stage
    touched: Sequence[Touched]
    reason: str | None

    @property
    def touched_ids(self) -> list[int]:
        """The bookings, in order."""
        return sorted(t.view.booking.id for t in self.touched)


@dataclass(frozen=True, slots=True)
class AskedReason:
    """Why is awaited."""

    draft: Draft
    change: Change


@dataclass(frozen=True, slots=True)
class Confirming:
    """A change with all that will be said of it; `anew` when others are touched than were shown before."""

    draft: Draft
    change: Change
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """It is done."""

    change: Change


@dataclass(frozen=True, slots=True)
class Told:
    """What a touched booking's people are told: where it was, why, and free slots near it when it was taken away."""

    view: BookingView
    was_at: datetime
    was_stage: str
    reason: str
    free: Sequence[SlotStatus] = ()


Asked: TypeAlias = AskedReason | Confirming | Changed
Written: TypeAlias = StageSlots | SlotsPreview | Asked
"""What a text can lead to."""
