# ruff: noqa: PT012  # what raises here is a whole transaction
import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import asyncpg
import pytest
from sqlalchemy import bindparam, insert, select, text, update

from bot.domain.errors import DatabaseUnavailable
from storage import errors
from storage.engine import ConstraintRefused, Database, Session, open_database
from storage.schema import chats, metadata, operations, recipients
from storage.sqlite import Turns

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
_add = insert(operations).values(key=bindparam("key"), used_at=bindparam("used_at"))
_keys = select(operations.c.key).order_by(operations.c.id)
_rename = update(operations).values(key=operations.c.key + "x")
_chat = insert(chats).values(chat_id=bindparam("chat_id"), person_id=bindparam("person_id"), last_message_id=0)
_nonsense = select(text("nothing_of_the_kind")).select_from(operations)


async def add(session: Session, key: str | None) -> int:
    return await session.run(_add, key=key, used_at=NOW)


async def keys(database: Database) -> str:
    async with database.read() as session:
        return " ".join(row.key for row in await session.rows(_keys))


class Refusal(Exception):
    """Some rule's."""


async def test_what_is_written_is_there_after_the_end_and_counted(database: Database) -> None:
    async with database.begin() as session:
        assert [await add(session, "a"), await add(session, "b"), await session.run(_rename)] == [1, 1, 2]
    assert await keys(database) == "ax bx"


async def test_an_error_undoes_all(database: Database) -> None:
    with pytest.raises(Refusal):
        async with database.begin() as session:
            await add(session, "a")
            raise Refusal
    assert await keys(database) == ""


async def test_a_savepoint_undoes_itself_alone_however_deep(database: Database) -> None:
    async with database.begin() as session:
        await add(session, "a")
        async with session.savepoint():
            await add(session, "b")
            with pytest.raises(Refusal):
                async with session.savepoint():
                    await add(session, "c")
                    raise Refusal
            await add(session, "d")
        with pytest.raises(Refusal):
            async with session.savepoint():
                async with session.savepoint():
                    await add(session, "e")
                raise Refusal
    assert await keys(database) == "a b d"


async def test_a_constraint_refused_in_a_savepoint_is_survived(database: Database) -> None:
    async with database.begin() as session:
        await add(session, "a")
        with pytest.raises(ConstraintRefused) as refused:
            async with session.savepoint():
                await add(session, "b")
                await add(session, "a")
        await add(session, "c")
    assert refused.value.constraint == "uq_operations_key"
    assert await keys(database) == "a c"


@pytest.mark.parametrize(
    ("write", "constraint"),
    [
        (lambda session: session.run(_chat, chat_id=1, person_id=99), "foreign_key"),
        (lambda session: session.run(_add, key=None, used_at=NOW), "not_null"),
    ],
)
async def test_other_constraints_are_told_alike(
    database: Database, write: Callable[[Session], Awaitable[int]], constraint: str
) -> None:
    with pytest.raises(ConstraintRefused) as refused:
        async with database.begin() as session:
            await write(session)
    assert refused.value.constraint == constraint


async def test_after_a_failure_that_was_swallowed_nothing_runs_and_nothing_is_stored(database: Database) -> None:
    with pytest.raises(ConstraintRefused):
        async with database.begin() as session:
            await add(session, "a")
            for _ in range(2):
                with pytest.raises(ConstraintRefused):
                    await add(session, "a")
            with pytest.raises(ConstraintRefused):
                await add(session, "b")
    assert await keys(database) == ""


async def test_a_fault_of_a_statement_is_no_outage_and_cannot_be_survived(database: Database) -> None:
    with pytest.raises((sqlite3.OperationalError, asyncpg.UndefinedColumnError)):
        async with database.begin() as session:
            await add(session, "a")
            with pytest.raises((sqlite3.OperationalError, asyncpg.UndefinedColumnError)):
                async with session.savepoint():
                    await session.rows(_nonsense)
    assert await keys(database) == ""


@pytest.mark.parametrize("value", [2**63, object()])
async def test_a_value_that_no_database_takes_is_no_outage(database: Database, value: object) -> None:
    with pytest.raises((OverflowError, sqlite3.ProgrammingError, asyncpg.DataError)):
        async with database.begin() as session:
            await session.run(_chat, chat_id=value, person_id=None)


