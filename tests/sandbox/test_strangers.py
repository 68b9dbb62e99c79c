"""Bots of others, unmodified, in environments of their own: aiogram and grammY."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.client import Telegram
from tests.sandbox.conftest import TOKEN

HERE = Path(__file__).parent / "strangers"
AIOGRAM = Path(__file__).parents[2] / ".venv" / ".peers" / "bin" / "python"
BOTS = {"aiogram": "aiogram_bot.py", "grammy": "grammy_bot.mjs"}


def program(library: str) -> str:
    """What runs the library's scripts; skips the test where it is not there, and says how to get it."""
    if library == "aiogram":
        if not AIOGRAM.exists():
            pytest.skip("aiogram's bot was left out; `make test` installs aiogram")
        return str(AIOGRAM)
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        pytest.skip("grammY's bot was left out; `apt install nodejs npm`, then `make test` installs grammY")
    return node


@asynccontextmanager
async def running(library: str, sandbox: Sandbox, way: str) -> AsyncIterator[None]:
    started = await asyncio.create_subprocess_exec(
        program(library), str(HERE / BOTS[library]), sandbox.address, TOKEN, way
    )
    try:
        yield
    finally:
        started.kill()
        await started.wait()


@pytest.mark.parametrize("library", BOTS)
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_strangers_run_unmodified(sandbox: Sandbox, library: str, way: str) -> None:
    async with running(library, sandbox, way), Telegram(sandbox.address, deadline=30) as telegram:
        await telegram.limits(strict=True)
        await telegram.bot(supports_inline_queries=True)
        if way == "polling":
            await asyncio.wait_for(sandbox.polled(), 30)  # a poll stands in the log of calls once it is answered
        else:
            assert await telegram.until(lambda: telegram.calls("setWebhook"))
        anna = await telegram.person("Anna")
        await anna.starts()
        card = await anna.sees("Hej")
        assert card["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
        assert await anna.presses("Boka") == "Klart"
        assert (await anna.sees("Bokat"))["message_id"] == card["message_id"]
        await anna.sends("/fil")
        assert await anna.content(await anna.sees_document("tider för året.ics")) == b"BEGIN"
        await anna.sends("/val")
        assert (await anna.sees("Vilken?"))["reply_markup"]["keyboard"] == [[{"text": "A"}]]
        await anna.uploads(b"BEGIN", "plan.txt")
        assert (await anna.sees("plan.txt: BEGIN"))["reply_to_message"]["document"]["file_name"] == "plan.txt"
        group = await telegram.group("Samordnare", anna)

        async def greeted() -> bool:
            return (await group.messages())[-1].get("text") == "Hej Samordnare"

        assert await telegram.until(greeted)
        found = await anna.asks_inline("juni", to=group)
        assert (await anna.chooses(found, "1", to=group))["text"] == "juni"
        refused = [call["answer"] for call in await telegram.calls() if not call["answer"]["ok"]]
    assert refused == []
