from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Person, Telegram

TOKEN = "1000000001:a-token-of-tests"


@dataclass(frozen=True)
class BotClient:
    """A bare bot: any request, and the envelope of its answer."""

    address: str
    session: aiohttp.ClientSession

    def url(self, method: str, token: str = TOKEN) -> str:
        return f"{self.address}/bot{token}/{method}"

    async def envelope(self, method: str, **parameters: Any) -> dict[str, Any]:
        async with self.session.post(self.url(method), json=parameters) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def call(self, method: str, **parameters: Any) -> Any:
        body = await self.envelope(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        body = await self.envelope(method, **parameters)
        assert not body["ok"], body
        description: str = body["description"]
        return description

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call("getUpdates", **parameters)
        return found


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxSettings(token=TOKEN, limits=False)) as running:
        yield running


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[Telegram]:
    async with Telegram(sandbox.address, deadline=5) as client:
        yield client


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[BotClient]:
    async with aiohttp.ClientSession() as session:
        yield BotClient(sandbox.address, session)


@pytest.fixture
async def anna(telegram: Telegram, bot: BotClient) -> Person:
    """A person who has started; the bot has taken that update."""
    person = await telegram.person("Anna", language="sv")
    await person.starts()
    await bot.updates(offset=-1)
    await bot.updates(offset=2)
    return person
