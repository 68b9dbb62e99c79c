"""The demo as a program: what starts, what stops, what comes back."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import DEMO_START

ROOT = Path(__file__).parents[1]
PATIENCE = 30.0


async def until(condition: Callable[[], bool], within: float = PATIENCE) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  # a process of the system has no event
            await asyncio.sleep(0.02)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@dataclass
class RunningDemo:
    """A demo that has printed its address."""

    process: asyncio.subprocess.Process
    address: str

    @property
    def bot(self) -> int:
        """The bot's process id."""
        (bot,) = children(self.process.pid)
        return bot

    async def asks(self, path: str, body: dict[str, Any] | None = None) -> Any:
        async with aiohttp.ClientSession(self.address) as http:
            method = "GET" if body is None else "POST"
            async with http.request(method, path, json=body) as response:
                assert response.status == 200, await response.text()
                return await response.json()

    async def hears_the_bot(self, person: int) -> list[str]:
        """All that the bot has said to the person, once it has said anything."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.asks(f"/control/chats/{person}/messages")
                if said := [message.get("text", "") for message in found["messages"] if not message["out"]]:
                    return said
                await asyncio.sleep(0.05)


async def start(folder: Path, *more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        "0",
        "--data",
        str(folder),
        *more,
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def running(folder: Path, *more: str) -> AsyncIterator[RunningDemo]:
    process = await start(folder, *more)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line or (await process.stderr.read()).decode()
        yield RunningDemo(process, found[0])
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.communicate(), PATIENCE)


async def test_ctrl_c_stops_bot_and_an_open_page_within_three_seconds(tmp_path: Path) -> None:
    async with (
        running(tmp_path / "data") as demo,
        aiohttp.ClientSession(demo.address) as http,
        http.get("/control/events") as page,
    ):
        assert page.status == 200
        bot = demo.bot
        began = time.monotonic()
        demo.process.send_signal(signal.SIGINT)
        out, err = await asyncio.wait_for(demo.process.communicate(), PATIENCE)
        took = time.monotonic() - began
    assert (demo.process.returncode, out, err) == (0, b"", b"")
    assert not alive(bot)
    assert took < 3


async def test_a_bot_that_is_killed_is_started_again_and_answers(tmp_path: Path) -> None:
    async with running(tmp_path / "data") as demo:
        killed = demo.bot
        os.kill(killed, signal.SIGKILL)
        await until(lambda: children(demo.process.pid) not in ([], [killed]))
        await demo.asks("/control/people/1001/start", {})
        assert await demo.hears_the_bot(1001) != []


async def test_a_demo_that_is_killed_leaves_no_bot_behind_and_starts_again_with_its_chats(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with running(folder) as demo:
        await demo.asks("/control/people/1001/start", {})
        before = await demo.hears_the_bot(1001)
        bot = demo.bot
        demo.process.kill()
        await demo.process.communicate()
        await until(lambda: not alive(bot))
    async with running(folder) as demo:
        assert (await demo.hears_the_bot(1001))[: len(before)] == before


async def test_a_fresh_demo_has_forgotten_everything(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with running(folder) as demo:
        await demo.asks("/control/people/1001/start", {})
        await demo.hears_the_bot(1001)
    async with running(folder, "--fresh") as demo:
        assert (await demo.asks("/control/chats/1001/messages"))["messages"] == []
        now = datetime.fromisoformat((await demo.asks("/control/clock"))["now"])
        assert DEMO_START <= now < DEMO_START + timedelta(minutes=5)


async def test_a_second_demo_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with running(folder):
        process = await start(folder)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out, err.decode()) == (
        2,
        b"",
        f"arenabot: Another demo already uses {folder}: stop it, or choose another folder with DATA=.\n",
    )


async def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with running(folder) as demo:
        settings = {
            "ARENABOT_TOKEN": "1000000001:local-telegram-token-of-no-secrecy",
            "ARENABOT_SANDBOX_ADDRESS": demo.address,
            "ARENABOT_DATA_FOLDER": str(folder),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=os.environ | settings | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out, err.count(b"\n")) == (2, b"", 1)
    assert err.decode().startswith("arenabot: Another bot already uses ")


async def test_settings_of_a_real_installation_do_not_reach_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ARENABOT_DATABASE_URL=postgresql://real/one\nARENABOT_MODE=webhook\n", "utf-8")
    monkeypatch.setenv("ARENABOT_NO_SUCH_SETTING", "1")
    async with running(tmp_path / "data"):
        assert (tmp_path / "data" / "arenabot.db").exists()
