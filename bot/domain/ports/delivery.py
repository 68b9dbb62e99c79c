"""Telegram's side: the inbox, the outbox, the chats and their cards, the connection, and the clock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.frozen import dataclass
from bot.domain.outgoing import Attachment, Delivery, Outcome, Outgoing, Place, Priority
from bot.domain.results.health import Backlog


class Clock(Protocol):
    """The domain's time."""

    def now(self) -> datetime:
        """The present (aware UTC)."""


# Intake


@dataclass(frozen=True, slots=True)
class Receipt:
    """An update as it came: raw JSON, and what of it is needed before it is handled."""

    update_id: int
    payload: str
    received_at: datetime
    chat_id: int | None = None
    user_id: int | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored update that is to be handled."""

    id: int
    update_id: int
    payload: str
    received_at: datetime
    chat_id: int | None
    user_id: int | None


class InboxRepository(Protocol):
    """Updates from receipt until they are pruned."""

    async def store(self, receipts: Sequence[Receipt]) -> set[int]:
        """Store those whose update_id is not there yet; gives the update_ids that were new."""

    async def list_waiting(self, limit: int) -> list[Waiting]:
        """The oldest that wait, in order of arrival."""

    async def mark_handled(self, ids: Collection[int]) -> None:
        """They have had their effect."""

    async def set_aside(self, inbox_id: int, reason: str) -> None:
        """It could not be handled and is kept with the reason."""

    async def newest_waiting(self) -> int | None:
        """The id of the row that came last of those that wait."""

    async def waits_up_to(self, inbox_id: int) -> bool:
        """Whether a row with this id or a lower one waits."""

    async def last_handled(self) -> int | None:
        """Telegram's id of the update that was handled last."""

    async def answer_of(self, key: str) -> Mapping[str, Any] | None:
        """What was answered to the operation with this key; None when it has not been used."""

    async def use_operation(self, key: str, answer: Mapping[str, Any]) -> None:
        """Note that an operation was tried, and what was answered to it."""


# Delivery


@dataclass(frozen=True, slots=True)
class Finished:
    """A row that came to its end, and how."""

    row: Delivery
    outcome: Outcome


class OutboxRepository(Protocol):
    """Everything that goes out to anyone."""

    async def add(self, row: Outgoing) -> int | None:
        """Store a row; None when one with its key is there already."""

    async def add_all(self, rows: Sequence[Outgoing]) -> None:
        """Store rows in order, without those whose key is there already."""

    async def claim(
        self, claimed_by: str, priority: Priority, limit: int, *, except_chats: Collection[int]
    ) -> list[Delivery]:
        """Take the first rows that may be sent, in order."""

    async def record(self, outcomes: Sequence[Finished], *, now: datetime) -> list[Finished]:
        """Write what became of claimed rows and what follows for cards, chats, files and other rows.

        `now` is the domain's time, at which answers to the bot's own calls are received.

        Gives all rows that are at their end thereby, those of a chat that cannot be reached and those that were tried
        for a day included.
        """

    async def doubt(self, claimed_by: str) -> None:
        """What other processes have claimed may have arrived: a press on it tells."""

    async def take_over(self, claimed_by: str) -> int:
        """Free what other processes have claimed, which must be dead; gives how many rows that were.

        A card that has been shown anew meanwhile does not go back to what it said before.
        """

    async def hold(self, claimed_by: str, kind: str) -> list[Finished]:
        """End what other processes have claimed of a kind, since it may have been sent; gives those rows."""

    async def give_back(self, claimed_by: str, *, but: Collection[int]) -> int:
        """Free a process's claims that it does not have in hand; gives how many rows that were."""

    async def end_waiting(self, chat_id: int, why: str) -> list[Finished]:
        """Nothing that waits for the chat will be sent; gives those rows."""

    async def free_key(self, row_id: int) -> None:
        """Let another row have a row's key."""

    async def cut_waits(self) -> None:
        """Cut waits that end later than their own length from now: the wall clock was set back."""

    async def has_sendable(self) -> bool:
        """Whether a row waits that could be sent now."""

    async def is_busy(self) -> bool:
        """Whether a row is in flight or could be sent now; rows that wait for another try do not count."""

    async def paused_seconds(self) -> float:
        """For how many seconds more Telegram has asked us to be silent, as stored."""


class ChatRepository(Protocol):
    """Chats, dialogues' cards in them, and files that Telegram has."""

    async def add_card(self, chat_id: int) -> int:
        """A new card, not sent yet."""

    async def card_of(self, chat_id: int, message_id: int) -> int:
        """The card that a message is; a message that nobody knew becomes one.

        When a card's sending had no answer, the unknown message is that card, which is then not sent again.
        """

    async def place_of(self, card_id: int) -> Place:
        """Where a card stands."""

    async def saw(self, seen: Mapping[int, int]) -> None:
        """These messages are in these chats, which can be reached, then; the highest id of each is kept."""

    async def reached(self, chat_id: int) -> None:
        """The chat can be written to again."""

    async def lost(self, chat_id: int, why: str) -> None:
        """The chat cannot be written to."""

    async def is_reachable(self, chat_id: int) -> bool:
        """Whether nothing has said that the chat cannot be written to."""

    async def file_id(self, key: str) -> str | None:
        """What Telegram calls a file sent before under this key."""


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long what has served is kept: handled updates, and rows that came to their end."""

    inbox_hours: float
    outbox_days: float


class OldRepository(Protocol):
    """What has served, of all tables that grow by being used."""

    async def prune(self, keep: Keep, *, now: datetime, limit: int) -> int:
        """Delete up to `limit` rows of each kind that are older than they are kept; gives how many in all."""


class FailureRepository(Protocol):
    """What was due and failed, by kind and id, until it succeeds or is due no more."""

    async def list_of(self, kind: str) -> set[int]:
        """Ids of one kind."""

    async def keep(self, kind: str, failed: Mapping[int, str]) -> None:
        """These (each with why) and no others of the kind fail; each is noted as of when it did first."""


class BacklogRepository(Protocol):
    """Both sides' state, for their health."""

    async def look(self) -> Backlog:
        """What waits, what was sent lately, and what went wrong in a day."""


# The connection


class Refused(Exception):  # a condition, told in Telegram's words
    """Telegram answered no, for certain."""

    def __init__(
        self, code: int, description: str, *, retry_after: float | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


class NotSent(Exception):  # a condition of the network
    """There was no connection: the call has certainly had no effect."""


class Uncertain(Exception):  # a condition of the network
    """No answer came, or one that says nothing: the call may have had its effect."""


class NotYet(Exception):  # a condition of what is made beside everything else
    """What is to be sent is being made: look again in so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Telegram(Protocol):
    """The Bot API."""

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        files: Mapping[str, Attachment] | None = None,
        time_limit: float = 10,
    ) -> Any:
        """The call's result. Raises Refused, NotSent, Uncertain."""
