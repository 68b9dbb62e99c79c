"""Reminders: what they say when they are sent, what their buttons do, and /paminnelser."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import reminder_answers as answers
from bot.services import reminders
from bot.views import reminder_buttons as buttons
from bot.views import reminder_choices as choice_views
from bot.views import reminders as views
from bot.views.change_buttons import ChangeFine, ChangeNotFine
from bot.views.screen import Screen
from handlers.routes import Routes


async def overview(_update: Update, context: BotContext) -> None:
    """Show what comes next and what can be turned off."""
    context.show(choice_views.overview(await answers.overview(context.work, context.person, now=context.now)))


async def turn(_update: Update, context: BotContext) -> None:
    """Turn a kind on or off."""
    pick = choice_views.Turn.parse(context.text)
    context.show(
        choice_views.overview(
            await answers.turn(context.work, context.person, pick.kind, on=bool(pick.on), now=context.now)
        )
    )


async def open_one(_update: Update, context: BotContext) -> None:
    """Show one of several bookings below, with its own buttons."""
    pick = buttons.Open.parse(context.text)
    context.say(
        views.reminder(await answers.open_reminded(context.work, context.person, pick.booking_id, now=context.now))
    )


async def ready(_update: Update, context: BotContext) -> None:
    """Note that all is ready."""
    pick = buttons.Ready.parse(context.text)
    context.show(views.noted(await answers.say_ready(context.work, context.person, pick.booking_id, now=context.now)))


async def report(_update: Update, context: BotContext) -> None:
    """Note whether it is reported."""
    pick = buttons.Report.parse(context.text)
    context.show(
        views.noted(await answers.report(context.work, context.person, pick.booking_id, pick.answer, now=context.now))
    )


async def not_yet(_update: Update, context: BotContext) -> None:
    """Be silent until the next step."""
    pick = buttons.NotYet.parse(context.text)
    context.show(views.noted(await answers.not_yet(context.work, context.person, pick.booking_id, now=context.now)))


async def snooze(_update: Update, context: BotContext) -> None:
    """Remind again tomorrow."""
    pick = buttons.Snooze.parse(context.text)
    context.show(views.noted(await answers.snooze(context.work, context.person, pick.booking_id, now=context.now)))


async def ask_change(_update: Update, context: BotContext) -> None:
    """Ask what has changed; the reminder stays above."""
    pick = buttons.Changed.parse(context.text)
    context.show(
        views.asked_change(
            await answers.ask_change(context.work, await context.seat(), pick.booking_id, now=context.now)
        )
    )


async def take_change(_update: Update, context: BotContext) -> None:
    """Pass on what was written to the coordinators."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    said = await answers.take_change(
        context.work, context.person, context.draft, context.text, message_id=context.message_id, now=context.now
    )
    context.show(views.noted(said))


async def fine(_update: Update, context: BotContext) -> None:
    """The new time suits."""
    pick = ChangeFine.parse(context.text)
    context.show(views.noted(await answers.accept_move(context.work, context.person, pick.booking_id, now=context.now)))


async def not_fine(_update: Update, context: BotContext) -> None:
    """The new time does not suit."""
    pick = ChangeNotFine.parse(context.text)
    seat = await context.seat()
    context.show(views.asked_change(await answers.refuse_move(context.work, seat, pick.booking_id, now=context.now)))


async def reminder(work: UnitOfWork, reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    """What the reader's reminders say when they are sent."""
    reminded = await reminders.what_stands(work, reader, ids["ids"], now=now)
    return None if reminded is None else views.reminder(reminded)


ROUTES = Routes(
    presses={
        choice_views.Turn: turn,
        buttons.Open: open_one,
        buttons.Ready: ready,
        buttons.Report: report,
        buttons.NotYet: not_yet,
        buttons.Snooze: snooze,
        buttons.Changed: ask_change,
        ChangeFine: fine,
        ChangeNotFine: not_fine,
    },
    texts={answers.KIND: take_change},
    notices={"reminder": reminder},
)
