"""What the announcements' use cases find, for their cards."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from bot.domain.announcement_content import Content
from bot.domain.announcements import Audience, AudienceKind
from bot.domain.frozen import dataclass
from bot.domain.model import Actor, ActorKind, Announcement, Draft, Edition
from bot.domain.ports.announcements import Tally


@dataclass(frozen=True, slots=True)
class Size:
    """How many an audience is. `alone` are actors with nobody in Telegram; `muted` people who have turned it off."""

    actors: int
    by_language: Mapping[str, int]
    alone: int = 0
    muted: int = 0

    @property
    def people(self) -> int:
        """All who would get it."""
        return sum(self.by_language.values())

    @property
    def is_nobody(self) -> bool:
        """Whether it means nobody at all; ambassadors are people, and no actors."""
        return not self.actors and not self.people


@dataclass(frozen=True, slots=True)
class AskContent:
    """The message is awaited: `language` is the one it is written in, of several (None: the first). `unfinished` is
    an earlier draft; `earlier` says that something was announced before.
    """

    draft: Draft
    language: str | None = None
    unfinished: Draft | None = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class ChooseAudience:
    """Whom it is for: an edition's audiences (those that are somebody), and the wider ones for who may."""

    draft: Draft
    edition: Edition | None
    options: Sequence[tuple[AudienceKind, Size]]
    more_editions: bool
    everybody: Size | None


@dataclass(frozen=True, slots=True)
class ChooseEdition:
    """Which edition it is about."""

    draft: Draft
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class ChooseKinds:
    """Which kinds of actor, each with how many it is."""

    draft: Draft
    kinds: Sequence[tuple[ActorKind, Size]]
    chosen: Sequence[ActorKind]
    size: Size


@dataclass(frozen=True, slots=True)
class ChooseActors:
    """Single actors, a page at a time; `query` is what was searched for."""

    draft: Draft
    actors: Sequence[Actor]
    chosen: frozenset[int]
    size: Size
    page: int
    pages: int
    query: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """All that will be sent, to whom and when (None: at once). `fresh`: the message itself is to be shown above.

    `shown` are the messages that show it already, by language; `missing` the languages of readers that it lacks.
    """

    draft: Draft
    contents: Mapping[str, Content]
    audience: Audience
    edition: Edition | None
    names: Sequence[str]
    size: Size
    missing: Sequence[str]
    receipts: bool
    send_at: datetime | None
    zone: str
    fresh: bool
    shown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WhatToChange:
    """The draft, and the languages that it is written or could be written in."""

    draft: Draft
    languages: Sequence[str]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class AskTime:
    """When to send it is awaited, as local to a zone."""

    draft: Draft
    zone: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom it did not reach: a person with their actors, or an actor with nobody in Telegram (`reason`
    "nobody").
    """

    name: str
    actors: Sequence[str]
    reason: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """An announcement as it stands. `alone` are actors with nobody in Telegram, left to coordinators; `message_id` is
    where its card is, when it can be edited there.
    """

    announcement: Announcement
    audience: Audience
    edition: Edition | None
    names: Sequence[str]
    tally: Tally
    words: str
    zone: str
    unreached: Sequence[Unreached] = ()
    unreached_total: int = 0
    alone: int = 0
    correctable: bool = False
    is_creators: bool = True
    message_id: int | None = None
    chat_id: int | None = None
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class Names:
    """A page of people: those whom it did not reach, or who have not acknowledged it."""

    announcement: Announcement
    people: Sequence[Unreached]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page of announcements, latest first, each with its words and how many it reached."""

    announcements: Sequence[tuple[Announcement, str, Tally]]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class WhichLanguage:
    """Which text is to be corrected."""

    announcement: Announcement
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """The right words are awaited."""

    draft: Draft
    announcement: Announcement
    language: str
    is_caption: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected message, to be shown before it replaces what was sent."""

    draft: Draft
    announcement: Announcement
    content: Content


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient gets: a call, in whose language, and whether with a receipt's button.

    `reply_to` is the message that it reminds of.
    """

    announcement_id: int
    content: Content
    language: str
    receipts: bool
    reply_to: int | None = None
