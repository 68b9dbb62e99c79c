"""What is done in a year, day by day; and what was done, as the test kept it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.year.acts import Act
from tests.year.setting import Setting


@dataclass(frozen=True)
class Day:
    """An instant at home, as `tests.year.setting.local` reads it, and what is done then."""

    at: str
    acts: Sequence[Act]


@dataclass(frozen=True)
class Plan:
    """A year that begins at an instant and that is looked back on at another; then some people are forgotten."""

    setting: Setting
    starts: str
    days: Sequence[Day]
    ends: str
    forgotten: Sequence[str]
    private: Sequence[str]
    """What these people wrote, that nobody is to find again."""
    free_lines: Sequence[str]
    """What anybody wrote that is not kept for ever."""


@dataclass(frozen=True)
class Done:
    """What somebody has done, and when."""

    at: datetime
    act: Act


@dataclass(frozen=True)
class Diary:
    """All that was played until an instant: what figures are computed from, with nothing of the product."""

    setting: Setting
    done: Sequence[Done]
    now: datetime
