"""What a million pending reminders cost: the start, memory, and each look for what is due."""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.acts import writes
from benchmarks.figures import Figures, note
from benchmarks.telegram import PlainTelegram
from storage.engine import open_database
from storage.units import DatabaseUnits

MANY, FEW, DUE = 1_000_000, 1_000, 100
RUNS = 5
LOOKS = 300


async def measure(folder: Path) -> Figures:
    """ready_…, memory_…, claim_…: medians of five runs, the two sides in turn."""
    many, few, none = folder / "many", folder / "few", folder / "none"
    await world.fill(many, world.reminders(MANY, due=DUE))
    await world.fill(few, world.reminders(FEW, due=DUE))
    await world.fill(none)
    claims = [(await _look(many), await _look(few)) for _ in range(RUNS)]
    note(f"a look: {1e3 * median(c[0] for c in claims):.2f} ms, {1e3 * median(c[1] for c in claims):.2f} ms with few")
    await _settle_due(many)
    started = [(await _start(many), await _start(none)) for _ in range(RUNS)]
    for with_many, empty in started:
        note(f"ready in {with_many[0]:.2f} s, empty {empty[0]:.2f}; {with_many[1]:.1f} MB, empty {empty[1]:.1f}")
    return {
        "claim_1e6_over_1e3": median(many / few for many, few in claims),
        "ready_1e6_over_empty": median(many[0] / empty[0] for many, empty in started),
        "memory_1e6_over_empty": median(many[1] / empty[1] for many, empty in started),
    }


async def _look(folder: Path) -> float:
    """Seconds that it takes to find what is due, on the median."""
    database = await open_database(f"sqlite:///{folder}/arenabot.db")
    units, now, times = DatabaseUnits(database), datetime.now(UTC), []
    try:
        for _ in range(LOOKS):
            begun = time.perf_counter()
            async with units.begin() as work:
                first = await work.reminders.list_due(now, limit=DUE)
                found = await work.reminders.list_due_with([reminder.id for reminder in first], now)
            times.append(time.perf_counter() - begun)
            assert len(found) == DUE
    finally:
        await database.close()
    return median(times)


async def _settle_due(folder: Path) -> None:
    """Only what is pending is to weigh on the start."""
    database = await open_database(f"sqlite:///{folder}/arenabot.db")
    try:
        async with DatabaseUnits(database).begin() as work:
            for reminder in await work.reminders.list_due(datetime.now(UTC), limit=DUE):
                await work.reminders.change(reminder, state="sent")
    finally:
        await database.close()


async def _start(folder: Path) -> tuple[float, float]:
    """Seconds from the process's start to its first answer, and megabytes held then."""
    async with PlainTelegram() as telegram:
        telegram.inject([writes(world.COORDINATOR, "/arenor")])
        begun = time.perf_counter()
        with client.bot(folder, telegram.address) as bot:
            await telegram.until_sent_to([world.COORDINATOR])
            return time.perf_counter() - begun, bot.resident_bytes() / 1e6
