"""What one person sends too fast is refused before it costs anybody else anything."""

import time
from collections import deque
from collections.abc import Callable

TELL_SECONDS = 60.0


class FloodGate:
    """Lets `limit` updates of one person through within any `seconds` (monotonic, counted at receipt)."""

    def __init__(self, limit: int, seconds: float, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._monotonic = monotonic
        self._seen: dict[int, deque[float]] = {}
        self._told: dict[int, float] = {}

    def admits(self, user_id: int) -> bool:
        """Count one update of a person, and say whether it is within the limit."""
        now = self._monotonic()
        if len(self._seen) > 10_000:  # noqa: PLR2004  # now and then is enough
            self._forget(now)
        seen = self._seen.setdefault(user_id, deque())
        while seen and seen[0] <= now - self._seconds:
            seen.popleft()
        if len(seen) >= self._limit:
            return False
        seen.append(now)
        return True

    def is_to_be_told(self, user_id: int) -> bool:
        """Whether a minute has gone since the person was told last."""
        return self._monotonic() - self._told.get(user_id, -TELL_SECONDS) >= TELL_SECONDS

    def told(self, user_id: int) -> None:
        """The person has been told that they are too fast."""
        self._told[user_id] = self._monotonic()

    def _forget(self, now: float) -> None:
        self._seen = {user: seen for user, seen in self._seen.items() if seen and seen[-1] > now - self._seconds}
        self._told = {user: at for user, at in self._told.items() if at > now - TELL_SECONDS}
