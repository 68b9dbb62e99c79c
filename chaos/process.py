"""The bot as a process that may die at any time and is started again."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bot.sandbox.settings import SandboxSettings
from bot.settings import PREFIX

DEPLOY_SECONDS: Final = 30.0


class BotProcess:
    """`python -m bot run` with the settings of the demo, or the same behind the launcher, which takes commands."""

    def __init__(
        self, folder: Path, url: str, address: str, *, launched: bool = False, safety_off: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._module = ("chaos.launcher",) if launched else ("bot", "run")
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
        self._environment = kept | {
            f"{PREFIX}TOKEN": SandboxSettings().token,
            f"{PREFIX}SANDBOX_ADDRESS": address,
            f"{PREFIX}DATA_FOLDER": str(folder),
            f"{PREFIX}DATABASE_URL": url,
            f"{PREFIX}RATE_PER_SECOND": "1000",
            f"{PREFIX}CHAT_BURST": "1000",
            f"{PREFIX}FLOOD_ENABLED": "false",
            f"{PREFIX}INBOX_HOURS": "160",  # clocks go two days apart, and what was handled is counted
            f"{PREFIX}LOG_LEVEL": "WARNING",
            "CHAOS": json.dumps(
                {
                    "commands": str(folder / "commands"),
                    "reached": str(folder / "reached"),
                    "safety_off": list(safety_off),
                }
            ),
        }
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "bot.log"

    async def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self._module, env=self._environment, stdout=log, stderr=log
            )

    @property
    def came_upon_what_is_off(self) -> bool:
        """Whether the bot has come upon what stands in the place of a safety that was taken off."""
        return (self._folder / "reached").exists()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> bool:
        """Kill -9; False when it had ended before."""
        assert self._process is not None  # noqa: S101  # it was started
        alive = self.is_alive
        if alive:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        return alive

    async def stop(self) -> float:
        """SIGTERM; gives in how many seconds it was gone."""
        if self._process is None:
            return 0.0
        begun = time.monotonic()
        if self.is_alive:
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), DEPLOY_SECONDS)
        except TimeoutError:
            await self.kill()
        return time.monotonic() - begun

    def command(self, **what: Any) -> None:
        """Tell the launcher to do something now."""
        assert self._process is not None  # noqa: S101  # it was started
        (self._folder / "commands").write_text(json.dumps(what), encoding="utf-8")
        if self.is_alive:
            self._process.send_signal(signal.SIGUSR1)
