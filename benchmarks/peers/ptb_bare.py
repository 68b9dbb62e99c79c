"""python-telegram-bot's own beginning: an Application with one handler, long polling."""

import sys

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text("Hi!")


def main(address: str, token: str) -> None:
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
