"""The start and the memory of the bot against a bare python-telegram-bot Application."""

import asyncio
import time
from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.figures import Figures, note
from benchmarks.telegram import PlainTelegram

RUNS = 5
REST_SECONDS = 1.0


async def measure(folder: Path) -> Figures:
    """start_over_ptb, memory_over_ptb: medians of five runs' ratios; the bot's database is there from an earlier start."""
    ours = folder / "footprint"
    await world.fill(ours)
    starts, memories = [], []
    for _ in range(RUNS):
        async with PlainTelegram() as telegram:
            bot = await _start(telegram, client.bot(ours, telegram.address))
        async with PlainTelegram() as telegram:
            peer = await _start(telegram, client.peer("ptb_bare", folder, telegram.address))
        note(f"first getUpdates after {bot[0]:.2f} s, PTB {peer[0]:.2f}; {bot[1]:.1f} MB, PTB {peer[1]:.1f}")
        starts.append(bot[0] / peer[0])
        memories.append(bot[1] / peer[1])
    return {"start_over_ptb": median(starts), "memory_over_ptb": median(memories)}


async def _start(telegram: PlainTelegram, process: client.Client) -> tuple[float, float]:
    """Seconds to the first getUpdates, and megabytes held a second later."""
    begun = time.perf_counter()
    with process:
        await telegram.until(lambda: telegram.calls["getUpdates"] > 0)
        taken = time.perf_counter() - begun
        await asyncio.sleep(REST_SECONDS)
        return taken, process.resident_bytes() / 1e6
