"""Updates by webhook."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import webhook
from bot.sandbox.client import Group, Person, Telegram
from tests.sandbox.conftest import BotClient, keyboard


@dataclass
class Hook:
    """A bot's webhook: what it was given, and what it answers."""

    url: str = ""
    given: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    let_through: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        async with self.arrived:
            self.given.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
            self.times.append(time.monotonic())
            self.arrived.notify_all()
        await self.let_through.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer, status=status, headers=self.headers)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.given) >= count)

    def pauses(self) -> list[float]:
        return [after - before for before, after in pairwise(self.times)]

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
    hook.let_through.set()
    yield hook
    hook.let_through.set()
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_in_order_and_again_until_taken(
    bot: BotClient, anna: Person, hook: Hook, telegram: Telegram
) -> None:
    hook.statuses = [500]
    await bot.call("setWebhook", url=hook.url, secret_token="hemligt")
    polled = await bot.envelope("getUpdates")
    assert (polled["error_code"], polled["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await anna.sends("ett")
    await anna.sends("två")
    await hook.until(3)
    assert (hook.texts(), {secret for secret, _ in hook.given}) == (["ett", "ett", "två"], {"hemligt"})
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert 0 <= (await telegram.clock.now()).timestamp() - info["last_error_date"] < 10

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


async def test_what_was_not_taken_comes_again_at_once_and_then_after_doubling_pauses(
    bot: BotClient, anna: Person, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_FIRST_PAUSE_SECONDS", 0.1)
    hook.statuses = [500, 302, 404, 500]
    await bot.call("setWebhook", url=hook.url)
    await anna.sends("hej")
    await hook.until(5)
    at_once, *doubling = hook.pauses()
    assert (at_once < 0.1, [pause > least for pause, least in zip(doubling, (0.1, 0.2, 0.4), strict=True)]) == (
        True,
        [True] * 3,
    )


async def test_a_webhook_that_asks_to_be_left_alone_is(bot: BotClient, anna: Person, hook: Hook) -> None:
    hook.statuses, hook.headers = [503], {"Retry-After": "1"}
    await bot.call("setWebhook", url=hook.url)
    await anna.sends("hej")
    await hook.until(2)
    assert hook.pauses()[0] >= 1


async def test_chats_wait_for_each_other_only_beyond_max_connections(
    bot: BotClient, telegram: Telegram, anna: Person, hook: Hook
) -> None:
    people = [await telegram.new_person(name, started=True) for name in ("Eva", "Åke", "Ulf")]
    hook.let_through.clear()
    await bot.call("setWebhook", url=hook.url, max_connections=3)
    for text in ("ett", "två"):
        for person in (anna, *people):
            await person.sends(f"{person.name} {text}")
    await hook.until(3)
    assert sorted(hook.texts()) == ["Anna ett", "Eva ett", "Åke ett"]
    hook.let_through.set()
    await hook.until(8)
    for person in (anna, *people):
        assert [text for text in hook.texts() if person.name in text] == [f"{person.name} ett", f"{person.name} två"]


async def test_presses_keep_their_order_within_a_person_and_not_within_a_group(
    bot: BotClient, telegram: Telegram, group: Group, anna: Person, eva: Person, hook: Hook
) -> None:
    card = await bot.call("sendMessage", chat_id=group.id, text="Vem?", reply_markup=keyboard("Jag", "Inte jag"))
    hook.let_through.clear()
    await bot.call("setWebhook", url=hook.url)
    for person in (anna, eva):
        for label in ("Jag", "Inte jag"):
            await person.touches(card, label)
    await hook.until(2)
    pressed = [(update["callback_query"]["from"]["id"], update["callback_query"]["data"]) for _, update in hook.given]
    assert sorted(pressed) == sorted([(anna.id, "jag"), (eva.id, "jag")])


async def test_calls_that_ask_or_change_the_webhook_are_not_carried_out_in_an_answer(
    bot: BotClient, telegram: Telegram, anna: Person, hook: Hook
) -> None:
    await bot.call("setWebhook", url=hook.url)
    for method in ("getMe", "setWebhook", "deleteWebhook", "close", "logOut"):
        hook.answer = {"method": method}
        await anna.sends(method)
        await hook.until(len(hook.given) + 1)
    hook.answer = {"method": "sendMessage", "chat_id": anna.id, "text": "sist"}
    await anna.sends("hej")
    await anna.sees("sist")
    assert [call["method"] for call in await telegram.calls()][-2:] == ["setWebhook", "sendMessage"]


@pytest.mark.parametrize(("secret", "accepted"), [("a_Z-9" * 51, True), ("x" * 257, False), ("", True), ("a b", False)])
async def test_a_secret_is_1_to_256_plain_signs(bot: BotClient, secret: str, *, accepted: bool) -> None:
    answer = await bot.envelope("setWebhook", url="https://example.invalid/x", secret_token=secret)
    assert answer["ok"] is accepted
