"""The local Telegram from a command line."""

import argparse
import asyncio
import gc
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.sandbox.server import serve
from bot.sandbox.settings import SandboxSettings

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


def main(argv: Sequence[str] | None = None) -> int:
    """Serves until Ctrl-C; the exit status, 2 with one line on stderr when it cannot."""
    try:
        settings = read_settings(argv)
        with suppress(KeyboardInterrupt):
            asyncio.run(serve(settings, _say))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"arenabot sandbox: {error}\n")
        return 2
    return 0


def read_settings(argv: Sequence[str] | None) -> SandboxSettings:
    """Settings from arguments; raises ValueError for a token that is none."""
    defaults = SandboxSettings()
    parser = argparse.ArgumentParser(prog="arenabot sandbox", description="A local Telegram for one bot.")
    parser.add_argument("--port", type=int, default=8080, help="0 takes any free port (default: %(default)s)")
    parser.add_argument("--host", default=defaults.host, help="a loopback address (default: %(default)s)")
    parser.add_argument("--token", default=defaults.token, help="the bot's token (default: %(default)s)")
    parser.add_argument("--username", default=defaults.bot_username, help="the bot's user name (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="keep everything in this file")
    parser.add_argument("--people", type=Path, help="a JSON file with the people that there are at first")
    parser.add_argument("--now", type=datetime.fromisoformat, help="where the clock of a new state starts, with zone")
    parser.add_argument("--frozen", action="store_true", help="the clock of a new state stands still")
    parser.add_argument("--strict", action="store_true", help="refuse parameters that the Bot API does not know")
    parser.add_argument("--no-limits", action="store_true", help="without Telegram's rates")
    asked = parser.parse_args(argv)
    if not _TOKEN.fullmatch(asked.token):
        raise ValueError("a token looks like 123456:ABC-def")
    if asked.now is not None and asked.now.tzinfo is None:
        raise ValueError("--now needs its zone, as 2027-05-10T09:00+02:00")
    return SandboxSettings(
        token=asked.token,
        host=asked.host,
        port=asked.port,
        bot_username=asked.username,
        state=asked.state,
        people=asked.people,
        initial_now=asked.now,
        frozen=asked.frozen,
        strict=asked.strict,
        limits=not asked.no_limits,
    )


def _say(address: str) -> None:
    gc.freeze()  # what is there from the start need not be looked through again and again
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
