"""The field's things as plain values. Instants (`…_at`) are aware UTC; days (`…_on`) are in the edition's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import StepSkipped

Localised = Mapping[str, str]


class Allocation(StrEnum):
    """How an edition gives out its slots."""

    FIRST_COME = "first_come"
    APPLICATION = "application"
    NONE = "none"


class SlotState(StrEnum):
    """Open slots can be booked; blocked ones are the region's own."""

    OPEN = "open"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """A booking is in one state; the four of TAKING keep others from the slot."""

    HELD = "held"
    REQUESTED = "requested"
    APPLIED = "applied"
    BOOKED = "booked"
    CANCELLING = "cancelling"
    ENDED = "ended"


TAKING = frozenset({BookingState.HELD, BookingState.REQUESTED, BookingState.BOOKED, BookingState.CANCELLING})


class ActorKind(StrEnum):
    """Kinds of organisation."""

    COMPANY = "company"
    MUNICIPALITY = "municipality"
    AUTHORITY = "authority"
    UNIVERSITY = "university"
    ASSOCIATION = "association"
    REGION = "region"


class ActorState(StrEnum):
    """A newcomer's organisation is requested until a coordinator has answered."""

    REQUESTED = "requested"
    ACTIVE = "active"
    MERGED = "merged"
    REFUSED = "refused"


class MemberState(StrEnum):
    """A person's right to act for an actor."""

    REQUESTED = "requested"
    ACTIVE = "active"
    ENDED = "ended"


class CoOrganiserState(StrEnum):
    """An invited co-organiser accepts in its own chat; a name alone is a partner from elsewhere."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NAMED = "named"


class FieldKind(StrEnum):
    """What an answer to a field looks like."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes_no"
    FILE = "file"


class Reported(StrEnum):
    """Whether an activity is reported to the week's official programme."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


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


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation of the county; `contact_*` is for those outside Telegram."""

    id: int
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    state: ActorState
    merged_into_id: int | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has pressed Start. `muted` names the kinds of reminder and announcement turned off."""

    id: int
    user_id: int
    name: str
    language: str
    language_chosen: bool
    phone: str | None
    email: str | None
    contact_asked_at: datetime | None
    muted: frozenset[str]
    held_as_newcomer_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person's right to act for an actor."""

    id: int
    actor_id: int
    person_id: int
    state: MemberState
    since_at: datetime
    decided_by: int | None


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A person's right to run an arena; all arenas when `arena_id` is None."""

    id: int
    person_id: int
    arena_id: int | None
    granted_by: int | None
    granted_at: datetime


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


@dataclass(frozen=True, slots=True)
class CoOrganiser:
    """An actor that arranges with the owner, or only a partner's name."""

    id: int
    activity_id: int
    actor_id: int | None
    name: str | None
    state: CoOrganiserState
    revision: int


class Answered(dict[str, Any]):
    """A dialogue's answers so far; one that is asked for too early is refused."""

    def __missing__(self, key: str) -> Any:
        """Raise StepSkipped."""
        raise StepSkipped


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialogue's state: its kind, the step it waits at and the answers so far. At most one awaits text."""

    id: int
    chat_id: int
    person_id: int
    card_id: int | None
    kind: str
    step: str
    data: Mapping[str, Any]
    awaits_text: bool
    open: bool
    created_at: datetime
    updated_at: datetime
    revision: int

    def __post_init__(self) -> None:
        """Buttons may be pressed in any order, drawn or not."""
        object.__setattr__(self, "data", Answered(self.data))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was given out; only the token's hash is kept."""

    id: int
    kind: str
    token_hash: str
    actor_id: int | None
    edition_id: int | None
    arena_ids: tuple[int, ...] = ()
    created_by: int | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    spent_at: datetime | None = None
    spent_by: int | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A question or a change that waits for a coordinator."""

    id: int
    kind: str
    arena_id: int | None
    edition_id: int | None
    actor_id: int | None
    booking_id: int | None
    person_id: int
    text: str
    detail: Mapping[str, Any]
    message_id: int | None
    state: str
    answer: str | None
    answered_by: int | None
    answered_at: datetime | None
    created_at: datetime
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


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do by mail or phone for an actor with nobody in Telegram."""

    id: int
    key: str
    kind: str
    arena_id: int | None
    actor_id: int
    booking_id: int | None
    detail: Mapping[str, Any]
    created_at: datetime
    done_at: datetime | None
    done_by: int | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a coordinator sends to many: content by language, frozen when confirmed; the audience as it was chosen."""

    id: int
    created_by: int
    arena_id: int | None
    content: Mapping[str, Any]
    audience: Mapping[str, Any]
    receipts: bool
    state: str
    send_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    card_id: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person whom an announcement goes to, and how it went."""

    id: int
    announcement_id: int
    person_id: int
    language: str
    state: str
    reason: str | None
    message_id: int | None
    sent_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something the bot will say by itself: what (`kind`, `subject`), whom, when.

    Without a person it is for an actor with nobody in Telegram: a coordinator passes it on.
    """

    id: int
    kind: str
    subject: str
    person_id: int | None
    due_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a participant answered after an activity."""

    id: int
    activity_id: int
    person_id: int
    satisfied: int | None
    worth: str | None
    again: str | None
    comment: str | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what."""

    id: int
    at: datetime
    person_id: int | None
    act: str
    subject: str
    detail: Mapping[str, Any]
