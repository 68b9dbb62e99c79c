"""Messages as they are kept, and as each side sees them."""

import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.chats import Person
    from bot.sandbox.world import World

Message = dict[str, Any]

_MAX_PAGE = 500
_OLDEST_FIRST = """
SELECT json FROM message WHERE chat_id = ? AND message_id < ? AND message_id > ? ORDER BY message_id LIMIT ?"""
_NEWEST_FIRST = """
SELECT json FROM message WHERE chat_id = ? AND message_id < ? AND message_id > ? ORDER BY message_id DESC LIMIT ?"""


class Messages:
    """Reads and writes messages; the ids of private chats are one series, as Telegram's are for one bot."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """One message as it is kept, if it is there."""
        row = self._world.store.row(
            "SELECT json FROM message WHERE chat_id = ? AND message_id = ?", chat_id, message_id
        )
        return json.loads(row[0]) if row else None

    def from_bot(self, person: "Person", content: Message) -> Message:
        """Keeps a new message of the bot and tells of it; what the bot is answered."""
        message = self._new(person, self._world.bot_user(), content)
        self._world.tell("message", self.for_person(message))
        return for_bot(message)

    def from_person(self, person: "Person", content: Message) -> Message:
        """Keeps a new message of the person, tells of it and queues it for the bot; as the person sees it."""
        message = self._new(person, self._world.chats.user(person), content)
        seen = self.for_person(message)
        self._world.tell("message", seen)
        self._world.updates.add("message", for_bot(message), lane=person["id"])
        return seen

    def edited(self, message: Message, *, marked: bool = True) -> Message:
        """Keeps a changed message and tells of it; the message as it now is."""
        if marked:
            message["edit_date"] = self._world.timestamp()
        self._world.store.execute(
            "UPDATE message SET json = ? WHERE chat_id = ? AND message_id = ?",
            packed(message),
            message["chat"]["id"],
            message["message_id"],
        )
        self._world.tell("edited", self.for_person(message))
        return message

    def delete(self, chat_id: int, message_ids: list[int]) -> int:
        """Removes messages from both sides; how many there were."""
        gone = [
            message_id
            for message_id in message_ids
            if self._world.store.execute(
                "DELETE FROM message WHERE chat_id = ? AND message_id = ?", chat_id, message_id
            )
        ]
        if gone:
            self._world.tell("deleted", {"chat_id": chat_id, "message_ids": gone})
        return len(gone)

    def page(
        self, chat_id: int, *, before: int | None = None, after: int | None = None, limit: int = 100
    ) -> list[Message]:
        """A stretch of a chat as the person sees it, oldest first; the newest unless `after` is given."""
        ascending = after is not None and before is None
        rows = self._world.store.rows(
            _OLDEST_FIRST if ascending else _NEWEST_FIRST,
            chat_id,
            before if before is not None else 1 << 62,
            after if after is not None else 0,
            min(max(limit, 1), _MAX_PAGE),
        )
        found = [self.for_person(json.loads(row[0])) for row in rows]
        return found if ascending else found[::-1]

    def for_person(self, message: Message) -> Message:
        """As the person sees it: with every keyboard, and whether it is their own."""
        return {**message, "out": message["from"]["id"] != self._world.bot_id}

    def _new(self, person: "Person", sender: dict[str, Any], content: Message) -> Message:
        message: Message = {
            "message_id": self._world.store.next_id("message"),
            "from": sender,
            "chat": self._world.chats.private_chat(person),
            "date": self._world.timestamp(),
            **content,
        }
        self._world.store.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?)",
            person["id"],
            message["message_id"],
            int(sender["is_bot"]),
            packed(message),
        )
        return message


def for_bot(message: Message) -> Message:
    """As the Bot API shows it: keyboards only where they are inline."""
    if "inline_keyboard" in message.get("reply_markup", {"inline_keyboard": 1}):
        return message
    return {name: value for name, value in message.items() if name != "reply_markup"}


def as_reply(message: Message) -> Message:
    """As it is quoted by a reply: without what it replied to itself."""
    return {name: value for name, value in for_bot(message).items() if name != "reply_to_message"}
