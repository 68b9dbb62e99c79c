"""What happened, numbered, for whoever watches (the page, the typed client)."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import Any, NamedTuple, Protocol

from bot.sandbox.store import packed

KEPT = 5_000


class Told(Protocol):
    """What is rendered only when somebody watches."""

    def as_json(self) -> bytes:
        """The data of the event."""


class Event(NamedTuple):
    """One thing that happened."""

    id: int
    name: str
    data: dict[str, Any] | Told

    def encoded(self) -> bytes:
        """As server-sent events write it."""
        data = packed(self.data) if isinstance(self.data, dict) else self.data.as_json()
        return b"id: %d\nevent: %b\ndata: %b\n\n" % (self.id, self.name.encode(), data)


class EventLog:
    """The last events; numbers go on upwards through restarts, so that an old one is seen to be old."""

    def __init__(self) -> None:
        self.last_id = time.time_ns() // 1_000
        self._kept: deque[tuple[str, dict[str, Any] | Told]] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Event] = set()
        self._closed = False

    def publish(self, name: str, data: dict[str, Any] | Told) -> None:
        """Tells everyone who watches."""
        self.last_id += 1
        self._kept.append((name, data))
        if self._waiting:
            self._wake()

    def close(self) -> None:
        """Ends every stream."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for waiting in self._waiting:
            waiting.set()
        self._waiting.clear()

    async def stream(self, after: int | None, heartbeat: float) -> AsyncIterator[Event | None]:
        """Events after a number; `reset` when that is older than kept; None every `heartbeat` seconds of silence."""
        seen = self.last_id if after is None else after
        while not self._closed:
            if not self._forgotten <= seen <= self.last_id:
                seen = self.last_id
                yield Event(seen, "reset", {})
            fresh = self._after(seen)
            for event in fresh:
                yield event
                seen = event.id
            if not fresh and not await self._happened(heartbeat):
                yield None

    async def _happened(self, seconds: float) -> bool:
        waiting = asyncio.Event()
        self._waiting.add(waiting)
        try:
            async with asyncio.timeout(seconds):
                await waiting.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiting)
        return True

    @property
    def _forgotten(self) -> int:
        """The number of the last event that is no longer kept."""
        return self.last_id - len(self._kept)

    def _after(self, seen: int) -> list[Event]:
        first = self._forgotten + 1
        return [Event(number, *self._kept[number - first]) for number in range(seen + 1, self.last_id + 1)]
