"""One of the people: what they do, and what they see."""

import html
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.sandbox.client.connection import Connection, RequestRefused
from bot.sandbox.client.groups import Group
from bot.sandbox.client.shown import InlineQuery, Message, shown, shown_text

_SHOWN_ON_FAILURE = 6
_LOOKED_AT = 50


@dataclass
class Person:
    """One of the people, in their chat with the bot. `interactions` counts starts, sends and presses."""

    telegram: Connection
    id: int
    name: str
    interactions: int = 0
    _since: int = 0
    _before: dict[int, Message] = field(default_factory=dict)

    # --------------------------------------------------------------------- acts

    async def starts(self, payload: str | None = None) -> Message:
        """Presses Start, perhaps by a deep link."""
        return await self._act("start", {"payload": payload})

    async def sends(self, text: str, *, reply_to: Message | None = None, to: Group | None = None) -> Message:
        """Writes, to the bot or into a group."""
        body: dict[str, Any] = {"text": text} | _in(to)
        if reply_to is not None:
            body["reply_to_message_id"] = reply_to["message_id"]
        return await self._act("send", body)

    async def presses(self, label: str, *, on: Message | None = None) -> str | None:
        """Presses the newest button that is labelled so, or begins so, or holds it; waits for it and for the answer.

        The text of the answer (toast or alert), None where it has none.
        """
        pressed = await self.telegram.until(lambda: self._press(label, on))
        if not pressed:
            raise AssertionError(await self._failure(f"no button {label!r}"))
        query_id, text = pressed
        answered = await self.telegram.until(lambda: self._answer(query_id))
        if not answered:
            raise AssertionError(await self._failure(f"the press of {text!r} was not answered"))
        toast: str | None = answered["text"]
        return toast

    async def touches(self, message: Message, label: str | None = None, *, data: str | None = None) -> str:
        """Presses a button of a message without waiting for the answer; the callback query's id."""
        pressed = await self._pressed(_which(message) | ({"data": data} if data is not None else {"text": label}))
        query_id: str = pressed["callback_query_id"]
        return query_id

    async def opens(self, message: Message, label: str) -> dict[str, str]:
        """Presses a button that leads elsewhere: `url`, `copy_text`, `web_app`, or the `inline_query_id` that it asks."""
        return await self._pressed(_which(message) | {"text": label})

    async def repeats(self, query_id: str) -> None:
        """The same press or inline query reaches the bot once more, as when the person's app starts anew."""
        await self.telegram.post(f"queries/{query_id}/again", {})

    async def uploads(
        self,
        content: bytes,
        name: str,
        *,
        kind: str = "document",
        caption: str | None = None,
        to: Group | None = None,
    ) -> Message:
        """Sends a file."""
        await self._remember()
        form = aiohttp.FormData()
        form.add_field("kind", kind)
        form.add_field("file", io.BytesIO(content), filename=name)
        for field_name, value in {"caption": caption, "chat_id": to and to.id}.items():
            if value is not None:
                form.add_field(field_name, str(value))
        message: Message = await self.telegram.upload(f"people/{self.id}/upload", form)
        self._since = message["message_id"]
        self.interactions += 1
        return message

    async def shares_contact(self, phone_number: str, *, to: Group | None = None) -> Message:
        """Sends their own phone number."""
        return await self._act("contact", {"phone_number": phone_number, "first_name": self.name} | _in(to))

    async def shares_location(self, latitude: float, longitude: float, *, to: Group | None = None) -> Message:
        """Sends a place, in degrees."""
        return await self._act("location", {"latitude": latitude, "longitude": longitude} | _in(to))

    async def asks_inline(self, query: str = "", *, to: Group | None = None, offset: str = "") -> InlineQuery:
        """Writes after the bot's name, and waits for the results."""
        asked = await self.telegram.post(f"people/{self.id}/inline", {"query": query, "offset": offset} | _in(to))
        query_id: str = asked["inline_query_id"]
        answered = await self.telegram.until(lambda: self._answer(query_id))
        if not answered:
            raise AssertionError(await self._failure(f"the inline query {query!r} was not answered"))
        return InlineQuery(query_id, answered["results"], answered["next_offset"], answered["button"])

    async def chooses(self, query: InlineQuery, result_id: str, *, to: Group | None = None) -> Message:
        """Sends one of an inline query's results."""
        return await self._act("choose", {"inline_query_id": query.id, "result_id": result_id} | _in(to))

    async def reads(self, message: Message) -> None:
        """Has read everything up to a message."""
        await self.telegram.post(f"people/{self.id}/read", _which(message))

    async def edits(self, message: Message, text: str) -> Message:
        """Corrects an own text."""
        edited: Message = await self.telegram.post(f"people/{self.id}/edit", _which(message) | {"text": text})
        return edited

    async def blocks(self) -> None:
        """Blocks the bot."""
        await self.telegram.patch(f"people/{self.id}", {"blocked": True})

    async def unblocks(self) -> None:
        """Lets it in again."""
        await self.telegram.patch(f"people/{self.id}", {"blocked": False})

    async def is_called(self, first_name: str, **fields: Any) -> None:
        """Changes name and, by `fields`, what else `PATCH /control/people/{id}` takes."""
        await self.telegram.patch(f"people/{self.id}", {"first_name": first_name, **fields})
        self.name = first_name

    async def deactivates(self) -> None:
        """Deletes the account."""
        await self.telegram.patch(f"people/{self.id}", {"deactivated": True})

    # ------------------------------------------------------------------- seeing

    async def sees(self, text: str, *, deadline: float | None = None) -> Message:
        """The newest message of the bot, sent or edited since the person's last act, that holds the text."""
        wanted = html.unescape(text)
        found = await self.telegram.until(lambda: self._fresh(lambda one: wanted in shown_text(one)), deadline)
        if not found:
            raise AssertionError(await self._failure(f"{text!r} is not to be seen"))
        message: Message = found
        return message

    async def sees_document(self, name: str = "") -> Message:
        """The newest file from the bot since the person's last act whose name holds `name`."""
        found = await self.telegram.until(
            lambda: self._fresh(lambda one: name in one.get("document", {}).get("file_name", "\0"))
        )
        if not found:
            raise AssertionError(await self._failure(f"no document {name!r}"))
        message: Message = found
        return message

    async def content(self, message: Message) -> bytes:
        """The bytes of a message's picture or file."""
        return await self.telegram.content(f"chats/{message['chat']['id']}/messages/{message['message_id']}/media")

    async def screen(self) -> str:
        """The bot's last message as text: what it says, then a line for each row of buttons."""
        messages = [one for one in await self.messages() if not one["out"]]
        return shown(messages[-1]) if messages else ""

    async def messages(self, *, limit: int = _LOOKED_AT) -> list[Message]:
        """The newest messages of the chat, oldest first."""
        messages: list[Message] = (await self.telegram.get(f"chats/{self.id}/messages?limit={limit}"))["messages"]
        return messages

    async def commands(self, *, within: Group | None = None) -> dict[str, str]:
        """The menu of commands that the person sees."""
        path = f"chats/{within.id if within else self.id}/commands?person_id={self.id}"
        found = (await self.telegram.get(path))["commands"]
        return {command["command"]: command["description"] for command in found}

    # ------------------------------------------------------------------- inside

    async def _act(self, act: str, body: dict[str, Any]) -> Message:
        await self._remember()
        message: Message = await self.telegram.post(f"people/{self.id}/{act}", body)
        self._since = message["message_id"]
        self.interactions += 1
        return message

    async def _pressed(self, button: dict[str, Any]) -> dict[str, str]:
        await self._remember()
        told: dict[str, str] = await self.telegram.post(f"people/{self.id}/press", button)
        self.interactions += 1
        return told

    async def _remember(self) -> None:
        """What the chat looked like before an act, so that what comes after it is known."""
        messages = await self.messages()
        self._since = messages[-1]["message_id"] if messages else 0
        self._before = {message["message_id"]: message for message in messages}

    async def _fresh(self, fits: Callable[[Message], bool]) -> Message | None:
        for message in reversed(await self.messages()):
            before = self._before.get(message["message_id"])
            changed = before != message if before else message["message_id"] > self._since
            if not message["out"] and changed and fits(message):
                return message
        return None

    async def _press(self, label: str, on: Message | None) -> tuple[str, str] | None:
        """The query's id and the label as it stands; None when there is no such button, or none any more."""
        if not (found := await self._button(label, on)):
            return None
        message, text = found
        try:
            return await self.touches(message, text), text
        except RequestRefused as refusal:  # the bot changed the message between the look and the press
            if refusal.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    async def _button(self, label: str, on: Message | None) -> tuple[Message, str] | None:
        messages = [one for one in await self.messages() if on is None or one["message_id"] == on["message_id"]]
        tests: tuple[Callable[[str], bool], ...] = (
            lambda text: text == label,
            lambda text: text.startswith(label),
            lambda text: label in text,
        )
        for fits in tests:
            for message in reversed(messages):
                for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                    for button in row:
                        if "callback_data" in button and fits(button["text"]):
                            return message, button["text"]
        return None

    async def _answer(self, query_id: str) -> dict[str, Any] | None:
        state: dict[str, Any] = await self.telegram.get(f"queries/{query_id}")
        return state if state["answered"] else None

    async def _failure(self, what: str) -> str:
        chat = "\n---\n".join(
            ("> " if message["out"] else "") + shown(message)
            for message in await self.messages(limit=_SHOWN_ON_FAILURE)
        )
        return f"{what} in {self.name}'s chat, which ends so:\n{chat}"


def _in(group: Group | None) -> dict[str, Any]:
    return {"chat_id": group.id} if group else {}


def _which(message: Message) -> dict[str, Any]:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
