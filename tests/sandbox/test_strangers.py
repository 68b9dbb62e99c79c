"""Bots of others, unmodified, in environments of their own: aiogram and grammY."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.client import Telegram
from tests.left_out import AIOGRAM, STRANGERS, has_aiogram, has_grammy
from tests.sandbox.conftest import TOKEN

BOTS = {"aiogram": (str(AIOGRAM), "aiogram_bot.py"), "grammY": ("node", "grammy_bot.mjs")}
LIBRARIES = [
    pytest.param("aiogram", marks=pytest.mark.skipif(not has_aiogram(), reason="aiogram is not installed")),
    pytest.param("grammY", marks=pytest.mark.skipif(not has_grammy(), reason="grammY is not installed")),
]


@asynccontextmanager
async def running(library: str, sandbox: Sandbox, way: str) -> AsyncIterator[None]:
    program, script = BOTS[library]
    started = await asyncio.create_subprocess_exec(program, str(STRANGERS / script), sandbox.address, TOKEN, way)
    try:
        yield
    finally:
        started.kill()
        await started.wait()


@pytest.mark.parametrize("library", LIBRARIES)
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
