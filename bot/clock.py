"""The domain's time: the wall's, or the local Telegram's movable one."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class WallClock:
    """The time of the day."""

    def now(self) -> datetime:
        """The present (aware UTC)."""
        return datetime.now(UTC)


class SandboxClock:
    """Follows a clock that is told now and then, and passes by itself in between unless that one stands still.

    Until it is told anything it shows `start` and stands still.
    """

    def __init__(self, start: datetime, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._told = start.astimezone(UTC)
        self._told_at = monotonic()
        self._running = False

    def now(self) -> datetime:
        """The present of that clock (aware UTC)."""
        if not self._running:
            return self._told
        return self._told + timedelta(seconds=self._monotonic() - self._told_at)

    def tell(self, now: datetime, *, running: bool) -> None:
        """Set the present (aware), and whether time passes."""
        self._told = now.astimezone(UTC)
        self._told_at = self._monotonic()
        self._running = running
