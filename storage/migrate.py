"""The schema of a database brought to this release's, by Alembic; at start, and by `arenabot migrate`."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import DatabaseUnavailable


class DatabaseNewer(Exception):  # a condition of the installation
    """The database was made by a later release."""


async def upgrade(url: str) -> None:
    """Bring `sqlite:///path` or `postgresql://…` to the newest revision. Raises DatabaseNewer, DatabaseUnavailable."""
    try:
        if url.startswith("sqlite:///"):
            await asyncio.to_thread(_upgrade_sqlite, url)
        else:
            await _upgrade_postgresql(url)
    except (DBAPIError, OSError) as error:
        raise DatabaseUnavailable(str(error)) from error


def _upgrade_sqlite(url: str) -> None:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()


async def _upgrade_postgresql(url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  # needed here alone
    from sqlalchemy.pool import NullPool  # noqa: PLC0415  # likewise

    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
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
