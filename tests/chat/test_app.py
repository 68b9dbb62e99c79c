"""How the bot's parts are put together: who wakes whom, whose claims are taken when, and what a lost lock ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.clock import WallClock
from bot.domain.errors import DatabaseUnavailable
from bot.sandbox.client import Telegram
from bot.settings import Settings
from bot.transport import Transport
from handlers.dispatch import SilentBot
from schedules import deliveries, intake
from schedules.deliveries import Deliveries
from schedules.receipt import FEW
from schedules.sending import SEND_SECONDS
from storage.engine import Database
from storage.units import DatabaseUnits
from tests.chat.conftest import Running

TOKEN = "1000000001:a-token-of-tests"
NEVER = 3600.0


async def test_nothing_that_is_said_waits_for_a_look_at_a_table_or_a_tick(
    local: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((deliveries, "LOOK_SECONDS"), (intake, "LOOK_SECONDS"), (app, "DUE_SECONDS")):
        monkeypatch.setattr(module, name, NEVER)
    async with Telegram(local.address) as telegram:
        erik = next(person for person in await telegram.people() if person.id == 1002)
        for _ in range(FEW):
            await erik.sends("/kontakt")
        await erik.sends("/bokningar")  # more than are handled in the transaction that stores them
        async with local.bot():
            await erik.sees("Era bokningar")
            await erik.sends("/sprak")
            await erik.sees("language")


async def test_a_lock_that_is_lost_ends_the_bot(local: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = asyncio.Event()
    lost.set()

    @asynccontextmanager
    async def sole_process(_url: str, _bot: str) -> AsyncIterator[asyncio.Event]:
        yield lost

    monkeypatch.setattr(app, "sole_process", sole_process)
    async with asyncio.timeout(30):
        with pytest.raises(DatabaseUnavailable):
            await app.run_bot(local.settings, sandbox=local.address)


@pytest.mark.parametrize(
    ("url", "seconds"), [("sqlite:////nowhere/arenabot.db", 0.0), ("postgresql://nowhere/arenabot", SEND_SECONDS)]
)
async def test_anothers_claims_are_left_for_a_sends_time_where_it_may_live(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, seconds: float
) -> None:
    asked: list[float] = []

    class Noted(Deliveries):
        def __init__(self, *parts: Any, take_over_after: float, **options: Any) -> None:
            asked.append(take_over_after)
            super().__init__(*parts, take_over_after=take_over_after, **options)

    monkeypatch.setattr(app, "Deliveries", Noted)
    settings = Settings(token=TOKEN, database_url=url, data_folder=tmp_path)
    transport = Transport(TOKEN, "http://127.0.0.1:1")
    me = {"id": 1000000001, "is_bot": True, "first_name": "B", "username": "b"}
    app.Bot(settings, DatabaseUnits(database), transport, WallClock(), SilentBot(TOKEN, me), None)
    await transport.close()
    assert asked == [seconds]
