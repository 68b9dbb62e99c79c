"""Whole conversations: the real bot, the local Telegram, HTTP in between; the clock stands still until it is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.demo import DEMO_START, PEOPLE
from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Person, Telegram
from bot.settings import Settings

START_SECONDS = 60
"""On a busy machine. Before it has started, no move of the clock would wait for the bot."""


@dataclass(frozen=True)
class Running:
    """A local Telegram and how to run the bot beside it."""

    address: str
    settings: Settings

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """The bot, in this process, until the block ends."""
        task = asyncio.create_task(app.run_bot(self.settings, sandbox=self.address))
        try:
            async with Telegram(self.address) as telegram:
                assert await telegram.until(lambda: _follows_the_clock(telegram, task), START_SECONDS)
            yield
            if task.done():
                task.result()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _follows_the_clock(telegram: Telegram, task: "asyncio.Task[None]") -> bool:
    """Whether the bot has reported to the clock, so that a move waits for it."""
    if task.done():
        task.result()
    return "arenabot" in (await telegram.get("clock"))["agents"]


@asynccontextmanager
async def running(database_url: str, folder: Path) -> AsyncIterator[Running]:
    """The local Telegram with the demo's people; strict about what it is sent, and without limits."""
    settings = SandboxSettings(people=PEOPLE, initial_now=DEMO_START, frozen=True, strict=True, limits=False)
    async with Sandbox(settings) as sandbox:
        yield beside(sandbox, database_url, folder)


def beside(sandbox: Sandbox, database_url: str, folder: Path) -> Running:
    """How the bot runs beside a local Telegram: as fast as it can."""
    settings = Settings(
        token=sandbox.settings.token,
        database_url=database_url,
        data_folder=folder,
        sandbox_address=sandbox.address,
        rate_per_second=1000,
        chat_burst=1000,
        flood_enabled=False,
    )
    return Running(sandbox.address, settings)


@pytest.fixture
async def local(demo_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """A local Telegram beside which the bot can be started and stopped."""
    async with running(demo_url, tmp_path) as started:
        yield started


@pytest.fixture
async def telegram(local: Running) -> AsyncIterator[Telegram]:
    """The local Telegram with the bot running on the demo's data."""
    async with local.bot(), Telegram(local.address) as client:
        yield client


async def _named(telegram: Telegram, user_id: int) -> Person:
    return next(person for person in await telegram.people() if person.id == user_id)


@pytest.fixture
async def newcomer(telegram: Telegram) -> Person:
    """Sara, who has never written to the bot."""
    return await _named(telegram, 1001)


@pytest.fixture
async def erik(telegram: Telegram) -> Person:
    """The contact person of Luleå kommun, in Swedish."""
    return await _named(telegram, 1002)


@pytest.fixture
async def emma(telegram: Telegram) -> Person:
    """The contact person of LKAB and SSAB, in English."""
    return await _named(telegram, 1003)


@pytest.fixture
async def coordinator(telegram: Telegram) -> Person:
    """Maria, coordinator of all arenas."""
    return await _named(telegram, 1004)
