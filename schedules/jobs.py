"""The table of ticks. APScheduler only ticks; what is due is found in the database by the tick itself."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final, TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import DatabaseUnavailable
from bot.domain.frozen import dataclass
from bot.domain.ports.delivery import Clock
from bot.domain.ports.units import Units

log = logging.getLogger(__name__)
JUMP_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 1.0

Run: TypeAlias = Callable[[datetime], Awaitable[object]]
Service: TypeAlias = Callable[..., Awaitable[object]]
"""Called with a unit of work and `now`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that looks for what is due at `now` (aware UTC, the domain's time) every so many seconds.

    `run` opens its own unit of work, does what is due and is safe to run at any time, again too.
    """

    name: str
    seconds: float
    run: Run


def in_parts(units: Units, service: Service) -> Run:
    """A tick's `run` of a service that does a part of what is due and tells whether there may be more.

    Each part is a unit of work of its own: whoever presses a button meanwhile waits for one of them, and what is done
    stays done when the next fails.
    """

    async def run(now: datetime) -> None:
        more: object = True
        while more:
            async with units.begin() as work:
                more = await service(work, now=now)

    return run


class Ticks:
    """Runs ticks, each after what had been received before it (`caught_up`); `ticked` is called after each.

    APScheduler plans by the wall clock, which may jump: seen against the monotonic one, all is planned anew and `jumped`
    is awaited.
    """

    def __init__(
        self,
        ticks: Sequence[Tick],
        clock: Clock,
        *,
        caught_up: Callable[[], Awaitable[None]],
        ticked: Callable[[], None],
        jumped: Callable[[], Awaitable[None]],
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ticks = ticks
        self._clock = clock
        self._caught_up = caught_up
        self._ticked = ticked
        self._jumped = jumped
        self._wall = wall
        self._monotonic = monotonic
        self._one_at_a_time = asyncio.Lock()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Tick until stopped."""
        for tick in self._ticks:
            self._scheduler.add_job(
                self._job,
                IntervalTrigger(seconds=tick.seconds, timezone=UTC),
                args=[tick],
                id=tick.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()
        try:
            await self._watch_the_wall()
        finally:
            self._stopping.set()
            self._scheduler.pause()
            await asyncio.sleep(0)  # those just handed out begin, and see that they are to stop
            if self._in_hand:
                await asyncio.wait(self._in_hand)
            self._scheduler.shutdown(wait=False)  # which would cancel them, and call that an error

    async def stop(self) -> None:
        """Tick no more; the tick in hand ends first."""
        self._stopping.set()

    async def run_all(self) -> None:
        """Run every tick now, in the table's order: the clock has moved."""
        for tick in self._ticks:
            await self._run(tick)

    def wake(self) -> None:
        """Run every tick soon."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    async def _job(self, tick: Tick) -> None:
        """A tick that the scheduler started."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # coroutines run in tasks
        self._in_hand.add(task)
        try:
            await self._run(tick)
        finally:
            self._in_hand.discard(task)

    async def _run(self, tick: Tick) -> None:
        async with self._one_at_a_time:
            now = self._clock.now()
            try:
                await self._caught_up()
                if not self._stopping.is_set():
                    await tick.run(now)
            except DatabaseUnavailable as error:
                log.warning("the tick %s waits for the database: %s", tick.name, error)
            except Exception:
                log.exception("the tick %s failed", tick.name)
        self._ticked()

    async def _watch_the_wall(self) -> None:
        apart = self._wall() - self._monotonic()
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._stopping.wait()
            now_apart = self._wall() - self._monotonic()
            if abs(now_apart - apart) < JUMP_SECONDS:
                continue
            log.warning("the wall clock jumped by %.0f s; the ticks are planned anew", now_apart - apart)
            apart = now_apart
            self.wake()
            try:
                await self._jumped()
            except DatabaseUnavailable as error:
                log.warning("waits could not be cut: %s", error)
