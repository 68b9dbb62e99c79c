"""Reports made by processes of their own, so that nothing here waits for one."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.domain.ports.delivery import Finished, NotYet
from bot.domain.ports.reports import ReportFailed
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.report import MadeReport, WantedReport

log = logging.getLogger(__name__)
PROGRAM: Final = "bot.report"
LIMIT_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 1.0
_OURS: Final = "ARENABOT_"


class Workshop:
    """Makes one report at a time, and keeps each until its row has come to an end. `ready` is called when one is made."""

    def __init__(self, database_url: str, *, ready: Callable[[], None], time_limit: float = LIMIT_SECONDS) -> None:
        self._database_url = database_url
        self._ready = ready
        self._time_limit = time_limit
        self._turn = asyncio.Semaphore(1)
        self._orders: dict[int, asyncio.Task[MadeReport]] = {}

    def report(self, order: int, wanted: WantedReport) -> MadeReport:
        """An order's report, begun when it is first asked for. Raises NotYet, ReportFailed."""
        if order not in self._orders:
            self._orders[order] = asyncio.create_task(self._make(order, wanted), name=f"report {order}")
            self._orders[order].add_done_callback(lambda _: self._ready())
        if not self._orders[order].done():
            raise NotYet(LOOK_SECONDS)
        return self._orders[order].result()

    def file(self, order: int, part: str) -> tuple[str, bytes] | None:
        """The name and bytes of one of its files: "pdf", "xlsx", or a picture's number; None where it is not kept."""
        task = self._orders.get(order)
        if task is None or not task.done():
            return None
        made = task.result()
        if part.isdecimal():
            return f"{made.name} {int(part) + 1}.png", made.pictures[int(part)]
        return f"{made.name}.{part}", made.pdf if part == "pdf" else made.xlsx

    async def forget(self, ended: Finished, work: UnitOfWork) -> None:
        """A row came to its end: its report is kept no longer, and may be asked for again."""
        self._orders.pop(ended.row.id, None)
        await work.outbox.free_key(ended.row.id)

    async def stop(self) -> None:
        """End what is being made: its row stays, and it is begun anew at the next start."""
        for task in self._orders.values():
            task.cancel()
        await asyncio.gather(*self._orders.values(), return_exceptions=True)

    async def _make(self, order: int, wanted: WantedReport) -> MadeReport:
        async with self._turn:
            with TemporaryDirectory(prefix="arenabot-report-") as folder:
                try:
                    async with asyncio.timeout(self._time_limit):
                        await self._run(wanted, folder)
                    return _read(Path(folder))
                except (TimeoutError, OSError, ValueError, ReportFailed) as error:
                    why = str(error) or type(error).__name__
                    log.error("report %s (%s) was not made: %s", order, wanted.scope, why)  # noqa: TRY400  # `why` has the other process's
                    raise ReportFailed from error

    async def _run(self, wanted: WantedReport, folder: str) -> None:
        """Let another process write it into the folder. Raises ReportFailed, OSError."""
        asked = {
            "database_url": self._database_url,
            "scope": wanted.scope,
            "language": wanted.language,
            "now": wanted.now.isoformat(),
            "folder": folder,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            PROGRAM,
            stdin=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
        )
        try:
            _, said = await process.communicate(json.dumps(asked).encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise ReportFailed(said.decode(errors="replace").strip())


def _environment() -> dict[str, str]:
    """Ours, less the settings: the other process is told what it needs. It finds the same modules."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _read(folder: Path) -> MadeReport:
    [pdf] = folder.glob("*.pdf")
    return MadeReport(
        pdf.stem,
        (folder / "summary.html").read_text(encoding="utf-8"),
        tuple(path.read_bytes() for path in sorted(folder.glob("*.png"))),
        pdf.read_bytes(),
        pdf.with_suffix(".xlsx").read_bytes(),
    )
