"""The demo: a local Telegram in this process, the bot as its child, on a clock of their own.

The bot is a process of its own so that it can die; it is then started again.
"""

import asyncio
import contextlib
import errno
import fcntl
import os
import shutil
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.domain.frozen import dataclass
from bot.preflight import check_folder
from bot.sandbox.server import Sandbox
from bot.sandbox.settings import SandboxSettings
from bot.settings import PREFIX
from bot.startup import BAD_START, StartupError

DEMO_START: Final = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
PEOPLE: Final = Path(__file__).parent / "data" / "demo_people.json"
PATIENCE: Final = 2.0  # seconds that a bot gets to stop, and that an earlier demo's bot gets to go away
SOON: Final = 5.0  # seconds; a bot that stops sooner did not get far
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Demo:
    """Where a demo keeps its things and on which port its page is."""

    folder: Path
    port: int

    @property
    def state(self) -> Path:
        """The local Telegram's people, chats and clock."""
        return self.folder / "telegram.db"

    def forget(self) -> None:
        """Remove bookings and chats."""
        for kept in [*self.folder.glob("arenabot.db*"), *self.folder.glob("telegram.*")]:
            if kept.is_dir():
                shutil.rmtree(kept)
            else:
                kept.unlink()


async def run_demo(demo: Demo, *, fresh: bool) -> None:
    """Run until cancelled; print the page's address once both answer.

    Raises StartupError: folder_read_only, demo_running, port_in_use, bot_refused, bot_keeps_stopping.
    """
    check_folder(demo.folder)
    async with _alone_in(demo.folder) as lock:
        if fresh:
            demo.forget()
        settings = SandboxSettings(port=demo.port, state=demo.state, people=PEOPLE, initial_now=DEMO_START)
        async with _telegram(settings) as telegram:
            announcing = asyncio.create_task(_announce(telegram))
            try:
                await _keep_running(settings.token, telegram.address, demo.folder.resolve(), lock)
            finally:
                announcing.cancel()


async def run_sandbox(settings: SandboxSettings) -> None:
    """Run a local Telegram alone until cancelled. Raises StartupError: port_in_use, sandbox_unusable."""
    async with _telegram(settings) as telegram:
        print(f"{telegram.address}/", flush=True)
        await asyncio.Event().wait()


@asynccontextmanager
async def _telegram(settings: SandboxSettings) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(settings)
    try:
        await sandbox.start()
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise StartupError("port_in_use", port=settings.port, other=settings.port + 1) from error
        raise StartupError("sandbox_unusable", reason=error) from error
    try:
        yield sandbox
    finally:
        await sandbox.stop()


async def _announce(telegram: Sandbox) -> None:
    await telegram.polled()
    print(f"Arenabot is at {telegram.address}/ (Ctrl-C stops it)", flush=True)


async def _keep_running(token: str, address: str, folder: Path, lock: int) -> None:
    """Start the bot again whenever it dies, save when it refuses to start."""
    quick_ends = 0
    while quick_ends < TRIES:
        started = time.monotonic()
        async with _bot(_environment(token, address, folder), lock) as process:
            status = await process.wait()
        if status == BAD_START:
            raise StartupError("bot_refused")
        quick_ends = quick_ends + 1 if time.monotonic() - started < SOON else 0
        await asyncio.sleep(0.2 * quick_ends)
    raise StartupError("bot_keeps_stopping", times=TRIES)


@asynccontextmanager
async def _bot(environment: dict[str, str], lock: int) -> AsyncIterator[Process]:
    """Run the bot in a session of its own, so that Ctrl-C reaches it through us alone; it shares the folder's lock."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=[lock],
    )
    try:
        yield process
    finally:
        await _stop(process)


async def _stop(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()


def _environment(token: str, address: str, folder: Path) -> dict[str, str]:
    """Our environment less the settings of a real installation."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return kept | {
        f"{PREFIX}TOKEN": token,
        f"{PREFIX}SANDBOX_ADDRESS": address,
        f"{PREFIX}DATA_FOLDER": str(folder),
        f"{PREFIX}LOG_LEVEL": os.environ.get(f"{PREFIX}LOG_LEVEL", "WARNING"),
    }


@asynccontextmanager
async def _alone_in(folder: Path) -> AsyncIterator[int]:
    """Hold the folder's lock, also as long as a bot of ours lives. Raises StartupError: demo_running."""
    with (folder / "demo.lock").open("w") as file:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > give_up:
                    raise StartupError("demo_running", path=folder) from error
                await asyncio.sleep(0.1)
        yield file.fileno()
