"""SQLite through aiosqlite: one writing connection that is waited for in turn, and reading ones beside it."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Literal

import aiosqlite
from sqlalchemy.sql.base import Executable

from bot.domain.errors import DatabaseUnavailable
from storage.compiled import DialectName, Row, Upsert, compiled_for
from storage.errors import from_sqlite, unique_names
from storage.schema import metadata

READERS: Final = 2
BUSY_SECONDS: Final = 5.0


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


class SqliteSession:
    """One transaction on an aiosqlite connection."""

    dialect: DialectName = "sqlite"

    def __init__(self, connection: aiosqlite.Connection, names: dict[str, str]) -> None:
        self._connection = connection
        self._names = names
        self._savepoints = 0

    async def rows(self, statement: Executable | Upsert, /, **values: Any) -> list[Row]:
        """All rows, in one hop to the driver's thread."""
        compiled = compiled_for(statement, "sqlite")
        try:
            raw = await self._connection.execute_fetchall(compiled.text, compiled.parameters(values))
        except sqlite3.Error as error:
            raise from_sqlite(error, self._names) from error
        return compiled.rows(list(raw))

    async def row(self, statement: Executable | Upsert, /, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Executable | Upsert, /, **values: Any) -> int:
        """How many rows were touched."""
        compiled = compiled_for(statement, "sqlite")
        parameters = compiled.parameters(values)
        try:
            async with self._connection.execute(compiled.text, parameters) as cursor:
                return max(cursor.rowcount, 0)
        except sqlite3.Error as error:
            raise from_sqlite(error, self._names) from error

    async def control(self, command: str) -> None:
        """BEGIN, SAVEPOINT and the like. Raises DatabaseUnavailable when the transaction has gone by itself.

        SQLite rolls a whole transaction back when the file is full; what came after would commit by itself.
        """
        if not command.startswith("BEGIN") and not self._connection.in_transaction:
            raise DatabaseUnavailable("the transaction was rolled back by the database")
        try:
            await self._connection.execute_fetchall(command)
        except sqlite3.Error as error:
            raise from_sqlite(error, self._names) from error

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what is written within when it raises."""
        self._savepoints += 1
        name = f"s{self._savepoints}"
        await self.control(f"SAVEPOINT {name}")
        try:
            yield
        except DatabaseUnavailable:
            raise
        except BaseException:
            await self.control(f"ROLLBACK TO {name}")
            await self.control(f"RELEASE {name}")
            raise
        await self.control(f"RELEASE {name}")


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
            opened.append(await _connect(path, reading=False))
            for _ in range(READERS):
                opened.append(await _connect(path, reading=True))  # noqa: PERF401  # those opened are closed on failure
        except sqlite3.Error as error:
            for connection in opened:
                await connection.close()
            raise DatabaseUnavailable(str(error)) from error
        return cls(opened[0], opened[1:])

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[SqliteSession]:
        """A writing transaction on the one writing connection."""
        await self._turns.take(urgent=urgent)
        try:
            async with self._transaction(self._writer, "IMMEDIATE") as session:
                yield session
        finally:
            self._turns.give()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqliteSession]:
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
    ) -> AsyncIterator[SqliteSession]:
        session = SqliteSession(connection, self._names)
        await session.control(f"BEGIN {kind}")
        try:
            yield session
            await session.control("COMMIT")
        except BaseException:
            if connection.in_transaction:
                await connection.execute_fetchall("ROLLBACK")
            raise

    async def close(self) -> None:
        """Let all connections go."""
        for connection in self._all:
            await connection.close()


async def _connect(path: str, *, reading: bool) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    pragmas = ["foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"]
    pragmas.append("query_only = ON" if reading else "journal_mode = WAL")
    try:
        for pragma in pragmas:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection
