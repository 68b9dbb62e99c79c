"""What a process that starts finds in the outbox, on both databases."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.outgoing import Priority, Retry
from bot.domain.ports.delivery import Finished
from storage.engine import Database, open_database
from storage.schema import outbox
from storage.units import DatabaseUnits
from tests.schedules.conftest import NOW, Taking, compose, text_to

SILENT_SECONDS = 1.0
ROUNDED = 0.005
LEFT_SECONDS = 2.0
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


async def test_claims_of_a_process_that_may_live_are_left_to_it_for_a_while_and_other_rows_go_on(
    database: Database,
) -> None:
    async with DatabaseUnits(database).begin() as work:
        await work.outbox.add(text_to(1, "claimed"))
        await work.outbox.claim("another", Priority.REPLY, 1, except_chats=[])
        await work.outbox.add(text_to(2, "free"))
    started, telegram = time.time(), Taking()
    async with compose(database, telegram, take_over_after=LEFT_SECONDS).running(source=False):
        await telegram.until(2)
    (first, _), (second, at) = [(params["text"], at) for _, params, at in telegram.calls]
    assert (first, second) == ("free", "claimed")
    assert at >= started + LEFT_SECONDS - ROUNDED


async def test_a_wait_that_the_clock_was_set_back_under_is_cut_at_the_start(database: Database) -> None:
    async with DatabaseUnits(database).begin() as work:
        await work.outbox.add(text_to(1, "waits"))
        (row,) = await work.outbox.claim("dead", Priority.REPLY, 1, except_chats=[])
        await work.outbox.record([Finished(row, Retry(0.1, "no answer"))], now=NOW)
        await work.session.run(update(outbox).values(not_before=datetime.now(UTC) + timedelta(days=1)))
    telegram = Taking()
    async with compose(database, telegram).running(source=False):
        await telegram.until(1)
