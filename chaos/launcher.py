"""The bot, in whose process something goes wrong on command: `python -m chaos.launcher`, started by the harness.

SIGUSR1 makes it read a command from the file that the setting names: `{"wall": seconds}` sets the wall clock that far off,
`{"full": seconds}` makes the SQLite file full for so long.
"""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Final

import aiosqlite
import apscheduler.schedulers.base

LARGEST_FILE: Final = 2**31 - 2  # pages


class Wall:
    """The wall clock, moved for this process and for its SQLite."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._time = time.time

    def time(self) -> float:
        """As time.time()."""
        return self._time() + self.seconds

    def now(self, tz: tzinfo | None = None) -> datetime:
        """As datetime.now()."""
        return datetime.fromtimestamp(self.time(), tz)

    def strftime(self, form: str, *when: str | None) -> str | None:
        """As SQLite's, for the one way in which the bot asks for the present; nothing from nothing."""
        assert form == "%Y-%m-%d %H:%M:%f"  # noqa: S101  # the database's time is asked for nowhere else
        now = datetime.fromtimestamp(self.time(), UTC)
        for change in when[1:]:
            if change is None:
                return None
            now += timedelta(seconds=float(change.removesuffix(" seconds")))
        return now.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


class Trouble:
    """What can be done to this process."""

    def __init__(self, commands: Path) -> None:
        self._commands = commands
        self._wall = Wall()
        self._connections: list[aiosqlite.Connection] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def install(self) -> None:
        """Put the clock and the connections under our hand, before anybody has taken them."""
        time.time = self._wall.time
        from schedules import jobs  # noqa: PLC0415  # only now: it keeps time.time
        from storage import sqlite  # noqa: PLC0415  # likewise, for symmetry

        wall = self._wall

        class Moved(datetime):
            """The class by which the scheduler asks for the present."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime will do
                return wall.now(tz)

        jobs.datetime = apscheduler.schedulers.base.datetime = Moved  # type: ignore[attr-defined]  # the two who look at the wall
        connect = sqlite._connect  # noqa: SLF001  # every connection passes there

        async def connected(path: str, *, reading: bool) -> sqlite.Connection:
            connection = await connect(path, reading=reading)
            await connection.create_function("strftime", -1, wall.strftime)
            self._connections.append(connection)
            return connection

        sqlite._connect = connected  # noqa: SLF001  # likewise
        signal.signal(signal.SIGUSR1, self._read)

    def _read(self, *_: Any) -> None:
        command = json.loads(self._commands.read_text(encoding="utf-8"))
        if "wall" in command:
            self._wall.seconds = command["wall"]
        if "full" in command:
            asyncio.get_running_loop().call_soon_threadsafe(self._fill, command["full"])

    def _fill(self, seconds: float) -> None:
        task = asyncio.create_task(self._full(seconds))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _full(self, seconds: float) -> None:
        for connection in self._connections:
            rows = list(await connection.execute_fetchall("PRAGMA page_count"))
            await connection.execute_fetchall(f"PRAGMA max_page_count = {rows[0][0]}")
        await asyncio.sleep(seconds)
        for connection in self._connections:
            await connection.execute_fetchall(f"PRAGMA max_page_count = {LARGEST_FILE}")


def main() -> int:
    """Run the bot under the harness's hand."""
    asked = json.loads(os.environ["CHAOS"])
    Trouble(Path(asked["commands"])).install()
    from chaos.safeties import OFF  # noqa: PLC0415  # after the clock is in place

    for safety in asked["safety_off"]:
        OFF[safety](Path(asked["reached"]).touch)
    from bot.__main__ import main as run  # noqa: PLC0415  # likewise

    return run(["run"])


if __name__ == "__main__":
    sys.exit(main())
