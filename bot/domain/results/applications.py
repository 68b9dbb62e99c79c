"""What waits for coordinators: who wants which slot, questions and wishes, and what is to be done by hand."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, BookingView, Draft, Edition, Errand, Field, Localised, Matter, Person
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.joint import JointInvitation
from bot.domain.results.people import Newcomer


class Kind(StrEnum):
    """What sort of thing waits; the order is the order of the queue: first what runs out by itself or keeps people
    waiting.
    """

    NEWCOMER = "n"
    MATTER = "m"
    SLOT = "s"
    ERRAND = "e"


@dataclass(frozen=True, slots=True)
class Place:
    """Something that waits: a newcomer's, matter's, slot's or errand's id."""

    kind: Kind
    item_id: int

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands in the queue."""
        return tuple(Kind).index(self.kind), self.item_id


@dataclass(frozen=True, slots=True)
class NamedWords:
    """What an activity names: issues and target groups by name, purposes by key."""

    issues: Sequence[Localised] = ()
    purposes: Sequence[str] = ()
    groups: Sequence[Localised] = ()


@dataclass(frozen=True, slots=True)
class Applicant:
    """One who wants a slot. `earlier` are years in which the actor took part in the arena; `choices` the activity's
    other applications with how many others want the same; `replaces` the booking that is kept until a move is granted.

    `named` is what the activity names, issues and target groups by their words; `unconfirmed` is the newcomer's tie (its id) that a coordinator has not answered yet.
    """

    view: BookingView
    earlier: Sequence[int]
    choices: Sequence[tuple[BookingView, int]]
    replaces: BookingView | None
    unconfirmed: int | None
    named: NamedWords


@dataclass(frozen=True, slots=True)
class Contest:
    """All who want the same slot, and the free slots nearest to it for those who are refused.

    `holder` has the slot already, if somebody does.
    """

    edition: Edition
    status: SlotStatus
    applicants: Sequence[Applicant]
    nearest: Sequence[SlotStatus]
    holder: BookingView | None


@dataclass(frozen=True, slots=True)
class Granted:
    """Who got the slot, and who did not."""

    view: BookingView
    refused: Sequence[BookingView]


@dataclass(frozen=True, slots=True)
class Refused:
    """Who was refused, and why."""

    view: BookingView
    reason: str


@dataclass(frozen=True, slots=True)
class AskedWhy:
    """The draft awaits a reason, or a question to the applicant."""

    draft: Draft
    view: BookingView


@dataclass(frozen=True, slots=True)
class Offer:
    """To a refused applicant: what it was, why not, what is left, and the free slots near it.

    `winner` is the actor that got the slot; `left` the activity's other applications and bookings.
    """

    view: BookingView
    reason: str | None
    winner: str | None
    left: Sequence[BookingView]
    nearest: Sequence[SlotStatus]


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter with whom and what it is about. `late`: another coordinator was first."""

    matter: Matter
    person: Person
    actor: Actor | None
    view: BookingView | None
    edition: Edition | None
    answered_by: Person | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """The draft awaits the answer to a matter."""

    draft: Draft
    about: MatterView


@dataclass(frozen=True, slots=True)
class ErrandView:
    """Something to say by mail or phone, about which booking, and what that one lacks."""

    errand: Errand
    actor: Actor
    view: BookingView | None
    done_by: Person | None
    lacking: Sequence[Field]
    joint: JointInvitation | None = None
    """The actor's part in a joint action, where it is about one."""


Item: TypeAlias = Contest | Newcomer | MatterView | ErrandView


@dataclass(frozen=True, slots=True)
class Queued:
    """A card of the queue: which of how many; without an item nothing waits after the last one shown."""

    place: Place | None
    number: int
    count: int
    item: Item | None
