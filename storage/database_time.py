"""The database's own time, for what belongs to the transport and must outlive a process."""

from typing import Any

from sqlalchemy import Float, bindparam, cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from storage.schema import UtcDateTime


class _Moment(FunctionElement[Any]):
    """The present and so many seconds; its argument is that number."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(_Moment, "sqlite")
def _on_sqlite(moment: _Moment, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(moment.clauses, **kw)
    return f"(strftime('%Y-%m-%d %H:%M:%f', 'now', ({seconds}) || ' seconds') || '000')"


@compiles(_Moment, "postgresql")
def _on_postgresql(moment: _Moment, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(moment.clauses, **kw)
    return f"(clock_timestamp() + ({seconds}) * interval '1 second')"


def database_now(seconds: ColumnElement[Any] | float = 0.0) -> ColumnElement[Any]:
    """The database's time, or that many seconds from it (negative: before), as UtcDateTime columns are stored."""
    return _Moment(seconds if isinstance(seconds, ColumnElement) else cast(seconds, Float))


def in_seconds(name: str) -> ColumnElement[Any]:
    """The database's time and as many seconds as the parameter of this name says."""
    return _Moment(cast(bindparam(name, type_=Float), Float))
