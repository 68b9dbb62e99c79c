import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import SandboxClock
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.sandbox import Sandbox
from bot.sandbox.client import Telegram
from bot.transport import Transport
from schedules.bell import Bell
from schedules.clock_agent import ClockAgent
from schedules.jobs import Tick, Ticks
from storage.engine import Database
from tests.schedules.conftest import Bot, compose, text_to, texts


class Plans:
    """Things to say at times, kept in memory here, each leading to one an hour later until `last`."""

    def __init__(self, bot: Bot, chat_id: int, due: list[datetime]) -> None:
        self.bot, self.chat_id, self.due = bot, chat_id, due

    async def tick(self, now: datetime) -> None:
        for at in [at for at in self.due if at <= now]:
            await self.bot.says(text_to(self.chat_id, f"{at:%d %H.%M} at {now:%d %H.%M}"))
            self.due.remove(at)

    async def next_due(self, _work: UnitOfWork) -> datetime | None:
        return min(self.due, default=None)


@asynccontextmanager
async def following(sandbox: Sandbox, bot: Bot, plans: Plans, clock: SandboxClock) -> AsyncIterator[ClockAgent]:
    committed = Bell()

    async def jumped() -> None:
        """The demo's clock is not the wall's."""

    ticks = Ticks(
        [Tick("plans", 3600, plans.tick)],
        clock,
        caught_up=bot.intake.caught_up,
        ticked=committed.ring,
        jumped=jumped,
    )
    agent = ClockAgent(
        sandbox.address,
        clock,
        bot.units,
        run_ticks=ticks.run_all,
        next_due=[plans.next_due],
        answers_idle=lambda: bot.answers.is_idle,
        hurry=bot.deliveries.hurry,
    )
    committed.heard_by(agent.changed)
    bot.committed.heard_by(agent.changed)
    await agent.synchronise()
    tasks = [asyncio.create_task(part.run()) for part in (agent, ticks)]
    try:
        yield agent
    finally:
        for part in (agent, ticks):
            await part.stop()
        for task in tasks:
            await task


async def test_a_move_stops_at_each_thing_that_is_due_and_each_is_done_at_its_own_time(
    sandbox: Sandbox, telegram: Telegram, database: Database, transport: Transport
) -> None:
    start = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    await telegram.clock.set(start)
    bot, clock = compose(database, transport), SandboxClock(start)
    anna = await telegram.person("Anna")
    await anna.starts()
    due = [start + timedelta(days=n, hours=1) for n in range(5)]
    async with bot.running(), following(sandbox, bot, Plans(bot, anna.id, due), clock):
        await anna.sees("echo /start")
        reached = await telegram.clock.move(to=start + timedelta(days=4))
        assert reached - (start + timedelta(days=4)) < timedelta(seconds=2)
        assert texts(await anna.messages()) == [
            "echo /start",
            "01 09.00 at 01 09.00",
            "02 09.00 at 02 09.00",
            "03 09.00 at 03 09.00",
            "04 09.00 at 04 09.00",
        ]
        assert timedelta(0) <= clock.now() - reached < timedelta(seconds=5)


async def test_a_row_that_waits_for_another_try_holds_no_move(
    sandbox: Sandbox, telegram: Telegram, database: Database, transport: Transport
) -> None:
    start = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    await telegram.clock.set(start)
    bot, clock = compose(database, transport), SandboxClock(start)
    anna = await telegram.person("Anna")
    await anna.starts()
    limit = {"error_code": 429, "description": "Too Many Requests: retry after 60", "parameters": {"retry_after": 60}}
    await telegram.faults.add("sendMessage", answer=limit)
    async with bot.running(), following(sandbox, bot, Plans(bot, anna.id, []), clock):
        async with asyncio.timeout(10):
            reached = await telegram.clock.move(by=timedelta(days=30))
    assert reached >= start + timedelta(days=30)


async def test_what_is_due_and_cannot_be_done_does_not_stop_time(
    sandbox: Sandbox, telegram: Telegram, database: Database, transport: Transport
) -> None:
    start = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    await telegram.clock.set(start)
    bot, clock = compose(database, transport), SandboxClock(start)

    class Stuck(Plans):
        async def tick(self, now: datetime) -> None:
            assert now >= start

    plans = Stuck(bot, 1, [start + timedelta(minutes=1)])
    async with bot.running(), following(sandbox, bot, plans, clock):
        async with asyncio.timeout(10):
            reached = await telegram.clock.move(by=timedelta(minutes=5))
    assert reached >= start + timedelta(minutes=5)
