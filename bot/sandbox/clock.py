"""The movable clock: wall time plus an offset, or standing still."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass
class MovableClock:
    """The server's time. `generation` grows whenever it is moved, stopped or let go, not as time passes."""

    offset_seconds: float = 0.0
    frozen_at: datetime | None = None
    generation: int = 0

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        return self.frozen_at or datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """The present in Unix seconds."""
        return time.time() + self.offset_seconds if self.frozen_at is None else self.frozen_at.timestamp()

    @property
    def running(self) -> bool:
        """Whether time passes by itself."""
        return self.frozen_at is None

    def set(self, now: datetime) -> None:
        """Jumps; a stopped clock stays stopped."""
        if self.frozen_at is None:
            self.offset_seconds = now.timestamp() - time.time()
        else:
            self.frozen_at = now
        self.generation += 1

    def freeze(self) -> None:
        """Stops."""
        self.frozen_at = self.now()
        self.generation += 1

    def run(self) -> None:
        """Goes on from where it stands."""
        if self.frozen_at is not None:
            self.offset_seconds = self.frozen_at.timestamp() - time.time()
            self.frozen_at = None
        self.generation += 1

    def saved(self) -> dict[str, Any]:
        """What a restart needs."""
        return {
            "offset_seconds": self.offset_seconds,
            "frozen_at": self.frozen_at.isoformat() if self.frozen_at else None,
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Goes on as `saved` says."""
        self.offset_seconds = saved["offset_seconds"]
        self.frozen_at = datetime.fromisoformat(saved["frozen_at"]) if saved["frozen_at"] else None
