"""/ar: the year of arenas."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.outgoing import ToDraw
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import year
from bot.views import year as views
from bot.views.screen import Reader
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """Show the present year, or the next with editions."""
    context.show(views.year(await year.year_of_arenas(context.work, context.person, None, now=context.now)))


async def open_(_update: Update, context: BotContext) -> None:
    """Show another year."""
    pick = views.OpenYear.parse(context.text)
    context.show(views.year(await year.year_of_arenas(context.work, context.person, pick.year, now=context.now)))


async def picture(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> ToDraw:
    """The year as a picture."""
    from bot.views import year_picture  # noqa: PLC0415  # Pillow is loaded when something is drawn

    number = int(ids["year"])
    shown = views.drawing(number, await year.editions_of(work, number), Reader(str(ids["language"]), now))
    return ToDraw(f"{number}.png", shown, partial(year_picture.draw, shown))


ROUTES = Routes(presses={views.OpenYear: open_}, makers={"year": picture})
