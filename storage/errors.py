"""What databases refuse, told alike for both."""

import sqlite3

import asyncpg
from sqlalchemy import MetaData, UniqueConstraint

from bot.domain.errors import DatabaseUnavailable


class ConstraintRefused(Exception):
    """A unique index or foreign key said no; inside a savepoint the transaction lives on."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


_UNIQUE = "UNIQUE constraint failed: "
_CONDITIONS = (sqlite3.OperationalError, sqlite3.DatabaseError, sqlite3.ProgrammingError)
_POSTGRESQL = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InternalClientError,
)


def unique_names(metadata: MetaData) -> dict[str, str]:
    """The name of each unique index and constraint by the columns that SQLite names: "table.a, table.b"."""
    names: dict[str, str] = {}
    for table in metadata.tables.values():
        uniques = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        for unique in (*(i for i in table.indexes if i.unique), *uniques):
            columns = ", ".join(f"{table.name}.{column.name}" for column in unique.columns)
            names.setdefault(columns, str(unique.name))
    return names


def from_sqlite(error: sqlite3.Error, names: dict[str, str]) -> Exception:
    """The error as ours: ConstraintRefused, DatabaseUnavailable, or itself when it is a fault of the statement."""
    said = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        if said.startswith(_UNIQUE):
            columns = said.removeprefix(_UNIQUE)
            return ConstraintRefused(names.get(columns, columns))
        return ConstraintRefused("foreign_key" if "FOREIGN KEY" in said else said)
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE}:
        return error
    if isinstance(error, _CONDITIONS):
        return DatabaseUnavailable(f"{getattr(error, 'sqlite_errorname', 'SQLITE')}: {said}")
    return error


def from_postgresql(error: BaseException) -> BaseException:
    """The error as ours, likewise."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return ConstraintRefused(error.constraint_name or "")
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return ConstraintRefused("foreign_key")
    if isinstance(error, _POSTGRESQL):
        return DatabaseUnavailable(f"{type(error).__name__}: {error}")
    return error
