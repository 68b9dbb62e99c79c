"""Transactions over one of two databases, on the drivers themselves."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy.sql.base import Executable

from storage.compiled import DialectName, Row, Upsert, in_list, upsert
from storage.errors import ConstraintRefused

__all__ = ["ConstraintRefused", "Database", "Row", "Session", "in_list", "open_database", "upsert"]


class Session(Protocol):
    """One transaction on one connection. All raise DatabaseUnavailable.

    After a failure nothing more runs in it: whatever is asked raises that failure again, its commit too. Only
    ConstraintRefused can be survived, by leaving the savepoint around it.
    """

    @property
    def dialect(self) -> DialectName:
        """Which database it is."""

    @property
    def known(self) -> dict[str, dict[int, Any]]:
        """Records read so far that count until their table is written to, by table and id."""

    async def rows(self, statement: Executable | Upsert, /, **values: Any) -> list[Row]:
        """All rows. Raises ConstraintRefused."""

    async def row(self, statement: Executable | Upsert, /, **values: Any) -> Row | None:
        """The first row, or None. Raises ConstraintRefused."""

    async def run(self, statement: Executable | Upsert, /, **values: Any) -> int:
        """How many rows were touched. Raises ConstraintRefused."""

    async def run_many(self, statement: Executable | Upsert, values: Sequence[Mapping[str, Any]], /) -> None:
        """Run it once with each set of values, all in one go. Raises ConstraintRefused."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what is written within when it raises, and only that. It costs nothing until something is written."""


class Database(Protocol):
    """Where transactions are begun."""

    def begin(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Session]:
        """A writing transaction: committed at its end, rolled back on an error; urgent ones go first."""

    def read(self) -> AbstractAsyncContextManager[Session]:
        """A snapshot to read from."""

    async def close(self) -> None:
        """Let all connections go."""


async def open_database(url: str) -> Database:
    """Open `sqlite:///path` or `postgresql://…`. Raises DatabaseUnavailable."""
    if url.startswith("sqlite:///"):
        from storage.sqlite import SqliteDatabase  # noqa: PLC0415  # only the driver in use is loaded

        return await SqliteDatabase.open(url.removeprefix("sqlite:///"))
    from storage.postgresql import PostgresDatabase  # noqa: PLC0415  # as above

    return await PostgresDatabase.open(url)
