"""Answers to presses: no rows, sent as soon as the transaction has committed, lost at a crash without harm."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.ports.delivery import NotSent, Refused, Telegram, Uncertain

log = logging.getLogger(__name__)
AT_ONCE = 64
STOP_SECONDS = 1.0


class Answers:
    """Sends calls beside everything else; they count in no bucket and wait for nothing but each other."""

    def __init__(self, telegram: Telegram, *, at_once: int = AT_ONCE) -> None:
        self._telegram = telegram
        self._places = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Whether all have been sent."""
        return not self._tasks

    def send(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Send these calls soon."""
        for method, params in calls:
            task = asyncio.create_task(self._send(method, params))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send(self, method: str, params: Mapping[str, Any]) -> None:
        async with self._places:
            try:
                await self._telegram.call(method, params)
            except (Refused, NotSent, Uncertain) as error:
                # "query is too old" is normal after downtime
                log.info("%s was not taken: %s", method, error)

    async def stop(self) -> None:
        """Let those under way end, briefly."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
