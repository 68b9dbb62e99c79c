"""What can be found wrong before the bot starts; each check raises a StartupError that says what to do."""

import logging
import sqlite3
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import aiosqlite

from bot.logs import redact
from bot.settings import Settings
from bot.startup import StartupError

PATIENCE: Final = 5.0  # seconds
log = logging.getLogger(__name__)


async def check_before_run(settings: Settings) -> None:
    """Refuse what `run` cannot work with. A Telegram that is out of reach is waited for, not refused."""
    settings.bot_token()
    check_folder(settings.data_folder)
    await check_database(settings.database_url)
    try:
        await check_token(settings)
    except StartupError as error:
        if error.code != "telegram_unreachable":
            raise
        log.warning("%s Trying on.", error.sentence)


def check_folder(folder: Path) -> None:
    """Make the folder if need be and write in it. Raises StartupError: folder_read_only."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StartupError("folder_read_only", path=folder) from error


async def check_database(url: str) -> None:
    """Connect and ask for one value. Raises StartupError: folder_read_only, database_unreachable."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        check_folder(path.parent)
        try:
            async with aiosqlite.connect(path, timeout=PATIENCE) as connection:
                await connection.execute_fetchall("PRAGMA schema_version")
        except sqlite3.Error as error:
            raise StartupError("database_unreachable", database=path, reason=error) from error
        return
    import asyncpg  # noqa: PLC0415  # only the driver in use is loaded

    try:
        connection = await asyncpg.connect(url, timeout=PATIENCE)
        await connection.close(timeout=PATIENCE)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        address = urlsplit(url)
        database = f"{address.hostname or ''}{address.path}"
        reason = redact(str(error).strip()) or type(error).__name__
        raise StartupError("database_unreachable", database=database, reason=reason) from error


async def check_token(settings: Settings) -> str:
    """Ask Telegram whose token it is; give the bot's username. Raises StartupError: token_refused, telegram_unreachable."""
    url = f"{settings.api_base}/bot{settings.bot_token()}/getMe"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as http,
            http.get(url) as response,
        ):
            if response.status in {401, 404}:
                raise StartupError("token_refused")
            answer = await response.json()
            return str(answer["result"]["username"])
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        raise StartupError("telegram_unreachable", address=settings.api_base) from error
