"""`python -m benchmarks [NAME …]`: every bar, or those named; exits with 1 when one falls short."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks import broadcasts, client, footprint, handled, pending, presses, sandboxed, sends
from benchmarks.bars import BARS
from benchmarks.figures import Figures

PROGRAMS: dict[Callable[[Path], Awaitable[Figures]], tuple[str, ...]] = {
    sends.measure: ("sends_",),
    broadcasts.measure: ("broadcast_",),
    handled.measure: ("updates_", "rush_"),
    pending.measure: ("ready_", "memory_1e6", "claim_"),
    presses.measure: ("press_", "reply_"),
    footprint.measure: ("start_", "memory_over"),
    sandboxed.measure: ("sandbox_",),
}


async def main(names: Sequence[str]) -> int:
    """Measure, and say what holds."""
    known = {bar.name for bar in BARS}
    if unknown := set(names) - known:
        print(f"no such bar: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    client.stay_on_our_core()
    fell_short = False
    for measure, prefixes in PROGRAMS.items():
        bars = [b for b in BARS if b.name.startswith(prefixes) and (not names or b.name in names)]
        if not bars:
            continue
        with tempfile.TemporaryDirectory(prefix="arenabot-bench-") as folder:
            figures = await measure(Path(folder))
        for bar in bars:
            print(bar.line(figures[bar.name]), flush=True)
            fell_short |= not bar.holds(figures[bar.name])
    return int(fell_short)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
