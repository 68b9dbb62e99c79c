"""`python -m chaos [--kills 100] [PHASE …]`: every promise tried on both databases."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Final

from chaos import kills
from chaos.databases import Databases, SqliteFiles, postgresql
from chaos.report import Report

PHASES: Final = {"kills": kills.run}


async def run(phases: Sequence[str], kinds: Sequence[str], count: int, report: Report) -> None:
    """Each phase on each database."""
    async with AsyncExitStack() as stack:
        for kind in kinds:
            databases: Databases = SqliteFiles() if kind == "sqlite" else await stack.enter_async_context(postgresql())
            for phase in phases:
                begun = time.monotonic()
                await PHASES[phase](databases, count, report)
                report.note(f"{kind} {phase}: {time.monotonic() - begun:.0f} s")


def main() -> int:
    """Run; 1 when a figure fell short."""
    parser = argparse.ArgumentParser(prog="chaos", description="Kill, starve and confuse the bot; print what it lost.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("phase", nargs="*", choices=[[], *PHASES], default=[])
    asked = parser.parse_args()
    report = Report()
    asyncio.run(run(asked.phase or list(PHASES), asked.database or ["sqlite", "postgresql"], asked.kills, report))
    return 1 if report.fell_short else 0


if __name__ == "__main__":
    sys.exit(main())
