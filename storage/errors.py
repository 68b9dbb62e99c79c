"""What databases refuse, told alike for both; PostgreSQL's part is in storage.postgresql, since few load its driver."""

import sqlite3

from sqlalchemy import MetaData, PrimaryKeyConstraint, UniqueConstraint

from bot.domain.errors import DatabaseUnavailable


class ConstraintRefused(Exception):
    """A constraint said no; undone by the savepoint around it, the transaction lives on.

    `constraint` is the unique index's or constraint's name, or "foreign_key" or "not_null", which SQLite does not name.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


_UNIQUE = "UNIQUE constraint failed: "
_SQLITE = frozenset(
    {
        sqlite3.SQLITE_ABORT,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


def unique_names(metadata: MetaData) -> dict[str, str]:
    """The name of each unique index and constraint by the columns that SQLite names: "table.a, table.b"."""
    names: dict[str, str] = {}
    for table in metadata.tables.values():
        uniques = [c for c in table.constraints if isinstance(c, UniqueConstraint | PrimaryKeyConstraint)]
        for unique in (*(i for i in table.indexes if i.unique), *uniques):
            columns = ", ".join(f"{table.name}.{column.name}" for column in unique.columns)
            names.setdefault(columns, str(unique.name))
    return names


def from_sqlite(error: sqlite3.Error, names: dict[str, str]) -> Exception:
    """The error as ours: ConstraintRefused, DatabaseUnavailable, or itself when it is a fault of the statement.

    Only what is known to be the database's own trouble is that: work is tried again for as long as it lasts.
    """
    said = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        if said.startswith(_UNIQUE):
            columns = said.removeprefix(_UNIQUE)
            return ConstraintRefused(names.get(columns, columns))
        kinds = {"FOREIGN KEY": "foreign_key", "NOT NULL": "not_null"}
        return ConstraintRefused(next((name for words, name in kinds.items() if said.startswith(words)), said))
    code = getattr(error, "sqlite_errorcode", None)  # absent where the driver itself refused
    if code is not None and code & 0xFF in _SQLITE:
        return DatabaseUnavailable(f"{error.sqlite_errorname}: {said}")
    return error
