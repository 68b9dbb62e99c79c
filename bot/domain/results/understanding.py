"""What a free sentence has come to."""

from collections.abc import Sequence
from datetime import date, time
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.ports.arenas import SlotStatus
from bot.domain.recognise import Part
from bot.domain.results.arenas import ArenaCard
from bot.domain.results.booking import Begun, Progress, WhichActor, WhichDay, WhichEdition
from bot.domain.results.bookings import BookingList
from bot.domain.results.people import Joining
from bot.domain.results.questions import Forwarding
from bot.domain.smalltalk import SmallTalk


@dataclass(frozen=True, slots=True)
class Wanted:
    """When somebody wants a time: a day of the edition, a part of the day or an hour, local; None is any.

    `outside` is a day that was named and is none of the edition's.
    """

    day: date | None = None
    part: Part | None = None
    hour: time | None = None
    outside: date | None = None

    @property
    def anything(self) -> bool:
        """Whether anything of it was said."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class Suiting:
    """Free times as wanted; when there are none (`suits` is false), those nearest to it."""

    choice: WhichDay
    wanted: Wanted
    statuses: Sequence[SlotStatus]
    suits: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which edition, or for which actor, is to be asked; what was wanted goes with the answer."""

    which: WhichEdition | WhichActor
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Chat:
    """A word in passing. `known`: the person acts for somebody, has asked to, or coordinates."""

    kind: SmallTalk
    known: bool


@dataclass(frozen=True, slots=True)
class ForWhom:
    """A coordinator, who acts for nobody, wants to book: first the actor."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing that the bot knows, from a coordinator, whom there is nobody to ask for."""


Understood: TypeAlias = (
    Chat
    | Suiting
    | Choosing
    | Begun
    | Progress
    | Joining
    | ForWhom
    | ArenaCard
    | BookingList
    | Forwarding
    | NotUnderstood
)
