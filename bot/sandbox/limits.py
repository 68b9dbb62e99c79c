"""Telegram's rates: 30 messages a second over all, one a second in a chat with short bursts, 20 a minute in a group."""

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.errors import TooManyRequests

_MANY_CHATS = 10_000
_GROUP_PER_MINUTE = 20


@dataclass
class _Bucket:
    capacity: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float, cost: float) -> float:
        """Seconds until `cost` fits; 0 when it fits now."""
        self.level = min(self.capacity, self.level + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (min(cost, self.capacity) - self.level) / self.per_second)


@dataclass
class LimitSettings:
    """What is enforced; `strict` refuses unknown parameters."""

    enabled: bool = True
    per_second: float = 30.0
    per_chat_burst: int = 5
    strict: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As the control interface tells it."""
        return asdict(self)


@dataclass
class RateLimits:
    """Token buckets in real time: the movable clock does not touch them."""

    settings: LimitSettings
    monotonic: Callable[[], float] = time.monotonic
    _overall: _Bucket | None = None
    _chats: dict[int, _Bucket] = field(default_factory=dict)

    def change(self, settings: LimitSettings) -> None:
        """New settings, all buckets full."""
        self.settings = settings
        self._overall = None
        self._chats.clear()

    def take(self, chat_id: int, cost: int) -> None:
        """Counts `cost` messages to a chat; raises TooManyRequests with nothing counted."""
        if not self.settings.enabled:
            return
        now = self.monotonic()
        buckets = (self._everything(now), self._chat(chat_id, now))
        wait = max(bucket.wait(now, cost) for bucket in buckets)
        if wait > 0:
            raise TooManyRequests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= cost

    def _everything(self, now: float) -> _Bucket:
        if self._overall is None:
            rate = self.settings.per_second
            self._overall = _Bucket(max(1.0, rate), rate, max(1.0, rate), now)
        return self._overall

    def _chat(self, chat_id: int, now: float) -> _Bucket:
        if len(self._chats) > _MANY_CHATS:
            self._chats.clear()
        bucket = self._chats.get(chat_id)
        if bucket is None:
            burst = float(max(1, self.settings.per_chat_burst))
            rate = 1.0 if chat_id > 0 else _GROUP_PER_MINUTE / 60
            bucket = self._chats[chat_id] = _Bucket(burst, rate, burst, now)
        return bucket
