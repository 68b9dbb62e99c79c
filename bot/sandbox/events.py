"""What happened, numbered, for whoever watches (the page, the typed client)."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.store import packed

KEPT = 5_000


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    id: int
    name: str
    data: Any

    def encoded(self) -> bytes:
        """As server-sent events write it."""
        return f"id: {self.id}\nevent: {self.name}\ndata: {packed(self.data)}\n\n".encode()


class EventLog:
    """The last events; numbers go on upwards through restarts, so that an old one is seen to be old."""

    def __init__(self) -> None:
        self.last_id = time.time_ns() // 1_000
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()
        self._closed = False

    def publish(self, name: str, data: Any) -> None:
        """Tells everyone who watches."""
        self.last_id += 1
        self._kept.append(Event(self.last_id, name, data))
        self._wake()

    def close(self) -> None:
        """Ends every stream."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def stream(self, after: int | None, heartbeat: float) -> AsyncIterator[Event | None]:
        """Events after a number; `reset` when that is older than kept; None every `heartbeat` seconds of silence."""
        seen = self.last_id if after is None else after
        while not self._closed:
            changed = self._changed
            if seen > self.last_id or (seen < self.last_id and (not self._kept or seen < self._kept[0].id - 1)):
                seen = self.last_id
                yield Event(seen, "reset", {})
            fresh = self._after(seen)
            for event in fresh:
                yield event
                seen = event.id
            if fresh:
                continue
            try:
                await asyncio.wait_for(changed.wait(), heartbeat)
            except TimeoutError:
                yield None

    def _after(self, seen: int) -> list[Event]:
        skipped = max(0, seen - self._kept[0].id + 1) if self._kept else 0
        return [self._kept[index] for index in range(skipped, len(self._kept))] if skipped < len(self._kept) else []
