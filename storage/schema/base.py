"""What every table shares: names of constraints, ids never used twice, aware instants."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002  # SQLAlchemy's signature
        """SQLite's text is read at once, as by far most rows are; PostgreSQL's driver gives what is wanted."""
        return _from_text if dialect.name == "sqlite" else None

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the database UTC; SQLite stores it without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value


def _from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")


def _id() -> Column[Any]:
    return Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    """A column that points to another table's row."""
    return Column(name, BigInteger, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def at(name: str, *, nullable: bool = True) -> Column[Any]:
    """An instant."""
    return Column(name, UtcDateTime, nullable=nullable)


def table(name: str, *columns: Any) -> Table:
    """A table with an id that is never used twice."""
    return Table(name, metadata, _id(), *columns, sqlite_autoincrement=True)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some rows. PostgreSQL's condition stands in the migrations alone: told here too, it would load that
    dialect at every start.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
