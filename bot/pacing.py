"""When the next message may go: evenly paced over all, and within what one chat takes. Times are monotonic seconds."""

import time
from collections.abc import Callable

CATCH_UP = 0.02
"""Seconds that a late sender may catch up: less than the pause at 30/s, so that no burst comes of it."""
GROUP_BURST = 3
STORM_SECONDS = 30.0
"""How soon after a silence the next one makes a storm."""
CLIMB_SECONDS = 60.0
"""How long the rate takes from nothing to all that is set."""


class Pace:
    """One place after the other, `per_second` of them while Telegram takes so many.

    When it says again and again that this is too fast, the rate is halved, down to one a second; in `CLIMB_SECONDS`
    without such an answer it climbs back.
    """

    def __init__(self, per_second: float, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._next = 0.0
        self._paused_until = 0.0
        self._lifted_until = 0.0
        self._refused_until: float | None = None
        self._lowered: tuple[float, float] | None = None

    @property
    def rate(self) -> float:
        """Places a second as they come now."""
        if self._lowered is None:
            return self._per_second
        rate, at = self._lowered
        return min(rate + max(self._monotonic() - at, 0.0) / CLIMB_SECONDS * self._per_second, self._per_second)

    def wait(self) -> float:
        """Seconds until the next place, 0 when there is one."""
        now = self._monotonic()
        if now < self._lifted_until:
            return max(self._paused_until - now, 0.0)
        return max(self._next - now, self._paused_until - now, 0.0)

    def take(self) -> None:
        """Use a place; while the pace is lifted there is no end of them."""
        if self._monotonic() < self._lifted_until:
            return
        self._next = max(self._next, self._monotonic() - CATCH_UP) + 1 / self.rate

    def refused(self, seconds: float) -> None:
        """Telegram took no more and asks for so many seconds of silence; what it says within a silence is the same."""
        now, until = self._monotonic(), self._refused_until
        if until is not None and until <= now < until + STORM_SECONDS:
            self._lowered = max(self.rate / 2, min(1.0, self._per_second)), now + seconds
        self._refused_until = max(until or 0.0, now + seconds)
        self.pause(seconds)

    def pause(self, seconds: float) -> None:
        """No places for so many seconds: Telegram said so, or there is no network."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    def lift(self, seconds: float) -> None:
        """Do not pace for so many seconds: the demo's clock is being moved."""
        self._next = 0.0
        self._lifted_until = self._monotonic() + seconds


class ChatPace:
    """One message a second to a private chat after a burst; so many a minute to a group, burst included."""

    def __init__(self, burst: int, group_per_minute: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        group_burst = min(GROUP_BURST, group_per_minute)
        self._private = (float(burst), 1.0)
        self._group = (float(group_burst), max(group_per_minute - group_burst, 1) / 60)
        self._left: dict[int, tuple[float, float]] = {}
        self._paused_until: dict[int, float] = {}
        self._lifted_until = 0.0

    def wait(self, chat_id: int) -> float:
        """Seconds until the chat takes a message, 0 when it does."""
        if self._is_lifted:
            return 0.0
        pause = max(self._paused_until.get(chat_id, 0.0) - self._monotonic(), 0.0)
        if chat_id not in self._left:
            return pause
        _, rate = self._limits(chat_id)
        return max((1 - self._tokens(chat_id)) / rate, pause)

    def pause(self, chat_id: int, seconds: float) -> None:
        """Nothing to this chat for so many seconds: Telegram said so."""
        self._paused_until[chat_id] = self._monotonic() + seconds

    def take(self, chat_id: int) -> None:
        """A message to the chat; none counts while nothing is paced."""
        if self._is_lifted:
            return
        self._left[chat_id] = (self._tokens(chat_id) - 1, self._monotonic())
        if len(self._left) > 10_000:  # noqa: PLR2004  # now and then is enough
            self._forget_full()

    def lift(self, seconds: float) -> None:
        """As with `Pace`: what goes out while the demo's clock is moved is no debt afterwards."""
        self._lifted_until = self._monotonic() + seconds

    @property
    def _is_lifted(self) -> bool:
        return self._monotonic() < self._lifted_until

    def _limits(self, chat_id: int) -> tuple[float, float]:
        return self._group if chat_id < 0 else self._private

    def _tokens(self, chat_id: int) -> float:
        burst, rate = self._limits(chat_id)
        left, at = self._left.get(chat_id, (burst, 0.0))
        return min(burst, left + (self._monotonic() - at) * rate)

    def _forget_full(self) -> None:
        self._paused_until = {c: until for c, until in self._paused_until.items() if until > self._monotonic()}
        self._left = {c: left for c, left in self._left.items() if self._tokens(c) < self._limits(c)[0]}
