"""What programs give and say."""

import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

Figures: TypeAlias = dict[str, float]
"""By the names of the bars."""
LOOK_SECONDS: Final = 0.05


def note(words: str) -> None:
    """What lies behind a figure, beside the lines that count."""
    print(f"  {words}", file=sys.stderr, flush=True)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which such a share of them lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def settled(folder: Path) -> Callable[[], bool]:
    """Whether every row of the outbox has been sent and marked, looked up now and then."""
    connection = sqlite3.connect(f"file:{folder}/arenabot.db?mode=ro", uri=True, timeout=5)
    looked_at = 0.0

    def look() -> bool:
        nonlocal looked_at
        if time.perf_counter() - looked_at < LOOK_SECONDS:
            return False
        looked_at = time.perf_counter()
        open_rows = "SELECT 1 FROM outbox WHERE state = '{}' LIMIT 1"
        return all(connection.execute(open_rows.format(state)).fetchone() is None for state in ("waiting", "claimed"))

    return look
