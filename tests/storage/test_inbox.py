from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.domain.ports.delivery import Receipt, Waiting
from storage.engine import ConstraintRefused, Database
from storage.inbox import InboxRecords
from storage.schema import inbox

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


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


async def test_what_has_been_handled_or_refused_keeps_its_number_and_no_words(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        one, two, three = (Receipt(n, '{"text": "words"}', NOW, 7, 7, refused=n == 2) for n in (1, 2, 3))
        await records.store([one, two, three])
        first, last = await records.list_waiting(10)
        await records.mark_handled([first.id])
        await records.set_aside(last.id, "RuntimeError")
        assert await records.store([one, two, three]) == set()
        rows = await session.rows(select(inbox).order_by(inbox.c.update_id))
        assert [(row.update_id, row.payload) for row in rows] == [(1, "{}"), (2, "{}"), (3, last.payload)]


async def test_an_operation_is_used_once_and_keeps_its_answer(database: Database) -> None:
    async with database.begin() as session:
        records = InboxRecords(session)
        await records.use_operation("b.1", {"text": "Avbokat"})
        assert [await records.answer_of(key) for key in ("b.1", "b.2")] == [{"text": "Avbokat"}, None]
        with pytest.raises(ConstraintRefused):
            async with session.savepoint():
                await records.use_operation("b.1", {})
