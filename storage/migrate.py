"""The schema of a database brought to this release's; at start, and by `arenabot migrate`."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Final

from bot.domain.errors import DatabaseUnavailable

NEWEST: Final = "0002"
"""The last of storage/migrations/versions."""
PATIENCE: Final = 10.0  # seconds
REVISION: Final = "SELECT version_num FROM alembic_version"
"""What asks for the revision on both databases."""


class DatabaseNewer(Exception):  # a condition of the installation
    """The database was made by a later release."""


async def upgrade(url: str) -> None:
    """Bring `sqlite:///path` or `postgresql://…` to the newest revision, wholly or not at all.

    Raises DatabaseNewer, DatabaseUnavailable.
    """
    if await current(url) == NEWEST:
        return
    from storage import revisions  # noqa: PLC0415  # Alembic is a tenth of a start, and hardly any start needs it

    await revisions.upgrade(url)


async def current(url: str) -> str | None:
    """The revision that a database has; None before its first. Raises DatabaseUnavailable."""
    if url.startswith("sqlite:///"):
        return await asyncio.to_thread(_current_sqlite, url.removeprefix("sqlite:///"))
    from storage import postgresql  # noqa: PLC0415  # only the driver in use is loaded

    return await postgresql.revision(url)


def _current_sqlite(path: str) -> str | None:
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            row = connection.execute(REVISION).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise DatabaseUnavailable(str(error)) from error
    except sqlite3.Error as error:
        raise DatabaseUnavailable(str(error)) from error
    return None if row is None else str(row[0])
