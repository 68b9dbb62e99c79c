"""The movable clock: wall time plus an offset, or standing still."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any


def wall_now() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


@dataclass
class MovableClock:
    """The server's time. `generation` grows whenever it is moved, stopped or let go, not as time passes."""

    offset: timedelta = timedelta()
    frozen_at: datetime | None = None
    generation: int = 0
    wall: Callable[[], datetime] = field(default=wall_now)

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        return self.frozen_at or self.wall() + self.offset

    @property
    def running(self) -> bool:
        """Whether time passes by itself."""
        return self.frozen_at is None

    def set(self, now: datetime) -> None:
        """Jumps; a stopped clock stays stopped."""
        if self.frozen_at is None:
            self.offset = now - self.wall()
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
            self.offset = self.frozen_at - self.wall()
            self.frozen_at = None
        self.generation += 1

    def saved(self) -> dict[str, Any]:
        """What a restart needs."""
        return {
            "offset_seconds": self.offset.total_seconds(),
            "frozen_at": self.frozen_at.isoformat() if self.frozen_at else None,
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Goes on as `saved` says."""
        self.offset = timedelta(seconds=saved["offset_seconds"])
        self.frozen_at = datetime.fromisoformat(saved["frozen_at"]) if saved["frozen_at"] else None
