"""The command line as people meet it: in a process of its own, judged by what it prints and its exit status."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.__main__ import COMMANDS
from bot.settings import PREFIX

ROOT = Path(__file__).parents[1]
TOKEN = "123456789:AAFakeTokenOfTheTestsThatOpensNothing0"


@dataclass(frozen=True)
class Outcome:
    """What a finished command left behind."""

    status: int | None
    out: str
    err: str


def refused(line: str) -> Outcome:
    """One line on standard error, status 2, nothing else."""
    return Outcome(2, "", f"arenabot: {line}\n")


@dataclass
class CommandLine:
    """Starts commands in a folder, with no settings but those given."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    async def starts(self, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        environment |= {PREFIX + name.upper(): value for name, value in (self.settings | settings).items()}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def says(self, *arguments: str, **settings: str) -> Outcome:
        process = await self.starts(*arguments, **settings)
        out, err = await asyncio.wait_for(process.communicate(), 30)
        return Outcome(process.returncode, out.decode(), err.decode())


@pytest.fixture
def arenabot(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@asynccontextmanager
async def telegram_that_answers(status: int, body: str) -> AsyncIterator[str]:
    """A server that gives every request the same answer; gives its address."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="application/json")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
async def test_each_command_explains_itself(command: str, arenabot: CommandLine) -> None:
    outcome = await arenabot.says(command, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(f"usage: arenabot {command}")


async def test_help_lists_every_command(arenabot: CommandLine) -> None:
    outcome = await arenabot.says("--help")
    assert [command.name for command in COMMANDS if f"\n    {command.name}" not in outcome.out] == []


async def test_an_unknown_command_is_refused_in_one_line(arenabot: CommandLine) -> None:
    outcome = await arenabot.says("dance")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith("arenabot: Cannot do that: argument COMMAND: invalid choice: 'dance'")


async def test_a_port_that_is_none_is_refused_in_one_line(arenabot: CommandLine) -> None:
    assert await arenabot.says("demo", "--port", "99999") == refused(
        "Cannot do that: argument --port: '99999' is no port (0–65535). `arenabot --help` lists the commands."
    )


async def test_without_a_token_one_line_says_where_to_get_one(arenabot: CommandLine) -> None:
    assert await arenabot.says("run") == refused(
        "There is no bot token: get one from @BotFather in Telegram and set ARENABOT_TOKEN"
        " (or run `make demo`, which needs none)."
    )


async def test_a_malformed_token_is_refused_and_not_repeated(arenabot: CommandLine) -> None:
    assert await arenabot.says("run", token="my-token") == refused(
        "ARENABOT_TOKEN does not look like a bot token (123456789:letters and digits): copy it again from @BotFather."
    )


@pytest.mark.parametrize("command", ["run", "doctor"])
@pytest.mark.parametrize(("status", "reason"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_token_that_telegram_refuses_is_refused(
    command: str, status: int, reason: str, arenabot: CommandLine
) -> None:
    body = f'{{"ok":false,"error_code":{status},"description":"{reason}"}}'
    async with telegram_that_answers(status, body) as address:
        outcome = await arenabot.says(command, token=TOKEN, api_base=address)
    expected = refused("Telegram refuses ARENABOT_TOKEN: copy it again, or make a new one, in @BotFather.")
    assert (outcome.status, outcome.err) == (expected.status, expected.err)


async def test_an_unknown_setting_is_refused(arenabot: CommandLine) -> None:
    assert await arenabot.says("run", tokem=TOKEN) == refused(
        "ARENABOT_TOKEM is an unknown setting: correct or remove it; docs/settings.md lists those there are."
    )


async def test_a_setting_that_cannot_be_used_is_refused(arenabot: CommandLine) -> None:
    outcome = await arenabot.says("run", token=TOKEN, window="0")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith("arenabot: A setting cannot be used: ARENABOT_WINDOW: ")


@pytest.mark.parametrize("command", ["run", "migrate", "doctor", "coordinator-link"])
async def test_an_unreachable_database_is_refused(command: str, arenabot: CommandLine, unused_tcp_port: int) -> None:
    url = f"postgresql://bot:canary-password@127.0.0.1:{unused_tcp_port}/arenabot"
    outcome = await arenabot.says(command, token=TOKEN, database_url=url)
    assert (outcome.status, outcome.err.count("\n"), "canary" in outcome.err) == (2, 1, False)
    assert outcome.err.startswith(
        "arenabot: Cannot use the database 127.0.0.1/arenabot: start it or correct ARENABOT_DATABASE_URL ("
    )


async def test_a_file_that_is_no_database_is_refused(arenabot: CommandLine) -> None:
    (arenabot.folder / "notes.txt").write_text("no database at all\n" * 100, encoding="utf-8")
    assert await arenabot.says("run", token=TOKEN, database_url="sqlite:///notes.txt") == refused(
        "Cannot use the database notes.txt: start it or correct ARENABOT_DATABASE_URL (file is not a database)."
    )


@pytest.mark.parametrize("arguments", [("run",), ("demo", "--port", "0", "--data", "taken/data")])
async def test_a_data_folder_that_cannot_be_written_is_refused(
    arguments: tuple[str, ...], arenabot: CommandLine
) -> None:
    (arenabot.folder / "taken").write_text("a file where the folder should be", encoding="utf-8")
    assert await arenabot.says(*arguments, token=TOKEN, data_folder="taken/data") == refused(
        "Cannot write in the folder taken/data: give the bot the right to, or choose another"
        " (ARENABOT_DATA_FOLDER; DATA= in the demo)."
    )


async def test_a_port_in_use_is_refused(arenabot: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = await arenabot.says("demo", "--port", str(port))
    other = f"`PORT={port + 1}` after make or `--port {port + 1}` after arenabot"
    assert outcome == refused(f"Port {port} is in use: choose another one, {other}.")


WELL = """\
bot         Nothing waits to be handled.
bot         Nothing waits to be sent.
bot         Sent in the last minute: 0.
bot         Nothing has gone wrong in the last day.
"""


async def test_doctor_says_what_is_fine_up_to_what_is_not(arenabot: CommandLine, unused_tcp_port: int) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    assert await arenabot.says("doctor", token=TOKEN, api_base=address) == Outcome(
        2,
        f"settings    fine\ndata folder fine: {arenabot.folder / 'data'}\ndatabase    fine: it answers\n{WELL}",
        f"arenabot: No answer from {address}: check the network, a firewall or ARENABOT_API_BASE.\n",
    )


async def test_doctor_is_content_with_a_good_installation(arenabot: CommandLine) -> None:
    body = '{"ok":true,"result":{"id":123456789,"is_bot":true,"first_name":"A","username":"arena_test_bot"}}'
    async with telegram_that_answers(200, body) as address:
        outcome = await arenabot.says("doctor", token=TOKEN, api_base=address)
    assert (outcome.status, outcome.err, outcome.out.splitlines()[-1]) == (0, "", "token       fine: @arena_test_bot")


@pytest.mark.parametrize("wanted", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_a_local_telegram_cleanly(wanted: signal.Signals, arenabot: CommandLine) -> None:
    process = await arenabot.starts("sandbox", "--port", "0")
    assert process.stdout is not None
    address = await asyncio.wait_for(process.stdout.readline(), 30)
    assert address.startswith(b"http://127.0.0.1:")
    process.send_signal(wanted)
    out, err = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, out, err) == (0, b"", b"")
