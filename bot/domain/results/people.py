"""What first contact, invitations and people's own details come to."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Arena, BookingView, Draft, Edition, Member, MemberState, Person


@dataclass(frozen=True, slots=True)
class Joining:
    """A newcomer says for which organisation: the draft's step is "name", "pick" or "kind"."""

    draft: Draft
    wrote: str = ""
    candidates: Sequence[Actor] = ()
    first: bool = True
    """Whether the person acts for nobody yet."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person who asked to act for an actor, and where that stands."""

    member: Member
    person: Person
    actor: Actor
    similar: Sequence[Actor] = ()
    """Known actors that a requested one may be."""
    answered_by: Person | None = None
    bookings: Sequence[BookingView] = ()
    """What the person has confirmed for the actor: requested, or booked by the yes."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A coordinator is about to answer a newcomer: the draft awaits a reason, or the name of a known actor."""

    draft: Draft
    newcomer: Newcomer
    candidates: Sequence[Actor] = ()
    wrote: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """An actor that a person acts for, or has asked to."""

    actor: Actor
    state: MemberState
    colleagues: Sequence[Person] = ()

    @property
    def is_active(self) -> bool:
        """Whether a coordinator or an invitation has confirmed it."""
        return self.state is MemberState.ACTIVE


@dataclass(frozen=True, slots=True)
class Home:
    """What a person who is known sees first: whom they act for and what comes next."""

    person: Person
    ties: Sequence[Tie]
    coming: Sequence[BookingView]
    held: BookingView | None
    held_draft_id: int | None
    """The dialogue in which the held slot's booking goes on."""
    coordinates: bool

    @property
    def is_known(self) -> bool:
        """Whether the person acts for somebody, has asked to, or coordinates."""
        return bool(self.ties) or self.coordinates


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept about a person, for the person."""

    person: Person
    ties: Sequence[Tie]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a person's leaving would mean, or has meant."""

    tie: Tie
    coming: int
    """Bookings ahead that stay."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was made; its token is shown once and not kept."""

    kind: str
    token: str
    actor: Actor
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it is opened. `arenas` is empty for a coordinator of all arenas."""

    draft: Draft
    kind: str
    actor: Actor | None
    edition: Edition | None
    arenas: Sequence[Arena]
    inviter: Person | None
    """The colleague who invites; None when the region does."""


@dataclass(frozen=True, slots=True)
class Room:
    """An edition's slots that can be booked, and how many nobody has booked or holds."""

    edition: Edition
    free: int
    slots: int
    is_open: bool
    is_over: bool
    """Booking has closed."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An invitation that was accepted."""

    kind: str
    actor: Actor | None
    room: Room | None
    arenas: Sequence[Arena]
    edition_id: int | None
    """Only when the invitation was to an edition."""


@dataclass(frozen=True, slots=True)
class Declined:
    """An invitation that reached the wrong person and stays valid."""

    draft: Draft
    actor: Actor | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What /avbryt ended: whether a dialogue was open, the slot that was let go, and one that is still held."""

    closed: bool
    let_go: BookingView | None = None
    held: BookingView | None = None


@dataclass(frozen=True, slots=True)
class ContactQuestion:
    """A question for a phone number or an e-mail address: the draft's step is "phone", "email" or "done"."""

    draft: Draft
    person: Person
