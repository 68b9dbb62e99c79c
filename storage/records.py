"""Rows as the domain's values: one mapper for every table that has a model."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from functools import cache
from operator import itemgetter
from types import UnionType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sqlalchemy import ColumnElement, Delete, Insert, Select, Table, Update, bindparam, delete, insert, select, update

from bot.domain.errors import NotFound, Outdated
from storage.engine import Row, Session, in_list

M = TypeVar("M")


@cache
def _select(table: Table, *, lock: bool) -> Select[Any]:
    statement = select(table).where(table.c.id == bindparam("id"))
    return statement.with_for_update() if lock else statement


@cache
def _some(table: Table) -> Select[Any]:
    return select(table).where(in_list(table.c.id, "ids"))


@cache
def _insert(table: Table, columns: tuple[str, ...]) -> Insert:
    return insert(table).values({c: bindparam(c) for c in columns}).returning(*table.c)


@cache
def _update(table: Table, columns: tuple[str, ...], *, revised: bool) -> Update:
    values: dict[str, Any] = {c: bindparam(f"new_{c}") for c in columns}
    statement = update(table).where(table.c.id == bindparam("id_"))
    if revised:
        values["revision"] = table.c.revision + 1
        statement = statement.where(table.c.revision == bindparam("revision_"))
    return statement.values(values).returning(*table.c)


@cache
def _delete(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("id"))


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    """What turns a column's value into the field's type, or None when it is that already."""
    if get_origin(hint) in (Union, UnionType):
        inner = [_converter(h) for h in get_args(hint) if h is not type(None)]
        return next((c for c in inner if c), None)
    origin = get_origin(hint) or hint
    if isinstance(origin, type) and issubclass(origin, StrEnum):
        by_value: dict[Any, Any] = {member.value: member for member in origin}
        return by_value.__getitem__  # a third of what asking the enumeration takes
    return cast("Any", origin) if origin in (tuple, frozenset) else None


def joined(*tables: Table) -> list[ColumnElement[Any]]:
    """All columns of several tables, each named `<table>_<column>`, for `Records.one(row, "<table>_")`."""
    return [column.label(f"{table.name}_{column.name}") for table in tables for column in table.c]


def plain(value: Any) -> Any:
    """A value as JSON columns and drivers take it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value


class Records(Generic[M]):
    """The rows of one table as one model. Subclasses add the questions that the domain asks.

    `change` bumps `revision` where the model has one, and raises Outdated when somebody else was first.
    """

    def __init__(self, session: Session, table: Table, model: type[M]) -> None:
        self.session = session
        self.table = table
        self.model = model

    def one(self, row: Row, prefix: str = "") -> M:
        """The model of a row that holds all the table's columns, named with `prefix` where tables were joined."""
        kind: Any = type(row)
        read: Callable[[Row], M] = _reader(cast("Any", self.model), kind, prefix)
        return read(row)

    def many(self, rows: Sequence[Row]) -> list[M]:
        """`one` for each."""
        return [self.one(row) for row in rows]

    async def find(self, record_id: int, *, lock: bool = False) -> M | None:
        """The record, or None."""
        row = await self.session.row(_select(self.table, lock=lock), id=record_id)
        return None if row is None else self.one(row)

    async def get(self, record_id: int, *, lock: bool = False) -> M:
        """The record; `lock` keeps others from changing it in this transaction. Raises NotFound."""
        record = await self.find(record_id, lock=lock)
        if record is None:
            raise NotFound(what=self.table.name, id=record_id)
        return record

    async def add(self, **values: Any) -> M:
        """Store a new record: columns that are left out are NULL, `revision` starts at 1."""
        if "revision" in self.table.c:
            values.setdefault("revision", 1)
        row = await self.session.row(
            _insert(self.table, tuple(sorted(values))), **{k: plain(v) for k, v in values.items()}
        )
        assert row is not None  # noqa: S101  # INSERT … RETURNING gives a row or raises
        return self.one(row)

    async def change(self, record: M, /, **values: Any) -> M:
        """Store changed columns of a record as it was read. Raises Outdated when it has changed since."""
        revised = "revision" in self.table.c
        keys: dict[str, Any] = {"id_": record.id}  # type: ignore[attr-defined]  # every model has an id
        if revised:
            keys["revision_"] = record.revision  # type: ignore[attr-defined]  # told by the table
        new = {f"new_{k}": plain(v) for k, v in values.items()}
        row = await self.session.row(_update(self.table, tuple(sorted(values)), revised=revised), **keys, **new)
        if row is None:
            raise Outdated(what=self.table.name, id=keys["id_"])
        return self.one(row)

    async def remove(self, record_id: int) -> None:
        """Delete the record."""
        await self.session.run(_delete(self.table), id=record_id)


class SharedRecords(Records[M]):
    """Records that many questions of one transaction lead to: each is read once, until its table is written to."""

    async def find(self, record_id: int, *, lock: bool = False) -> M | None:
        """The record, or None; `lock` reads it anew."""
        known = self._known()
        if lock or record_id not in known:
            record = await super().find(record_id, lock=lock)
            if record is None:
                return None
            known[record_id] = record
        return known[record_id]

    async def by_ids(self, ids: Collection[int]) -> Mapping[int, M]:
        """These by their ids, and maybe others."""
        known = self._known()
        missing = [record_id for record_id in ids if record_id not in known]
        if missing:
            self.keep(self.many(await self.session.rows(_some(self.table), ids=missing)))
        return known

    def keep(self, records: Sequence[M]) -> list[M]:
        """These were read in some other way."""
        self._known().update((record.id, record) for record in records)  # type: ignore[attr-defined]  # every model has an id
        return list(records)

    def _known(self) -> dict[int, M]:
        return self.session.known.setdefault(self.table.name, {})


@cache
def _reader(model: Any, row: Any, prefix: str) -> Callable[[Row], Any]:
    """What makes a model of a statement's rows: which of the columns, and what some are turned into."""
    hints = get_type_hints(model)
    names = [field.name for field in dataclasses.fields(model)]
    take = itemgetter(*(row._fields.index(prefix + name) for name in names))
    turned = [(place, turn) for place, name in enumerate(names) if (turn := _converter(hints[name])) is not None]

    def read(found: Row) -> Any:
        values = list(take(found))
        for place, turn in turned:
            if values[place] is not None:
                values[place] = turn(values[place])
        return model(*values)

    return read
