"""Updates fetched from Telegram: stored first, and confirmed by asking for what comes after them."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final, Protocol

from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import NotSent, Receipt, Refused, Uncertain
from schedules.pauses import Pauses
from schedules.receipt import Receiver, an_id, part

log = logging.getLogger(__name__)
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
BATCH: Final = 100
WAIT_SECONDS: Final = 25
CONFLICT: Final = 409


class Updates(Protocol):
    """Where updates are fetched."""

    async def updates(
        self, offset: int | None, *, wait_seconds: int, allowed: Sequence[str], limit: int = BATCH
    ) -> list[Any]:
        """Updates from a number on. Raises Refused, NotSent, Uncertain."""


class Polling:
    """One of the two sources of the inbox. `run` ends after `stop`."""

    def __init__(self, telegram: Updates, receiver: Receiver, *, wait_seconds: int = WAIT_SECONDS) -> None:
        self._telegram = telegram
        self._receiver = receiver
        self._wait_seconds = wait_seconds
        self._offset: int | None = None
        self._is_backlog = True
        self._pauses = Pauses()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Fetch and store until stopped."""
        stopping = asyncio.create_task(self._stopping.wait())
        while not stopping.done():
            fetching = asyncio.create_task(self._fetch(), name="polling")
            await asyncio.wait([fetching, stopping], return_when=asyncio.FIRST_COMPLETED)
            if fetching.done():
                await self._keep(fetching.result())
            else:
                fetching.cancel()
                await asyncio.wait([fetching])

    async def stop(self) -> None:
        """Fetch no more. What was fetched and not stored comes again at the next start."""
        self._stopping.set()

    async def _fetch(self) -> list[Any]:
        while True:
            try:
                updates = await self._telegram.updates(
                    self._offset, wait_seconds=self._wait_seconds, allowed=ALLOWED, limit=BATCH
                )
            except (Refused, NotSent, Uncertain) as error:
                self._is_backlog = True  # what people sent meanwhile comes at once
                seconds = max(self._pauses.next(), getattr(error, "retry_after", None) or 0)
                log.warning("no updates (%s), again in %.1f s%s", error, seconds, _advice(error))
                await asyncio.sleep(seconds)
            else:
                self._pauses.reset()
                return updates

    async def _keep(self, updates: Sequence[Any]) -> None:
        """Store, and only then let the next fetch confirm."""
        receipts = self._receiver.receive(updates, backlog=self._is_backlog)
        self._is_backlog = self._is_backlog and len(updates) >= BATCH
        if not await self._store(receipts):
            return
        # The last number and not the highest ever: after a quiet week Telegram may begin again anywhere.
        last = an_id(part(updates[-1], "update_id")) if updates else None
        if last is not None:
            self._offset = last + 1

    async def _store(self, receipts: Sequence[Receipt]) -> bool:
        pauses = Pauses()
        while not self._stopping.is_set():
            try:
                await self._receiver.store(receipts)
            except DatabaseUnavailable as error:
                seconds = pauses.next()
                log.warning("updates cannot be stored (%s), again in %.1f s", error, seconds)
                await asyncio.sleep(seconds)
            else:
                return True
        return False


def _advice(error: Exception) -> str:
    if isinstance(error, Refused) and error.code == CONFLICT:
        return ": another bot uses this token; stop it"
    return ""
