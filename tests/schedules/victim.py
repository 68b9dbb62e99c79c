"""A bot that echoes, as a process of its own that can be killed: `python -m tests.schedules.victim ADDRESS DATABASE`."""

import asyncio
import sys

from bot.transport import Transport
from storage.engine import open_database
from tests.schedules.conftest import TOKEN, compose


async def main(address: str, url: str) -> None:
    bot = compose(await open_database(url), Transport(TOKEN, address))
    async with bot.running():
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
