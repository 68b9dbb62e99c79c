"""Every statement of ours compiles for both databases, and values pass both ways unchanged."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import asyncpg
import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

import storage
from storage.compiled import DialectName, Upsert, among, compiled_for, in_list, upsert
from storage.engine import Database
from storage.schema import arenas, editions, operations

NOW = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
_by_id = select(operations.c.id).where(operations.c.id == bindparam("id"))
_locked = _by_id.with_for_update()


def statements() -> Iterator[tuple[str, Executable | Upsert]]:
    """All that modules of storage keep at their top, also within tuples and mappings."""
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        if not module.ispkg:
            for name, value in vars(importlib.import_module(module.name)).items():
                for number, each in enumerate(within(value)):
                    yield f"{module.name}.{name}[{number}]", each


def within(value: object) -> Iterator[Any]:
    if isinstance(value, Upsert | SelectBase | UpdateBase):
        yield value
    elif isinstance(value, dict):
        yield from within(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from within(each)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_statement_compiles_for_both_databases(dialect: DialectName) -> None:
    texts = {name: compiled_for(statement, dialect).text for name, statement in statements()}
    assert len(texts) > 50
    assert [name for name, text in texts.items() if "POSTCOMPILE" in text] == []


async def test_postgresql_prepares_every_statement(postgresql_url: str) -> None:
    connection = await asyncpg.connect(postgresql_url)
    refused: list[tuple[str, str]] = []
    for name, statement in statements():
        try:
            await connection.prepare(compiled_for(statement, "postgresql").text)
        except asyncpg.PostgresError as error:
            refused.append((name, str(error)))
    await connection.close()
    assert refused == []


def test_a_row_lock_is_asked_for_where_there_are_row_locks() -> None:
    assert compiled_for(_locked, "sqlite").text == compiled_for(_by_id, "sqlite").text
    assert compiled_for(_locked, "postgresql").text.rstrip().endswith("FOR UPDATE")


def test_a_statement_is_compiled_once() -> None:
    assert compiled_for(_by_id, "sqlite") is compiled_for(_by_id, "sqlite")


@pytest.mark.parametrize("values", [{}, {"id": 1, "key": "x"}, {"key": "x"}])
def test_missing_and_unknown_names_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        compiled_for(_by_id, "sqlite").parameters(values)


_add_operation = insert(operations).values(key=bindparam("key"), used_at=bindparam("used_at")).returning(operations)
_used_before = (
    select(operations.c.key).where(operations.c.used_at < bindparam("at", type_=operations.c.used_at.type))
).order_by(operations.c.key)


async def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    async with database.begin() as session:
        (row,) = await session.rows(_add_operation, key="a", used_at=local)
    assert row._asdict() == {"id": 1, "key": "a", "answer": None, "used_at": NOW}
    assert row.used_at.tzinfo is UTC


async def test_instants_are_compared_to_the_microsecond(database: Database) -> None:
    async with database.begin() as session:
        for key, at in (("a", NOW), ("b", NOW.replace(microsecond=0)), ("c", NOW + timedelta(microseconds=1))):
            await session.run(_add_operation, key=key, used_at=at)
        assert await session.rows(_used_before, at=NOW) == [("b",)]


async def test_a_naive_instant_is_refused(database: Database) -> None:
    async with database.begin() as session:
        with pytest.raises(ValueError, match="naive"):
            await session.run(_add_operation, key="a", used_at=NOW.replace(tzinfo=None))


_TEXTS = {"sv": "Almedalen «å»", "en": "a \" ' ? $1 :x"}
_add_arena = (
    insert(arenas).values({c.name: bindparam(c.name) for c in arenas.c if c.name != "id"}).returning(arenas.c.id)
)
_edition_columns = [c for c in editions.c if c.name != "id"]
_add_edition = insert(editions).values({c.name: bindparam(c.name) for c in _edition_columns})
_editions = select(*_edition_columns)


async def test_json_days_and_truth_come_back_as_they_were(database: Database) -> None:
    arena = {c.name: _TEXTS for c in arenas.c} | {
        "key": "almedalen",
        "zone": "Europe/Stockholm",
        "position": 1,
        "level": None,
    }
    edition = dict.fromkeys((c.name for c in _edition_columns), None) | {
        "name": _TEXTS,
        "year": 2027,
        "starts_on": date(2027, 6, 28),
        "preliminary": True,
        "place": [1, 2.5, None, "x", {"y": []}],
        "latitude": 57.6348,
        "zone": "Europe/Stockholm",
        "allocation": "first_come",
        "opens_at": NOW,
        "official_programme": False,
        "published": True,
        "on_site": {},
        "revision": 1,
    }
    async with database.begin() as session:
        (added,) = await session.rows(_add_arena, **{name: arena[name] for name in arena if name != "id"})
        await session.run(_add_edition, **edition | {"arena_id": added.id})
        (row,) = await session.rows(_editions)
    assert row._asdict() == edition | {"arena_id": added.id}
    assert [type(row.preliminary), type(row.published)] == [bool, bool]


_listed = select(operations.c.key).where(in_list(operations.c.id, "ids")).order_by(operations.c.id)
_unlisted = select(operations.c.key).where(~in_list(operations.c.id, "ids")).order_by(operations.c.id)
_among = select(operations.c.key).where(among(operations.c.key, "a", "c")).order_by(operations.c.id)


@pytest.mark.parametrize(("ids", "within_", "without"), [([1, 3, 99], "ac", "b"), ([], "", "abc"), ([2], "b", "ac")])
async def test_a_list_is_one_parameter(database: Database, ids: Sequence[int], within_: str, without: str) -> None:
    async with database.begin() as session:
        for key in "abc":
            await session.run(_add_operation, key=key, used_at=NOW)
        listed = await session.rows(_listed, ids=ids)
        unlisted = await session.rows(_unlisted, ids=ids)
        assert ("".join(r.key for r in listed), "".join(r.key for r in unlisted)) == (within_, without)
        assert await session.rows(_among) == [("a",), ("c",)]


_keep = upsert(operations, ("key", "used_at"), index_elements=("key",))
_overwrite = upsert(operations, ("key", "used_at"), index_elements=("key",), set_=("used_at",))
_all = select(operations.c.key, operations.c.used_at)


async def test_an_upsert_keeps_or_overwrites_and_counts(database: Database) -> None:
    later, latest = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    async with database.begin() as session:
        touched = [
            await session.run(_keep, key="a", used_at=NOW),
            await session.run(_keep, key="a", used_at=later),
            await session.run(_overwrite, key="a", used_at=latest),
        ]
        assert (touched, await session.rows(_all)) == ([1, 0, 1], [("a", latest)])
