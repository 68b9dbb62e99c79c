"""A database that is only read, beside whatever runs on it: nothing is made, changed or migrated."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.domain.errors import DatabaseUnavailable
from storage import migrate
from storage.engine import Session
from storage.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from storage.sqlite import Connection


class OtherSchema(Exception):  # a condition of the installation
    """The database has not this release's schema."""


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[SqlUnitOfWork]:
    """One snapshot of `sqlite:///path` or `postgresql://…`. Raises OtherSchema, DatabaseUnavailable."""
    if url.startswith("sqlite:///"):
        async with _sqlite(url.removeprefix("sqlite:///")) as session:
            yield SqlUnitOfWork(session)
        return
    if await migrate.current(url) != migrate.NEWEST:
        raise OtherSchema
    from storage.postgresql import PostgresDatabase  # noqa: PLC0415  # only the driver in use is loaded

    database = await PostgresDatabase.open(url)
    try:
        async with database.read() as session:
            yield SqlUnitOfWork(session)
    finally:
        await database.close()


@asynccontextmanager
async def _sqlite(path: str) -> AsyncIterator[Session]:
    """The file, which must be there, opened so that SQLite itself refuses every write."""
    from storage.sqlite import BUSY_SECONDS, Connection, SqliteTransaction  # noqa: PLC0415  # as above

    connect = partial(
        sqlite3.connect,
        _only_reading(path),
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    try:
        connect().close()
    except sqlite3.Error as error:
        raise DatabaseUnavailable(str(error)) from error
    connection = Connection(connect, iter_chunk_size=64)
    try:
        await connection
        await connection.execute_fetchall("PRAGMA query_only = ON")
        await _require_schema(connection)
        transaction = SqliteTransaction(connection, {}, "DEFERRED")
        await transaction.begin()
        try:
            yield transaction
        finally:
            await transaction.undo()
    except sqlite3.Error as error:
        raise DatabaseUnavailable(str(error)) from error
    finally:
        await connection.close()


def _only_reading(path: str) -> str:
    """The file's address, by which SQLite opens it for reading alone."""
    return f"file:{quote(str(Path(path).resolve()))}?mode=ro"


async def _require_schema(connection: "Connection") -> None:
    try:
        found = list(await connection.execute_fetchall(migrate.REVISION))
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        raise OtherSchema from error
    if [row[0] for row in found] != [migrate.NEWEST]:
        raise OtherSchema
