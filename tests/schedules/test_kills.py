import asyncio
import random
import sys
from collections import Counter
from functools import partial

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.client import Person, Telegram
from tests.schedules.conftest import texts

KILLS = 4
WINDOW = 32


@pytest.mark.slow
async def test_sudden_stops_lose_nothing_and_double_no_more_than_the_window(
    sandbox: Sandbox, telegram: Telegram, sqlite_url: str
) -> None:
    people = [await telegram.new_person(f"P{number}") for number in range(5)]
    for person in people:
        await person.starts()
        for number in range(40):
            await person.sends(str(number))
    chance = random.Random(7)
    await telegram.faults.add("sendMessage", times=150, latency=0.05)
    for kill in range(KILLS + 1):
        victim = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.schedules.victim", sandbox.address, sqlite_url
        )
        if kill < KILLS:
            at = len(await telegram.calls("sendMessage")) + 1 + chance.randrange(20)
            assert await telegram.until(partial(_sent, telegram, at), 20)
        else:
            for person in people:
                assert await telegram.until(partial(_all_there, person), 30)
        victim.kill()
        await victim.wait()
    doubles = 0
    for person in people:
        got = Counter(texts(await person.messages(limit=500)))
        assert set(got) == {"echo /start", *(f"echo {number}" for number in range(40))}
        doubles += sum(count - 1 for count in got.values())
    assert doubles <= KILLS * WINDOW


async def _sent(telegram: Telegram, least: int) -> bool:
    return len(await telegram.calls("sendMessage")) >= least


async def _all_there(person: Person) -> bool:
    messages = await person.messages(limit=500)
    return "echo 39" in texts(messages) and len(set(texts(messages))) == 41
