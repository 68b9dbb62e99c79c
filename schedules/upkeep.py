"""Old rows go, so that the tables stay small."""

import logging
from datetime import datetime

from bot.domain.ports.units import Units

log = logging.getLogger(__name__)


class Upkeep:
    """Prunes handled updates after `inbox_hours` and ended rows after `outbox_days` of the database's time."""

    def __init__(self, units: Units, *, inbox_hours: float, outbox_days: float) -> None:
        self._units = units
        self._inbox_hours = inbox_hours
        self._outbox_days = outbox_days

    async def run(self, _now: datetime) -> None:
        """Prune once. Raises DatabaseUnavailable."""
        async with self._units.begin() as work:
            updates = await work.inbox.prune(self._inbox_hours)
            rows = await work.outbox.prune(self._outbox_days)
        if updates or rows:
            log.info("pruned %s updates and %s sent rows", updates, rows)

    async def cut_waits(self) -> None:
        """The wall clock jumped: no stored wait may last longer than it was meant to. Raises DatabaseUnavailable."""
        async with self._units.begin() as work:
            await work.outbox.cut_waits()
