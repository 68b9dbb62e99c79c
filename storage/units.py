"""Units of work over a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork


class DatabaseUnits:
    """Opens units of work, each one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[SqlUnitOfWork]:
        """A unit that commits at its end and is undone when an error leaves it. Raises DatabaseUnavailable."""
        async with self.database.begin(urgent=urgent) as session:
            yield SqlUnitOfWork(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        """A snapshot to read from. Raises DatabaseUnavailable."""
        async with self.database.read() as session:
            yield SqlUnitOfWork(session)
