"""What figures are made of, read in one snapshot; and what coordinators enter for the report."""

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from sqlalchemy import Select, Table, bindparam, select

from bot.domain.figures import source as rows
from bot.domain.model import Financing, Outturn, ResultComment
from storage import schema
from storage.engine import Session
from storage.records import Records

_PARTS: Final = tuple(field.name for field in dataclasses.fields(rows.Source))
"""Each is named as its table."""

_financings = select(schema.financings).order_by(schema.financings.c.from_year, schema.financings.c.id)
_outturn = select(schema.outturns).where(schema.outturns.c.edition_id == bindparam("edition_id"))
_comments = (
    select(schema.result_comments)
    .where(schema.result_comments.c.scope == bindparam("scope"))
    .order_by(schema.result_comments.c.result)
)


@cache
def _part(name: str) -> tuple[Callable[..., Any], Select[Any]]:
    """What makes a part's rows, and the statement for only the columns that they have."""
    row = get_args(get_type_hints(rows.Source)[name])[0]
    table: Table = getattr(schema, name)
    return row, select(*(table.c[field.name] for field in dataclasses.fields(row))).order_by(table.c.id)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class ReportRecords:
    """What a report is made of."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def source(self, *parts: str) -> rows.Source:
        """All rows that figures are made of: a statement a table. Or only those of some parts."""
        return rows.Source(**{name: await self._rows(name) for name in parts or _PARTS})

    async def _rows(self, name: str) -> tuple[Any, ...]:
        make, statement = _part(name)
        return tuple(make(*map(_value, row)) for row in await self.session.rows(statement))


class FinancingRecords(Records[Financing]):
    """The project's frame."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.financings, Financing)

    async def list_all(self) -> list[Financing]:
        """By first year."""
        return self.many(await self.session.rows(_financings))


class OutturnRecords(Records[Outturn]):
    """What editions cost."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.outturns, Outturn)

    async def of(self, edition_id: int) -> Outturn | None:
        """An edition's."""
        row = await self.session.row(_outturn, edition_id=edition_id)
        return None if row is None else self.one(row)


class ResultCommentRecords(Records[ResultComment]):
    """Coordinators' comments."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.result_comments, ResultComment)

    async def of(self, scope: str, result: int) -> ResultComment | None:
        """The comment on a result in a scope."""
        return next((c for c in await self.list_of(scope) if c.result == result), None)

    async def list_of(self, scope: str) -> list[ResultComment]:
        """A scope's comments, by result."""
        return self.many(await self.session.rows(_comments, scope=scope))
