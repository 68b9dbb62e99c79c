"""What must hold, and how it is said."""

import operator
from dataclasses import dataclass
from typing import Final

SIGNS: Final = {"≥": operator.ge, "≤": operator.le, "=": operator.eq}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure's name and what it is held against."""

    name: str
    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        """Whether a figure keeps it."""
        return bool(SIGNS[self.sign](value, self.limit))

    def line(self, value: float) -> str:
        """NAME VALUE (bar: OP LIMIT) holds|falls short."""
        verdict = "holds" if self.holds(value) else "falls short"
        return f"{self.name} {_number(value)} (bar: {self.sign} {_number(self.limit)}) {verdict}"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


BARS: Final = (
    Bar("sends_vs_aiogram", "≥", 1.2),
    Bar("broadcast_30_time_over_ideal", "≤", 1.02),
    Bar("broadcast_30_429s", "=", 0),
    Bar("broadcast_1000_time_over_ideal", "≤", 1.05),
    Bar("broadcast_1000_429s", "≤", 5),
    Bar("updates_vs_aiogram_echo", "≥", 1.2),
    Bar("rush_1000_over_aiogram_echo", "≤", 2.0),
    Bar("ready_1e6_over_empty", "≤", 1.2),
    Bar("memory_1e6_over_empty", "≤", 1.1),
    Bar("claim_1e6_over_1e3", "≤", 2.0),
    Bar("press_p95_30_over_idle", "≤", 1.2),
    Bar("press_p99_30_over_idle", "≤", 1.5),
    Bar("press_p95_1000_over_idle", "≤", 2.0),
    Bar("reply_p95_30_in_tokens", "≤", 2.0),
    Bar("start_over_ptb", "≤", 4.0),
    Bar("memory_over_ptb", "≤", 3.0),
    Bar("sandbox_vs_bare_aiohttp", "≥", 0.5),
    Bar("sandbox_100000_messages_mb", "≤", 500),
    Bar("sandbox_last_tenth_over_first", "≤", 1.25),
)
