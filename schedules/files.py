"""Files that go along: those that Telegram has, those that are made, and pictures, each drawn once for all who share it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.domain.outgoing import Attachment, ToDraw
from bot.domain.ports.delivery import Clock
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units

Make: TypeAlias = Callable[[UnitOfWork, Mapping[str, Any], datetime], Awaitable[tuple[str, bytes] | ToDraw | None]]

REMEMBERED: Final = 8
"""Pictures kept until Telegram's names of them are stored: what is in flight shows few things."""


class Files:
    """`make[maker](work, ids, now)` gives a file, what is to be drawn, or None: it is not wanted any more."""

    def __init__(self, units: Units, clock: Clock, make: Mapping[str, Make]) -> None:
        self._units = units
        self._clock = clock
        self._make = make
        self._making, self._drawing = asyncio.Lock(), asyncio.Lock()
        self._drawn: dict[str, bytes] = {}

    async def known(self, key: str) -> str | None:
        """What Telegram calls a file sent before under this key."""
        async with self._units.read() as work:
            return await work.chats.file_id(key)

    async def made(self, wanted: Mapping[str, Any]) -> Attachment | ToDraw | None:
        """A file of its maker and ids, as of now. Raises NotYet."""
        # one at a time: whoever makes keeps a connection, and what is received needs one too
        async with self._making, self._units.read() as work:
            made = await self._make[str(wanted["maker"])](work, wanted, self._clock.now())
        return made if made is None or isinstance(made, ToDraw) else Attachment(*made)

    async def drawn(self, wanted: ToDraw) -> Attachment:
        """A picture, drawn in a thread and one at a time, since that takes a core."""
        async with self._drawing:
            content = self._drawn.pop(wanted.key, b"") or await asyncio.to_thread(wanted.draw)
            self._drawn[wanted.key] = content  # the last one
            if len(self._drawn) > REMEMBERED:
                del self._drawn[next(iter(self._drawn))]
        return Attachment(wanted.name, content)
