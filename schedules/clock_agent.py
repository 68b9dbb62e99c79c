"""Follows the local Telegram's movable clock: does what is due at each time it is told, and says when there is more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import aiohttp

from bot.clock import SandboxClock
from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from schedules.pauses import Pauses

log = logging.getLogger(__name__)
POLL_SECONDS: Final = 30.0
HURRY_SECONDS: Final = 2.0
MOVED_SECONDS: Final = 1.0
SETTLE_SECONDS: Final = 0.01
STUCK: Final = timedelta(minutes=1)

NextDue: TypeAlias = Callable[[UnitOfWork], Awaitable[datetime | None]]


class ClockAgent:
    """Keeps one report waiting at the local Telegram, renewed whenever what it says has changed.

    `run_ticks` does all that is due now; each of `next_due(work)` says when something is due next; `answers_idle` whether
    all presses have been answered; `hurry(seconds)` takes the sender's pace off while a move runs. `changed` is to be
    called after each commit of intake, sender and ticks.
    """

    def __init__(
        self,
        address: str,
        clock: SandboxClock,
        units: Units,
        *,
        run_ticks: Callable[[], Awaitable[None]],
        next_due: Sequence[NextDue],
        answers_idle: Callable[[], bool],
        hurry: Callable[[float], None],
        name: str = "arenabot",
    ) -> None:
        self._url = f"{address.rstrip('/')}/control/clock"
        self._clock = clock
        self._units = units
        self._run_ticks = run_ticks
        self._next_due = next_due
        self._answers_idle = answers_idle
        self._hurry = hurry
        self._name = name
        self._seen: str | None = None
        self._is_moving = False
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()

    def changed(self) -> None:
        """Something was handled, sent or planned."""
        self._changed.set()

    async def synchronise(self) -> None:
        """Set the clock once, before anything else starts. Raises aiohttp.ClientError, OSError."""
        async with aiohttp.ClientSession() as http, http.get(self._url) as response:
            answer = await response.json()
        self._clock.tell(datetime.fromisoformat(answer["now"]), running=bool(answer["running"]))

    async def run(self) -> None:
        """Follow the clock until stopped."""
        following = asyncio.create_task(self._follow(), name="clock")
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([following, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in (following, stopping):
            task.cancel()
        for result in await asyncio.gather(following, stopping, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def stop(self) -> None:
        """Follow no more."""
        self._stopping.set()

    async def _follow(self) -> None:
        pauses = Pauses(longest=2.0)
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                try:
                    answer = await self._told(http)
                except (aiohttp.ClientError, OSError, ValueError) as error:
                    log.info("the clock does not answer (%s)", type(error).__name__)
                    await asyncio.sleep(pauses.next())
                    continue
                pauses.reset()
                await self._go_to(answer)

    async def _told(self, http: aiohttp.ClientSession) -> dict[str, Any]:
        """The clock's next word; the report that waits for it is renewed while it waits."""
        waiting: asyncio.Task[dict[str, Any]] | None = None
        reported: dict[str, Any] | None = None
        try:
            while True:
                self._changed.clear()
                report = await self._report()
                if waiting is None or report != reported:
                    if waiting is not None:
                        waiting.cancel()
                    waiting, reported = asyncio.create_task(self._post(http, report)), report
                change = asyncio.create_task(self._changed.wait())
                try:
                    # the time limit is a net: a wait that is over changes the report without a commit
                    await asyncio.wait([waiting, change], timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    change.cancel()
                if waiting.done():
                    return waiting.result()
                await asyncio.sleep(SETTLE_SECONDS)
        finally:
            if waiting is not None:
                waiting.cancel()

    async def _post(self, http: aiohttp.ClientSession, report: dict[str, Any]) -> dict[str, Any]:
        async with http.post(f"{self._url}/agent", json=report) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    async def _go_to(self, answer: dict[str, Any]) -> None:
        now = datetime.fromisoformat(answer["now"])
        moved = abs((now - self._clock.now()).total_seconds()) > MOVED_SECONDS
        self._clock.tell(now, running=bool(answer["running"]))
        self._seen = answer["now"]
        self._is_moving = moved or (self._is_moving and not answer["running"])
        if moved:
            self._hurry(HURRY_SECONDS)
            await self._run_ticks()

    async def _report(self) -> dict[str, Any]:
        try:
            handled, is_busy, due_at = await self._state()
            if not is_busy and due_at is not None and due_at <= self._clock.now():
                await self._run_ticks()
                handled, is_busy, due_at = await self._state()
        except DatabaseUnavailable:
            handled, is_busy, due_at = None, True, None
        if due_at is not None and due_at <= self._clock.now():
            # what cannot be done now must not stop time
            due_at = self._clock.now() + STUCK
        if is_busy and self._is_moving:
            self._hurry(HURRY_SECONDS)
        following = "now" if is_busy else None if due_at is None else due_at.isoformat()
        return {"agent": self._name, "seen": self._seen, "next": following, "handled": handled}

    async def _state(self) -> tuple[int | None, bool, datetime | None]:
        async with self._units.read() as work:
            handled = await work.inbox.last_handled()
            is_busy = await work.inbox.newest_waiting() is not None or await work.outbox.is_busy()
            due = [at for at in [await each(work) for each in self._next_due] if at is not None]
        return handled, is_busy or not self._answers_idle(), min(due, default=None)
