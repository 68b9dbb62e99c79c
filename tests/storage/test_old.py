from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select, update

from bot.domain.outgoing import Outgoing, Priority, Sent
from bot.domain.ports.delivery import Finished, Keep, Receipt
from storage.engine import Database, Session
from storage.schema import cards, drafts, inbox, operations, outbox, reminders, sent_files
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
KEEP = Keep(inbox_hours=48, outbox_days=30)


async def count(session: Session, table: Table) -> int:
    (row,) = await session.rows(select(func.count().label("n")).select_from(table))
    return int(row.n)


async def aged(session: Session, table: Table, column: str, **ago: float) -> None:
    """Let all rows have come to their end so long ago."""
    at = datetime.now(UTC) - timedelta(**ago)
    await session.run(update(table).where(table.c[column].is_not(None)).values({column: at}))


async def prune(work: SqlUnitOfWork, limit: int = 100) -> int:
    return await work.old.prune(KEEP, now=NOW, limit=limit)


async def test_old_updates_go_and_their_numbers_can_come_again(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        await work.inbox.store([Receipt(number, "{}", NOW) for number in (1, 2, 3)])
        one, two, _ = await work.inbox.list_waiting(10)
        await work.inbox.mark_handled([one.id])
        await work.inbox.set_aside(two.id, "kept longer")
        assert await prune(work) == 0
        await aged(session, inbox, "handled_at", hours=49)
        assert await prune(work) == 1
        assert await work.inbox.store([Receipt(1, "{}", NOW), Receipt(2, "{}", NOW)]) == {1}
        await aged(session, inbox, "handled_at", hours=161)
        assert await prune(work) == 1
        assert [row.update_id for row in await work.inbox.list_waiting(10)] == [3, 1]


async def test_what_was_sent_goes_and_the_cards_that_it_showed_with_it(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        shown, waits = await work.chats.add_card(7), await work.chats.add_card(7)
        for card_id in (shown, waits):
            await work.outbox.add(Outgoing("card", {"params": {}}, 7, card_id=card_id))
        (row, _) = await work.outbox.claim("me", Priority.REPLY, 2, except_chats=[])
        await work.outbox.record([Finished(row, Sent((1,)))], now=NOW)
        assert await prune(work) == 0
        await aged(session, outbox, "done_at", days=31)
        assert await prune(work) == 2
        left: list[Any] = [row.id for row in await session.rows(select(cards.c.id))]
        assert left == [waits]


async def test_ended_dialogues_operations_files_and_reminders_go_after_their_time(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        person = await work.people.add(
            user_id=7, name="Anna", language="sv", language_chosen=False, muted=frozenset(), created_at=NOW
        )
        for is_open in (True, False):
            at = NOW - timedelta(days=31)
            await work.drafts.add(
                chat_id=7, person_id=person.id, kind="k", step="s", data={}, awaits_text=False, open=is_open,
                created_at=at, updated_at=at,
            )  # fmt: skip
        for days in (364, 366):
            await work.reminders.plan(kind="k", subject="s", person_id=person.id, due_at=NOW - timedelta(days=days))
        planned = len(await work.reminders.list_due(NOW, limit=9))
        await session.run(update(reminders).values(state="sent"))
        await work.reminders.plan(kind="k", subject="late", person_id=person.id, due_at=NOW - timedelta(days=400))
        await work.inbox.use_operation("k", {})
        await work.chats.keep_file("f", "id")
        assert (planned, await prune(work)) == (2, 2)
        await aged(session, operations, "used_at", days=31)
        await aged(session, sent_files, "sent_at", days=181)
        assert await prune(work) == 2
        assert [await count(session, table) for table in (drafts, reminders, operations, sent_files)] == [1, 2, 0, 0]


async def test_no_more_goes_at_once_than_is_asked(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        await work.inbox.store([Receipt(number, "{}", NOW) for number in range(5)])
        await work.inbox.mark_handled([row.id for row in await work.inbox.list_waiting(10)])
        await aged(session, inbox, "handled_at", hours=49)
        assert [await prune(work, limit=2) for _ in range(4)] == [2, 2, 1, 0]
