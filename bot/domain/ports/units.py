"""Transactions, for those who open them: intake for updates, ticks for what is due, the sender for its marks."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.ports.unit_of_work import UnitOfWork


class Units(Protocol):
    """Opens units of work. All raise DatabaseUnavailable, after which nothing of the unit has happened."""

    def begin(self, *, urgent: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit that commits at its end and is undone when an error leaves it; urgent ones go first."""

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A snapshot to read from."""
