"""/minadata: a person's own data, and their wish to be forgotten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.errors import NotFound
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import personal
from bot.views import personal as views
from handlers.routes import Routes


async def show(_update: Update, context: BotContext) -> None:
    """Say what is kept."""
    context.show(views.own_data(await personal.own_data(context.work, context.person)))


async def file(_update: Update, context: BotContext) -> None:
    """Send all of it as a file."""
    context.show(views.with_file(await personal.own_data(context.work, context.person)))


async def ask_to_forget(_update: Update, context: BotContext) -> None:
    """«Glöm mig»: say first what follows."""
    law = context.kept_by_law
    found = await personal.ask_to_forget(context.work, context.person, kept_by_law=law, now=context.now)
    context.show(views.forgetting(found))


async def forget(_update: Update, context: BotContext) -> None:
    """«Ja, glöm mig»: every right ends now, the rest when the farewell has gone out."""
    await personal.forget(context.work, context.person, context.chat_id, now=context.now)
    context.show(views.farewell())


async def _own_data(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    person = await work.people.with_user_id(int(ids["user_id"]))
    if person is None:
        raise NotFound(what="people", id=int(ids["user_id"]))
    return views.as_json(await personal.own_rows(work, person), now)


ROUTES = Routes(
    presses={views.OwnFile: file, views.AskToForget: ask_to_forget, views.Forget: forget, views.KeepMe: show},
    makers={"own_data": _own_data},
)
