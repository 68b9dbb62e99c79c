"""Telegram's rates: 30 messages a second over all, one a second in a chat with short bursts, 20 a minute in a group."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.errors import ControlError, TooManyRequests

_MANY_CHATS = 10_000
_MINUTE_SECONDS = 60.0


@dataclass(slots=True)
class _Bucket:
    """Refills at a steady rate."""

    capacity: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float, cost: float) -> float:
        """Seconds until `cost` fits; 0 when it fits now."""
        self.level = min(self.capacity, self.level + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (min(cost, self.capacity) - self.level) / self.per_second)

    def take(self, _now: float, cost: float) -> None:
        """Counts."""
        self.level -= cost


@dataclass(slots=True)
class _Minute:
    """So many in any minute."""

    capacity: int
    sent: deque[float] = field(default_factory=deque)

    def wait(self, now: float, cost: float) -> float:
        """Seconds until `cost` fits; 0 when it fits now."""
        while self.sent and self.sent[0] <= now - _MINUTE_SECONDS:
            self.sent.popleft()
        over = len(self.sent) + int(cost) - self.capacity
        return self.sent[min(over, len(self.sent)) - 1] + _MINUTE_SECONDS - now if over > 0 and self.sent else 0.0

    def take(self, now: float, cost: float) -> None:
        """Counts."""
        self.sent.extend([now] * int(cost))


@dataclass
class LimitSettings:
    """What is enforced; `strict` refuses unknown parameters."""

    enabled: bool = True
    per_second: float = 30.0
    per_chat_burst: int = 5
    group_per_minute: int = 20
    strict: bool = False

    @classmethod
    def read(cls, given: dict[str, Any]) -> "LimitSettings":
        """Settings within their bounds; raises ControlError for what is no number."""
        try:
            return cls(
                enabled=bool(given["enabled"]),
                per_second=min(max(0.1, float(given["per_second"])), 1e9),
                per_chat_burst=min(max(1, int(given["per_chat_burst"])), 1 << 30),
                group_per_minute=min(max(1, int(given["group_per_minute"])), 1 << 30),
                strict=bool(given["strict"]),
            )
        except (TypeError, ValueError, OverflowError):
            raise ControlError(400, "limits are numbers") from None

    def as_dict(self) -> dict[str, Any]:
        """As the control interface tells it."""
        return asdict(self)


@dataclass
class RateLimits:
    """Counted in real time: the movable clock does not touch them."""

    settings: LimitSettings
    monotonic: Callable[[], float] = time.monotonic
    _overall: _Bucket | None = None
    _chats: dict[int, _Bucket | _Minute] = field(default_factory=dict)

    def change(self, settings: LimitSettings) -> None:
        """New settings, nothing counted yet."""
        self.settings = settings
        self._overall = None
        self._chats.clear()

    def take(self, chat_id: int, cost: int) -> None:
        """Counts `cost` messages to a chat; raises TooManyRequests with nothing counted."""
        if not self.settings.enabled:
            return
        now = self.monotonic()
        overall, chat = self._everything(now), self._chat(chat_id, now)
        wait = max(overall.wait(now, cost), chat.wait(now, cost))
        if wait > 0:
            raise TooManyRequests(max(1, math.ceil(wait)))
        overall.take(now, cost)
        chat.take(now, cost)

    def _everything(self, now: float) -> _Bucket:
        if self._overall is None:
            rate = self.settings.per_second
            self._overall = _Bucket(max(1.0, rate), rate, max(1.0, rate), now)
        return self._overall

    def _chat(self, chat_id: int, now: float) -> _Bucket | _Minute:
        if len(self._chats) > _MANY_CHATS:
            self._chats.clear()
        count = self._chats.get(chat_id)
        if count is None:
            burst = float(self.settings.per_chat_burst)
            count = _Bucket(burst, 1.0, burst, now) if chat_id > 0 else _Minute(self.settings.group_per_minute)
            self._chats[chat_id] = count
        return count
