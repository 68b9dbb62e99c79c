"""PostgreSQL through asyncpg."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import asyncpg
from sqlalchemy.sql.base import Executable

from bot.domain.errors import DatabaseUnavailable
from storage.compiled import DialectName, Row, Upsert, compiled_for
from storage.errors import from_postgresql

CONNECTIONS: Final = 8
PATIENCE: Final = 10.0  # seconds


@contextmanager
def _ours() -> Iterator[None]:
    """Let the driver's errors leave as ours."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
        raise from_postgresql(error) from error


class PostgresSession:
    """One transaction on an asyncpg connection."""

    dialect: DialectName = "postgresql"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def rows(self, statement: Executable | Upsert, /, **values: Any) -> list[Row]:
        """All rows."""
        compiled = compiled_for(statement, "postgresql")
        parameters = compiled.parameters(values)
        with _ours():
            raw = await self._connection.fetch(compiled.text, *parameters)
        return compiled.rows([tuple(record) for record in raw])

    async def row(self, statement: Executable | Upsert, /, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Executable | Upsert, /, **values: Any) -> int:
        """How many rows were touched."""
        compiled = compiled_for(statement, "postgresql")
        parameters = compiled.parameters(values)
        with _ours():
            status: str = await self._connection.execute(compiled.text, *parameters)
        return int(status.rpartition(" ")[2]) if status[-1:].isdigit() else 0

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what is written within when it raises."""
        transaction = self._connection.transaction()
        with _ours():
            await transaction.start()
        try:
            yield
        except DatabaseUnavailable:
            raise
        except BaseException:
            with _ours():
                await transaction.rollback()
            raise
        with _ours():
            await transaction.commit()


class PostgresDatabase:
    """A pool of connections to one database."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "PostgresDatabase":
        """Connect. Raises DatabaseUnavailable."""
        with _ours():
            pool = await asyncpg.create_pool(
                url, min_size=1, max_size=CONNECTIONS, init=_set_up, timeout=PATIENCE, command_timeout=60
            )
        return cls(pool)

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[PostgresSession]:  # noqa: ARG002  # connections are many here
        """A writing transaction."""
        async with self._transaction(self._pool) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[PostgresSession]:
        """A snapshot to read from."""
        async with self._transaction(self._pool, isolation="repeatable_read", readonly=True) as session:
            yield session

    @asynccontextmanager
    async def _transaction(self, pool: Any, **kind: Any) -> AsyncIterator[PostgresSession]:
        with _ours():
            connection = await pool.acquire(timeout=PATIENCE)
        try:
            transaction = connection.transaction(**kind)
            with _ours():
                await transaction.start()
            try:
                yield PostgresSession(connection)
            except BaseException:
                if not connection.is_closed():
                    with _ours():
                        await transaction.rollback()
                raise
            with _ours():
                await transaction.commit()
        finally:
            await pool.release(connection)

    async def close(self) -> None:
        """Let all connections go."""
        await self._pool.close()


async def _set_up(connection: Any) -> None:
    await connection.execute("SET TIME ZONE 'UTC'")
    await connection.set_type_codec("json", schema="pg_catalog", encoder=str, decoder=json.loads)
