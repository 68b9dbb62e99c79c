"""/halsa: how the bot is."""

from telegram import Update

from bot.context import BotContext
from bot.services import health
from bot.views import health as views


async def show(_update: Update, context: BotContext) -> None:
    """Say what waits, what was sent and what went wrong."""
    context.say(views.screen(await health.show(context.work, context.person, now=context.now)))
