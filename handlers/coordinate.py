"""/samordna: what waits, the editions to come, and an edition's day."""

from telegram import Update

from bot.context import BotContext
from bot.services import editions, overview
from bot.views import coordinate as views
from bot.views.edition_buttons import Coordinate
from handlers.routes import Handler, Routes


def leaving(handler: Handler) -> Handler:
    """The handler of a button that leaves whatever was asked."""

    async def leave(update: Update, context: BotContext) -> None:
        await editions.leave_question(context.work, context.person, context.chat_id, now=context.now)
        await handler(update, context)

    return leave


async def begin(_update: Update, context: BotContext) -> None:
    """Open on the day itself, or on what waits."""
    await editions.leave_question(context.work, context.person, context.chat_id, now=context.now)
    opened = await overview.open_work(context.work, context.person, now=context.now)
    context.show(views.opening(opened, now=context.now))


async def show_overview(_update: Update, context: BotContext) -> None:
    """Show what waits and the editions to come."""
    Coordinate.parse(context.text)
    context.show(
        views.overview(await overview.overview(context.work, context.person, now=context.now), now=context.now)
    )


async def show_today(_update: Update, context: BotContext) -> None:
    """Show the edition's present day."""
    pick = views.ShowToday.parse(context.text)
    context.show(views.today(await overview.today(context.work, context.person, pick.edition_id, now=context.now)))


ROUTES = Routes(presses={Coordinate: leaving(show_overview), views.ShowToday: leaving(show_today)})
