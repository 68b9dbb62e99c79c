"""What every repository can do."""

from typing import Any, Protocol, TypeVar

M = TypeVar("M")


class Repository(Protocol[M]):
    """The records of one kind."""

    async def find(self, record_id: int, *, lock: bool = False) -> M | None:
        """The record, or None."""

    async def get(self, record_id: int, *, lock: bool = False) -> M:
        """The record; with `lock` nobody else changes it in this transaction. Raises NotFound."""

    async def add(self, **values: Any) -> M:
        """Store a new record."""

    async def change(self, record: M, /, **values: Any) -> M:
        """Store changed columns of a record as it was read. Raises Outdated when it has changed since."""

    async def remove(self, record_id: int) -> None:
        """Delete the record."""
