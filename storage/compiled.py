"""Core statements compiled once for a dialect, to be run by the driver itself."""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Delete,
    Dialect,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    literal_column,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.pysqlite import dialect as pysqlite_dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.types import TypeEngine

from bot import json_text

DialectName: TypeAlias = Literal["sqlite", "postgresql"]
Row: TypeAlias = Any
"""A named tuple with the statement's columns."""
Process: TypeAlias = Callable[[Any], Any]
E = TypeVar("E", bound=Executable)


def _postgresql() -> Any:
    """SQLAlchemy's dialect and all its drivers, which only those load who use it."""
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # as it says

    return postgresql


class Upsert:
    """INSERT … ON CONFLICT of these columns; without `set_` a row that is there stays as it is.

    Columns that are not named are NULL. `set_` names the columns to overwrite, `greater` one whose new value must be
    greater than what is there for that.
    """

    def __init__(
        self,
        table: Table,
        columns: Sequence[str],
        index_elements: Sequence[str],
        set_: Sequence[str],
        greater: str | None,
    ) -> None:
        self.table = table
        self.columns = tuple(columns)
        self.index_elements = tuple(index_elements)
        self.set_ = tuple(set_)
        self.greater = greater

    def for_dialect(self, name: DialectName) -> Any:
        """The dialect's own construct."""
        insert = sqlite.insert if name == "sqlite" else _postgresql().insert
        statement: Any = insert(self.table).values({name: bindparam(name) for name in self.columns})
        if not self.set_:
            return statement.on_conflict_do_nothing(index_elements=self.index_elements)
        new = {name: statement.excluded[name] for name in self.set_}
        newer = None if self.greater is None else self.table.c[self.greater] < statement.excluded[self.greater]
        return statement.on_conflict_do_update(index_elements=self.index_elements, set_=new, where=newer)


def upsert(
    table: Table,
    columns: Sequence[str],
    *,
    index_elements: Sequence[str],
    set_: Sequence[str] = (),
    greater: str | None = None,
) -> Upsert:
    """One upsert that compiles for both databases."""
    return Upsert(table, columns, index_elements, set_, greater)


class _IntegerList(TypeDecorator[Any]):
    """A list of integers as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The dialect's own."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(_postgresql().ARRAY(BigInteger))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Give the driver what it takes."""
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class InList(ColumnElement[bool]):
    """`column` is among a list of integers given as one parameter."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.values = bindparam(name, type_=_IntegerList())


@compiles(InList, "sqlite")
def _in_list_sqlite(element: InList, compiler: Any, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(element.values, **kw)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # both parts are compiled, not given


@compiles(InList, "postgresql")
def _in_list_postgresql(element: InList, compiler: Any, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(element.values, **kw)
    return f"{column} = ANY({values})"


def in_list(column: ColumnElement[Any], name: str) -> InList:
    """A condition with a list parameter (never IN, which is expanded at execution)."""
    return InList(column, name)


def among(column: ColumnElement[Any], *words: str) -> ColumnElement[bool]:
    """A condition with constant words, written out so that partial indexes are recognised. The words are ours."""
    if len(words) == 1:  # SQLite takes IN with one word for something else than "="
        return column == literal_column(f"'{words[0]}'")
    return column.in_([literal_column(f"'{word}'") for word in words])


def long(statement: E) -> E:
    """A statement that may touch thousands of rows: where it would run in the event loop's thread, it does not."""
    return statement.execution_options(long=True)


class Compiled:
    """A statement's text for one dialect, with what turns values into parameters and results into rows."""

    def __init__(self, statement: Executable | Upsert, dialect: Dialect, name: DialectName) -> None:
        construct: Any = statement.for_dialect(name) if isinstance(statement, Upsert) else statement
        compiled = construct.compile(dialect=dialect)
        self.text = str(compiled)
        self.writes = not isinstance(construct, SelectBase)
        table: Any = None if isinstance(construct, Delete) else getattr(construct, "table", None)
        self.target: str | None = None if table is None else table.name
        """The one table that it writes to; None where it may touch others too, as deletions do by cascade."""
        self.is_long = construct.get_execution_options().get("long", False)
        self._constants: dict[str, Any] = dict(compiled.construct_params(_check=False))
        bind: dict[str, Process] = dict(compiled._bind_processors)  # noqa: SLF001  # SQLAlchemy offers them under no public name
        self._order = tuple((name, bind.get(name)) for name in compiled.positiontup or ())
        self._required = frozenset(b.key for b in compiled.binds.values() if b.required)
        self._has_constants = self._constants.keys() != self._required
        columns = getattr(compiled, "_result_columns", ())
        self._row: Any = namedtuple("Row", [c.keyname for c in columns], rename=True) if columns else None  # noqa: PYI024  # columns are known at run time
        processors = [_result_processor(c.type, dialect) for c in columns]
        self._results = tuple((i, p) for i, p in enumerate(processors) if p is not None)

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The driver's parameters in order. Raises TypeError for a name that is missing or unknown."""
        if values.keys() != self._required:
            self._require_names(values)
        given = {**self._constants, **values} if self._has_constants else values
        return [given[name] if bind is None else bind(given[name]) for name, bind in self._order]

    def _require_names(self, values: Mapping[str, Any]) -> None:
        if missing := self._required - values.keys():
            raise TypeError(f"missing: {sorted(missing)}")
        if unknown := values.keys() - self._constants.keys():
            raise TypeError(f"unknown: {sorted(unknown)}")

    def rows(self, raw: Sequence[Sequence[Any]]) -> list[Row]:
        """The driver's rows as ours."""
        if self._row is None:
            return []
        if not self._results:
            return [self._row._make(row) for row in raw]
        return [self._row._make(self._processed(row)) for row in raw]

    def _processed(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for index, process in self._results:
            values[index] = process(values[index])
        return values


def _result_processor(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """What a result needs: asyncpg gives Python's own types, so that only our decorators have work there."""
    if dialect.name == "postgresql" and not isinstance(kind, TypeDecorator):
        return None
    if isinstance(kind, JSON):
        return _from_json
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _to_json(value: Any) -> str:
    return json_text.write(value).decode()


def _from_json(text: str | None) -> Any:
    return None if text is None else json_text.read(text)


@cache
def dialect_of(name: DialectName) -> Dialect:
    """The dialect whose text the driver takes."""
    if name == "sqlite":
        return pysqlite_dialect(paramstyle="qmark", json_serializer=_to_json)
    dialect: Dialect = _postgresql().asyncpg.dialect(json_serializer=_to_json)
    return dialect


@cache
def compiled_for(statement: Executable | Upsert, name: DialectName) -> Compiled:
    """A statement compiled for a dialect, once."""
    return Compiled(statement, dialect_of(name), name)
