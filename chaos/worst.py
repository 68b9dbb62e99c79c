"""Kills while Telegram, the network, the database and the clock are at their worst."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from datetime import datetime
from typing import Any, Final

from chaos import world
from chaos.databases import Databases, PostgresServer
from chaos.kills import WINDOW, tell
from chaos.plan import BEFORE_SUMMER_TIME, BEFORE_WINTER_TIME, Plan
from chaos.process import BotProcess
from chaos.proxy import Proxy
from chaos.report import Report
from chaos.world import World
from schedules.sending import SEND_SECONDS

A_DAY: Final = 86400.0
RESTART_SECONDS: Final = 10.0
OUT_SECONDS: Final = 5.0
LONGEST_LOCK_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.2
AN_EPISODE_SECONDS: Final = 11.0
MANY: Final = 50
FEW_LIVES: Final = 3

FULL: Final = "SQLITE_FULL"
LOCKED: Final = "SQLITE_BUSY"
"""What SQLite calls it."""
UNANSWERED: Final = f"no answer in {SEND_SECONDS} s"
"""What the bot says when it gives up waiting for Telegram."""

STORM: Final = {"method": "sendMessage", "times": 20, "answer": {"error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}}  # fmt: skip
BROKEN: Final = {"method": "sendMessage", "times": 30, "answer": {"error_code": 502, "description": "Bad Gateway"}}
LOST: Final = {"method": "sendMessage", "times": 10, "lost": True}
RESET: Final = {"method": "*", "times": 20, "reset": True}
HANGING: Final = {"method": "sendMessage", "times": 5, "hang": 11}


class Worst:
    """One world at its worst; a life of the bot for each kill."""

    def __init__(self, ours: World, databases: Databases, proxy: Proxy) -> None:
        self._world = ours
        self._databases = databases
        self._proxy = proxy
        self.seen: set[str] = set()
        self.ambiguous: list[int] = []
        """Answers in each life that left the bot not knowing, by the local Telegram's and the proxy's count."""
        self.deaths: list[int] = []
        """How often in each life the bot ended by itself and was started again."""
        self._counted = 0

    async def life(self, number: int, people: int) -> bool:
        """One life with trouble from its first word on, killed at a random moment of it.

        So many more people begin, half of them shortly before the kill; gives whether it fell while the bot worked.
        """
        ours = self._world
        ours.people.admit(ours.people.begun + people // 2)
        troubles = self._troubles()
        trouble = troubles[number % len(troubles)]
        deaths = 0
        await ours.wake()
        ends = time.monotonic() + ours.chance.uniform(1, 3)
        async with AsyncExitStack() as stack:
            for each in trouble:
                ends += await stack.enter_async_context(each)
            while time.monotonic() < ends:
                if not ours.bot.is_alive:
                    deaths += 1
                    await ours.bot.start()
                await asyncio.sleep(0.1)
            ours.people.admit(ours.people.begun + people - people // 2)
            await asyncio.sleep(ours.chance.uniform(0.1, 0.5))
            at_work = ours.is_at_work
            await ours.bot.kill()
        await ours.telegram.ask("DELETE", "faults")
        await asyncio.sleep(0.1)
        await ours.telegram.mark()
        await self._note(deaths)
        return at_work

    async def finish(self) -> None:
        """The last life, which is in no trouble and not killed."""
        await self._world.finish()
        await self._note(self._world.deaths)

    async def _note(self, deaths: int) -> None:
        """What a life was excused by."""
        told = int((await self._world.telegram.ask("GET", "faults"))["ambiguous"]) + self._proxy.dropped
        self.ambiguous.append(told - self._counted)
        self.deaths.append(deaths)
        self._counted = told

    def _troubles(self) -> Sequence[Sequence[Any]]:
        """What goes wrong together; over five kills everything does."""
        first, second = (
            (self._restarts, self._restarts) if self._databases.kind == "postgresql" else (self._full, self._locked)
        )
        return (
            (self._faults(BROKEN), first()),
            (self._faults(LOST), self._bad_network(), self._faults(STORM)),
            (self._hanging(), second()),
            (self._faults(RESET), self._wall(A_DAY)),
            (self._faults(STORM), self._faults(LOST), self._wall(-A_DAY)),
        )

    @asynccontextmanager
    async def _faults(self, fault: dict[str, Any]) -> AsyncIterator[float]:
        await self._world.telegram.ask("POST", "faults", fault)
        yield 1.0

    @asynccontextmanager
    async def _hanging(self) -> AsyncIterator[float]:
        """Until the bot has waited as long as it does: what comes then finds it not knowing."""
        before = self._logged(UNANSWERED)
        await self._world.telegram.ask("POST", "faults", HANGING)
        await asyncio.sleep(SEND_SECONDS)
        if await self._world.until(lambda: self._logged(UNANSWERED) > before, OUT_SECONDS):
            self.seen.add("unanswered")
        yield 0.0

    @asynccontextmanager
    async def _bad_network(self) -> AsyncIterator[float]:
        self._proxy.is_bad = True
        try:
            yield 2.0
        finally:
            self._proxy.is_bad = False

    @asynccontextmanager
    async def _wall(self, seconds: float) -> AsyncIterator[float]:
        self._world.bot.command(wall=seconds)
        yield 3.0

    @asynccontextmanager
    async def _full(self) -> AsyncIterator[float]:
        """Until SQLITE_FULL is in the bot's log, and as long as it lasts."""
        before = self._logged(FULL)
        self._world.bot.command(full=OUT_SECONDS)
        if await self._world.until(lambda: self._logged(FULL) > before, OUT_SECONDS):
            self.seen.add("full")
        yield OUT_SECONDS

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[float]:
        """Somebody else writes, and longer than SQLite waits for its turn."""
        if await asyncio.to_thread(self._lock, self._logged(LOCKED)):
            self.seen.add("locked")
        yield 0.0

    def _lock(self, before: int) -> bool:
        """Hold the lock until the bot has logged it, but not for ever; whether it has."""
        with closing(sqlite3.connect(self._world.folder / "arenabot.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            ends, gives_up = time.monotonic() + OUT_SECONDS, time.monotonic() + LONGEST_LOCK_SECONDS
            while time.monotonic() < ends or (self._logged(LOCKED) <= before and time.monotonic() < gives_up):
                time.sleep(LOOK_SECONDS)
            other.execute("ROLLBACK")
        return self._logged(LOCKED) > before

    @asynccontextmanager
    async def _restarts(self) -> AsyncIterator[float]:
        """PostgreSQL falls over now, and every ten seconds."""
        enough = asyncio.Event()
        task = asyncio.create_task(self._keep_restarting(enough))
        try:
            yield RESTART_SECONDS + 2
        finally:
            enough.set()
            await task

    async def _keep_restarting(self, enough: asyncio.Event) -> None:
        """Until told; a restart under way ends first, lest it falls into the next life."""
        assert isinstance(self._databases, PostgresServer)  # noqa: S101  # asked for nothing else
        while not enough.is_set():
            await self._databases.restart()
            self.seen.add("restarted")
            with suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), RESTART_SECONDS)

    def _logged(self, what: str) -> int:
        return self._world.bot.log.read_text(encoding="utf-8", errors="replace").count(what)


