from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.domain.outgoing import Priority, Sent
from bot.domain.ports.delivery import Finished, Keep, Receipt
from schedules.upkeep import Upkeep
from storage.engine import Database
from storage.schema import inbox, outbox
from storage.units import DatabaseUnits
from tests.schedules.conftest import NOW, text_to


async def test_old_rows_go_and_those_that_are_to_be_kept_stay(database: Database) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        await work.inbox.store([Receipt(1, "{}", NOW), Receipt(2, "{}", NOW)])
        await work.inbox.mark_handled([row.id for row in await work.inbox.list_waiting(1)])
        for text in ("sent", "waits"):
            await work.outbox.add(text_to(1, text))
        (row,) = await work.outbox.claim("me", Priority.REPLY, 1, except_chats=[])
        await work.outbox.record([Finished(row, Sent((1,)))], now=NOW)
    upkeep = Upkeep(units, Keep(inbox_hours=48, outbox_days=30), batch=1)
    await upkeep.run(NOW)
    assert await counts(database) == (2, 2)
    async with database.begin() as session:
        long_ago = datetime.now(UTC) - timedelta(days=31)
        await session.run(update(inbox).where(inbox.c.handled_at.is_not(None)).values(handled_at=long_ago))
        await session.run(update(outbox).where(outbox.c.done_at.is_not(None)).values(done_at=long_ago))
    await upkeep.run(NOW)
    assert await counts(database) == (1, 1)


async def counts(database: Database) -> tuple[int, int]:
    async with database.read() as session:
        updates = await session.rows(select(inbox.c.id))
        rows = await session.rows(select(outbox.c.id))
    return len(updates), len(rows)