async def test_nothing_is_written_by_reading(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with database.read() as session:
            await add(session, "a")
    assert await keys(database) == ""


async def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    async with database.read() as reading:
        assert await reading.rows(_keys) == []
        async with database.begin() as writing:
            await add(writing, "a")
        assert await reading.rows(_keys) == []
    assert await keys(database) == "a"


async def test_a_transaction_that_is_cancelled_at_any_point_is_undone_and_the_next_one_runs(database: Database) -> None:
    async def work() -> None:
        async with database.begin() as session:
            await add(session, "a")
            async with session.savepoint():
                await session.run(_rename)
            raise Refusal

    for steps in range(40):
        task = asyncio.create_task(work())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises((asyncio.CancelledError, Refusal)):
            await task
        async with database.begin() as session:
            assert await session.rows(_keys) == []


async def test_writers_of_one_row_wait_for_each_other(database: Database) -> None:
    async with database.begin() as session:
        await add(session, "a")

    async def lengthen() -> None:
        async with database.begin() as session:
            row = await session.row(_keys.with_for_update())
            assert row is not None
            await session.run(update(operations).values(key=f"{row.key}x"))

    await asyncio.gather(*(lengthen() for _ in range(12)))
    assert await keys(database) == "a" + 12 * "x"


async def test_a_full_file_undoes_the_transaction_and_nothing_after_it_is_stored(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    try:
        async with database.begin() as session:
            pages = await session.row(text("PRAGMA page_count").columns())
            await session.rows(text(f"PRAGMA max_page_count = {1 if pages is None else pages[0]}").columns())
        with pytest.raises(DatabaseUnavailable) as unavailable:
            async with database.begin() as session:
                await add(session, "a")
                with pytest.raises(DatabaseUnavailable):
                    async with session.savepoint():
                        for number in range(10_000):
                            await add(session, f"{number:080}")
                await add(session, "b")
        assert str(unavailable.value).startswith("SQLITE_FULL")
        assert await keys(database) == ""
    finally:
        await database.close()


async def test_a_connection_lost_is_an_outage_and_the_next_transaction_runs(postgresql_url: str) -> None:
    database = await open_database(postgresql_url)
    try:
        with pytest.raises(DatabaseUnavailable):
            async with database.begin() as session:
                await add(session, "a")
                other = await asyncpg.connect(postgresql_url)
                await other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                await other.close()
                await add(session, "b")
        assert await keys(database) == ""
    finally:
        await database.close()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/nothing"])
async def test_a_database_that_cannot_be_opened_is_told_so(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await open_database(url)


async def test_urgent_ones_go_first_and_those_who_left_are_passed_over() -> None:
    turns, order = Turns(), list[str]()

    async def take(name: str, *, urgent: bool) -> None:
        await turns.take(urgent=urgent)
        order.append(name)
        turns.give()

    await turns.take(urgent=False)
    tasks = []
    for name, urgent in (("tick", False), ("press", True), ("gone", True), ("sweep", False), ("second press", True)):
        tasks.append(asyncio.create_task(take(name, urgent=urgent)))
        await asyncio.sleep(0)
    tasks[2].cancel()
    turns.give()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert order == ["press", "second press", "tick", "sweep"]
    await turns.take(urgent=False)


async def test_a_turn_given_to_one_who_is_cancelled_is_passed_on() -> None:
    turns = Turns()
    await turns.take(urgent=False)
    task = asyncio.create_task(turns.take(urgent=True))
    await asyncio.sleep(0)
    turns.give()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(1):
        await turns.take(urgent=False)


def test_every_unique_constraint_has_a_name_of_its_own_on_sqlite() -> None:
    names = errors.unique_names(metadata)
    assert len(set(names.values())) == len(names)
    assert names["recipients.announcement_id, recipients.person_id"] == "uq_recipients_announcement_id"
    assert {str(c.name) for c in recipients.constraints} >= {"uq_recipients_announcement_id"}
