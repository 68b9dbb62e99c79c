"""A database's schema brought to this release's, by Alembic."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import DatabaseUnavailable
from storage.migrate import DatabaseNewer
from storage.postgresql import PATIENCE, connecting
from storage.postgresql_lock import SPACE


async def upgrade(url: str) -> None:
    """Bring `sqlite:///path` or `postgresql://…` to the newest revision, wholly or not at all.

    Raises DatabaseNewer, DatabaseUnavailable.
    """
    try:
        if url.startswith("sqlite:///"):
            await asyncio.to_thread(_upgrade_sqlite, url)
        else:
            await _upgrade_postgresql(url)
    except (DBAPIError, OSError) as error:
        raise DatabaseUnavailable(str(error)) from error


def _upgrade_sqlite(url: str) -> None:
    # Python's driver would commit each CREATE by itself; told to keep out of it, it leaves BEGIN to us.
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": PATIENCE})
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection)
            connection.commit()
    finally:
        engine.dispose()


async def _upgrade_postgresql(url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  # needed here alone
    from sqlalchemy.pool import NullPool  # noqa: PLC0415  # likewise

    async def connect() -> Any:
        """The driver reads the address, as it does for everything else."""
        with connecting():
            return await asyncpg.connect(url, timeout=PATIENCE)

    engine = create_async_engine("postgresql+asyncpg://", poolclass=NullPool, async_creator=connect)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SPACE})")
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        if "Can't locate revision" in str(error):
            raise DatabaseNewer from error
        raise


def newest() -> str | None:
    """The newest revision that this release knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()
