"""What is shown of people who let themselves be found, and of those who come in contact."""

from collections.abc import Sequence

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Arena, Draft, Edition, Issue, Person
from bot.domain.networks import Standing
from bot.domain.results.pages import Page


@dataclass(frozen=True, slots=True)
class Fellow:
    """A person and whom they act for."""

    person: Person
    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class Profile(Fellow):
    """All that others are shown of a person: their issues in force, and the editions ahead that they come to."""

    issues: Sequence[Issue]
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class NetworkHome:
    """What others are shown of the reader, whether they are, and how many there are to find by issue and edition.

    `ambassador_for` holds arenas, each with the edition after which the reader said yes.
    """

    profile: Profile
    is_shown: bool
    has_agreed: bool
    issues: Sequence[tuple[Issue, int]] = ()
    editions: Sequence[tuple[Edition, int]] = ()
    waiting: int = 0
    contacts: int = 0
    ambassador_for: Sequence[tuple[Arena, int]] = ()
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Via:
    """By what one found the other: an issue that both follow, or an edition that both come to."""

    issue_id: int | None = None
    edition_id: int | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """Those who follow an issue as the reader does, or come to the same edition."""

    page: Page[Fellow]
    via: Via
    issue: Issue | None = None
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom the reader has asked or been asked by, and how it stands."""

    page: Page[tuple[Fellow, Standing]]


@dataclass(frozen=True, slots=True)
class FellowCard:
    """Somebody else as the reader sees them, and what there is between the two."""

    profile: Profile
    standing: Standing
    via: Via
    may_ask: bool
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A request to be: to whom, what the other will see, and what is shared of what there is (`choices`)."""

    draft: Draft
    to: FellowCard
    asker: Fellow
    why: str | None = None
    shares: Sequence[str] = ()
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """A yes to be: what is shared back of what there is."""

    draft: Draft
    to: FellowCard
    shares: Sequence[str]
    choices: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the asked person is told: who asks, why, and what they will share."""

    asker: Fellow
    request_id: int
    revision: int
    why: str | None
    shares: Sequence[str]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What the asker is told after a yes: who it was, and what they share."""

    fellow: Fellow
    shares: Sequence[str]
