"""The movable clock, and bots that follow it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Person, RequestRefused, Telegram
from tests.sandbox.conftest import TOKEN, BotClient

NOON = datetime(2027, 6, 29, 12, tzinfo=UTC)


@dataclass
class Follower:
    """A bot that has something to do at given times, and writes down when it did it."""

    telegram: Telegram
    due: list[datetime]
    handled: int | None = None
    done: list[tuple[datetime, datetime]] = field(default_factory=list)
    seen: str | None = None

    async def follow(self) -> None:
        while True:
            following = min(self.due).isoformat() if self.due else None
            told = await self.telegram.post(
                "clock/agent", {"agent": "bot", "seen": self.seen, "next": following, "handled": self.handled}
            )
            self.seen = told["now"]
            now = datetime.fromisoformat(told["now"])
            for due in [due for due in self.due if due <= now]:
                self.done.append((due, now))
                self.due.remove(due)


async def test_messages_are_dated_by_the_movable_clock(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await telegram.clock.freeze()
    await telegram.clock.set(NOON)
    message = await bot.call("sendMessage", chat_id=anna.id, text="x")
    assert (message["date"], await telegram.clock.now()) == (int(NOON.timestamp()), NOON)
    await telegram.clock.run()
    assert NOON <= await telegram.clock.now() < NOON + timedelta(seconds=10)


async def test_a_move_steps_through_everything_that_is_due(telegram: Telegram) -> None:
    await telegram.clock.freeze()
    await telegram.clock.set(NOON)
    due = [NOON + timedelta(hours=hours) for hours in (1, 2, 30, 100)]
    follower = Follower(telegram, list(due))
    following = asyncio.create_task(follower.follow())
    try:
        assert await telegram.clock.move(to_next=True) in {NOON, due[0]}
        assert await telegram.clock.move(to=NOON + timedelta(hours=48)) == NOON + timedelta(hours=48)
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    assert follower.done == [(moment, moment) for moment in due[:3]]


async def test_a_move_waits_until_updates_are_handled_and_nothing_is_to_do_now(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await telegram.clock.freeze()
    reporting = {"agent": "bot", "seen": None, "next": None, "handled": 1}
    told = await telegram.post("clock/agent", reporting)
    await anna.sends("hej")
    update_id = (await bot.updates())[0]["update_id"]
    moving = asyncio.create_task(telegram.clock.move(by=timedelta(hours=1)))

    async def waits_for(why: str) -> Any:
        return {"why": why, "agent": "bot"} in (await telegram.clock.told())["waiting_for"]

    assert await telegram.until(lambda: waits_for("unseen"))
    told = await telegram.post("clock/agent", {**reporting, "seen": told["now"]})
    busy = asyncio.create_task(telegram.post("clock/agent", {**reporting, "seen": told["now"], "next": "now"}))
    assert await telegram.until(lambda: waits_for("busy"))
    reporting["handled"] = update_id
    at_rest = asyncio.create_task(telegram.post("clock/agent", {**reporting, "seen": told["now"]}))
    await busy
    told = await at_rest
    at_rest = asyncio.create_task(telegram.post("clock/agent", {**reporting, "seen": told["now"]}))
    assert datetime.fromisoformat(told["now"]) == await moving
    at_rest.cancel()


async def test_a_move_waits_for_an_update_that_is_numbered_anew(
    telegram: Telegram, bot: BotClient, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _: 0)
    for _ in range(5):
        await anna.sends("hej")
    last = (await bot.updates())[-1]["update_id"]
    await telegram.clock.freeze()
    await telegram.clock.move(by=timedelta(days=8))
    await anna.sends("efter en vecka")
    follower = Follower(telegram, [], handled=last)
    following = asyncio.create_task(follower.follow())
    moving = asyncio.create_task(telegram.clock.move(by=timedelta(hours=1)))

    async def waits() -> bool:
        return bool((await telegram.clock.told())["waiting_for"] == [{"why": "unhandled", "update_id": 1}])

    try:
        assert await telegram.until(waits)
        follower.handled = 1
        await telegram.post("clock/agent", {"agent": "bot", "seen": follower.seen, "handled": 1})
        await moving
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_moves_go_forward_and_one_at_a_time(telegram: Telegram) -> None:
    await telegram.clock.freeze()
    await telegram.clock.set(NOON)
    with pytest.raises(RequestRefused) as refused:
        await telegram.clock.move(to=NOON - timedelta(hours=1))
    assert refused.value.status == 400
    await telegram.post("clock/agent", {"agent": "bot", "seen": None, "next": "now", "handled": None})
    await telegram.post("clock/move", {"by_seconds": 60})
    with pytest.raises(RequestRefused) as refused:
        await telegram.clock.move(by=timedelta(hours=1))
    assert refused.value.status == 409
    await telegram.clock.set(NOON)
    assert (await telegram.get("clock"))["moving_to"] is None


async def test_the_clock_of_a_new_state_starts_where_it_is_told() -> None:
    settings = SandboxSettings(token=TOKEN, initial_now=NOON, frozen=True)
    async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
        started = await telegram.clock.now()
        assert timedelta() <= started - NOON < timedelta(seconds=5)
        assert (await telegram.get("clock"))["running"] is False


async def test_limits_hold_in_real_time_and_rest_while_a_move_runs(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await telegram.limits(enabled=True, per_chat_burst=1)
    await telegram.post("clock/agent", {"agent": "bot", "seen": None, "next": "now", "handled": None})
    await telegram.post("clock/move", {"by_seconds": 3600})
    for _ in range(3):
        await bot.call("sendMessage", chat_id=anna.id, text="x")
    await telegram.clock.set(NOON)
    await bot.call("sendMessage", chat_id=anna.id, text="x")
    assert (await bot.envelope("sendMessage", chat_id=anna.id, text="x"))["error_code"] == 429
