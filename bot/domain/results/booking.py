"""What the booking dialogue has come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.model import Activity, Actor, Draft, Edition
from bot.domain.ports.arenas import SlotStatus


@dataclass(frozen=True, slots=True)
class WhichEdition:
    """Several editions are open."""

    editions: Sequence[Edition]
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class WhichActor:
    """The person acts for several actors."""

    edition: Edition
    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """No edition takes bookings; those that are known, with what is known of when they open."""

    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class NoActor:
    """The person acts for nobody yet."""


@dataclass(frozen=True, slots=True)
class WhichDay:
    """The edition's days, with their slots."""

    draft: Draft
    edition: Edition
    actor: Actor
    several_actors: bool
    statuses: Sequence[SlotStatus]


@dataclass(frozen=True, slots=True)
class Progress:
    """A dialogue past its slot: the activity and slot so far, and when a hold ends (None by application)."""

    draft: Draft
    activity: Activity
    status: SlotStatus
    edition: Edition
    actor: Actor
    several_actors: bool
    held_until: datetime | None
    too_long: str | None = None
    """What was written as a title past its limit."""
    short: str | None = None
    """That title cut at a word."""


Begun: TypeAlias = WhichEdition | WhichActor | NothingOpen | NoActor | WhichDay
