"""One process at a time for a bot: a lock file beside SQLite, an advisory lock on PostgreSQL."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TextIO

from bot.domain.errors import DatabaseUnavailable


class AlreadyRunning(Exception):
    """Another process has the bot on this database."""


@asynccontextmanager
async def sole_process(url: str, bot: str) -> AsyncIterator[asyncio.Event]:
    """Hold the lock of a bot on a database; gives an event that is set when it is lost.

    Raises AlreadyRunning, DatabaseUnavailable.
    """
    if url.startswith("sqlite:///"):
        async with _beside_file(Path(url.removeprefix("sqlite:///"))) as lost:
            yield lost
    else:
        from storage.postgresql_lock import on_server  # noqa: PLC0415  # only the driver in use is loaded

        async with on_server(url, bot) as lost:
            yield lost


@asynccontextmanager
async def _beside_file(database: Path) -> AsyncIterator[asyncio.Event]:
    """A file whose lock goes with the process, however that ends."""
    with _lock_file(database) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning from error
        yield asyncio.Event()


def _lock_file(database: Path) -> TextIO:
    """Beside the file itself, whatever links lead to it."""
    real = database.resolve()
    try:
        return real.with_name(f"{real.name}.lock").open("w")
    except OSError as error:
        raise DatabaseUnavailable(str(error)) from error
