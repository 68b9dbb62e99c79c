"""`python -m chaos [--kills 100] [PHASE …]`: every promise tried on both databases."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

from chaos import controls, kills, worst
from chaos.databases import Databases, SqliteFiles, postgresql
from chaos.report import Report

PHASES: Final = {"kills": kills.run, "worst": worst.run, "controls": controls.run}


async def run(phases: Sequence[str], kinds: Sequence[str], count: int, report: Report) -> None:
    """Each phase on each database; the databases side by side, since much of the time is waiting."""
    async with asyncio.TaskGroup() as both:
        for kind in kinds:
            both.create_task(_run_on(kind, phases, count, report))


async def _run_on(kind: str, phases: Sequence[str], count: int, report: Report) -> None:
    async with AsyncExitStack() as stack:
        databases: Databases = SqliteFiles() if kind == "sqlite" else await stack.enter_async_context(postgresql())
        for phase in phases:
            begun = time.monotonic()
            await PHASES[phase](databases, count, report)
            report.note(f"{kind} {phase}: {time.monotonic() - begun:.0f} s")


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run, and take down what was started also when told to stop."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task


def main() -> int:
    """Run; 1 when a figure fell short."""
    parser = argparse.ArgumentParser(prog="chaos", description="Kill, starve and confuse the bot; print what it lost.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("phase", nargs="*", choices=[[], *PHASES], default=[])
    asked = parser.parse_args()
    report = Report()
    asyncio.run(
        _until_told(run(asked.phase or list(PHASES), asked.database or ["sqlite", "postgresql"], asked.kills, report))
    )
    return 1 if report.fell_short else 0


if __name__ == "__main__":
    sys.exit(main())
