"""Rates, and faults by request."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient


async def test_beyond_the_rate_of_a_chat_it_is_429_with_retry_after(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await telegram.limits(enabled=True, per_chat_burst=2)
    for _ in range(2):
        await bot.call("sendMessage", chat_id=anna.id, text="x")
    async with bot.session.post(bot.url("sendMessage"), json={"chat_id": anna.id, "text": "x"}) as answer:
        assert (answer.status, answer.headers["Retry-After"], await answer.json()) == (
            429,
            "1",
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            },
        )


async def test_about_thirty_a_second_over_all(telegram: Telegram, bot: BotClient) -> None:
    people = [await telegram.new_person(f"P{number}", started=True) for number in range(45)]
    await telegram.limits(enabled=True)
    answers = await asyncio.gather(*(bot.envelope("sendMessage", chat_id=one.id, text="x") for one in people))
    refused = sum(not answer["ok"] for answer in answers)
    assert 0 < refused <= 15


async def test_faults_happen_to_the_next_calls(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.faults.add(
        "sendMessage", times=2, answer={"error_code": 500, "description": "Internal Server Error"}
    )
    assert await bot.call("getMe")
    for _ in range(2):
        assert await bot.refusal("sendMessage", chat_id=anna.id, text="x") == "Internal Server Error"
    await bot.call("sendMessage", chat_id=anna.id, text="ett")
    await telegram.faults.add("sendMessage", lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=anna.id, text="förlorat")
    await telegram.faults.add("*", reset=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=anna.id, text="aldrig")
    assert [message["text"] for message in await anna.messages()] == ["/start", "ett", "förlorat"]
    await telegram.faults.add("getMe", hang=30)
    await telegram.faults.clear()
    assert await telegram.faults.waiting() == []


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await telegram.limits(enabled=True)
    answers = [await bot.envelope("sendMessage", chat_id=anna.id, text="x") for _ in range(6)]
    assert [answer.get("parameters") for answer in answers] == [*[None] * 5, {"retry_after": 1}]
    await telegram.limits(enabled=False)
    for _ in range(30):
        await bot.call("sendMessage", chat_id=anna.id, text="x")


async def test_a_storm_of_429_passes(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.faults.storm(3, method="sendMessage", retry_after=7)
    for _ in range(3):
        async with bot.session.post(bot.url("sendMessage"), json={"chat_id": anna.id, "text": "x"}) as answer:
            told = await answer.json()
            assert (answer.status, answer.headers["Retry-After"], told["description"], told["parameters"]) == (
                429,
                "7",
                "Too Many Requests: retry after 7",
                {"retry_after": 7},
            )
    await bot.call("sendMessage", chat_id=anna.id, text="efter stormen")
    assert [message["text"] for message in await anna.messages()] == ["/start", "efter stormen"]
