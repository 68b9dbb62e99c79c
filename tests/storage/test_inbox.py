from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, func, select, update

from bot.domain.ports.delivery import Receipt, Waiting
from storage.engine import ConstraintRefused, Database
from storage.inbox import InboxRecords
from storage.schema import UtcDateTime, inbox, operations

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
_age = update(inbox).values(handled_at=bindparam("at", type_=UtcDateTime)).where(inbox.c.handled_at.is_not(None))
_count = select(func.count().label("n")).select_from(inbox)


def receipt(update_id: int, *, refused: bool = False) -> Receipt:
    return Receipt(update_id, "{}", NOW, chat_id=7, user_id=7, refused=refused)


async def test_updates_wait_in_order_of_arrival_whatever_their_numbers(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        assert await records.store([receipt(900), receipt(901)]) == {900, 901}
        assert await records.store([receipt(901), receipt(3)]) == {3}
        waiting = await records.list_waiting(10)
        assert waiting == [
            Waiting(waiting[0].id, 900, "{}", NOW, 7, 7),
            Waiting(waiting[1].id, 901, "{}", NOW, 7, 7),
            Waiting(waiting[2].id, 3, "{}", NOW, 7, 7),
        ]
        assert await records.newest_waiting() == waiting[2].id


async def test_what_is_handled_aside_or_refused_waits_no_more(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        await records.store([receipt(1), receipt(2), receipt(3, refused=True), receipt(4)])
        one, two, four = await records.list_waiting(10)
        await records.mark_handled([one.id])
        await records.set_aside(two.id, "RuntimeError")
        assert await records.list_waiting(10) == [four]
        assert await records.last_handled() == 3


async def test_an_operation_is_used_once_and_keeps_its_answer(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        await records.use_operation("b.1", {"text": "Avbokat"})
        assert [await records.answer_of(key) for key in ("b.1", "b.2")] == [{"text": "Avbokat"}, None]
        with pytest.raises(ConstraintRefused):
            async with session.savepoint():
                await records.use_operation("b.1", {})


async def test_old_updates_are_pruned_and_their_numbers_can_come_again(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        await records.store([receipt(1), receipt(2), receipt(3)])
        one, two, _ = await records.list_waiting(10)
        await records.mark_handled([one.id])
        await records.set_aside(two.id, "kept longer")
        assert await records.prune(48) == 0
        await session.run(_age, at=datetime.now(UTC) - timedelta(hours=49))
        assert await records.prune(48) == 1
        assert await records.store([receipt(1), receipt(2)]) == {1}
        await session.run(_age, at=datetime.now(UTC) - timedelta(hours=161))
        await records.prune(48)
        row = await session.row(_count)
        assert row is not None
        assert row.n == 2


async def test_operation_keys_are_pruned_later_than_updates(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        await records.use_operation("k", {})
        await records.prune(48)
        assert await records.answer_of("k") == {}
        await session.run(update(operations).values(used_at=datetime.now(UTC) - timedelta(days=31)))
        await records.prune(48)
        assert await records.answer_of("k") is None
