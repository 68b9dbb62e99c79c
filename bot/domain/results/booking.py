"""What the booking dialogue has come to."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.model import Activity, Actor, Arena, BookingView, Draft, Edition
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
    reachable: bool = True
    """Whether the actor has a contact person in Telegram; coordinators may act for those that have none."""


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
    arena: Arena
    fill_by: datetime | None
    """The first deadline of what can be filled in later."""
    applicants: int = 0
    """How many others apply for the slot."""
    rank: int = 1
    expired_at: datetime | None = None
    """When an earlier hold ran out, if it did; the slot is held anew."""
    too_long: str | None = None
    """What was written as a title past its limit."""
    short: str | None = None
    """That title cut at a word."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An earlier dialogue still holds a slot for the person."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """What was booked or applied for. `on_behalf`: a coordinator did it for the actor; `ask_contact`: the person has
    not been asked for phone and e-mail; `rivals`: how many others apply for the same slot; `several_actors`: the person
    has others too.
    """

    view: BookingView
    on_behalf: bool
    ask_contact: bool
    rivals: int
    several_actors: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """An edition's slots for a picture, with the ids of those that the actor has and of those it applies for."""

    edition: Edition
    statuses: Sequence[SlotStatus]
    taken: frozenset[int]
    applied: frozenset[int]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Somebody else has the slot; the free ones closest in time."""

    draft: Draft
    edition: Edition
    statuses: Sequence[SlotStatus]


Begun: TypeAlias = Unfinished | WhichEdition | WhichActor | NothingOpen | NoActor | WhichDay
