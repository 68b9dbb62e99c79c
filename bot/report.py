"""`arenabot report`, and the process in which a running bot has its reports made: read, figure, write.

It works beside a running bot, and leaves the database as it is.
"""

import asyncio
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.clock import WallClock
from bot.domain.errors import DatabaseUnavailable
from bot.domain.figures import Scope, Source, named, of_years
from bot.domain.results.report import MadeReport
from bot.domain.years import NotYears, read_years
from bot.logs import trace
from bot.settings import Settings
from bot.startup import StartupError
from bot.views.report.making import Wanted, make
from storage.reading import OtherSchema, reading

NICE: Final = 10
"""Presses go first."""
_UNFIT: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


def write_report(settings: Settings, what: str, folder: Path, *, of_edition: bool) -> list[Path]:
    """Write the PDF, the workbook and the pictures of an edition (`ARENA-YEAR`) or of years; give their paths.

    Raises StartupError: database_unreachable, database_other, no_such_scope, report_folder.
    """
    source = asyncio.run(_source(settings.database_url))
    scope = _scope(source, what, of_edition=of_edition)
    made = make(Wanted(source, scope.code, WallClock().now()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(path, content) for path, content in _files(made, folder)]
    except OSError as error:
        raise StartupError("report_folder", path=folder, reason=error.strerror) from error


async def _source(url: str) -> Source:
    database = url.removeprefix("sqlite:///").rpartition("@")[2]
    try:
        async with reading(url) as work:
            return await work.report.source()
    except OtherSchema as error:
        raise StartupError("database_other", database=database) from error
    except DatabaseUnavailable as error:
        raise StartupError("database_unreachable", database=database, reason=error) from error


def _scope(source: Source, what: str, *, of_edition: bool) -> Scope:
    try:
        return named(what, source) if of_edition else of_years(*read_years(what))
    except (NotYears, ValueError) as error:
        raise StartupError("no_such_scope", what=what) from error


def _files(made: MadeReport, folder: Path) -> list[tuple[Path, bytes]]:
    name = _UNFIT.sub("-", made.name)
    pictures = [(folder / f"{name} {number}.png", each) for number, each in enumerate(made.pictures, 1)]
    return [(folder / f"{name}.pdf", made.pdf), (folder / f"{name}.xlsx", made.xlsx), *pictures]


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def main() -> None:
    """Write what a running bot asks for, as JSON on standard input: which report, in what language, as of when, where.

    What stops it is said on standard error as the log takes it: without people's words.
    """
    os.nice(NICE)
    try:
        _write_asked()
    except Exception as error:  # noqa: BLE001  # the other process logs it
        sys.exit(trace(error))


def _write_asked() -> None:
    asked = json.load(sys.stdin)
    source, now, folder = asyncio.run(_source(asked["database_url"])), asked["now"], Path(asked["folder"])
    made = make(Wanted(source, asked["scope"], datetime.fromisoformat(now), asked["language"]))
    for path, content in (*_files(made, folder), (folder / "summary.html", made.summary.encode())):
        _write(path, content)


if __name__ == "__main__":
    main()
