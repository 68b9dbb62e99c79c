"""What a question to the coordinators has come to."""

from collections.abc import Sequence

from bot.domain.frozen import dataclass
from bot.domain.model import Arena, BookingView, Draft, Edition


@dataclass(frozen=True, slots=True)
class Colleague:
    """A coordinator's name and the arenas that they run; none named when it is all of them."""

    name: str
    arenas: Sequence[Arena]


@dataclass(frozen=True, slots=True)
class Contact:
    """Who the coordinators are, the editions ahead (whose phone on site may be known; those under way first), and the
    arenas that a question may be about.
    """

    coordinators: Sequence[Colleague]
    editions: Sequence[Edition]
    arenas: Sequence[Arena]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question is awaited: about an arena (None: something else) and perhaps a booking there, or one of those in
    `choices`. `contact` when the person has not been told whom they ask.
    """

    draft: Draft
    arena: Arena | None
    view: BookingView | None
    choices: Sequence[BookingView]
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The question waits for these coordinators; the answer comes as a reply to it."""

    arena: Arena | None
    view: BookingView | None
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Words that the bot cannot answer, kept in the draft, with the arenas that they may be about."""

    draft: Draft
    arenas: Sequence[Arena]
