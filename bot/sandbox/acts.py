"""What people do in a chat: start, write, press, send files, block, ask inline."""

import re
from typing import Any

from bot.sandbox import keyboards, queries
from bot.sandbox.chats import Chat, Person
from bot.sandbox.entities import FormattedText, plain_text, utf16_length
from bot.sandbox.errors import ControlError
from bot.sandbox.files import Source
from bot.sandbox.messages import Message, as_reply
from bot.sandbox.methods.call import MAX_CAPTION, MAX_TEXT, with_entities
from bot.sandbox.methods.editing import DELETABLE_FOR
from bot.sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GOES = ("url", "copy_text", "web_app")


class Acts:
    """Acts of people, each within a transaction of the caller; raises ControlError for what an app would not let happen."""

    def __init__(self, world: World) -> None:
        self._world = world

    # ------------------------------------------------------------------ writing

    def start(self, person: Person, payload: str | None) -> Message:
        """Opens the chat, lets the bot in again where it was blocked, and sends /start."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise ControlError(400, "a deep link's payload is 1-64 of A-Z, a-z, 0-9, _ and -")
        _check_alive(person)
        if person["blocked"]:
            self.block(person, blocked=False)
        chat = self._world.chats.private(person)
        return self.send(person, chat, f"/start {payload}" if payload else "/start", None)

    def send(self, person: Person, chat: Chat, text: str, reply_to: int | None) -> Message:
        """Writes; what is too long for one message becomes several, as in Telegram's apps. The last of them."""
        formatted = plain_text(text)
        if not formatted.text:
            raise ControlError(400, "the text is empty")
        self._enter(person, chat)
        common = self._reply(chat, reply_to)
        messages = [
            self._world.messages.from_person(
                chat, person, common | {"text": piece.text} | with_entities("entities", piece)
            )
            for piece in _pieces(formatted)
        ]
        return messages[-1]

    def upload(
        self, person: Person, chat: Chat, kind: str, source: Source, caption: str, told: dict[str, Any]
    ) -> Message:
        """Sends a file."""
        written = plain_text(caption)
        if utf16_length(written.text) > MAX_CAPTION:
            raise ControlError(400, "the caption is longer than 1024")
        content: Message = self._world.files.part(kind, source, told)
        if written.text:
            content |= {"caption": written.text} | with_entities("caption_entities", written)
        return self.content(person, chat, content)

    def content(self, person: Person, chat: Chat, content: Message) -> Message:
        """Sends anything else, such as a location or a contact."""
        self._enter(person, chat)
        return self._world.messages.from_person(chat, person, content)

    def edit(self, person: Person, chat: Chat, message_id: int, text: str) -> Message:
        """Corrects an own text of up to 48 hours; the bot gets edited_message."""
        self._enter(person, chat)
        message = self.message(chat, message_id)
        written = plain_text(text)
        if message["from"]["id"] != person["id"] or "text" not in message or not written.text:
            raise ControlError(400, "only a text of one's own can be edited, into another text")
        if self._world.timestamp() - message["date"] > DELETABLE_FOR.total_seconds():
            raise ControlError(409, "what is older than 48 hours cannot be edited")
        message.pop("entities", None)
        message |= {"text": written.text} | with_entities("entities", written)
        self._world.messages.edited(message)
        self._world.messages.queue(chat, "edited_message", message)
        return self._world.messages.for_people(message)

    # ----------------------------------------------------------------- pressing

    def press(self, person: Person, chat: Chat, message_id: int, data: str | None, text: str | None) -> dict[str, Any]:
        """Presses a button by its data or its label: what the app then knows, for most the callback query's id."""
        self._enter(person, chat)
        message = self.message(chat, message_id)
        for button in keyboards.buttons(message):
            if button.get("callback_data") == data if data is not None else button["text"] == text:
                return self._pressed(person, chat, message, button)
        raise ControlError(404, "there is no such button on that message")

    def _pressed(self, person: Person, chat: Chat, message: Message, button: dict[str, Any]) -> dict[str, Any]:
        if "callback_data" in button:
            return {"callback_query_id": queries.press(self._world, person, message, button["callback_data"])}
        for name in ("switch_inline_query_current_chat", "switch_inline_query"):
            if name in button:
                return {"inline_query_id": self.ask_inline(person, chat, button[name], "")}
        for name in _GOES:
            if name in button:
                return {name: button[name]}
        raise ControlError(404, "the local Telegram does nothing at such a button")

    def ask_inline(self, person: Person, chat: Chat, query: str, offset: str) -> str:
        """Writes after the bot's name; the inline query's id."""
        if not self._world.bot_settings()["supports_inline_queries"]:
            raise ControlError(409, "the bot has no inline mode; POST /control/bot gives it")
        self._enter(person, chat)
        return queries.ask_inline(self._world, person, chat, query, offset)

    def choose(self, person: Person, chat: Chat, query_id: str, result_id: str) -> Message:
        """Sends one of an inline query's results; the bot is told where it gets feedback."""
        query = queries.find(self._world, query_id)
        results = query.get("results", []) if query else []
        result = next((one for one in results if one["id"] == result_id), None)
        if query is None or result is None or query["person_id"] != person["id"]:
            raise ControlError(404, "there is no such result")
        self._enter(person, chat)
        message = self._world.inline.message(chat, person, result)
        chosen = {"result_id": result_id, "from": self._world.chats.user(person), "query": query["update"]["query"]}
        if "reply_markup" in result:
            chosen["inline_message_id"] = self._world.inline.message_id(message)
        if self._world.bot_settings()["inline_feedback"]:
            self._world.updates.add("chosen_inline_result", chosen, lane=person["id"])
        return message

    # ------------------------------------------------------------------- others

    def message(self, chat: Chat, message_id: int) -> Message:
        """A message of a chat."""
        found = self._world.messages.find(chat.id, message_id)
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
            self._world.chats.blocked_update(person, was=was, now=now)

    def read(self, person: Person, chat: Chat, message_id: int) -> None:
        """Everything up to a message is read."""
        state = self._world.chats.state(chat.id)
        if message_id > state["reads"].get(str(person["id"]), 0):
            state["reads"][str(person["id"])] = message_id
            self._world.chats.save_state(chat.id, state)
            self._world.tell("chat", self._world.chats.summary(chat))

    def _enter(self, person: Person, chat: Chat) -> None:
        """Whether an app would let them act there; opens a private chat that was never opened."""
        _check_alive(person)
        if chat.group is not None:
            self._check_member(person, chat.group)
            return
        if chat.id != person["id"]:
            raise ControlError(404, "there is no such chat")
        if person["blocked"]:
            raise ControlError(409, "the person has blocked the bot")
        if not person["started"]:
            person["started"] = True
            self._world.chats.save_person(person)
            self._world.tell("chat", self._world.chats.summary(chat))

    def _check_member(self, person: Person, group: dict[str, Any]) -> None:
        if not self._world.groups.is_present(group, person["id"]):
            raise ControlError(409, "the person is not in the group")
        if group.get("upgraded_to"):
            raise ControlError(409, f"the group became the supergroup {group['upgraded_to']}")
        if not self._world.groups.may(group, person["id"], "can_send_messages"):
            raise ControlError(409, "the person may not write in the group")

    def _reply(self, chat: Chat, reply_to: int | None) -> Message:
        return {} if reply_to is None else {"reply_to_message": as_reply(self.message(chat, reply_to))}


def _check_alive(person: Person) -> None:
    if person["deactivated"]:
        raise ControlError(409, "the person's account is deleted")


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
