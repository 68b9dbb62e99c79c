"""SQLite through aiosqlite: one writing connection that is waited for in turn, and reading ones beside it."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, Literal

import aiosqlite

from bot.domain.errors import DatabaseUnavailable
from storage.errors import from_sqlite, unique_names
from storage.schema import metadata
from storage.transaction import Transaction

READERS: Final = 2
BUSY_SECONDS: Final = 5.0
STATEMENTS: Final = 1000  # more than there are: each is prepared once for a connection


class Turns:
    """A lock whose urgent waiters go first."""

    def __init__(self) -> None:
        self._taken = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    async def take(self, *, urgent: bool) -> None:
        """Wait for the turn."""
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        queue = self._urgent if urgent else self._others
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give()
            raise

    def give(self) -> None:
        """Let the next one have it."""
        for queue in (self._urgent, self._others):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._taken = False


@contextmanager
def _ours(names: dict[str, str]) -> Iterator[None]:
    """Let the driver's errors leave as ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, names) from error


class SqliteTransaction(Transaction):
    """One transaction on an aiosqlite connection; each statement is one hop to the driver's thread."""

    dialect = "sqlite"

    def __init__(self, connection: aiosqlite.Connection, names: dict[str, str]) -> None:
        super().__init__()
        self._connection = connection
        self._names = names

    async def begin(self, kind: Literal["IMMEDIATE", "DEFERRED"]) -> None:
        """Start it."""
        with _ours(self._names):
            await self._connection.execute_fetchall(f"BEGIN {kind}")

    async def undo(self) -> None:
        """Roll back, unless the database has: asked in its thread, behind what still runs there after a cancellation."""
        with _ours(self._names):
            await self._connection.rollback()

    async def _fetch(self, text: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
        self._require_transaction()
        with _ours(self._names):
            return list(await self._connection.execute_fetchall(text, parameters))

    def _require_transaction(self) -> None:
        """SQLite rolls a whole transaction back when the file is full; what came after would commit by itself."""
        if not self._connection.in_transaction:
            raise DatabaseUnavailable("the transaction was rolled back by the database")

    async def _touch(self, text: str, parameters: Sequence[Any]) -> int:
        before = self._connection.total_changes
        await self._fetch(text, parameters)
        return self._connection.total_changes - before

    async def _touch_many(self, text: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._require_transaction()
        with _ours(self._names):
            await self._connection.executemany(text, parameters)

    async def _commit(self) -> None:
        await self._fetch("COMMIT", ())


class SqliteDatabase:
    """One file: WAL, every commit on disk before it counts."""

    def __init__(self, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]) -> None:
        self._writer = writer
        self._turns = Turns()
        self._all = [writer, *readers]
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)
        self._names = unique_names(metadata)

    @classmethod
    async def open(cls, path: str) -> "SqliteDatabase":
        """Open the file, making it where it is not. Raises DatabaseUnavailable."""
        opened: list[aiosqlite.Connection] = []
        try:
            await asyncio.to_thread(_look, path)
            opened.append(await _connect(path, reading=False))
            for _ in range(READERS):
                opened.append(await _connect(path, reading=True))  # noqa: PERF401  # those opened are closed on failure
        except sqlite3.Error as error:
            for connection in opened:
                await connection.close()
            raise DatabaseUnavailable(str(error)) from error
        return cls(opened[0], opened[1:])

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[SqliteTransaction]:
        """A writing transaction on the one writing connection."""
        await self._turns.take(urgent=urgent)
        try:
            async with self._transaction(self._writer, "IMMEDIATE") as session:
                yield session
        finally:
            self._turns.give()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqliteTransaction]:
        """A snapshot to read from."""
        reader = await self._readers.get()
        try:
            async with self._transaction(reader, "DEFERRED") as session:
                yield session
        finally:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def _transaction(
        self, connection: aiosqlite.Connection, kind: Literal["IMMEDIATE", "DEFERRED"]
    ) -> AsyncIterator[SqliteTransaction]:
        transaction = SqliteTransaction(connection, self._names)
        try:
            await transaction.begin(kind)
            yield transaction
            await transaction.commit()
        except BaseException:
            await transaction.undo()
            raise

    async def close(self) -> None:
        """Let all connections go, the writing one last: it takes the log into the file."""
        for connection in reversed(self._all):
            await connection.close()


def _look(path: str) -> None:
    """See that the file can be opened: aiosqlite leaves a thread behind when it cannot."""
    sqlite3.connect(path).close()


async def _connect(path: str, *, reading: bool) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=STATEMENTS)
    pragmas = ["foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"]
    pragmas.append("query_only = ON" if reading else "journal_mode = WAL")
    try:
        for pragma in pragmas:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection
