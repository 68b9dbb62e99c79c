"""Anything else: free sentences read by rule, commands that are none, and what is no text."""

from datetime import date, time

from telegram import Update
from telegram.ext import filters

from bot.context import BotContext
from bot.domain.results.understanding import Wanted
from bot.services import questions, understanding
from bot.views import anything as views
from bot.views import contact as contact_views
from bot.views.press import UnknownButton
from handlers.routes import Routes

_KINDS = (
    ("voice", filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE),
    ("sticker", filters.Sticker.ALL | filters.ANIMATION | filters.Dice.ALL),
    ("picture", filters.PHOTO | filters.VIDEO),
    ("file", filters.Document.ALL),
    ("location", filters.LOCATION | filters.VENUE),
    ("contact", filters.CONTACT),
)
"""Kinds of messages that are no text; an animation is a document too, so the order counts."""


async def free_text(_update: Update, context: BotContext) -> None:
    """Do what a free sentence asks for, or offer to send it on."""
    if context.text.startswith("/"):
        context.say(views.unknown_command(waits=context.draft is not None))
        return
    seat = await context.seat()
    result = await understanding.understand(
        context.work, seat, context.text, message_id=context.message_id, now=context.now
    )
    context.show(views.understood(result, context.reader))


async def other(update: Update, context: BotContext) -> None:
    """Say what cannot be read, and what works."""
    kind = next((name for name, kind in _KINDS if kind.check_update(update)), "other")
    context.say(views.cannot_read(kind, waits=context.draft is not None))


async def suggest(_update: Update, context: BotContext) -> None:
    """Show free times as wanted, with the edition or actor behind the button."""
    pick = views.Suggest.parse(context.text)
    try:
        day = date.fromordinal(pick.day) if pick.day is not None else None
        hour = time(*divmod(pick.minutes, 60)) if pick.minutes is not None else None
    except (ValueError, OverflowError) as error:
        raise UnknownButton from error
    wanted = Wanted(day, pick.part, hour)
    seat = await context.seat()
    result = await understanding.suggest(context.work, seat, pick.edition_id, pick.actor_id, wanted, now=context.now)
    context.show(views.understood(result, context.reader))


async def forward(_update: Update, context: BotContext) -> None:
    """Send on what was written."""
    pick = views.Forward.parse(context.text)
    seat = await context.seat()
    sent = await questions.forward(context.work, seat, pick.draft_id, pick.arena_id, now=context.now)
    context.show(contact_views.sent(sent))


async def leave(_update: Update, context: BotContext) -> None:
    """Leave it."""
    pick = views.DoNotForward.parse(context.text)
    await questions.drop(context.work, await context.seat(), pick.draft_id, questions.UNKNOWN, now=context.now)
    context.show(views.left())


ROUTES = Routes(presses={views.Suggest: suggest, views.Forward: forward, views.DoNotForward: leave})
