"""What people do: start, write, press, send files, block."""

import re
from typing import Any

from bot.sandbox import keyboards, queries
from bot.sandbox.chats import Person
from bot.sandbox.entities import FormattedText, plain_text, utf16_length
from bot.sandbox.errors import ControlError
from bot.sandbox.files import Source
from bot.sandbox.messages import Message, as_reply, for_bot
from bot.sandbox.methods.call import MAX_CAPTION, MAX_TEXT, with_entities
from bot.sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Acts:
    """Acts of people, each within a transaction of the caller; raises ControlError for what an app would not let happen."""

    def __init__(self, world: World) -> None:
        self._world = world

    def start(self, person: Person, payload: str | None) -> Message:
        """Opens the chat, lets the bot in again where it was blocked, and sends /start."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise ControlError(400, "a deep link's payload is 1-64 of A-Z, a-z, 0-9, _ and -")
        self._alive(person)
        if person["blocked"]:
            self.block(person, blocked=False)
        if not person["started"]:
            self._open(person)
        return self.send(person, f"/start {payload}" if payload else "/start", None)

    def send(self, person: Person, text: str, reply_to: int | None) -> Message:
        """Writes; what is too long for one message becomes several, as in Telegram's apps. The last of them."""
        self._alive(person)
        formatted = plain_text(text)
        if not formatted.text:
            raise ControlError(400, "the text is empty")
        if person["blocked"]:
            raise ControlError(409, "the person has blocked the bot")
        if not person["started"]:
            self._open(person)
        common = self._reply(person, reply_to)
        messages = [
            self._world.messages.from_person(person, common | {"text": piece.text} | with_entities("entities", piece))
            for piece in _pieces(formatted)
        ]
        return messages[-1]

    def upload(self, person: Person, kind: str, source: Source, caption: str, told: dict[str, Any]) -> Message:
        """Sends a file."""
        written = plain_text(caption)
        if utf16_length(written.text) > MAX_CAPTION:
            raise ControlError(400, "the caption is longer than 1024")
        content: Message = self._world.files.part(kind, source, told)
        if written.text:
            content |= {"caption": written.text} | with_entities("caption_entities", written)
        return self.content(person, content)

    def content(self, person: Person, content: Message) -> Message:
        """Sends anything else, such as a location or a contact."""
        self._alive(person)
        if person["blocked"]:
            raise ControlError(409, "the person has blocked the bot")
        if not person["started"]:
            self._open(person)
        return self._world.messages.from_person(person, content)

    def edit(self, person: Person, message_id: int, text: str) -> Message:
        """Corrects an own text; the bot gets edited_message."""
        message = self.message(person, message_id)
        written = plain_text(text)
        if message["from"]["id"] != person["id"] or "text" not in message or not written.text:
            raise ControlError(400, "only a text of one's own can be edited, into another text")
        message.pop("entities", None)
        message |= {"text": written.text} | with_entities("entities", written)
        self._world.messages.edited(message)
        self._world.updates.add("edited_message", for_bot(message), lane=person["id"])
        return self._world.messages.for_person(message)

    def press(self, person: Person, message_id: int, data: str | None, text: str | None) -> str:
        """Presses a button by its data or its label; the callback query's id."""
        self._alive(person)
        message = self.message(person, message_id)
        for button in keyboards.buttons(message):
            fits = button.get("callback_data") == data if data is not None else button["text"] == text
            if fits and "callback_data" in button:
                return queries.ask(self._world, person, message, button["callback_data"])
        raise ControlError(404, "there is no such button on that message")

    def message(self, person: Person, message_id: int) -> Message:
        """A message of the person's chat."""
        found = self._world.messages.find(person["id"], message_id)
        if found is None:
            raise ControlError(404, "there is no such message")
        return found

    def change(self, person: Person, fields: dict[str, Any]) -> Person:
        """Renames, blocks, deactivates."""
        blocked = fields.pop("blocked", person["blocked"])
        person |= fields
        if blocked != person["blocked"]:
            self.block(person, blocked=bool(blocked))
        else:
            self._world.chats.save_person(person)
        return person

    def block(self, person: Person, *, blocked: bool) -> None:
        """Blocks the bot or lets it in again; the bot is told where the chat was open."""
        person["blocked"] = blocked
        self._world.chats.save_person(person)
        if person["started"]:
            was, now = ("member", "kicked") if blocked else ("kicked", "member")
            self._world.chats.member_update(person, was=was, now=now)

    def read(self, person: Person, message_id: int) -> None:
        """Everything up to a message is read."""
        state = self._world.chats.state(person["id"])
        if message_id > state["read"]:
            state["read"] = message_id
            self._world.chats.save_state(person["id"], state)
            self._world.tell("chat", self._world.chats.summary(person))

    def _open(self, person: Person) -> None:
        person["started"] = True
        self._world.chats.save_person(person)
        self._world.tell("chat", self._world.chats.summary(person))

    def _alive(self, person: Person) -> None:
        if person["deactivated"]:
            raise ControlError(409, "the person's account is deleted")

    def _reply(self, person: Person, reply_to: int | None) -> Message:
        return {} if reply_to is None else {"reply_to_message": as_reply(self.message(person, reply_to))}


def _pieces(formatted: FormattedText) -> list[FormattedText]:
    if utf16_length(formatted.text) <= MAX_TEXT:
        return [formatted]
    units = formatted.text.encode("utf-16-le")
    pieces = []
    while units:
        # Half of a pair at the cut belongs to the next piece.
        cut = MAX_TEXT * 2
        if len(units) > cut and 0xD8 <= units[cut - 1] <= 0xDB:  # noqa: PLR2004 - the bounds of leading surrogates
            cut -= 2
        piece = plain_text(units[:cut].decode("utf-16-le"))
        if piece.text:
            pieces.append(piece)
        units = units[cut:]
    return pieces
