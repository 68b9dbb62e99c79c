"""Old rows go, so that the tables stay small."""

import logging
from datetime import datetime
from typing import Final

from bot.domain.ports.delivery import Keep
from bot.domain.ports.units import Units

log = logging.getLogger(__name__)
BATCH: Final = 500
"""Rows of one kind deleted in one transaction, which presses wait for."""


class Upkeep:
    """Prunes what is older than it is kept."""

    def __init__(self, units: Units, keep: Keep, *, batch: int = BATCH) -> None:
        self._units = units
        self._keep = keep
        self._batch = batch

    async def run(self, now: datetime) -> None:
        """Prune once, a batch at a time. Raises DatabaseUnavailable."""
        total = 0
        while gone := await self._prune(now):
            total += gone
        if total:
            log.info("pruned %s old rows", total)

    async def _prune(self, now: datetime) -> int:
        async with self._units.begin() as work:
            return await work.old.prune(self._keep, now=now, limit=self._batch)

    async def cut_waits(self) -> None:
        """The wall clock jumped: no stored wait may last longer than it was meant to. Raises DatabaseUnavailable."""
        async with self._units.begin() as work:
            await work.outbox.cut_waits()
