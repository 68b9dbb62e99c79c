"""One local Telegram, one bot, one database, and the people who use them."""

import asyncio
import os
import random
import shutil
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from chaos import checks
from chaos.databases import Databases
from chaos.people import People
from chaos.plan import Plan
from chaos.process import BotProcess
from chaos.record import Record
from chaos.seed import announce, write_people
from chaos.telegram import LocalTelegram

LOOK_SECONDS: Final = 0.02
FIRST_WORD_SECONDS: Final = 30.0
SILENCE_SECONDS: Final = 14.0
"""More than PostgreSQL's claims take to be taken over, and than a send may take."""
NUDGES: Final = 3
LOGS: Final = "CHAOS_LOGS"
"""A variable that names a folder: what the bots logged is kept there."""
STARVED_SECONDS: Final = 1.5
"""A bot from which nothing has come for so long has nothing to do, and its kill does not count."""
FALSE_STARTS: Final = 3
LAST_WORDS: Final = 2000


class BotDoesNotRun(Exception):
    """The bot ends by itself whenever it is started; what it logged last."""


@dataclass
class World:
    """What a run works on."""

    kind: str
    folder: Path
    url: str
    plan: Plan
    record: Record
    people: People
    telegram: LocalTelegram
    bot: BotProcess
    chance: random.Random
    nudged: int = 0
    deaths: int = 0
    """How often the bot ended by itself while it was to do what was left."""
    _false_starts: int = 0

    @property
    def is_working(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.people.unfinished) or self._unsent > 0

    @property
    def is_announcing(self) -> bool:
        """Whether an announcement is under way."""
        return len(self.record.announced) % self.plan.recipients > 0

    @property
    def is_at_work(self) -> bool:
        """Whether somebody waits for an answer or an announcement is under way."""
        return bool(self.people.unfinished) or self.is_announcing

    @property
    def _unsent(self) -> int:
        reminded = sum(count > 0 for count in self.record.reminded.values())
        return self._unannounced + self.plan.reminders - reminded

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is true, or for so long."""
        give_up = time.monotonic() + seconds
        while not true():
            if time.monotonic() > give_up:
                return False
            await asyncio.sleep(LOOK_SECONDS)
        return True

    @property
    def _unannounced(self) -> int:
        return self.plan.announcements * self.plan.recipients - len(self.record.announced)

    async def announce(self) -> None:
        """One announcement more, due now."""
        number = self.plan.announcements
        self.plan = replace(self.plan, announcements=number + 1)
        await announce(self.url, number, await self.telegram.now())

    async def wake(self) -> bool:
        """Start the bot and wait for its first message; False when it ended before. Raises BotDoesNotRun."""
        before = self.record.count
        await self.bot.start()
        await self.until(lambda: self.record.count > before or not self.bot.is_alive, FIRST_WORD_SECONDS)
        self._false_starts = 0 if self.bot.is_alive else self._false_starts + 1
        if self._false_starts >= FALSE_STARTS:
            raise BotDoesNotRun(self.bot.log.read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:])
        return self.record.count > before

    async def live(self, messages: int, seconds: float) -> bool:
        """One life of the bot, killed when it has sent so many messages or worked for so long; whether it was at work.

        There is always an announcement of which more can be sent.
        """
        before = self.record.count
        spoke = await self.wake()
        if self._unannounced - await checks.claimed(self.url) < self.plan.recipients // 2:
            await self.announce()
        await self.until(lambda: self.record.count >= before + messages or self._is_silent, seconds)
        return await self.kill() and spoke

    @property
    def _is_silent(self) -> bool:
        return time.monotonic() - self.record.heard_at > STARVED_SECONDS

    async def kill(self) -> bool:
        """Kill the bot; whether it was at work then, and seen to be."""
        at_work = self.is_at_work and not self._is_silent
        killed = await self.bot.kill()
        await self.telegram.mark()
        return at_work and killed

    async def finish(self, *, silence: float = SILENCE_SECONDS, nudges: int = NUDGES) -> None:
        """Let the bot do what is left; who gets no answer tries again, and is counted."""
        self.people.admit(self.plan.people)
        if not self.bot.is_alive:
            await self.wake()
        ends = self.plan.now + timedelta(seconds=self.plan.spread + 30)
        if await self.telegram.now() < ends:
            await self.telegram.ask("POST", "clock/set", {"now": ends.isoformat()})
        for _ in range(nudges + 1):
            await self._until_silent(silence)
            if not self.is_working:
                break
            for dialogue in self.people.unfinished:
                self.record.asks_again(dialogue.user_id)
            self.nudged += self.people.nudge()
        await self.people.settle()

    async def _until_silent(self, seconds: float) -> None:
        """Wait until nothing more comes; a bot that ends by itself is started again."""
        heard, silent_at = (0, 0), time.monotonic() + seconds
        while self.is_working and time.monotonic() < silent_at:
            if not self.bot.is_alive:
                self.deaths += 1
                await self.bot.start()
            if heard != (self.record.count, self.people.acts):
                heard, silent_at = (self.record.count, self.people.acts), time.monotonic() + seconds
            await asyncio.sleep(1)


@asynccontextmanager
async def opened(
    databases: Databases, plan: Plan, seed: int, *, launched: bool = False, safety_off: Sequence[str] = ()
) -> AsyncIterator[World]:
    """A new world, whose local Telegram runs; the bot is not started."""
    chance = random.Random(seed)  # noqa: S311  # reproducible
    with TemporaryDirectory(prefix="arenabot-chaos-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        url = await databases.make(folder, plan)
        write_people(plan, folder / "people.json")
        people = People(plan.people, chance)
        record = Record(people.told)
        people.repeats = record.asks_again
        async with LocalTelegram(folder, record, plan.now) as telegram:
            people.telegram = telegram
            bot = BotProcess(folder, url, telegram.address, launched=launched, safety_off=safety_off)
            world = World(databases.kind, folder, url, plan, record, people, telegram, bot, chance)
            try:
                yield world
            finally:
                if world.bot.is_alive:
                    await world.bot.kill()
                _keep(world.bot.log, f"{folder.name}.log")


def _keep(log: Path, name: str) -> None:
    if LOGS in os.environ:
        folder = Path(os.environ[LOGS])
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(log, folder / name)


async def close(world: World) -> checks.Found:
    """Stop the bot and the local Telegram, and look at what they leave."""
    await world.bot.stop()
    await world.telegram.mark()
    await world.telegram.stop()
    return await checks.look(world.url, world.folder)
