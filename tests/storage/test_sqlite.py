import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Integer, bindparam, func, insert, select
from sqlalchemy.sql.base import Executable

from bot.domain.errors import DatabaseUnavailable
from storage import sqlite
from storage.compiled import long
from storage.engine import Database, open_database
from storage.schema import operations

_numbers = select(bindparam("start", type_=Integer).label("n")).cte("numbers", recursive=True)
_numbers = _numbers.union_all(select(_numbers.c.n + 1).where(_numbers.c.n < bindparam("until")))
COUNT = select(func.count().label("n")).select_from(_numbers)
MANY = 200_000
ADD = insert(operations).values(key="a", used_at=bindparam("used_at"))
KEYS = select(operations.c.key)
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


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


class Undoing:
    """Rolling back waits until it may, and fails the first `failures` times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()
        self.failures = failures
        undo = sqlite.Connection.rollback

        async def rollback(connection: sqlite.Connection) -> None:
            await self._wait()
            await undo(connection)

        monkeypatch.setattr(sqlite.Connection, "rollback", rollback)

    async def _wait(self) -> None:
        self.begun.set()
        await self.may_end.wait()
        if self.failures:
            self.failures -= 1
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR"
            raise error


@pytest.fixture
async def opened(sqlite_url: str) -> AsyncIterator[Database]:
    """An empty, migrated file."""
    database = await open_database(sqlite_url)
    yield database
    await database.close()


async def work_for_ever(database: Database, *, fails: bool) -> None:
    async with database.begin() as session:
        await session.run(ADD, used_at=NOW)
        if fails:
            raise ValueError
        await asyncio.Event().wait()


@pytest.mark.parametrize("failures", [0, 1])
@pytest.mark.parametrize("cancellations", [1, 2])
@pytest.mark.parametrize("fails", [False, True])
async def test_a_cancelled_transaction_is_undone_before_anything_else_begins_and_stays_cancelled(
    opened: Database,
    monkeypatch: pytest.MonkeyPatch,
    failures: int,
    cancellations: int,
    fails: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    undoing = Undoing(monkeypatch, failures)
    working = asyncio.create_task(work_for_ever(opened, fails=fails))
    await asyncio.sleep(0)
    if not fails:
        working.cancel()
    async with asyncio.timeout(5):
        await undoing.begun.wait()
    for _ in range(cancellations if fails else cancellations - 1):
        working.cancel()
        await asyncio.sleep(0)
    assert not working.done()
    undoing.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await working
    async with opened.begin() as session:
        assert await session.rows(KEYS) == []
