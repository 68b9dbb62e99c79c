"""The table of commands, and all modules' routes as one."""

from telegram import Update

from bot.context import BotContext
from bot.views.menus import Go
from bot.views.press import UnknownButton
from handlers import applications, booking, bookings, coordinate, editions, form, groups, language, matters, people, slots, start
from handlers.dispatch import merged
from handlers.routes import Command, Routes


async def open_link(update: Update, context: BotContext) -> None:
    """/start: what a deep link's payload (`prefix_rest`) leads to, or home."""
    prefix = context.args[0].partition("_")[0] if context.args else ""
    await ROUTES.payloads.get(prefix, start.home)(update, context)


async def go(update: Update, context: BotContext) -> None:
    """Do what the command behind the button does."""
    where = Go.parse(context.text).where
    command = next((c for c in COMMANDS if c.names[0] == where), None)
    if command is None:
        raise UnknownButton
    context.args = ()
    await command.handler(update, context)


COMMANDS = (
    Command(("start", "start"), open_link),
    Command(("samordna", "coordinate"), coordinate.begin, coordinators=True),
    Command(("boka", "book"), booking.begin),
    Command(("bokningar", "bookings"), bookings.list_mine),
    Command(("hjalp", "help"), start.help_),
    Command(("sprak", "language"), language.ask),
    Command(("avbryt", "cancel"), start.cancel),
)

MODULES = (applications, booking, bookings, coordinate, editions, form, language, matters, people, slots, start)
ROUTES = merged((*(module.ROUTES for module in MODULES), Routes(presses={Go: go})))

IN_GROUP = groups.in_group
MEMBERSHIP = groups.membership
FREE_TEXT = start.help_
OTHER = start.help_
