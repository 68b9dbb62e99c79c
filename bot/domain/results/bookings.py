"""What a booking's own cards show."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.answers import Question
from bot.domain.frozen import dataclass
from bot.domain.model import Actor, BookingView, Draft, Person


@dataclass(frozen=True, slots=True)
class BookingCard:
    """A booking as it is now, with what lacks and what the reader may do.

    `rivals`: others who apply for the same slot. `owns`: the reader acts for the owner or coordinates (a co-organiser
    may only change texts). `closed`: booking has closed, so that moves and cancellations are a coordinator's. `files`:
    questions that are answered with a file.
    """

    view: BookingView
    lacking: Sequence[Question]
    rivals: int
    owns: bool
    on_behalf: bool
    several_actors: bool
    closed: bool
    files: Sequence[Question] = ()


@dataclass(frozen=True, slots=True)
class BookingList:
    """A person's bookings by actor."""

    by_actor: Sequence[tuple[Actor, Sequence[BookingView]]]


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a cancellation touches, and when the slot becomes free for others, or is offered to a co-organiser first."""

    view: BookingView
    co_organisers: Sequence[str]
    people: Sequence[Person]
    free_at: datetime
    closed: bool
    offered: bool
    for_whom: bool


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What was cancelled, and until when «Ångra» restores it."""

    view: BookingView
    until_at: datetime


@dataclass(frozen=True, slots=True)
class AskedToCoordinator:
    """Booking has closed: the wish is with the coordinators now."""

    view: BookingView


@dataclass(frozen=True, slots=True)
class Form:
    """All that is asked about an activity. `for_whom`: the reader has several actors, or is none of the owner's;
    `retitled`: the answer before was a booked activity's new title.
    """

    view: BookingView
    questions: Sequence[Question]
    for_whom: bool
    retitled: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form, awaiting its answer; `short` is a proposal for what was too long (`n` characters)."""

    draft: Draft
    view: BookingView
    question: Question
    n: int | None = None
    short: str | None = None
    for_whom: bool = False
    retitled: bool = False


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who follows a booking, and who of the actor's people could."""

    view: BookingView
    people: Sequence[tuple[Person, bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """Actors like what was written, to invite as co-organiser; or the name alone."""

    draft: Draft
    view: BookingView
    written: str
    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class CoInvitation:
    """An invitation to arrange together, as the invited actor sees it."""

    view: BookingView
    actor: Actor
    co_organiser_id: int
    revision: int
    state: str
    on_behalf: bool = False
    """A coordinator answered for the actor."""
