"""Arenas, their editions, stages and slots, and what an edition asks about activities."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.frozen import dataclass

Localised = Mapping[str, str]


class Allocation(StrEnum):
    """How an edition gives out its slots."""

    FIRST_COME = "first_come"
    APPLICATION = "application"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Arena:
    """A recurring meeting place."""

    id: int
    key: str
    name: Localised
    goal: Localised
    target_groups: Localised
    place: Localised
    cost: Localised
    criteria: Localised
    conditions: Localised
    """Cost and criteria in one line, for the confirming card."""
    partners: Localised
    zone: str
    position: int
    level: str | None = None
    """Whom it is to reach: `regional`, `national` or `international`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One year of an arena. `on_site` holds the coordinators' phone there and the like, as data."""

    id: int
    arena_id: int
    name: Localised
    year: int
    starts_on: date | None
    ends_on: date | None
    preliminary: bool
    place: Localised
    latitude: float | None
    longitude: float | None
    zone: str
    allocation: Allocation
    opens_at: datetime | None
    closes_at: datetime | None
    answers_at: datetime | None
    official_programme: bool
    published: bool
    on_site: Mapping[str, Any]
    revision: int
    evaluated_at: datetime | None = None
    """When all who took part are asked about the edition; None: two weeks after it has ended."""
    evaluation_reminded_at: datetime | None = None
    evaluated_together: bool | None = None
    """Whether activities are asked about with the edition rather than on the day after each."""

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which this edition's times are rendered."""
        return ZoneInfo(self.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether slots can be booked or applied for at `now`."""
        if not self.published or self.allocation is Allocation.NONE or self.opens_at is None:
            return False
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)


@dataclass(frozen=True, slots=True)
class FeeStep:
    """The official programme's fee until an instant, in SEK."""

    id: int
    edition_id: int
    until_at: datetime
    amount: int
    preliminary: bool


class FieldKind(StrEnum):
    """What an answer to a field looks like."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes_no"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Field:
    """A question about an activity: of the official programme, or the arena's own."""

    id: int
    edition_id: int
    key: str
    label: Localised
    kind: FieldKind
    max_length: int | None
    choices: tuple[Mapping[str, str], ...]
    deadline_at: datetime | None
    official: bool
    required: bool
    position: int
    archived: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """What the region provides on site."""

    id: int
    edition_id: int
    name: str
    address: str
    entrance: str | None
    equipment: str | None
    latitude: float | None
    longitude: float | None
    revision: int


class SlotState(StrEnum):
    """Open slots can be booked; blocked ones are the region's own."""

    OPEN = "open"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Slot:
    """A stage from a start to an end."""

    id: int
    stage_id: int
    starts_at: datetime
    ends_at: datetime
    state: SlotState
    reason: str | None
    revision: int
