import asyncio
from datetime import datetime

from bot.domain.errors import DatabaseUnavailable
from schedules.jobs import Tick, Ticks
from tests.schedules.conftest import NOW, StandingClock


class Order:
    """What happened, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.changed = asyncio.Event()

    def note(self, event: str) -> None:
        self.events.append(event)
        self.changed.set()

    async def caught_up(self) -> None:
        self.note("caught up")

    async def jumped(self) -> None:
        self.note("jumped")

    async def tick(self, now: datetime) -> None:
        self.note(f"tick {now:%H.%M}")

    async def fail(self, _now: datetime) -> None:
        self.note("fail")
        raise DatabaseUnavailable("away")

    async def until(self, event: str, count: int = 1) -> None:
        async with asyncio.timeout(5):
            while self.events.count(event) < count:
                self.changed.clear()
                await self.changed.wait()


def ticks(order: Order, *table: Tick, wall: list[float] | None = None) -> Ticks:
    return Ticks(
        table,
        StandingClock(),
        caught_up=order.caught_up,
        ticked=lambda: order.note("ticked"),
        jumped=order.jumped,
        **({} if wall is None else {"wall": lambda: wall[0], "monotonic": lambda: 0.0}),
    )


async def test_a_tick_runs_after_what_was_received_before_it() -> None:
    order = Order()
    await ticks(order, Tick("a", 60, order.tick)).run_all()
    assert order.events == ["caught up", f"tick {NOW:%H.%M}", "ticked"]


async def test_a_tick_that_fails_stops_no_other() -> None:
    order = Order()
    await ticks(order, Tick("a", 60, order.fail), Tick("b", 60, order.tick)).run_all()
    assert [event for event in order.events if event not in {"caught up", "ticked"}] == ["fail", "tick 09.00"]


async def test_ticks_come_at_once_and_again_after_their_time() -> None:
    order = Order()
    running = ticks(order, Tick("a", 0.05, order.tick))
    task = asyncio.create_task(running.run())
    await order.until("tick 09.00", 3)
    await running.stop()
    await task


async def test_a_jump_of_the_wall_clock_plans_everything_anew() -> None:
    order, wall = Order(), [0.0]
    running = ticks(order, Tick("a", 86_400, order.tick), wall=wall)
    task = asyncio.create_task(running.run())
    await order.until("tick 09.00")
    wall[0] = -86_400.0
    await order.until("jumped")
    await order.until("tick 09.00", 2)
    await running.stop()
    await task
