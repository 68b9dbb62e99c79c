"""How long a press waits while an announcement goes out: for its answer, and for its message."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import client, world
from benchmarks.acts import presses
from benchmarks.figures import Figures, note, quantile
from benchmarks.telegram import Limits, PlainTelegram
from bot.views.bookings_buttons import MyBookings

RUNS = 5
PRESSES = 150
SECONDS = 15.0
WARM_SECONDS = 2.0
PEOPLE = 200


@dataclass(slots=True)
class Waits:
    """Seconds from a press to its answer, and to its message or edit."""

    answers: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)


async def measure(folder: Path) -> Figures:
    """press_…, reply_…: medians of five runs, each of which has its own idle one."""
    runs = [await _run(folder, run) for run in range(RUNS)]
    return {name: median(run[name] for run in runs) for name in runs[0]}


async def _run(folder: Path, run: int) -> Figures:
    idle = await _press(folder / f"idle{run}", 0, client.USUAL_RATE)
    at_30 = await _press(folder / f"at30-{run}", 30, client.USUAL_RATE)
    at_1000 = await _press(folder / f"at1000-{run}", 1000, 1000)
    for name, waits in (("idle", idle), ("30/s", at_30), ("1,000/s", at_1000)):
        each = [f"{1e3 * quantile(w, q):.1f}" for w in (waits.answers, waits.replies) for q in (0.5, 0.95, 0.99)]
        note(f"{name}: answers {' '.join(each[:3])} ms, messages {' '.join(each[3:])} ms (p50 p95 p99)")
    return {
        "press_p95_30_over_idle": quantile(at_30.answers, 0.95) / quantile(idle.answers, 0.95),
        "press_p99_30_over_idle": quantile(at_30.answers, 0.99) / quantile(idle.answers, 0.99),
        "press_p95_1000_over_idle": quantile(at_1000.answers, 0.95) / quantile(idle.answers, 0.95),
        "reply_p95_30_in_tokens": (quantile(at_30.replies, 0.95) - quantile(idle.replies, 0.95)) * 30,
    }


async def _press(folder: Path, announced: int, rate: int) -> Waits:
    """Presses of different people, ten a second but never in step with anything."""
    steps = [world.people(PEOPLE)]
    if announced:
        steps.append(world.announcement(int(announced * (SECONDS + 2 * WARM_SECONDS))))
    await world.fill(folder, *steps)
    settings = {} if rate == client.USUAL_RATE else {"rate_per_second": rate}
    waits = Waits()
    async with PlainTelegram(Limits(rate)) as telegram:
        with client.bot(folder, telegram.address, **settings):
            await telegram.until(lambda: telegram.calls["getUpdates"] > 0)
            if announced:
                await telegram.until(lambda: len(telegram.messages) > 0)
            await asyncio.sleep(WARM_SECONDS)
            await _go_on_pressing(telegram, waits)
    return waits


async def _go_on_pressing(telegram: PlainTelegram, waits: Waits) -> None:
    chance = random.Random(1)  # noqa: S311  # the same moments for all
    injected: dict[str, tuple[float, int]] = {}
    begun = time.perf_counter()
    for number in range(PRESSES):
        moment = begun + (number + chance.uniform(0.1, 0.9)) * SECONDS / PRESSES
        await asyncio.sleep(moment - time.perf_counter())
        user_id = world.A_PERSON + number % PEOPLE
        query_id, update = presses(user_id, MyBookings().pack())
        injected[query_id] = (time.perf_counter(), user_id)
        telegram.inject([update])
    everybody = {user_id for _, user_id in injected.values()}
    await telegram.until(lambda: len(telegram.answers) >= PRESSES)
    await telegram.until_sent_to(everybody)
    first: dict[int, float] = {}
    for at, chat_id in telegram.messages:
        first.setdefault(chat_id, at)
    for query_id, (at, user_id) in injected.items():
        waits.answers.append(telegram.answers[query_id] - at)
        waits.replies.append(first[user_id] - at)
