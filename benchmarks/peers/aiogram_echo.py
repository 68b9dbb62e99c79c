"""The echo bot of aiogram 3's documentation: a dispatcher, one handler, long polling; no database, no rate limit."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

dp = Dispatcher()


@dp.message()  # type: ignore[untyped-decorator]  # aiogram is in the peers' environment alone
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(address: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    await dp.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
