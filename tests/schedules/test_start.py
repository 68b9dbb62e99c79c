"""What a process that starts finds in the outbox, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.outgoing import Attachment, Priority, Retry
from bot.domain.ports.delivery import Finished
from storage.engine import Database, open_database
from storage.schema import outbox
from storage.units import DatabaseUnits
from tests.schedules.conftest import NOW, compose, text_to

SILENT_SECONDS = 1.0
ROUNDED = timedelta(milliseconds=5)
_ends = select(outbox.c.not_before).where(outbox.c.not_before.is_not(None))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Here both."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


class Noting:
    """Takes everything, and notes when."""

    def __init__(self) -> None:
        self.called: dict[str, datetime] = {}
        self.twice = asyncio.Event()

    async def call(
        self,
        _method: str,
        params: Mapping[str, Any],
        *,
        files: Mapping[str, Attachment] | None = None,  # noqa: ARG002  # as Telegram is called
        time_limit: float = 10,  # noqa: ARG002  # likewise
    ) -> Any:
        self.called[params["text"]] = datetime.now(UTC)
        if len(self.called) == 2:
            self.twice.set()
        return {"message_id": len(self.called)}


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
    telegram = Noting()
    bot = compose(database, telegram, take_over_after=take_over_after)
    async with bot.running(source=False), asyncio.timeout(15):
        await telegram.twice.wait()
    assert set(telegram.called) == {"refused", "another"}
    assert min(telegram.called.values()) >= silence.not_before - ROUNDED
