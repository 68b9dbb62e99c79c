"""Updates by polling and by webhook, presses and their answers."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import updates
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


async def test_a_hundred_updates_come_unless_fewer_are_asked_for(
    bot: BotClient, telegram: Telegram, anna: Person
) -> None:
    for _ in range(101):
        await telegram.inject({})
    assert len((await bot.envelope("getUpdates", checked=False))["result"]) == 100
    assert len((await bot.envelope("getUpdates", checked=False, limit=7))["result"]) == 7


async def test_no_poll_waits_longer_than_telegram_lets_it(bot: BotClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert updates.MAX_TIMEOUT_SECONDS == 50
    monkeypatch.setattr(updates, "MAX_TIMEOUT_SECONDS", 0.05)
    async with asyncio.timeout(5):
        assert await bot.updates(timeout=1000) == []


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


@pytest.mark.parametrize("number", [7, 900_000])
async def test_after_a_week_without_updates_the_next_number_may_be_any(
    bot: BotClient, telegram: Telegram, anna: Person, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _: number)
    for _ in range(20):
        await anna.sends("hej")
    last = (await bot.updates())[-1]["update_id"]
    await bot.updates(offset=last + 1)
    await telegram.clock.move(by=timedelta(days=6))
    await anna.sends("efter sex dagar")
    assert [update["update_id"] for update in await bot.updates(offset=last + 1)] == [last + 1]
    await bot.updates(offset=last + 2)
    await telegram.clock.move(by=timedelta(days=8))
    await anna.sends("efter åtta")
    await anna.sends("och strax därpå")
    assert [update["update_id"] for update in await bot.updates(offset=last + 2)] == [number + 1, number + 2]


async def test_the_same_press_may_come_again_under_another_number(
    bot: BotClient, telegram: Telegram, anna: Person
) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard("Ja"))
    await anna.repeats(await anna.touches(message, "Ja"))
    first, again = await bot.updates()
    assert (again["update_id"], again["callback_query"]) == (first["update_id"] + 1, first["callback_query"])


async def test_an_injected_update_arrives_as_it_is(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    await telegram.inject({"update_id": 700, "message": {"text": "\ud800"}})
    poisonous = await bot.envelope("getUpdates", checked=False)
    assert poisonous["result"] == [{"update_id": 700, "message": {"text": "\ud800"}}]
    await anna.sends("hej")
    assert (await bot.updates(offset=701))[-1]["update_id"] == 701


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
