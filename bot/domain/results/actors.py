"""What coordinators see of actors, their people and links, and of each other's rights."""

from collections.abc import Sequence

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, ActorKind, Arena, BookingView, Coordinator, Draft, Edition, Person
from bot.domain.paste import PastedRow
from bot.domain.results.bookings import CoInvitation
from bot.domain.results.people import Link


@dataclass(frozen=True, slots=True)
class ActorList:
    """A page of the actors by name, or those like what was written; `unreachable` have nobody in Telegram."""

    actors: Sequence[Actor]
    page: int
    pages: int
    count: int
    unreachable: int
    all_arenas: bool
    """Whether the reader runs all arenas."""
    wrote: str | None = None


@dataclass(frozen=True, slots=True)
class ActorCard:
    """One actor: its people, what it has booked or applied for, what it is asked to arrange together with others, and
    whether the reader may merge it.
    """

    actor: Actor
    people: Sequence[Person]
    bookings: Sequence[BookingView]
    asked: Sequence[CoInvitation]
    may_merge: bool
    removed: Person | None = None
    """Whose right was just taken away."""


@dataclass(frozen=True, slots=True)
class WhichEdition:
    """Several editions can be booked in for the actor, or be invited to."""

    actor: Actor
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class AskedField:
    """The draft awaits what of the actor its step names."""

    draft: Draft
    actor: Actor


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for an actor's contact person, with whom to turn to without Telegram."""

    link: Link
    edition: Edition | None
    inviter: Person


@dataclass(frozen=True, slots=True)
class AskedDouble:
    """Which actor is it the same as? The draft awaits a name, or one of these is pressed."""

    draft: Draft
    actor: Actor
    candidates: Sequence[Actor]
    wrote: str | None = None


@dataclass(frozen=True, slots=True)
class Merging:
    """What would move from one actor to another, or has moved."""

    draft_id: int
    actor: Actor
    into: Actor
    activities: int
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows as they were read, before they are saved; `kind` is what rows without a kind become."""

    draft: Draft
    rows: Sequence[PastedRow]
    kind: ActorKind | None

    @property
    def savable(self) -> list[PastedRow]:
        """Those that become actors."""
        return [row for row in self.rows if row.can_be_saved]

    @property
    def kindless(self) -> int:
        """How many of them say no kind."""
        return sum(row.kind is None for row in self.savable)


@dataclass(frozen=True, slots=True)
class Saved:
    """The actors that were added."""

    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class Letters:
    """Links for all actors with nobody in Telegram: a token each, for a mail merge."""

    edition: Edition | None
    tokens: Sequence[tuple[int, str]]
    without_email: int


@dataclass(frozen=True, slots=True)
class CoordinatorList:
    """Who runs which arenas (none: all); `all_arenas` whether the reader may change it."""

    people: Sequence[tuple[Person, Sequence[tuple[Coordinator, Arena | None]]]]
    arenas: Sequence[Arena]
    all_arenas: bool
    reader_id: int


@dataclass(frozen=True, slots=True)
class CoordinatorLink:
    """A link that makes whoever opens it a coordinator of these arenas (none: all)."""

    token: str
    arenas: Sequence[Arena]


@dataclass(frozen=True, slots=True)
class RightRemoved:
    """Whose right was taken away (None: it was gone), and who is left; None when the reader took their own last one."""

    holder: Person | None
    left: CoordinatorList | None


@dataclass(frozen=True, slots=True)
class CoordinatorsLeft:
    """Who runs an arena (None: all arenas) when somebody has stopped."""

    arena: Arena | None
    people: Sequence[Person]
