"""A typed client of the local Telegram that reads like a conversation.

    async with Telegram(address) as telegram:
        anna = await telegram.person("Anna", language="sv")
        await anna.starts()
        await anna.presses("tis 29 juni")
        await anna.sees("hålls för er")

Waiting follows the server's events and ends at a deadline, with an AssertionError that shows the chat.
"""

import asyncio
import html
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import aiohttp

Message = dict[str, Any]

DEADLINE_SECONDS = 10.0
_SHOWN_ON_FAILURE = 6
_LOOKED_AT = 50


class RequestRefused(Exception):
    """The server refused a request of the control interface."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


class Telegram:
    """The local Telegram at an address. `deadline` is in seconds of real time."""

    def __init__(self, address: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        self.address = address.rstrip("/")
        self.deadline = deadline
        self.clock = Clock(self)
        self.faults = FaultList(self)
        self._session: aiohttp.ClientSession | None = None
        self._happened = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=5))
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        if self._session is not None:
            await self._session.close()

    # ------------------------------------------------------------------- people

    async def person(self, first_name: str, *, language: str | None = None, **fields: Any) -> "Person":
        """The person of that first name, made if there is none; `fields` as `POST /control/people` takes them."""
        for known in await self.people():
            if known.name == first_name and "id" not in fields:
                return known
        return await self.new_person(first_name, language=language, **fields)

    async def new_person(self, first_name: str, *, language: str | None = None, **fields: Any) -> "Person":
        """A new person, whoever else has that name."""
        made = await self.post("people", {"first_name": first_name, "language_code": language, **fields})
        return Person(self, made["id"], made["first_name"])

    async def people(self) -> list["Person"]:
        """Everyone."""
        return [Person(self, one["id"], one["first_name"]) for one in (await self.state())["people"]]

    # ------------------------------------------------------------------- server

    async def state(self) -> dict[str, Any]:
        """What `GET /control/state` tells."""
        state: dict[str, Any] = await self.get("state")
        return state

    async def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """The bot's requests so far, of one method or of all, oldest first."""
        calls = (await self.get("calls?limit=2000"))["calls"]
        return [call for call in calls if method is None or call["method"] == method]

    async def limits(self, **settings: Any) -> dict[str, Any]:
        """Changes `enabled`, `per_second`, `per_chat_burst`, `strict`; what then holds."""
        changed: dict[str, Any] = await self.post("limits", settings)
        return changed

    async def inject(self, update: dict[str, Any]) -> dict[str, Any]:
        """Queues a raw update for the bot."""
        queued: dict[str, Any] = await self.post("updates", update)
        return queued

    async def reset(self) -> None:
        """Forgets everything but people."""
        await self.post("reset", {})

    async def until(self, found: Callable[[], Awaitable[Any]], deadline: float | None = None) -> Any:
        """Asks again with every event until the answer is true; None when the deadline passes first."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.deadline if deadline is None else deadline):
                while True:
                    happened = self._happened
                    if answer := await found():
                        return answer
                    # Now and then also without an event: the stream may be connecting anew.
                    with suppress(TimeoutError):
                        await asyncio.wait_for(happened.wait(), 1.0)
        return None

    async def get(self, path: str) -> Any:
        """GET under `/control/`; raises RequestRefused."""
        return await self._request("GET", path)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """POST under `/control/`; raises RequestRefused."""
        return await self._request("POST", path, json=body)

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        """PATCH under `/control/`; raises RequestRefused."""
        return await self._request("PATCH", path, json=body)

    async def delete(self, path: str) -> Any:
        """DELETE under `/control/`; raises RequestRefused."""
        return await self._request("DELETE", path)

    async def upload(self, path: str, form: aiohttp.FormData) -> Any:
        """POST of a form under `/control/`; raises RequestRefused."""
        return await self._request("POST", path, data=form)

    async def _request(self, method: str, path: str, **content: Any) -> Any:
        async with self._opened().request(method, f"{self.address}/control/{path}", **content) as answer:
            body = await answer.json(content_type=None)
            if not answer.ok:
                raise RequestRefused(answer.status, body.get("error", "") if isinstance(body, dict) else "")
            return body

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use `async with Telegram(address)`")
        return self._session

    async def _listen(self) -> None:
        """Wakes whoever waits whenever something happens; connects again for as long as it takes."""
        while True:
            with suppress(aiohttp.ClientError, OSError):
                async with self._opened().get(f"{self.address}/control/events") as stream:
                    self._wake()
                    async for _ in stream.content.iter_any():
                        self._wake()
            self._wake()
            await asyncio.sleep(0.1)

    def _wake(self) -> None:
        happened, self._happened = self._happened, asyncio.Event()
        happened.set()


@dataclass
class Person:
    """One of the people, in their chat with the bot. `interactions` counts starts, sends and presses."""

    telegram: Telegram
    id: int
    name: str
    interactions: int = 0
    _since: int = 0
    _before: dict[int, str] = field(default_factory=dict)

    # --------------------------------------------------------------------- acts

    async def starts(self, payload: str | None = None) -> Message:
        """Presses Start, perhaps by a deep link."""
        return await self._act("start", {"payload": payload})

    async def sends(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Writes."""
        body: dict[str, Any] = {"text": text}
        if reply_to is not None:
            body["reply_to_message_id"] = reply_to["message_id"]
        return await self._act("send", body)

    async def presses(self, label: str, *, on: Message | None = None) -> str | None:
        """Presses the newest button that is labelled so, or begins so, or holds it; waits for it and for the answer.

        The text of the answer (toast or alert), None where it has none.
        """
        found = await self.telegram.until(lambda: self._button(label, on))
        if not found:
            raise AssertionError(await self._failure(f"no button {label!r}"))
        message, text = found
        query_id = await self.touches(message, text)
        answered = await self.telegram.until(lambda: self._answer(query_id))
        if not answered:
            raise AssertionError(await self._failure(f"the press of {text!r} was not answered"))
        toast: str | None = answered["text"]
        return toast

    async def touches(self, message: Message, label: str | None = None, *, data: str | None = None) -> str:
        """Presses a button of a message without waiting for the answer; the callback query's id."""
        await self._remember()
        body = {"message_id": message["message_id"]} | ({"data": data} if data is not None else {"text": label})
        answer = await self.telegram.post(f"people/{self.id}/press", body)
        self.interactions += 1
        query_id: str = answer["callback_query_id"]
        return query_id

    async def uploads(
        self, content: bytes, name: str, *, kind: str = "document", caption: str | None = None
    ) -> Message:
        """Sends a file."""
        await self._remember()
        form = aiohttp.FormData()
        form.add_field("kind", kind)
        form.add_field("file", io.BytesIO(content), filename=name)
        if caption is not None:
            form.add_field("caption", caption)
        message: Message = await self.telegram.upload(f"people/{self.id}/upload", form)
        self._since = message["message_id"]
        self.interactions += 1
        return message

    async def shares_contact(self, phone_number: str) -> Message:
        """Sends their own phone number."""
        return await self._act("contact", {"phone_number": phone_number, "first_name": self.name})

    async def shares_location(self, latitude: float, longitude: float) -> Message:
        """Sends a place, in degrees."""
        return await self._act("location", {"latitude": latitude, "longitude": longitude})

    async def edits(self, message: Message, text: str) -> Message:
        """Corrects an own text."""
        edited: Message = await self.telegram.post(
            f"people/{self.id}/edit", {"message_id": message["message_id"], "text": text}
        )
        return edited

    async def blocks(self) -> None:
        """Blocks the bot."""
        await self.telegram.patch(f"people/{self.id}", {"blocked": True})

    async def unblocks(self) -> None:
        """Lets it in again."""
        await self.telegram.patch(f"people/{self.id}", {"blocked": False})

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
        session = self.telegram._opened()  # noqa: SLF001 - the client's own parts
        path = f"chats/{self.id}/messages/{message['message_id']}/media"
        async with session.get(f"{self.telegram.address}/control/{path}") as answer:
            answer.raise_for_status()
            return await answer.read()

    async def screen(self) -> str:
        """The bot's last message as text: what it says, then a line for each row of buttons."""
        messages = [one for one in await self.messages() if not one["out"]]
        return shown(messages[-1]) if messages else ""

    async def messages(self, *, limit: int = _LOOKED_AT) -> list[Message]:
        """The newest messages of the chat, oldest first."""
        messages: list[Message] = (await self.telegram.get(f"chats/{self.id}/messages?limit={limit}"))["messages"]
        return messages

    async def commands(self) -> dict[str, str]:
        """The menu of commands that the person sees."""
        found = (await self.telegram.get(f"chats/{self.id}/commands"))["commands"]
        return {command["command"]: command["description"] for command in found}

    # ------------------------------------------------------------------- inside

    async def _act(self, act: str, body: dict[str, Any]) -> Message:
        await self._remember()
        message: Message = await self.telegram.post(f"people/{self.id}/{act}", body)
        self._since = message["message_id"]
        self.interactions += 1
        return message

    async def _remember(self) -> None:
        """What the chat looked like before an act, so that what comes after it is known."""
        messages = await self.messages()
        self._since = messages[-1]["message_id"] if messages else 0
        self._before = {message["message_id"]: json.dumps(message, sort_keys=True) for message in messages}

    async def _fresh(self, fits: Callable[[Message], bool]) -> Message | None:
        for message in reversed(await self.messages()):
            before = self._before.get(message["message_id"])
            changed = before != json.dumps(message, sort_keys=True) if before else message["message_id"] > self._since
            if not message["out"] and changed and fits(message):
                return message
        return None

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