async def run(databases: Databases, kills: int, report: Report) -> None:
    """A world on each night when summer time changes; where there are few kills, one night for each database."""
    nights = {"spring": BEFORE_SUMMER_TIME, "autumn": BEFORE_WINTER_TIME}
    lives, first = kills // 10, 0
    if kills < MANY:
        nights.pop("autumn" if databases.kind == "sqlite" else "spring")
        lives, first = FEW_LIVES, 0 if databases.kind == "sqlite" else FEW_LIVES - 1
    for number, (name, night) in enumerate(nights.items()):
        await _night(databases, kills, lives, first + number * lives, f"{databases.kind}_worst_{name}", night, report)


async def _night(
    databases: Databases, kills: int, lives: int, first: int, title: str, night: datetime, report: Report
) -> None:
    plan = Plan.scaled(kills, AN_EPISODE_SECONDS * lives, now=night, announcements=2)
    async with (
        world.opened(databases, plan, seed=lives, launched=True) as ours,
        Proxy(ours.telegram.address, ours.chance) as proxy,
    ):
        ours.bot = BotProcess(ours.folder, ours.url, proxy.address, launched=True)
        worst = Worst(ours, databases, proxy)
        at_work, tries = 0, 0
        while at_work < lives and tries < 2 * lives:
            at_work += await worst.life(first + tries, plan.people // lives)
            tries += 1
        await worst.finish()
        found = await world.close(ours)
    report.line(f"{title}_kills_at_work", at_work, "≥", lives)
    tell(title, ours, found, report, waits=False)
    _tell_doubles(title, ours, worst, report)
    wanted = {"unanswered"} | ({"restarted"} if databases.kind == "postgresql" else {"full", "locked"})
    report.line(f"{title}_troubles_seen", len(wanted & worst.seen), "=", len(wanted))


def _tell_doubles(title: str, ours: World, worst: Worst, report: Report) -> None:
    *doubles, after_all = ours.record.doubles()
    beyond = beyond_the_promise(doubles, worst.deaths, worst.ambiguous)
    report.line(f"{title}_doubles_beyond_the_promise", beyond + after_all, "=", 0)
    if ours.kind == "sqlite":
        report.line(f"{title}_ended_by_itself", sum(worst.deaths), "=", 0)
    report.note(f"{title}: doubles {doubles}, ambiguous {worst.ambiguous}, ended by itself {worst.deaths}")
    report.note(f"{title}: {sum(d.repeats for d in ours.people.dialogues)} people answered the same once more")
    last = ours.record.marks[-2]
    if at_the_end := [each for each in ours.record.repeated() if each[0] > last]:
        report.note(f"{title}: twice after the last kill, message {last}: {at_the_end[:5]}")
        for _, chat_id, _ in at_the_end[:5]:
            if (dialogue := ours.people.of(chat_id)) is not None:
                report.note(f"{title}: {chat_id}: {dialogue.history}")


def beyond_the_promise(doubles: Sequence[int], deaths: Sequence[int], ambiguous: Sequence[int]) -> int:
    """The doubles of a life beyond a window for each time it ended suddenly, and one for each answer that left it not
    knowing; of all lives the most. All were killed but the last one. Raises ValueError where one is not told of.
    """
    kills = [1] * (len(deaths) - 1) + [0]
    lives = zip(doubles, kills, deaths, ambiguous, strict=True)
    return max(0, *(found - WINDOW * (killed + died) - unknown for found, killed, died, unknown in lives))
