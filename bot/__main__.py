"""The command line: `arenabot COMMAND`, or `python -m bot COMMAND`.

Commands import what they need when they run, so that `--help` and a refusal come at once.
"""

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from bot import logs
from bot.domain.frozen import dataclass
from bot.settings import Settings, load
from bot.startup import BAD_START, StartupError

PARENT_LOOK: Final = 1.0  # seconds
COLLECT: Final = (20_000, 20, 20)
"""An update makes thousands of objects that are no garbage yet: to look through them 30 times took a sixth of its time."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line, what it does in a line, and the function behind it."""

    name: str
    does: str
    run: Callable[[argparse.Namespace], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give the exit status: 0, or 2 with one line that says what to do."""
    logs.set_up()
    try:
        parser = _parser()
        chosen, options = parser.parse_known_args(arguments)
        if options and chosen.run is not sandbox:  # the local Telegram knows its own
            parser.error(f"unknown argument {options[0]}")
        chosen.options = options
        chosen.run(chosen)
    except StartupError as error:
        print(f"arenabot: {error.sentence}", file=sys.stderr)
        return BAD_START
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:  # the last border: nothing above logs it, and its text must be redacted
        logging.getLogger("arenabot").critical("stopped by an error: %s", error, exc_info=True)
        return 1
    return 0


def run(_: argparse.Namespace) -> None:
    """Start the bot and stay until it is told to stop."""
    import uvloop  # noqa: PLC0415  # each command imports what it needs

    settings = _settings()
    _until_stopped(_serve(settings), uvloop.new_event_loop)


def demo(arguments: argparse.Namespace) -> None:
    """Start a local Telegram and the bot beside it."""
    from bot.demo import Demo, run_demo  # noqa: PLC0415  # each command imports what it needs

    logs.set_up("WARNING")
    _until_stopped(run_demo(Demo(folder=arguments.data, port=arguments.port), fresh=arguments.fresh))


def sandbox(arguments: argparse.Namespace) -> None:
    """Start a local Telegram alone."""
    from bot.demo import run_sandbox  # noqa: PLC0415  # each command imports what it needs
    from bot.sandbox.cli import read_settings  # noqa: PLC0415  # as above

    try:
        settings = read_settings(arguments.options)
    except ValueError as error:
        raise StartupError("bad_command", what=error) from error
    _until_stopped(run_sandbox(settings))


def migrate(_: argparse.Namespace) -> None:
    """Bring the database to this release's schema."""
    asyncio.run(_migrate(_settings()))
    print("The database has this release's schema.")


def doctor(_: argparse.Namespace) -> None:
    """Check settings, folder, database and token one by one, and say how the bot is."""
    from bot import preflight  # noqa: PLC0415  # each command imports what it needs

    settings = _settings()
    print("settings    fine")
    preflight.check_folder(settings.data_folder)
    print(f"data folder fine: {settings.data_folder.resolve()}")
    asyncio.run(preflight.check_database(settings.database_url))
    print("database    fine: it answers")
    from bot import app  # noqa: PLC0415  # as above, and a refusal need not wait for it

    for line in asyncio.run(app.health(settings)):
        print(f"bot         {line}")
    print(f"token       fine: @{asyncio.run(preflight.check_token(settings))}")


def coordinator_link(_: argparse.Namespace) -> None:
    """Print a new one-time link that makes whoever opens it a coordinator for all arenas."""
    print(asyncio.run(_coordinator_link(_settings())))


def report(arguments: argparse.Namespace) -> None:
    """Write the report of an edition or of years into a folder; nothing in the database is touched."""
    from bot.report import write_report  # noqa: PLC0415  # each command imports what it needs

    what = arguments.edition or arguments.year or arguments.years
    for path in write_report(_settings(), what, arguments.out, of_edition=arguments.edition is not None):
        print(path)


COMMANDS: Final = (
    Command("demo", "the bot beside a local Telegram, in the browser; needs no token", demo),
    Command("run", "the bot on Telegram, until it is stopped", run),
    Command("migrate", "bring the database to this release's schema (`run` does so too)", migrate),
    Command("doctor", "check settings, data folder, database and token, and say what waits and what is wrong", doctor),
    Command("coordinator-link", "print a new one-time link for the first coordinator", coordinator_link),
    Command("report", "write the report of an edition or of years as PDF, XLSX and pictures; only reads", report),
    Command("sandbox", "a local Telegram alone, for a bot started by hand", sandbox),
)


class OneLineParser(argparse.ArgumentParser):
    """Refuses like everything else here: in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise StartupError: bad_command."""
        raise StartupError("bad_command", what=message)


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="arenabot", description="Slots at the arenas of Norrbotten, booked in a chat.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    parsers = {}
    for command in COMMANDS:
        parsers[command.name] = commands.add_parser(
            command.name, help=command.does, description=command.does, add_help=command.run is not sandbox
        )
        parsers[command.name].set_defaults(run=command.run)
    demo_options = parsers["demo"]
    demo_options.add_argument("--port", type=_port, default=8080, help="port of the page (8080)")
    demo_options.add_argument("--data", type=Path, default=Path("data"), help="folder of what is kept (data)")
    demo_options.add_argument("--fresh", action="store_true", help="forget bookings and chats, begin anew")
    report_options = parsers["report"]
    scope = report_options.add_mutually_exclusive_group(required=True)
    scope.add_argument("--edition", metavar="ARENA-YEAR", help="of an edition, for instance almedalen-2027")
    scope.add_argument("--year", help="of a year, for instance 2027")
    scope.add_argument("--years", metavar="FROM-TO", help="of several years, for instance 2027-2029")
    report_options.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files are written")
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port (0–65535)")


def _settings() -> Settings:
    settings = load()
    logs.set_up(settings.log_level, as_json=settings.log_json)
    return settings


async def _serve(settings: Settings) -> None:
    gc.disable()  # nothing that is imported is garbage, and looking for it takes a sixth of the start
    from bot.preflight import check_before_run  # noqa: PLC0415  # each command imports what it needs

    await check_before_run(settings)
    from bot import app  # noqa: PLC0415  # as above, and a refusal need not wait for it

    gc.freeze()  # what stays for ever is never looked through again
    gc.set_threshold(*COLLECT)
    gc.enable()
    watching = asyncio.create_task(_stop_with_parent()) if settings.sandbox_address else None
    try:
        await app.run_bot(settings, sandbox=settings.sandbox_address)
    finally:
        if watching is not None:
            watching.cancel()


async def _stop_with_parent() -> None:
    """Stop when whoever started this process is gone: a demo that was killed by force leaves no bot behind."""
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110  # the system has no event for this
        await asyncio.sleep(PARENT_LOOK)
    signal.raise_signal(signal.SIGTERM)


async def _migrate(settings: Settings) -> None:
    from bot.preflight import check_database  # noqa: PLC0415  # each command imports what it needs

    await check_database(settings.database_url)
    from bot import app  # noqa: PLC0415  # as above, and a refusal need not wait for it

    await app.migrate(settings)


async def _coordinator_link(settings: Settings) -> str:
    from bot.preflight import check_before_run  # noqa: PLC0415  # each command imports what it needs

    await check_before_run(settings)
    from bot import app  # noqa: PLC0415  # as above, and a refusal need not wait for it

    return await app.coordinator_link(settings)


def _until_stopped(
    work: Coroutine[Any, Any, None], new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None
) -> None:
    """Run until done, or until SIGINT or SIGTERM, on which the work is cancelled and cleans up after itself."""

    async def supervised() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for wanted in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(wanted, task.cancel)
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(supervised())


if __name__ == "__main__":
    sys.exit(main())
