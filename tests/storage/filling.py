"""Rows of any table, with no more said of them than what a test is about."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Integer, Table, insert

from storage import schema
from storage.engine import Session

NOW: Final = datetime(2027, 9, 1, 8, 0, tzinfo=UTC)


class Filling:
    """Rows with whatever their tables ask for, and the rows that those refer to."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1000)

    async def row(self, table: Table, /, **given: Any) -> int:
        """One row; the others that it refers to are made for it alone."""
        values: dict[str, Any] = dict(given)
        for column in table.c:
            if column.name not in given and column.name != "id" and not column.nullable:
                values[column.name] = await self._value(column)
        row = await self.session.row(insert(table).values(values).returning(table.c.id))
        assert row is not None
        return int(row.id)

    async def _value(self, column: Column[Any]) -> Any:
        number = next(self.numbers)
        for key in column.foreign_keys:
            return await self.row(key.column.table)
        kinds: tuple[tuple[Any, Any], ...] = (
            (JSON, {}),
            (schema.UtcDateTime, NOW),
            (Boolean, False),
            (Date, date(2027, 1, 1)),
            ((Integer, BigInteger, Float), number),
        )
        return next((value for kind, value in kinds if isinstance(column.type, kind)), str(number))
