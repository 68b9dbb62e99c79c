"""What the local Telegram tells of everything that is sent, edited and answered."""

import json
import re
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from chaos.plan import A_PERSON, A_RECIPIENT, MARKER

Message = dict[str, Any]

ANNOUNCED: Final = re.compile(r"Utskick (\d+)")
REMINDED: Final = re.compile(r"Påminnelse (\d+)")


def words(message: Message) -> str:
    """What a message says."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: Message) -> list[str]:
    """Its buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _content(message: Message) -> str:
    """What tells a message from another one to the same person."""
    file = message.get("document", {}).get("file_name") or ("photo" if "photo" in message else "")
    return f"{words(message)}|{file}|{json.dumps(message.get('reply_markup'))}"


@dataclass
class Record:
    """Every message of the bot as it was sent, by who got it; people's dialogues are told of what concerns them."""

    told: Callable[[int, str, Message], None]
    """Called with a person's id, "message", "edited" or "answered", and what it was."""
    sent: defaultdict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    announced: Counter[tuple[int, int]] = field(default_factory=Counter)
    reminded: Counter[int] = field(default_factory=Counter)
    marks: list[int] = field(default_factory=list)
    """Ids of messages in between which each life of the bot lies."""
    count: int = 0
    heard_at: float = 0.0
    """When the bot's last message came, in monotonic seconds."""
    gaps: int = 0
    last_id: int = 0
    """The newest message of all, people's own too."""
    asked_again: dict[int, int] = field(default_factory=dict)
    """Who did once more what they had done, and the newest message then."""

    def take(self, name: str, data: Any) -> None:
        """One event."""
        if name == "reset":
            self.gaps += 1
        elif name == "answered":
            self.told(data["person_id"], name, data)
        else:
            self.last_id = max(self.last_id, data["message_id"])
            if not data["out"]:
                self._take(name, data)

    def _take(self, name: str, message: Message) -> None:
        chat_id = message["chat"]["id"]
        if name == "message":
            self.count += 1
            self.heard_at = time.monotonic()
            self.sent[chat_id].append((message["message_id"], _content(message)))
            if chat_id >= A_RECIPIENT:
                self._count_for_recipient(chat_id, words(message))
        if A_PERSON <= chat_id < A_RECIPIENT:
            self.told(chat_id, name, message)

    def _count_for_recipient(self, chat_id: int, said: str) -> None:
        if found := ANNOUNCED.fullmatch(said):
            self.announced[int(found[1]), chat_id] += 1
        elif (found := REMINDED.search(said)) and int(found[1]) == chat_id - A_RECIPIENT:
            self.reminded[chat_id] += 1

    def asks_again(self, chat_id: int) -> None:
        """Somebody does what they did before: what they get then may say what they have got already."""
        self.asked_again.setdefault(chat_id, self.last_id)

    def doubles(self) -> list[int]:
        """How many messages of each life of the bot were sent once more, in the same or a later one."""
        found = [0] * (len(self.marks) + 1)
        for message_id, _, _ in self.repeated():
            found[bisect_left(self.marks, message_id)] += 1
        return found

    def repeated(self) -> Iterator[tuple[int, int, str]]:
        """Each message that was sent once more: its id, whose chat, and what it says."""
        for chat_id, messages in self.sent.items():
            earlier: dict[str, int] = {}
            until = 0 if chat_id == MARKER else self.asked_again.get(chat_id, self.last_id)
            for message_id, content in sorted(messages):
                if content in earlier and message_id <= until:
                    yield earlier[content], chat_id, content
                earlier[content] = message_id


class Events:
    """A stream of server-sent events, taken apart; those that nobody looks at are not read as JSON."""

    def __init__(self, take: Callable[[str, Any], None]) -> None:
        self._take = take
        self._rest = b""
        self.last_id = ""

    def feed(self, chunk: bytes) -> None:
        """More of the stream."""
        *whole, self._rest = (self._rest + chunk).split(b"\n\n")
        for block in whole:
            lines = block.split(b"\n")
            if not lines[0].startswith(b"id: "):
                continue
            self.last_id = lines[0][4:].decode()
            name = lines[1].removeprefix(b"event: ").decode()
            if name in {"message", "edited", "answered", "reset"}:
                self._take(name, json.loads(lines[2].removeprefix(b"data: ")))
