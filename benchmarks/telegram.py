"""A plain fast server that answers like Telegram, counts, and can keep Telegram's limits; the same for everybody measured.

It runs in the process that measures, on a core of its own. All times are of `time.perf_counter`.
"""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl

TOKEN: Final = "1234567890:" + "a" * 35
ME: Final = {"id": 1234567890, "is_bot": True, "first_name": "Arenabot", "username": "arenabot"}
TOLERANCE: Final = 1.1  # shared hosts stall: a second holds a tenth more than the limit
LOOK_SECONDS: Final = 0.001
BATCH: Final = 100


class TookTooLong(Exception):  # a condition of what is measured
    """What was waited for did not come."""


class Limits:
    """Refuses what goes beyond so many a second over any second, and beyond one a second in a chat."""

    def __init__(self, per_second: float) -> None:
        self._most = round(per_second * TOLERANCE)
        self._last: deque[float] = deque()
        self._in_chat: dict[int, float] = {}

    def admit(self, chat_id: int, now: float) -> bool:
        """Whether a message or an edit may be made now."""
        while self._last and self._last[0] <= now - 1:
            self._last.popleft()
        if len(self._last) >= self._most or now - self._in_chat.get(chat_id, 0.0) < 1 / TOLERANCE:
            return False
        self._last.append(now)
        self._in_chat[chat_id] = now
        return True


class PlainTelegram:
    """The server: `messages` are those accepted, edits among them, `answers` the presses answered by query id."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._updates: deque[dict[str, Any]] = deque()
        self._polls: list[tuple[Connection, int]] = []
        self._last_message_id = 1_000_000
        self._last_update_id = int(time.time() * 1000)  # a database that is used again has seen none of these
        self.messages: list[tuple[float, int]] = []
        self.answers: dict[str, float] = {}
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self.address = ""

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._connections):
            connection.close()

    def joined(self, connection: "Connection") -> None:
        """A client has connected."""
        self._connections.add(connection)

    def left(self, connection: "Connection") -> None:
        """A client has gone."""
        self._connections.discard(connection)
        self._polls = [poll for poll in self._polls if poll[0] is not connection]

    def inject(self, updates: Sequence[dict[str, Any]]) -> None:
        """Let the bot have these; they get their numbers here."""
        for update in updates:
            self._last_update_id += 1
            self._updates.append({"update_id": self._last_update_id, **update})
        for connection, limit in self._polls[:1]:
            del self._polls[0]
            self._hand_out(connection, limit)

    async def until_sent_to(self, chats: Collection[int], seconds: float = 120) -> None:
        """Wait until each of these has got a message. Raises TookTooLong."""
        missing, seen = set(chats), 0

        def all_have() -> bool:
            nonlocal seen
            missing.difference_update(chat_id for _, chat_id in self.messages[seen:])
            seen = len(self.messages)
            return not missing

        await self.until(all_have, seconds)

    async def until(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        """Wait for something. Raises TookTooLong."""
        deadline = time.perf_counter() + seconds
        while not condition():
            if time.perf_counter() > deadline:
                raise TookTooLong(f"{len(self.messages)} messages, {len(self.answers)} answers, {dict(self.calls)}")
            await asyncio.sleep(LOOK_SECONDS)

    def asked(self, connection: "Connection", method: str, params: dict[str, Any]) -> None:
        """Answer a call."""
        self.calls[method] += 1
        if method == "getUpdates":
            self._poll(connection, params)
        elif method.startswith(("send", "edit")):
            self._message(connection, method, params)
        elif method == "answerCallbackQuery":
            self.answers[str(params["callback_query_id"])] = time.perf_counter()
            connection.say(True)
        else:
            connection.say(ME if method == "getMe" else True)

    def _message(self, connection: "Connection", method: str, params: dict[str, Any]) -> None:
        now, chat_id = time.perf_counter(), int(params["chat_id"])
        if self._limits is not None and not self._limits.admit(chat_id, now):
            self.refused += 1
            connection.refuse()
            return
        self.messages.append((now, chat_id))
        message_id = int(params.get("message_id") or 0)
        if method.startswith("send"):
            self._last_message_id += 1
            message_id = self._last_message_id
        chat = {"id": chat_id, "type": "private", "first_name": "P"}
        text = params.get("text", "")
        connection.say({"message_id": message_id, "from": ME, "chat": chat, "date": int(time.time()), "text": text})

    def _poll(self, connection: "Connection", params: dict[str, Any]) -> None:
        offset = int(params.get("offset") or 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        limit = int(params.get("limit") or BATCH)
        if self._updates or not int(params.get("timeout") or 0):
            self._hand_out(connection, limit)
            return
        self._polls.append((connection, limit))
        asyncio.get_running_loop().call_later(float(params["timeout"]), self._give_up, connection)

    def _give_up(self, connection: "Connection") -> None:
        for poll in self._polls:
            if poll[0] is connection:
                self._polls.remove(poll)
                connection.say([])
                return

    def _hand_out(self, connection: "Connection", limit: int) -> None:
        connection.say([self._updates[n] for n in range(min(limit, len(self._updates)))])


class Connection(asyncio.Protocol):
    """One client's connection: as much HTTP/1.1 as clients of the Bot API speak."""

    def __init__(self, telegram: PlainTelegram) -> None:
        self._telegram = telegram
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._telegram.joined(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        self._telegram.left(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            size = int(headers.get("content-length", 0))
            if len(self._buffer) < end + 4 + size:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + size], self._buffer[end + 4 + size :]
            path, _, query = head.split(" ")[1].partition("?")
            kind = headers.get("content-type", "")
            self._telegram.asked(self, path.rpartition("/")[2], _params(kind, body) | dict(parse_qsl(query)))

    def say(self, result: object) -> None:
        """Answer what was asked."""
        self._write(b"200 OK", {"ok": True, "result": result})

    def refuse(self) -> None:
        """Answer that it was too much."""
        what = {"error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
        self._write(b"429 Too Many Requests", {"ok": False, **what})

    def close(self) -> None:
        """Let it go."""
        if self._transport is not None:
            self._transport.abort()

    def _write(self, status: bytes, answer: object) -> None:
        assert self._transport is not None
        body = json.dumps(answer).encode()
        head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        self._transport.write(head + body)


def _params(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        return dict(json.loads(body))
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    return dict(parse_qsl(body.decode()))


def _multipart(kind: str, body: bytes) -> dict[str, Any]:
    """The fields' values; of a file its bytes' number."""
    boundary = kind.partition("boundary=")[2].strip('"').encode()
    fields: dict[str, Any] = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        fields[name] = len(value) if b"filename=" in head else value.decode()
    return fields
