"""Updates handled, inbox, database and reply rows included, against aiogram's echo without a database."""

import asyncio
import time
from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.acts import presses, writes
from benchmarks.figures import Figures, note, settled
from benchmarks.telegram import PlainTelegram
from bot.views.booking_buttons import PickSlot

WARM = 20
UPDATES = 700
RUSH = 1_000
RUNS = 3
STEPS = 100
"""In so many parts the rush comes, evenly over its second."""


async def measure(folder: Path) -> Figures:
    """updates_vs_aiogram_echo, rush_1000_over_aiogram_echo: medians of three runs' ratios."""
    rates, times = [], []
    for run in range(RUNS):
        ours = folder / f"handled{run}"
        await world.fill(ours, world.people(WARM + UPDATES))
        async with PlainTelegram() as telegram:
            with client.bot(ours, telegram.address, **client.NO_LIMIT) as bot:
                bot_rate = await _rate(telegram, bot, "/bokningar", ours)
        async with PlainTelegram() as telegram:
            with client.peer("aiogram_echo", folder, telegram.address) as peer:
                peer_rate = await _rate(telegram, peer, "/bokningar", None)
        note(f"updates for a second of one core: ours {bot_rate:.0f}, aiogram {peer_rate:.0f}")
        rates.append(bot_rate / peer_rate)
        times.append(await _rush(folder, run))
    return {"updates_vs_aiogram_echo": median(rates), "rush_1000_over_aiogram_echo": median(times)}


async def _warm(telegram: PlainTelegram, first: int) -> None:
    """A few updates of others, so that neither side is measured at its very first one."""
    await telegram.until(lambda: telegram.calls["getUpdates"] > 0)
    telegram.inject([writes(world.A_PERSON + first + number, "/bokningar") for number in range(WARM)])
    await telegram.until(lambda: len(telegram.messages) >= WARM)
    await asyncio.sleep(0.5)


async def _rate(telegram: PlainTelegram, process: client.Client, text: str, database: Path | None) -> float:
    await _warm(telegram, UPDATES)
    if database is not None:
        await telegram.until(settled(database))
    count, cpu = len(telegram.messages), process.cpu_seconds()
    telegram.inject([writes(world.A_PERSON + number, text) for number in range(UPDATES)])
    await telegram.until(lambda: len(telegram.messages) >= count + UPDATES)
    if database is not None:
        await telegram.until(settled(database))
    return UPDATES / (process.cpu_seconds() - cpu)


async def _rush(folder: Path, run: int) -> float:
    """The time to the last answer to a thousand presses for sixty slots over the time to echo a thousand messages."""
    ours = folder / f"rush{run}"
    await world.fill(ours, world.people(WARM + RUSH))
    async with PlainTelegram() as telegram:
        with client.bot(ours, telegram.address, **client.NO_LIMIT):
            await _warm(telegram, RUSH)
            drafts = range(1, RUSH + 1)
            slots = [draft % world.SLOTS + 1 for draft in drafts]
            pairs = zip(drafts, slots, strict=True)
            acts = [presses(world.A_PERSON + d - 1, PickSlot(draft_id=d, slot_id=s).pack())[1] for d, s in pairs]
            begun = await _within_a_second(telegram, acts)
            await telegram.until(lambda: len(telegram.answers) >= RUSH)
            bot_time = max(telegram.answers.values()) - begun
    async with PlainTelegram() as telegram:
        with client.peer("aiogram_echo", folder, telegram.address):
            await _warm(telegram, RUSH)
            count = len(telegram.messages)
            begun = await _within_a_second(telegram, [writes(world.A_PERSON + n, "Boka") for n in range(RUSH)])
            await telegram.until(lambda: len(telegram.messages) >= count + RUSH)
            peer_time = telegram.messages[-1][0] - begun
    note(f"a rush of {RUSH}: ours {bot_time:.2f} s, aiogram's echo {peer_time:.2f} s")
    return bot_time / peer_time


async def _within_a_second(telegram: PlainTelegram, acts: list[dict[str, object]]) -> float:
    """Hand them out evenly over a second; gives when that began."""
    begun = time.perf_counter()
    size = len(acts) // STEPS
    for step in range(STEPS):
        await asyncio.sleep(begun + step / STEPS - time.perf_counter())
        telegram.inject(acts[step * size : (step + 1) * size])
    return begun
