"""One process at a time for a bot: a lock file beside SQLite, an advisory lock on PostgreSQL."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from zlib import crc32

import asyncpg

from bot.domain.errors import DatabaseUnavailable

LOOK_SECONDS: Final = 1.0


class AlreadyRunning(Exception):  # a condition of the installation
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
        async with _on_server(url, bot) as lost:
            yield lost


@asynccontextmanager
async def _beside_file(database: Path) -> AsyncIterator[asyncio.Event]:
    """A file whose lock goes with the process, however that ends."""
    with database.with_name(f"{database.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning from error
        yield asyncio.Event()


@asynccontextmanager
async def _on_server(url: str, bot: str) -> AsyncIterator[asyncio.Event]:
    """A session's lock; it goes when the connection does, though this process may live on."""
    lost = asyncio.Event()
    try:
        connection = await asyncpg.connect(url, timeout=10)
        taken = await connection.fetchval(
            "SELECT pg_try_advisory_lock($1, $2)", 0x61726E61, crc32(bot.encode()) - 2**31
        )
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseUnavailable(str(error)) from error
    if not taken:
        await connection.close()
        raise AlreadyRunning
    connection.add_termination_listener(lambda _: lost.set())
    watch = asyncio.create_task(_watch(connection, lost))
    try:
        yield lost
    finally:
        watch.cancel()
        if not connection.is_closed():
            connection.terminate()


async def _watch(connection: "asyncpg.Connection[asyncpg.Record]", lost: asyncio.Event) -> None:
    """A silent connection tells nothing of its death: ask it now and then."""
    while not lost.is_set():
        try:
            await connection.execute("SELECT 1", timeout=10)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            lost.set()
        await asyncio.sleep(LOOK_SECONDS)
