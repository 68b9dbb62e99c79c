"""aiogram 3 sending as its documentation shows: one Bot, one session, `await bot.send_message(...)`.

32 tasks share the work, as many as Arenabot has in flight; there is no database and no rate limit.
"""

import asyncio
import sys
from collections.abc import Iterator

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

AT_ONCE = 32


async def main(address: str, token: str, count: int) -> None:
    async with Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address))) as bot:
        chats = iter(range(1, count + 1))
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(send(bot, chats))
        await asyncio.Event().wait()  # so that its CPU seconds can be read


async def send(bot: Bot, chats: Iterator[int]) -> None:
    for chat_id in chats:
        await bot.send_message(chat_id, "Scenen i Stora tältet har flyttats till Norra hamnen.")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
