import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.facts import load_facts
from tests.sandbox.conformity import faults_of

TOKEN = SandboxSettings().token
FACTS = load_facts()


@dataclass(frozen=True)
class BotClient:
    """A bare bot: any request, and the envelope of its answer, which is held against the tables."""

    address: str
    session: aiohttp.ClientSession

    def url(self, method: str, token: str = TOKEN) -> str:
        return f"{self.address}/bot{token}/{method}"

    async def envelope(self, method: str, *, checked: bool = True, **parameters: Any) -> dict[str, Any]:
        async with self.session.post(self.url(method), json=parameters) as answer:
            return await self._read(method, answer, checked=checked)

    async def upload(
        self, method: str, chat_id: int, files: dict[str, tuple[str, bytes]], **parameters: str
    ) -> dict[str, Any]:
        """The envelope of a call that brings files, as {field: (name, content)}."""
        form = aiohttp.FormData({"chat_id": str(chat_id), **parameters}, quote_fields=False)
        for name, (file_name, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=file_name)
        async with self.session.post(self.url(method), data=form) as answer:
            return await self._read(method, answer, checked=True)

    async def _read(self, method: str, answer: aiohttp.ClientResponse, *, checked: bool) -> dict[str, Any]:
        body: dict[str, Any] = await answer.json()
        assert answer.status == (200 if body["ok"] else body["error_code"])
        if body["ok"] and checked:
            assert faults_of(FACTS, body["result"], FACTS.returns[method], method) == []
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


def picture(side: int = 400) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(written, "PNG")
    return written.getvalue()


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


@pytest.fixture
async def eva(telegram: Telegram) -> Person:
    """Somebody else, who has not started."""
    return await telegram.person("Eva")


@pytest.fixture
async def group(telegram: Telegram, bot: BotClient, anna: Person, eva: Person) -> Group:
    """Anna's group with Eva and the bot in it; the bot has taken the updates about it."""
    made = await telegram.group("Samordnare", anna, eva)
    await bot.updates(offset=(await bot.updates())[-1]["update_id"] + 1)
    return made
