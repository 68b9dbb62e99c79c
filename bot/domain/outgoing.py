"""What goes out to Telegram: the rows of the outbox, Telegram's answers, and what became of a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from typing import Any, TypeAlias

from bot.domain.frozen import dataclass


class Priority(IntEnum):
    """Who goes first: answers to people, then what falls due, then what goes to many."""

    REPLY = 0
    NOTICE = 1
    ANNOUNCEMENT = 2


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row to be stored. A chat or a person says to whom (a person's private chat); `key` makes it unique.

    `expires_at` (the domain's time) is when it no longer helps. What `payload` holds is told by `kind`:

    - "call": `{"method", "params"}`, sent as it is. With `answer_as` (a name) and `context`, Telegram's result comes back
      as an update of the bot's own: `{"own": name, "result", "error", "context"}`.
    - "card": `{"params"}` of the card `card_id`, which the sender edits or sends anew.
    - "file": `{"method", "field", "params", "file": {"maker", …ids}, "cache_key"}`, made when it is sent; what is to be
      drawn has the key of what it shows then.
    - "notice", "announcement": ids, rendered when it is sent.
    """

    kind: str
    payload: Mapping[str, Any]
    chat_id: int | None = None
    person_id: int | None = None
    card_id: int | None = None
    priority: Priority = Priority.REPLY
    key: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What an update leads to: replies, to be stored with its effect, and calls that answer a press, after that."""

    replies: Sequence[Outgoing] = ()
    answers: Sequence[tuple[str, Mapping[str, Any]]] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is (None: not sent yet), and the highest message id that its chat has seen."""

    message_id: int | None
    last_message_id: int

    @property
    def is_last(self) -> bool:
        """Whether the card can be edited in place."""
        return self.message_id is not None and self.message_id >= self.last_message_id


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row that was claimed. `chat_id` is known unless the call is to nobody.

    `attempts` counts the tries before, `steps` those of its calls that were done then; `uncertain` says that one of them
    may have arrived.
    """

    id: int
    kind: str
    payload: Mapping[str, Any]
    chat_id: int | None
    person_id: int | None
    card_id: int | None
    priority: Priority
    attempts: int
    steps: int
    uncertain: bool
    expires_at: datetime | None
    place: Place | None = None
    """Where its card was when it was claimed."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's bytes with its name, whose ending tells the media type."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToDraw:
    """A picture to be drawn: all that it shows, words included, and what draws it, in a thread."""

    name: str
    shows: object
    draw: Callable[[], bytes] = field(repr=False)

    @property
    def key(self) -> str:
        """The same for all who are shown the same."""
        return f"drawn:{sha256(repr((self.name, self.shows)).encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `message_ids` are the new messages, the last one the row's own; `edited` one that was edited in place.

    `files` is what Telegram calls the files that went along, by the keys under which they are kept; `result` is
    Telegram's answer to the last call.
    """

    message_ids: tuple[int, ...] = ()
    edited: int | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    result: Any = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Not done; again after some seconds of the database's time. `uncertain` when it may have arrived.

    `steps` is how many of the row's calls are done and need no repeating. Without `counted` it was no try at all.
    """

    seconds: float
    why: str
    uncertain: bool = False
    steps: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Dead:
    """It will never be done, for this reason; with `unreachable` nor will anything else to this chat."""

    why: str
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """It is not wanted any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has become a supergroup with another id; the row is to be sent there."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Held:
    """Given back unsent, to be claimed again in its turn."""


Outcome: TypeAlias = Sent | Retry | Dead | Dropped | Migrated | Held
