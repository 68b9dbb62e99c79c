"""One person sends some thousand updates at once: the others do not feel it, by either way in."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox import Sandbox
from bot.sandbox.client import Person, Telegram
from bot.transport import Transport
from schedules import webhook
from schedules.flood import FloodGate
from schedules.polling import BATCH
from schedules.receipt import Receiver
from schedules.webhook import Webhook
from storage.engine import Database
from storage.schema import inbox
from tests.schedules.conftest import TOKEN, Bot, card, compose, texts

LIMIT = 30
BEFORE = 300
"""How much of the flood comes before the other's press."""
SECRET = "a-secret-of-tests"
_refused = select(inbox.c.id).where(inbox.c.state == "refused")


class Watched(Transport):
    """Notes how much of the flood the local Telegram still has when a press is answered; hands out when it may."""

    def __init__(self, token: str, address: str) -> None:
        super().__init__(token, address)
        self.may_fetch = asyncio.Event()
        self.waiting_at_answer: list[int] = []

    async def updates(
        self, offset: int | None, *, wait_seconds: int, allowed: Sequence[str], limit: int = BATCH
    ) -> list[Any]:
        await self.may_fetch.wait()
        return await super().updates(offset, wait_seconds=wait_seconds, allowed=allowed, limit=limit)

    async def call(self, method: str, params: Mapping[str, Any], **options: Any) -> Any:
        result = await super().call(method, params, **options)
        if method == "answerCallbackQuery":
            told = await super().call("getWebhookInfo", {})
            self.waiting_at_answer.append(told["pending_update_count"])
        return result


@pytest.fixture
async def watched(sandbox: Sandbox) -> AsyncIterator[Watched]:
    opened = Watched(TOKEN, sandbox.address)
    yield opened
    await opened.close()


async def flooded(telegram: Telegram, anna: Person, count: int) -> None:
    """So many updates of Anna's, as fast as they are taken."""
    user = {"id": anna.id, "is_bot": False, "first_name": "Anna"}
    body = {"message_id": 1, "date": 0, "chat": {"id": anna.id, "type": "private"}, "from": user, "text": "x"}
    for start in range(0, count, 50):
        await asyncio.gather(*(telegram.inject({"message": body}) for _ in range(start, min(start + 50, count))))


@asynccontextmanager
async def polled(_bot: Bot, transport: Watched) -> AsyncIterator[None]:
    """What waits is fetched now."""
    transport.may_fetch.set()
    yield


@asynccontextmanager
async def posted(bot: Bot, transport: Watched) -> AsyncIterator[None]:
    """What waits is posted now."""
    receiver: Receiver = bot.polling._receiver
    source = Webhook(receiver, secret=SECRET, path="/telegram", host="127.0.0.1", port=0)
    port = await source.start()
    storing = asyncio.create_task(source.run())
    await transport.call("setWebhook", {"url": f"http://127.0.0.1:{port}/telegram", "secret_token": SECRET})
    try:
        yield
    finally:
        await transport.call("deleteWebhook", {})
        await source.stop()
        await storing


@pytest.mark.parametrize(("let_in", "after"), [(polled, 1700), (posted, 700)])
async def test_who_presses_while_another_floods_is_answered_before_the_flood_is_through(
    database: Database,
    watched: Watched,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
    let_in: Any,
    after: int,
) -> None:
    monkeypatch.setattr(webhook, "BACKLOG_SECONDS", 0.0)
    bot = compose(database, watched, flood=FloodGate(LIMIT, 3600))
    anna, bertil = await telegram.person("Anna"), await telegram.person("Bertil")
    watched.may_fetch.set()
    async with bot.running():
        await bertil.starts()
        await bertil.sees("echo /start")
        watched.may_fetch.clear()
        await anna.starts()  # ends the fetch under way
        await anna.sees("echo /start")
        async with bot.units.begin() as work:
            card_id = await work.chats.add_card(bertil.id)
        await bot.says(card(bertil.id, card_id, "card"))
        shown = await bertil.sees("card")
        await flooded(telegram, anna, BEFORE)
        await bertil.touches(shown, "Press")
        await flooded(telegram, anna, after)
        async with let_in(bot, watched):
            await bertil.sees("pressed x")
            assert await telegram.until(lambda: _is_through(watched), 60)
            assert await telegram.until(lambda: _is_told(anna))
    (waiting,) = watched.waiting_at_answer
    assert waiting > 0, "it was answered when all had been received"
    assert texts(await anna.messages(limit=500)).count("slower") == 1
    async with database.read() as session:
        refused = await session.rows(_refused)
    assert len(refused) >= BEFORE + after - LIMIT


async def _is_through(transport: Transport) -> bool:
    return not (await transport.call("getWebhookInfo", {}))["pending_update_count"]


async def _is_told(person: Person) -> bool:
    return "slower" in texts(await person.messages(limit=500))
