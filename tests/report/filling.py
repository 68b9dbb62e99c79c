"""Rows of a report's source stored in a database, with whatever else their tables ask for."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Float, Integer, Table, insert

from bot.domain.figures.source import Source
from storage import schema
from storage.engine import Database

_ORDER = (
    *("arenas", "editions", "stages", "slots", "actors", "activities", "bookings", "co_organisers"),
    *("target_groups", "issues", "aims", "statements", "statement_versions", "stances"),
    *("joint_actions", "joint_actors", "methods", "method_questions", "contact_requests", "ambassadors"),
    *("activity_evaluations", "edition_evaluations", "askings", "earlier_results", "financings", "outturns"),
    "result_comments",
)
_VALUES: tuple[tuple[Any, Any], ...] = (
    (JSON, {}),
    (schema.UtcDateTime, datetime(2026, 1, 1, tzinfo=UTC)),
    (Boolean, True),
    (Date, date(2026, 1, 1)),
    ((Integer, BigInteger, Float), 1),
)


def _else(column: Any, number: int) -> Any:
    """Something for a column that figures do not look at."""
    if column.name == "actor_id":
        return 1
    for kinds, value in _VALUES:
        if isinstance(column.type, kinds):
            return value
    return f"{column.name[:6]}{number}"


async def fill(database: Database, source: Source) -> None:
    """Store all of it; ids that the rows do not have come by themselves."""
    async with database.begin() as session:
        for part in _ORDER:
            table: Table = getattr(schema, part)
            for number, row in enumerate(getattr(source, part), 1):
                given = {name: getattr(row, name) for name in row.__dataclass_fields__}
                lacking = [c for c in table.c if c.name not in given and not c.nullable and c.name != "id"]
                values = given | {column.name: _else(column, number) for column in lacking}
                plain = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
                await session.run(insert(table).values(plain))
