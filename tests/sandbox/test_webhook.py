"""Updates by webhook."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient


@dataclass
class Hook:
    """A bot's webhook: what it was given, and what it answers."""

    url: str = ""
    given: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, request: web.Request) -> web.Response:
        async with self.arrived:
            self.given.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
            self.arrived.notify_all()
        return web.json_response(self.answer, status=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.given) >= count)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.given]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_in_order_and_again_until_taken(
    bot: BotClient, anna: Person, hook: Hook, telegram: Telegram
) -> None:
    hook.statuses = [500]
    await bot.call("setWebhook", url=hook.url, secret_token="hemligt")
    assert (await bot.envelope("getUpdates"))["error_code"] == 409
    await anna.sends("ett")
    await anna.sends("två")
    await hook.until(3)
    assert (hook.texts(), {secret for secret, _ in hook.given}) == (["ett", "ett", "två"], {"hemligt"})
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"

    async def nothing_waits() -> bool:
        return bool((await bot.call("getWebhookInfo"))["pending_update_count"] == 0)

    assert await telegram.until(nothing_waits)
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_a_call_in_the_webhooks_answer_is_carried_out(bot: BotClient, anna: Person, hook: Hook) -> None:
    hook.answer = {"method": "sendMessage", "chat_id": anna.id, "text": "svar"}
    await bot.call("setWebhook", url=hook.url)
    await anna.sends("fråga")
    await anna.sees("svar")


async def test_a_webhook_is_checked_and_drops_what_waits_when_asked(bot: BotClient, anna: Person) -> None:
    assert await bot.refusal("setWebhook", url="http://example.com/x") == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
    refusal = await bot.refusal("setWebhook", url="https://example.com/x", secret_token="å")
    assert refusal == "Bad Request: secret token contains unallowed characters"
    await anna.sends("hej")
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_setting_webhooks_too_often_is_429(bot: BotClient, telegram: Telegram) -> None:
    await telegram.limits(enabled=True)
    await bot.call("setWebhook", url="https://example.invalid/x")
    answer = await bot.envelope("setWebhook", url="https://example.invalid/x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
