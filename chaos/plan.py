"""How much of everything a run has, and where its clock begins."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

WINTER: Final = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
BEFORE_SUMMER_TIME: Final = datetime(2027, 3, 28, 0, 59, 30, tzinfo=UTC)
BEFORE_WINTER_TIME: Final = datetime(2027, 10, 31, 0, 59, 30, tzinfo=UTC)

A_PERSON: Final = 100_000
"""The first user id of those who book."""
A_RECIPIENT: Final = 200_000
"""The first user id of those who are written to."""
COORDINATOR: Final = 1
MARKER: Final = 2
"""Somebody whose messages in the record say when a kill was."""
TO_AN_EDITION: Final = 17
"""People who book in one edition, of `SLOTS` slots."""
DAYS, A_DAY = 2, 10
SLOTS: Final = DAYS * A_DAY
A_SLOT: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Plan:
    """One world. `spread` is in seconds: over it reminders fall due and announcements begin."""

    people: int
    recipients: int
    reminders: int
    announcements: int
    spread: float
    now: datetime = WINTER

    @classmethod
    def scaled(cls, kills: int, spread: float, *, announcements: int, now: datetime = WINTER) -> "Plan":
        """A thousand people and what goes with them; fewer where there are few kills, which must not take long."""
        share = min(1.0, kills * 0.015)
        people, recipients = round(1000 * share), round(5000 * share)
        return cls(people, recipients, people, announcements, spread, now)

    @property
    def editions(self) -> int:
        """As many as their people need."""
        return -(-self.people // TO_AN_EDITION)