@dataclass(frozen=True)
class Clock:
    """The server's movable clock."""

    telegram: Telegram

    async def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromisoformat((await self.telegram.get("clock"))["now"])

    async def move(self, *, to: datetime | None = None, by: timedelta | None = None, to_next: bool = False) -> datetime:
        """Moves step by step, and waits until the move is over; the time then."""
        body: dict[str, Any] = {"wait": True}
        if to is not None:
            body["to"] = to.isoformat()
        elif by is not None:
            body["by_seconds"] = by.total_seconds()
        else:
            body["to_next"] = to_next
        return datetime.fromisoformat((await self.telegram.post("clock/move", body))["now"])

    async def set(self, now: datetime) -> None:
        """Jumps without steps."""
        await self.telegram.post("clock/set", {"now": now.isoformat()})

    async def freeze(self) -> None:
        """Stops the clock."""
        await self.telegram.post("clock/freeze", {})

    async def run(self) -> None:
        """Lets it go on."""
        await self.telegram.post("clock/run", {})


@dataclass(frozen=True)
class FaultList:
    """What is to go wrong."""

    telegram: Telegram

    async def add(self, method: str = "*", *, times: int = 1, **what: Any) -> None:
        """A fault for the next calls of a method; `what` as `POST /control/faults` takes it."""
        await self.telegram.post("faults", {"method": method, "times": times, **what})

    async def waiting(self) -> list[dict[str, Any]]:
        """Those that have not happened yet."""
        faults: list[dict[str, Any]] = (await self.telegram.get("faults"))["faults"]
        return faults

    async def clear(self) -> None:
        """Forgets them."""
        await self.telegram.delete("faults")


def shown_text(message: Message) -> str:
    """The words of a message: text, caption, or the venue's title and address."""
    venue = message.get("venue", {})
    words = [message.get("text"), message.get("caption"), venue.get("title"), venue.get("address")]
    return "\n".join(word for word in words if word)


def shown(message: Message) -> str:
    """A message as text: its words, what is attached, and a line for each row of buttons, as `[Ja] [Nej]`."""
    lines = [shown_text(message)]
    kinds = ("photo", "document", "voice", "audio", "video", "sticker", "location", "contact")
    for kind in (kind for kind in kinds if kind in message):
        name = message[kind].get("file_name", "") if isinstance(message[kind], dict) else ""
        lines.append(f"({kind}{': ' + name if name else ''})")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines += [" ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(line for line in lines if line)


@asynccontextmanager
async def talking(address: str, *, deadline: float = DEADLINE_SECONDS) -> AsyncIterator[Telegram]:
    """As `async with Telegram(address)`, for fixtures."""
    async with Telegram(address, deadline=deadline) as telegram:
        yield telegram
