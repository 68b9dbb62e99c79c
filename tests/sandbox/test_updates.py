"""Updates by polling and by webhook, presses and their answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient, keyboard


async def waiting_poll(bot: BotClient, telegram: Telegram, **parameters: Any) -> asyncio.Task[dict[str, Any]]:
    """A poll that the server has taken: the answer to another call shows that it was read first."""
    poll = asyncio.create_task(bot.envelope("getUpdates", timeout=20, **parameters))
    await asyncio.sleep(0)
    for _ in range(5):
        await bot.call("getMe")
    return poll


async def test_an_offset_confirms_and_asking_again_gives_the_same(bot: BotClient, anna: Person) -> None:
    for text in ("ett", "två", "tre"):
        await anna.sends(text)
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["ett", "två", "tre"]
    assert await bot.updates() == first
    ids = [update["update_id"] for update in first]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert await bot.updates(offset=ids[1]) == first[1:]
    assert await bot.updates(offset=-1) == first[2:]
    assert await bot.updates(offset=ids[2] + 12) == first[2:]
    assert await bot.updates(offset=ids[2] + 1) == []


async def test_limits_outside_their_bounds_are_clamped(bot: BotClient, anna: Person) -> None:
    await anna.sends("ett")
    await anna.sends("två")
    assert len(await bot.updates(limit=0)) == 1
    assert len(await bot.updates(limit=1000, timeout=-5)) == 2


async def test_a_long_poll_ends_as_soon_as_something_is_there(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    poll = await waiting_poll(bot, telegram)
    await anna.sends("hej")
    assert (await poll)["result"][0]["message"]["text"] == "hej"


async def test_a_second_poller_ends_the_first(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    first = await waiting_poll(bot, telegram)
    assert await bot.updates(timeout=0) == []
    assert not first.done()
    second = await waiting_poll(bot, telegram)
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await anna.sends("hej")
    assert len((await second)["result"]) == 1


async def test_allowed_updates_apply_when_it_happens_and_are_remembered(bot: BotClient, anna: Person) -> None:
    await anna.sends("före")
    await bot.updates(allowed_updates=["callback_query"])
    await anna.sends("nu")
    await bot.updates(allowed_updates=[])
    await anna.sends("efter")
    assert [update["message"]["text"] for update in await bot.updates()] == ["före", "efter"]


async def test_updates_are_kept_a_day_by_the_movable_clock(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    await anna.sends("gammalt")
    await telegram.clock.move(by=timedelta(hours=25))
    await anna.sends("nytt")
    assert [update["message"]["text"] for update in await bot.updates()] == ["nytt"]


async def test_a_press_is_answered_once_within_its_time(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard("Ja"))
    query_id = await anna.touches(message, "Ja")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "ja", message)
    await bot.call("answerCallbackQuery", callback_query_id=query_id, text="Klart", show_alert=True)
    assert await telegram.get(f"queries/{query_id}") == {
        "answered": True,
        "text": "Klart",
        "show_alert": True,
        "url": None,
    }
    late = await anna.touches(message, "Ja")
    await telegram.clock.move(by=timedelta(hours=1))
    assert await bot.refusal("answerCallbackQuery", callback_query_id=late) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_persons_edit_arrives_as_edited_message(bot: BotClient, anna: Person) -> None:
    own = await anna.sends("fel")
    await anna.edits(own, "rätt")
    assert [update.get("edited_message", {}).get("text") for update in await bot.updates()] == [None, "rätt"]


async def test_an_injected_update_arrives_as_it_is(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    await telegram.inject({"update_id": 700, "message": {"text": "\ud800"}})
    poisonous = await bot.envelope("getUpdates", checked=False)
    assert poisonous["result"] == [{"update_id": 700, "message": {"text": "\ud800"}}]
    await anna.sends("hej")
    assert (await bot.updates(offset=701))[-1]["update_id"] == 701


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


async def test_the_log_keeps_ten_items_of_a_long_answer(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    for number in range(12):
        await anna.sends(str(number))
    assert len(await bot.updates()) == 12
    answer = (await telegram.calls("getUpdates"))[-1]["answer"]
    assert (len(answer["result"]), answer["left_out"]) == (10, 2)


async def test_messages_older_than_48_hours_cannot_be_deleted(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="x")
    await telegram.clock.move(by=timedelta(hours=49))
    refusal = await bot.refusal("deleteMessage", chat_id=anna.id, message_id=message["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_after_log_out_nothing_is_answered_for_ten_minutes(bot: BotClient, telegram: Telegram) -> None:
    assert (await bot.envelope("close"))["error_code"] == 429
    assert await bot.call("logOut") is True
    assert await bot.refusal("getMe") == "Logged out"
    await telegram.clock.move(by=timedelta(minutes=11))
    assert (await bot.call("getMe"))["is_bot"] is True
