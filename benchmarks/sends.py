"""Messages for a second of one core: the outbox, rows claimed and marked, against aiogram sending bare."""

from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.figures import Figures, note, settled
from benchmarks.telegram import PlainTelegram

SENDS = 20_000
RUNS = 3


async def measure(folder: Path) -> Figures:
    """sends_vs_aiogram: the median of three runs' ratios."""
    ratios = []
    for run in range(RUNS):
        ours = folder / f"sends{run}"
        await world.fill(ours, world.outbox(SENDS))
        async with PlainTelegram() as telegram:
            with client.bot(ours, telegram.address, **client.NO_LIMIT) as bot:
                bot_rate = await _rate(telegram, bot, ours)
        async with PlainTelegram() as telegram:
            with client.peer("aiogram_send", folder, telegram.address, SENDS) as peer:
                peer_rate = await _rate(telegram, peer, None)
        note(f"sends for a second of one core: ours {bot_rate:.0f}, aiogram {peer_rate:.0f}")
        ratios.append(bot_rate / peer_rate)
    return {"sends_vs_aiogram": median(ratios)}


async def _rate(telegram: PlainTelegram, process: client.Client, database: Path | None) -> float:
    """From the first message on, until the last has been sent and, where there is a database, marked."""
    await telegram.until(lambda: len(telegram.messages) > 0)
    count, cpu = len(telegram.messages), process.cpu_seconds()
    await telegram.until(lambda: len(telegram.messages) >= SENDS)
    if database is not None:
        await telegram.until(settled(database))
    return (len(telegram.messages) - count) / (process.cpu_seconds() - cpu)
