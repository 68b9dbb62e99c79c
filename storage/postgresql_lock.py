"""The advisory lock of a bot on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from zlib import crc32

import asyncpg

from storage.lock import AlreadyRunning
from storage.postgresql import DRIVERS, PATIENCE, connecting

LOOK_SECONDS: Final = 1.0
SPACE: Final = 0x61726E61  # tells our advisory locks from those of other programs on the same database


@asynccontextmanager
async def on_server(url: str, bot: str) -> AsyncIterator[asyncio.Event]:
    """A session's lock; it goes when the connection does, though this process may live on.

    Raises AlreadyRunning, DatabaseUnavailable.
    """
    with connecting():
        connection = await asyncpg.connect(url, timeout=PATIENCE)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    watch: asyncio.Task[None] | None = None
    try:
        with connecting():
            key = crc32(bot.encode()) - 2**31
            taken = await connection.fetchval("SELECT pg_try_advisory_lock($1, $2)", SPACE, key, timeout=PATIENCE)
        if not taken:
            raise AlreadyRunning
        watch = asyncio.create_task(_watch(connection, lost))
        yield lost
    finally:
        if watch is not None:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
        await _let_go(connection)


async def _watch(connection: Any, lost: asyncio.Event) -> None:
    """A silent connection tells nothing of its death: ask it now and then."""
    while not lost.is_set():
        try:
            await connection.execute("SELECT 1", timeout=PATIENCE)
        except DRIVERS:
            lost.set()
        await asyncio.sleep(LOOK_SECONDS)


async def _let_go(connection: Any) -> None:
    """Say goodbye, so that the lock is free at once for who starts next; where nobody answers, just leave."""
    try:
        await connection.close(timeout=LOOK_SECONDS)
    except DRIVERS:
        connection.terminate()
