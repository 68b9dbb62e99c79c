import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.sql.base import Executable

from bot.domain.errors import DatabaseUnavailable
from storage import sqlite
from storage.compiled import long
from storage.engine import open_database

_numbers = select(bindparam("start", type_=Integer).label("n")).cte("numbers", recursive=True)
_numbers = _numbers.union_all(select(_numbers.c.n + 1).where(_numbers.c.n < bindparam("until")))
COUNT = select(func.count().label("n")).select_from(_numbers)
MANY = 200_000


@pytest.mark.parametrize(("statement", "goes_on"), [(long(COUNT), True), (COUNT, False)])
async def test_everything_else_goes_on_while_a_long_statement_runs_and_only_then(
    tmp_path: Path,
    statement: Executable,
    goes_on: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/arenabot.db")
    turns = 0
    async with database.begin() as session:
        counting = asyncio.create_task(session.rows(statement, start=1, until=MANY))
        while not counting.done():
            turns += 1
            await asyncio.sleep(0)
        assert [row.n for row in await counting] == [MANY]
    await database.close()
    assert (turns > 10) == goes_on


async def test_a_transaction_waits_while_another_process_writes_and_nothing_else_does(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/arenabot.db")
    other = sqlite3.connect(tmp_path / "arenabot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.begin():
            pass

    writing = asyncio.create_task(write())
    async with database.read() as session:
        assert await session.rows(COUNT, start=1, until=3)
    for _ in range(100):
        await asyncio.sleep(0)
    assert not writing.done()
    other.execute("COMMIT")
    await writing
    other.close()
    await database.close()


async def test_a_transaction_that_waits_too_long_says_that_the_database_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    database = await open_database(f"sqlite:///{tmp_path}/arenabot.db")
    other = sqlite3.connect(tmp_path / "arenabot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="SQLITE_BUSY"):
        async with database.begin():
            pytest.fail("two write at the same time")
    other.execute("ROLLBACK")
    async with database.begin():
        pass
    other.close()
    await database.close()


async def test_urgent_turns_leave_every_fifth_to_the_others() -> None:
    turns, order = sqlite.Turns(), []

    async def take(name: str, *, urgent: bool) -> None:
        await turns.take(urgent=urgent)
        order.append(name)
        turns.give()

    await turns.take(urgent=True)
    waiting = [asyncio.create_task(take("other", urgent=False))]
    waiting += [asyncio.create_task(take("urgent", urgent=True)) for _ in range(6)]
    await asyncio.sleep(0)
    turns.give()
    await asyncio.gather(*waiting)
    assert order == [*["urgent"] * 4, "other", *["urgent"] * 2]
