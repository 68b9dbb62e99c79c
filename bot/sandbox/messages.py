"""Messages as they are kept, and as each side sees them."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, Person
    from bot.sandbox.world import World

Message: TypeAlias = dict[str, Any]

_MAX_PAGE = 500
_OLDEST_FIRST = """
SELECT json FROM message WHERE chat_id = ? AND message_id < ? AND message_id > ? ORDER BY message_id LIMIT ?"""
_NEWEST_FIRST = """
SELECT json FROM message WHERE chat_id = ? AND message_id < ? AND message_id > ? ORDER BY message_id DESC LIMIT ?"""


class Messages:
    """Reads and writes messages.

    The ids of private chats and groups are one series, as Telegram's are for one bot; each supergroup has its own.
    `touched` holds the messages that were written since it was last cleared, as (chat_id, message_id).
    """

    def __init__(self, world: "World") -> None:
        self._world = world
        self.touched: list[tuple[int, int]] = []
        self._newest: tuple[Message, bytes] = ({}, b"{}")

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """One message as it is kept, if it is there."""
        row = self._world.store.row(
            "SELECT json FROM message WHERE chat_id = ? AND message_id = ?", chat_id, message_id
        )
        return json.loads(row[0]) if row else None

    def from_bot(self, chat: "Chat", content: Message) -> Message:
        """Keeps a new message of the bot and tells of it; what the bot is answered."""
        message = self._new(chat, self._world.bot_user(), content)
        self._tell_newest()
        return for_bot(message)

    def from_person(self, chat: "Chat", person: "Person", content: Message) -> Message:
        """Keeps a new message of a person, tells of it and queues it for the bot; as people see it."""
        message = self._new(chat, self._world.chats.user(person), content)
        self._tell_newest()
        self.queue(chat, "message", message)
        return self.for_people(message)

    def queue(self, chat: "Chat", kind: str, message: Message) -> None:
        """Queues a message, or an edited one, for the bot where it is shown such ones."""
        if chat.group is None or self._world.groups.shows_bot(chat.group, message):
            self._world.updates.add(kind, for_bot(message), lane=chat.id)

    def edited(self, message: Message, *, marked: bool = True) -> Message:
        """Keeps a changed message and tells of it; the message as it now is."""
        if marked:
            message["edit_date"] = self._world.timestamp()
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self._world.store.execute(
            "UPDATE message SET json = ? WHERE chat_id = ? AND message_id = ?", packed(message), chat_id, message_id
        )
        self.touched.append((chat_id, message_id))
        self._world.tell("edited", self.for_people(message))
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
            self.touched += [(chat_id, message_id) for message_id in gone]
            self._world.tell("deleted", {"chat_id": chat_id, "message_ids": gone})
        return len(gone)

    def page(
        self, chat_id: int, *, before: int | None = None, after: int | None = None, limit: int = 100
    ) -> list[Message]:
        """A stretch of a chat as people see it, oldest first; the newest unless `after` is given."""
        ascending = after is not None and before is None
        rows = self._world.store.rows(
            _OLDEST_FIRST if ascending else _NEWEST_FIRST,
            chat_id,
            before if before is not None else 1 << 62,
            after if after is not None else 0,
            min(max(limit, 1), _MAX_PAGE),
        )
        found = [self.for_people(json.loads(row[0])) for row in rows]
        return found if ascending else found[::-1]

    def for_people(self, message: Message) -> Message:
        """As people see it: with every keyboard, and whether it is a person's and not the bot's."""
        return {**message, "out": message["from"]["id"] != self._world.bot_id}

    def _new(self, chat: "Chat", sender: dict[str, Any], content: Message) -> Message:
        series = f"message/{chat.id}" if chat.is_supergroup else "message"
        message: Message = {
            "message_id": self._world.store.next_id(series),
            "from": sender,
            "chat": chat.shown,
            "date": self._world.timestamp(),
            **content,
        }
        text = packed(message)
        self._world.store.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?)", chat.id, message["message_id"], sender["id"], text
        )
        self._newest = message, text
        self.touched.append((chat.id, message["message_id"]))
        return message

    def _tell_newest(self) -> None:
        message, text = self._newest
        self._world.tell("message", _Seen(text, message["from"]["id"] != self._world.bot_id))

    def as_json(self, result: Any) -> bytes:
        """A method's result; where it is the message that was just written, it is JSON already."""
        message, text = self._newest
        return text if result is message else packed(result)


class _Seen(NamedTuple):
    """As `for_people`, of what is JSON already."""

    text: bytes
    out: bool

    def as_json(self) -> bytes:
        """What an event tells."""
        return b'%b,"out":%b}' % (self.text[:-1], b"true" if self.out else b"false")


def for_bot(message: Message) -> Message:
    """As the Bot API shows it: keyboards only where they are inline."""
    markup = message.get("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return message
    return {name: value for name, value in message.items() if name != "reply_markup"}


def as_reply(message: Message) -> Message:
    """As it is quoted by a reply: without what it replied to itself."""
    return {name: value for name, value in for_bot(message).items() if name != "reply_to_message"}
