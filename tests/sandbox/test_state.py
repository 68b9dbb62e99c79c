"""What outlives a restart, a kill, a reset; and what keeps the server from starting."""

import asyncio
import json
import signal
import sys
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxSettings, StateUnusable
from bot.sandbox.cli import main
from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import TOKEN, BotClient


async def test_a_reset_forgets_everything_but_people(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    await anna.sends("hej")
    await telegram.reset()
    assert [(one["first_name"], one["started"]) for one in (await telegram.state())["people"]] == [("Anna", False)]
    assert (await anna.messages(), await bot.updates()) == ([], [])


async def test_a_reset_ends_webhooks_and_sessions_that_were_logged_out(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    await bot.call("logOut")
    await telegram.reset()
    assert (await bot.call("getWebhookInfo"))["url"] == ""
    await anna.starts()
    assert [update["message"]["text"] for update in await bot.updates()] == ["/start"]


async def test_a_restart_goes_on_with_ids_files_updates_and_clock(tmp_path: Path) -> None:
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "telegram.db", limits=False)
    async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
        anna = await telegram.person("Anna")
        await anna.starts()
        uploaded = await anna.uploads(b"x", "a.txt")
        await telegram.clock.move(by=timedelta(days=2))
        moved_to = await telegram.clock.now()
        await anna.sends("före")
    async with (
        Sandbox(settings) as sandbox,
        Telegram(sandbox.address) as telegram,
        aiohttp.ClientSession() as session,
    ):
        bot = BotClient(sandbox.address, session)
        assert timedelta() <= await telegram.clock.now() - moved_to < timedelta(seconds=20)
        anna = await telegram.person("Anna")
        assert await anna.content(uploaded) == b"x"
        assert (await anna.sends("efter"))["message_id"] == uploaded["message_id"] + 2
        assert [update["message"]["text"] for update in await bot.updates()] == ["före", "efter"]


async def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    command = "from bot.sandbox.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", command, "--port", "0", "--state", str(tmp_path / "s.db"), "--token", TOKEN,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    address = (await asyncio.wait_for(program.stdout.readline(), 20)).decode().strip()
    async with Telegram(address) as telegram:
        anna = await telegram.person("Anna")
        await anna.starts()
        for number in range(20):
            await anna.sends(str(number))
        program.send_signal(signal.SIGKILL)
        await program.wait()
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "s.db")
    async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
        messages = await (await telegram.person("Anna")).messages()
    assert [message["text"] for message in messages] == ["/start", *map(str, range(20))]


async def test_people_come_from_a_file_once(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": 77, "first_name": "Eva", "blocked": True}, {"first_name": "Åke"}]))
    settings = SandboxSettings(token=TOKEN, state=tmp_path / "s.db", people=people)
    for _ in range(2):
        async with Sandbox(settings) as sandbox, Telegram(sandbox.address) as telegram:
            found = [(one["first_name"], one["blocked"]) for one in (await telegram.state())["people"]]
            assert found == [("Eva", True), ("Åke", False)]


async def test_a_port_or_a_state_in_use_is_an_error_for_whoever_starts_it(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = int(sandbox.address.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await Sandbox(SandboxSettings(token=TOKEN, port=port)).start()
    async with Sandbox(SandboxSettings(token=TOKEN, state=tmp_path / "s.db")):
        with pytest.raises(StateUnusable, match="locked"):
            await Sandbox(SandboxSettings(token=TOKEN, state=tmp_path / "s.db")).start()
    with pytest.raises(ValueError, match="loopback only"):
        await Sandbox(SandboxSettings(token=TOKEN, host="0.0.0.0")).start()  # noqa: S104 - refused
    with pytest.raises(ValueError, match="a port is 0 to 65535, not 99999"):
        await Sandbox(SandboxSettings(token=TOKEN, port=99999)).start()
    assert await asyncio.to_thread(main, ["--port", str(port), "--token", TOKEN]) == 2
    assert capsys.readouterr().err.startswith("arenabot sandbox: ")
