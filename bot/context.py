"""What a handler has at hand: the unit of work, the person, their language, the time, and ways to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from telegram import Document, PhotoSize, Update

from bot.domain.answers import FileTooBig, FileWanted
from bot.domain.frozen import dataclass
from bot.domain.model import Draft, Person
from bot.domain.outgoing import Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.seat import Seat
from bot.domain.text import clean
from bot.views.outbox import card, separate
from bot.views.screen import Reader, Screen, Words, plain

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes: what getFile gives, so that coordinators can have it."""


@dataclass(slots=True)
class Answer:
    """What a press gets at once: nothing, a toast, or an alert to close."""

    text: Words | None = None
    alert: bool = False


@dataclass(slots=True)
class BotContext:
    """One update's context. `now` is the update's receipt (aware UTC, the domain's time).

    Handlers say what they have to say through `show` (the dialogue's card, edited in place while it is the last
    message), `say` (a message of its own) and `toast`; it becomes outbox rows when the handler has returned.
    """

    work: UnitOfWork
    person: Person
    now: datetime
    chat_id: int
    bot_username: str
    is_private: bool = True
    pressed_message_id: int | None = None
    message_id: int | None = None
    draft: Draft | None = None
    args: Sequence[str] = ()
    text: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)
    kept_by_law: frozenset[str] = frozenset()
    """Tables that keep their words when a person is forgotten."""
    answer: Answer = field(default_factory=Answer)
    shown: list[Screen] = field(default_factory=list)
    below: list[tuple[int, Screen]] = field(default_factory=list)
    said: list[Screen] = field(default_factory=list)
    _seat: Seat | None = None

    @property
    def reader(self) -> Reader:
        """For whom things are rendered here."""
        return Reader(self.person.language, self.now)

    async def seat(self) -> Seat:
        """Where the dialogue sits: person, chat and card. A press continues on its message's card, a text on its
        draft's, all else begins a new one.
        """
        if self._seat is None:
            if self.pressed_message_id is not None:
                card_id = await self.work.chats.card_of(self.chat_id, self.pressed_message_id)
            elif self.draft is not None and self.draft.card_id is not None:
                card_id = self.draft.card_id
            else:
                card_id = await self.work.chats.add_card(self.chat_id)
            self._seat = Seat(self.person, self.chat_id, card_id)
        return self._seat

    def file(self, update: Update) -> dict[str, Any]:
        """The document or picture of a message: its id at Telegram, name and size in bytes.

        Raises FileWanted, FileTooBig.
        """
        message = update.effective_message
        if message is not None and message.document is not None:
            found: Document | PhotoSize = message.document
            kind, name = "document", message.document.file_name or "dokument"
        elif message is not None and message.photo:
            found, kind, name = message.photo[-1], "photo", "bild.jpg"
        else:
            raise FileWanted
        if (found.file_size or 0) > LARGEST_FILE:
            raise FileTooBig
        return {"file_id": found.file_id, "name": clean(name)[:100], "size": found.file_size, "kind": kind}

    def link(self, payload: str) -> str:
        """A deep link to this bot."""
        return f"https://t.me/{self.bot_username}?start={payload}"

    def show(self, screen: Screen) -> None:
        """Let the dialogue's card say this; the last screen shown counts."""
        self.shown[:] = [screen]

    def show_below(self, card_id: int, screen: Screen) -> None:
        """Let another dialogue's card say this, below the present one."""
        self.below.append((card_id, screen))

    def say(self, screen: Screen) -> None:
        """Send a message of its own, below the card."""
        self.said.append(screen)

    def toast(self, text: Words, *, alert: bool = False) -> None:
        """Answer the press itself."""
        self.answer = Answer(text, alert)

    def forget(self) -> None:
        """Take back all that was to be said: the update was refused."""
        self.shown.clear()
        self.below.clear()
        self.said.clear()
        self.answer = Answer()

    async def outgoing(self) -> list[Outgoing]:
        """What was said, as rows for the outbox, in order."""
        rows: list[Outgoing] = []
        for screen in self.shown:
            seat = await self.seat()
            rows += card(screen, self.reader, chat_id=self.chat_id, card_id=seat.card_id)
        for card_id, screen in self.below:
            rows += card(screen, self.reader, chat_id=self.chat_id, card_id=card_id)
        for screen in self.said:
            rows += separate(screen, self.reader, chat_id=self.chat_id)
        return rows

    def answer_text(self) -> str | None:
        """The toast in the person's language, at most 200 characters as Telegram takes."""
        return None if self.answer.text is None else plain(self.answer.text, self.reader)[:200]
