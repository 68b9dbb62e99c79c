"""An announcement at Telegram's own limits: how long it takes, and how often Telegram says that it is too fast."""

from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.figures import Figures, note
from benchmarks.telegram import Limits, PlainTelegram

RUNS = 3


async def measure(folder: Path) -> Figures:
    """broadcast_…: medians of three runs' times; of the 429s the most that any run saw."""
    return {**await _at(folder, 30, 600), **await _at(folder, 1000, 10_000)}


async def _at(folder: Path, rate: int, recipients: int) -> Figures:
    times, refusals = [], []
    for run in range(RUNS):
        ours = folder / f"broadcast{rate}-{run}"
        await world.fill(ours, world.announcement(recipients))
        settings = {} if rate == client.USUAL_RATE else {"rate_per_second": rate}
        async with PlainTelegram(Limits(rate)) as telegram:
            with client.bot(ours, telegram.address, **settings):
                await telegram.until_sent_to(range(world.A_RECIPIENT, world.A_RECIPIENT + recipients))
        first, last = telegram.messages[0][0], telegram.messages[-1][0]
        ideal = (len(telegram.messages) - 1) / rate  # between the first and the last
        note(
            f"{len(telegram.messages)} messages in {last - first:.3f} s, ideal {ideal:.3f}, {telegram.refused} refused"
        )
        times.append((last - first) / ideal)
        refusals.append(telegram.refused)
    return {f"broadcast_{rate}_time_over_ideal": median(times), f"broadcast_{rate}_429s": max(refusals)}
