"""PostgreSQL through asyncpg."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import asyncpg

from bot import json_text
from bot.domain.errors import DatabaseUnavailable
from storage.errors import ConstraintRefused
from storage.migrate import REVISION
from storage.transaction import Transaction

CONNECTIONS: Final = 8
STATEMENTS: Final = 1000  # more than there are: each is prepared once for a connection
PATIENCE: Final = 10.0  # seconds

_POSTGRESQL = (
    OSError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.PostgresIOError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TransactionRollbackError,
)
DRIVERS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


def _from_driver(error: Exception) -> Exception:
    """The error as ours: ConstraintRefused, DatabaseUnavailable, or itself when it is a fault of the statement."""
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return ConstraintRefused("foreign_key")
    if isinstance(error, asyncpg.NotNullViolationError):
        return ConstraintRefused("not_null")
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return ConstraintRefused(error.constraint_name or "")
    if isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError):
        return error  # a value that the driver cannot send, such as a number out of bounds
    if isinstance(error, _POSTGRESQL):
        return DatabaseUnavailable(f"{type(error).__name__}: {error}")
    return error


@contextmanager
def _ours() -> Iterator[None]:
    """Let the driver's errors leave as ours."""
    try:
        yield
    except DRIVERS as error:
        raise _from_driver(error) from error


@contextmanager
def connecting() -> Iterator[None]:
    """Let whatever keeps us from connecting leave as DatabaseUnavailable: addresses, passwords, names."""
    try:
        yield
    except DRIVERS as error:
        raise DatabaseUnavailable(f"{type(error).__name__}: {error}") from error


class PostgresTransaction(Transaction):
    """One transaction on an asyncpg connection."""

    dialect = "postgresql"

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._connection = connection

    async def begin(self, kind: str) -> None:
        """Start it."""
        with _ours():
            await self._connection.execute(f"BEGIN {kind}")

    async def undo(self) -> None:
        """Roll back; where that fails the connection is gone, and the server has done so."""
        with suppress(*DRIVERS):
            await self._connection.execute("ROLLBACK")

    async def _fetch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> Sequence[Sequence[Any]]:  # noqa: ARG002  # it runs in the server
        with _ours():
            return [tuple(record) for record in await self._connection.fetch(text, *parameters)]

    async def _touch(self, text: str, parameters: Sequence[Any], *, long: bool = False) -> int:  # noqa: ARG002  # likewise
        with _ours():
            status: str = await self._connection.execute(text, *parameters)
        return int(status.rpartition(" ")[2]) if status[-1:].isdigit() else 0

    async def _touch_many(self, text: str, parameters: Sequence[Sequence[Any]]) -> None:
        with _ours():
            await self._connection.executemany(text, parameters)

    async def _commit(self) -> None:
        with _ours():
            status = await self._connection.execute("COMMIT")
        if status != "COMMIT":
            raise DatabaseUnavailable("the transaction was rolled back by the database")


class PostgresDatabase:
    """A pool of connections to one database."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "PostgresDatabase":
        """Connect. Raises DatabaseUnavailable."""
        with connecting():
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=CONNECTIONS,
                init=_set_up,
                reset=_as_it_is,
                timeout=PATIENCE,
                command_timeout=60,
                statement_cache_size=STATEMENTS,
                max_cached_statement_lifetime=0,
                server_settings={"timezone": "UTC", "application_name": "arenabot"},
            )
        return cls(pool)

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[PostgresTransaction]:  # noqa: ARG002  # connections are many here
        """A writing transaction."""
        async with self._transaction("ISOLATION LEVEL READ COMMITTED READ WRITE") as transaction:
            yield transaction

    @asynccontextmanager
    async def read(self) -> AsyncIterator[PostgresTransaction]:
        """A snapshot to read from."""
        async with self._transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") as transaction:
            yield transaction

    @asynccontextmanager
    async def _transaction(self, kind: str) -> AsyncIterator[PostgresTransaction]:
        with connecting():
            connection = await self._pool.acquire(timeout=PATIENCE)
        try:
            transaction = PostgresTransaction(connection)
            try:
                await transaction.begin(kind)
                yield transaction
                await transaction.commit()
            except BaseException:
                await transaction.undo()
                raise
        finally:
            await self._pool.release(connection)

    async def close(self) -> None:
        """Let all connections go."""
        await self._pool.close()


async def _set_up(connection: Any) -> None:
    await connection.set_type_codec("json", schema="pg_catalog", encoder=str, decoder=json_text.read)


async def _as_it_is(connection: Any) -> None:
    """Spare the driver's resetting, a round trip each time: transactions leave nothing in a session."""


async def revision(url: str) -> str | None:
    """The schema's revision; None before its first. Raises DatabaseUnavailable."""
    with connecting():
        connection = await asyncpg.connect(url, timeout=PATIENCE)
        try:
            found: str | None = await connection.fetchval(REVISION)
        except asyncpg.UndefinedTableError:
            return None
        finally:
            await connection.close(timeout=PATIENCE)
    return found
