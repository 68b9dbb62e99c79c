"""/arenor: the arenas and their cards."""

from telegram import Update

from bot.context import BotContext
from bot.services import arenas
from bot.views import arenas as views
from handlers.routes import Routes


async def list_(_update: Update, context: BotContext) -> None:
    """List the arenas."""
    context.show(views.listed(await arenas.list_arenas(context.work, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """Show one arena."""
    pick = views.ShowArena.parse(context.text)
    card = await arenas.show_arena(context.work, context.person, pick.arena_id, pick.edition_id, now=context.now)
    context.show(views.card(card, now=context.now))


async def map_(_update: Update, context: BotContext) -> None:
    """Send the point on the map below the card."""
    pick = views.ShowMap.parse(context.text)
    card = await arenas.show_edition(context.work, context.person, pick.edition_id, now=context.now)
    context.show(views.mapped(card, context.reader))


ROUTES = Routes(presses={views.Arenas: list_, views.ShowArena: show, views.ShowMap: map_})
