"""Activities, their bookings, and what came of them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.frozen import dataclass
from bot.domain.model.actors import Actor
from bot.domain.model.arenas import Edition, Slot, Stage


class Reported(StrEnum):
    """Whether an activity is reported to the week's official programme."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Activity:
    """What an actor does in its slot. `title` and `kind` are None while to be decided later."""

    id: int
    edition_id: int
    actor_id: int
    title: str | None
    kind: str | None
    answers: Mapping[str, Any]
    unlocked: frozenset[str]
    reported: Reported
    uid: str
    sequence: int
    ready_at: datetime | None
    revision: int


class BookingState(StrEnum):
    """A booking is in one state; the four of TAKING keep others from the slot."""

    HELD = "held"
    REQUESTED = "requested"
    APPLIED = "applied"
    BOOKED = "booked"
    CANCELLING = "cancelling"
    ENDED = "ended"


TAKING = frozenset({BookingState.HELD, BookingState.REQUESTED, BookingState.BOOKED, BookingState.CANCELLING})


@dataclass(frozen=True, slots=True)
class Booking:
    """An activity's tie to a slot. `until_at` is when a held, requested or cancelling one ends by itself.

    `state_before` is what «Ångra» restores; `replaces_id` is the booking that an application to move would replace;
    `offered_to` is the co-organiser to whom the owner's cancelled booking is offered.
    """

    id: int
    activity_id: int
    slot_id: int
    person_id: int | None
    state: BookingState
    rank: int
    until_at: datetime | None
    created_at: datetime
    booked_at: datetime | None
    state_before: BookingState | None
    offered_to: int | None
    replaces_id: int | None
    ended_why: str | None
    revision: int


class CoOrganiserState(StrEnum):
    """An invited co-organiser accepts in its own chat; a name alone is a partner from elsewhere."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class CoOrganiser:
    """An actor that arranges with the owner, or only a partner's name."""

    id: int
    activity_id: int
    actor_id: int | None
    name: str | None
    state: CoOrganiserState
    revision: int


@dataclass(frozen=True, slots=True)
class BookingView:
    """A booking with all that a card says of it."""

    booking: Booking
    activity: Activity
    slot: Slot
    stage: Stage
    edition: Edition
    actor: Actor
    co_organisers: tuple[tuple[CoOrganiser, str], ...] = field(default=())
    """Each with the name to show."""

    @property
    def organisers(self) -> tuple[tuple[int, str], ...]:
        """Ids and names: the owner first, then the actors that accepted to arrange it together."""
        accepted = (
            (co.actor_id, name)
            for co, name in self.co_organisers
            if co.actor_id is not None and co.state is CoOrganiserState.ACCEPTED
        )
        return ((self.actor.id, self.actor.name), *accepted)
