"""A bot as aiogram's documentation shows one: commands, keyboards, edits, files, groups, inline; `polling` or `webhook`.

It runs in an environment of its own and knows nothing of the server but its address.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(message: Message) -> None:
    buttons = [[InlineKeyboardButton(text="Boka", callback_data="boka")]]
    await message.answer("<b>Hej</b>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(inline_keyboard=buttons))


@dispatcher.callback_query(F.data == "boka")
async def book(query: CallbackQuery) -> None:
    await query.message.edit_text("Bokat")
    await query.answer("Klart")


@dispatcher.message(Command("fil"))
async def file(message: Message) -> None:
    await message.answer_document(BufferedInputFile(b"BEGIN", "tider för året.ics"), caption="Dina tider")


@dispatcher.message(Command("val"))
async def ask(message: Message) -> None:
    await message.answer("Vilken?", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="A")]]))


@dispatcher.message(F.document)
async def received(message: Message, bot: Bot) -> None:
    content = await bot.download(message.document)
    await message.reply(f"{message.document.file_name}: {content.read().decode()}")


@dispatcher.my_chat_member(F.chat.type == "group")
async def joined(change: ChatMemberUpdated, bot: Bot) -> None:
    await bot.send_message(change.chat.id, f"Hej {change.chat.title}")


@dispatcher.inline_query()
async def found(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text=query.query)
    await query.answer([InlineQueryResultArticle(id="1", title=query.query, input_message_content=content)])


async def main(address: str, token: str, way: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    if way == "polling":
        await dispatcher.start_polling(bot)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="hemligt").register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="hemligt")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
