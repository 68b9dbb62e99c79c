"""SQLite through aiosqlite: one writing connection that is waited for in turn, and reading ones beside it.

The driver's thread does what waits for the disk (COMMIT), what undoes and what takes long. Every other statement runs where it is
asked: it takes a fraction of the journey to that thread and back, which a busy interpreter makes longer still.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Final, Literal

import aiosqlite

from bot.domain.errors import DatabaseUnavailable
from storage.errors import from_sqlite, unique_names
from storage.schema import metadata
from storage.transaction import Transaction

READERS: Final = 2
BUSY_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.01
STATEMENTS: Final = 1000  # more than there are: each is prepared once for a connection
URGENT_IN_A_ROW: Final = 4
MANY: Final = 200
"""Sets of values beyond which a statement takes long."""


class Turns:
    """A lock whose urgent waiters go first, but others have every fifth turn."""

    def __init__(self) -> None:
        self._taken = False
        self._urgent_in_a_row = 0
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
        fair = self._urgent_in_a_row >= URGENT_IN_A_ROW
        for queue in (self._others, self._urgent) if fair else (self._urgent, self._others):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    self._urgent_in_a_row = self._urgent_in_a_row + 1 if queue is self._urgent else 0
                    turn.set_result(None)
                    return
        self._taken = False


class Connection(aiosqlite.Connection):
    """The driver's, which may be used without its thread too."""

    @property
    def here(self) -> sqlite3.Connection:
        """For statements that neither wait nor take long."""
        return self._conn


class SqliteTransaction(Transaction):
    """One transaction on a connection."""

    dialect = "sqlite"

    def __init__(self, connection: Connection, names: dict[str, str], kind: Literal["IMMEDIATE", "DEFERRED"]) -> None:
        super().__init__()
        self._connection = connection
        self._names = names
        self._kind = kind

    async def begin(self) -> None:
        """Start it. Where another process writes, wait for it, without keeping anything here waiting."""
        if self._connection.here.in_transaction:
            await self.undo()  # the one before could not
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY_SECONDS
        while True:
            try:
                self._connection.here.execute(f"BEGIN {self._kind}")
            except sqlite3.Error as error:
                code = getattr(error, "sqlite_errorcode", 0)  # absent where the driver itself refused
                if code & 0xFF != sqlite3.SQLITE_BUSY or loop.time() > until:
                    raise from_sqlite(error, self._names) from error
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return

    async def undo(self) -> None:
        """Roll back, unless the database has: asked in its thread, behind what still runs there after a cancellation.

        Another cancellation waits until that is done: what comes next begins outside that thread. It is not lost where
        that fails; who begins next undoes what is left.
        """
        cancelled: asyncio.CancelledError | None = None
        undoing = asyncio.ensure_future(self._connection.rollback())
        while not undoing.done():
            try:
                await asyncio.wait({undoing})
            except asyncio.CancelledError as error:
                cancelled = error
        failure = undoing.exception()
        if cancelled is not None:
            raise cancelled
        if isinstance(failure, sqlite3.Error):
            raise from_sqlite(failure, self._names) from failure
        undoing.result()

    async def _fetch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> Sequence[Sequence[Any]]:
        self._require_transaction()
        return await self._run(text, parameters, away=long)

    async def _run(self, text: str, parameters: Sequence[Any], *, away: bool) -> Sequence[Sequence[Any]]:
        try:
            if away:
                return list(await self._connection.execute_fetchall(text, parameters))
            return self._connection.here.execute(text, parameters).fetchall()
        except sqlite3.Error as error:
            raise from_sqlite(error, self._names) from error

    def _require_transaction(self) -> None:
        """SQLite rolls a whole transaction back when the file is full; what came after would commit by itself."""
        if not self._connection.here.in_transaction:
            raise DatabaseUnavailable("the transaction was rolled back by the database")

    async def _touch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> int:
        before = self._connection.here.total_changes
        await self._fetch(text, parameters, long=long)
        return self._connection.here.total_changes - before

    async def _touch_many(self, text: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._require_transaction()
        try:
            if len(parameters) > MANY:
                await self._connection.executemany(text, parameters)
            else:
                self._connection.here.executemany(text, parameters)
        except sqlite3.Error as error:
            raise from_sqlite(error, self._names) from error

    async def _commit(self) -> None:
        await self._fetch("COMMIT", (), long=self._kind == "IMMEDIATE")


class SqliteDatabase:
    """One file: WAL, every commit on disk before it counts."""

    def __init__(self, writer: Connection, readers: list[Connection]) -> None:
        self._writer = writer
        self._turns = Turns()
        self._all = [writer, *readers]
        self._readers: asyncio.Queue[Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)
        self._names = unique_names(metadata)

    @classmethod
    async def open(cls, path: str) -> "SqliteDatabase":
        """Open the file, making it where it is not. Raises DatabaseUnavailable."""
        opened: list[Connection] = []
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
        self, connection: Connection, kind: Literal["IMMEDIATE", "DEFERRED"]
    ) -> AsyncIterator[SqliteTransaction]:
        transaction = SqliteTransaction(connection, self._names, kind)
        try:
            await transaction.begin()
            yield transaction
            await transaction.commit()
        except asyncio.CancelledError:
            with suppress(Exception):  # a task that is to end ends, whatever becomes of that
                await transaction.undo()
            raise
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


async def _connect(path: str, *, reading: bool) -> Connection:
    connect = partial(
        sqlite3.connect,
        path,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=STATEMENTS,
        check_same_thread=False,
    )
    connection = Connection(connect, iter_chunk_size=MANY)
    await connection
    pragmas = ["foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"]
    pragmas += ["query_only = ON"] if reading else ["journal_mode = WAL", "busy_timeout = 0"]
    try:
        for pragma in pragmas:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection
