"""What is measured runs as a process of its own, on the other core."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from benchmarks.figures import note
from benchmarks.telegram import TOKEN

CORES: Final = sorted(os.sched_getaffinity(0))
PEERS: Final = Path(".venv/.peers/bin/python")
STOP_SECONDS: Final = 10.0
PREFIX: Final = "ARENABOT_"
USUAL_RATE: Final = 30
NO_LIMIT: Final = {"rate_per_second": 1_000_000}
"""Settings of a bot that need not mind Telegram's limit."""


def stay_on_our_core() -> None:
    """Keep the server, which is this process, off the client's core."""
    os.sched_setaffinity(0, {CORES[0]})


class Client:
    """A process on the client's core; its output is kept in a file for whoever wonders."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environment = environment
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)  # noqa: S603  # our own programs
        os.sched_setaffinity(self._process.pid, {CORES[-1]})  # its threads are started later and inherit it
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if error is not None:
            note(f"{self._command[-1]} had said: {self.log.read_text(encoding='utf-8')[-2000:]}")

    def cpu_seconds(self) -> float:
        """Of all its threads, in the kernel and outside."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """What it holds in memory now."""
        assert self._process is not None
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


def bot(folder: Path, address: str, **settings: object) -> Client:
    """The bot as `make run` starts it, with the database in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    ours = {"token": TOKEN, "data_folder": folder, "api_base": address, **settings}
    environment = kept | {f"{PREFIX}{name.upper()}": str(value) for name, value in ours.items()}
    return Client([sys.executable, "-m", "bot", "run"], environment, folder / "bot.log")


def peer(program: str, folder: Path, address: str, *arguments: object) -> Client:
    """A peer's program in the peers' environment."""
    command = [str(PEERS), f"benchmarks/peers/{program}.py", address, TOKEN, *map(str, arguments)]
    return Client(command, dict(os.environ), folder / f"{program}.log")
