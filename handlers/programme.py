"""/program: an edition's confirmed activities."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import programme
from bot.views import programme as views
from bot.views.screen import Reader
from handlers.routes import Routes


def _day(ordinal: int | None) -> date | None:
    """The day behind a button, None when it is no day."""
    return date.fromordinal(ordinal) if ordinal is not None and 0 < ordinal <= date.max.toordinal() else None


async def begin(_update: Update, context: BotContext) -> None:
    """Show the programme, or ask which edition's."""
    context.show(views.opened(await programme.open_programme(context.work, now=context.now)))


async def present(context: BotContext, edition_id: int) -> None:
    """Show an edition's programme as it is now."""
    context.show(views.day(await programme.show_programme(context.work, edition_id, None, now=context.now)))


async def open_(_update: Update, context: BotContext) -> None:
    """Show an edition's programme."""
    await present(context, views.OpenProgramme.parse(context.text).edition_id)


async def day(_update: Update, context: BotContext) -> None:
    """Show a day of it, or another page of one."""
    pick = views.OpenDay.parse(context.text)
    result = await programme.show_programme(context.work, pick.edition_id, _day(pick.day), now=context.now)
    context.show(views.day(result, pick.page))


async def activity(_update: Update, context: BotContext) -> None:
    """Show one activity."""
    pick = views.ShowActivity.parse(context.text)
    view = await programme.show_activity(context.work, pick.booking_id)
    own = await programme.is_readers(context.work, context.person, view)
    context.show(views.activity(view, pick.page, own=own))


async def calendar(_update: Update, context: BotContext) -> None:
    """Send a day, or all of it, as a calendar file."""
    pick = views.AsCalendar.parse(context.text)
    result = await programme.show_programme(context.work, pick.edition_id, _day(pick.day), now=context.now)
    context.show(views.with_calendar(result, whole=bool(pick.whole)))


async def now(_update: Update, context: BotContext) -> None:
    """Show what is on now and what comes next."""
    pick = views.ShowNow.parse(context.text)
    context.show(views.now_and_next(await programme.now_and_next(context.work, pick.edition_id, now=context.now)))


async def programme_calendar(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    """An edition's programme, or a day of it, as a calendar file."""
    edition = await programme.published(work, int(ids["edition_id"]))
    booked = await programme.list_booked(work, edition.id)
    return views.calendar_file(edition, booked, _day(ids.get("day")), Reader(str(ids["language"]), now))


ROUTES = Routes(
    presses={
        views.OpenProgramme: open_,
        views.OpenDay: day,
        views.ShowActivity: activity,
        views.AsCalendar: calendar,
        views.ShowNow: now,
    },
    present={"programme": present},
    makers={"programme_calendar": programme_calendar},
)
