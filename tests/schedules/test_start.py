"""What a process that starts finds in the outbox, on both databases."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.domain.outgoing import Priority, Retry
from bot.domain.ports.delivery import Finished
from storage.engine import Database, open_database
from storage.schema import outbox
from storage.units import DatabaseUnits
from tests.schedules.conftest import NOW, Taking, compose, text_to

SILENT_SECONDS = 1.0
ROUNDED = 0.005
_ends = select(outbox.c.not_before).where(outbox.c.not_before.is_not(None))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Here both."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.mark.parametrize("take_over_after", [0.0, 10.0])
async def test_a_process_that_starts_during_a_silence_sends_nothing_until_it_ends(
    database: Database, take_over_after: float
) -> None:
    async with DatabaseUnits(database).begin() as work:
        await work.outbox.add(text_to(1, "refused"))
        (row,) = await work.outbox.claim("dead", Priority.REPLY, 1, except_chats=[])
        await work.outbox.record(
            [Finished(row, Retry(SILENT_SECONDS, "429 Too Many Requests", counted=False))], now=NOW
        )
        await work.outbox.add(text_to(2, "another"))
    async with database.read() as session:
        silence = await session.row(_ends)
    assert silence is not None
    telegram = Taking()
    bot = compose(database, telegram, take_over_after=take_over_after)
    async with bot.running(source=False):
        await telegram.until(2)
    assert {params["text"] for _, params, _ in telegram.calls} == {"refused", "another"}
    assert min(at for _, _, at in telegram.calls) >= silence.not_before.timestamp() - ROUNDED
