"""The table of commands, and all modules' routes as one."""

from telegram import Update

from bot.context import BotContext
from bot.domain.matching import fold
from bot.views.menus import Go
from bot.views.press import UnknownButton
from handlers import (
    actor_invitations,
    actor_paste,
    actors,
    addressing,
    announcements,
    anything,
    applications,
    arenas,
    booking,
    booking_news,
    bookings,
    co_organisers,
    contact,
    coordinate,
    coordinators,
    edition_evaluations,
    editions,
    evaluation_results,
    evaluations,
    form,
    groups,
    health,
    issues,
    joint,
    language,
    matters,
    methods,
    naming,
    networks,
    people,
    personal,
    programme,
    reminders,
    report,
    sending,
    slots,
    stances,
    start,
    year,
)
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


async def free_text(update: Update, context: BotContext) -> None:
    """What no dialogue awaits: a command's name without its slash does what the command does."""
    word = fold(context.text.strip())
    command = next((c for c in COMMANDS if word in c.names), None)
    context.args = ()
    await (command.handler if command else anything.free_text)(update, context)


COMMANDS = (
    Command(("start", "start"), open_link),
    Command(("samordna", "coordinate"), coordinate.begin, coordinators=True),
    Command(("utskick", "announce"), announcements.begin, coordinators=True),
    Command(("rapport", "report"), report.begin, coordinators=True),
    Command(("halsa", "health"), health.show, coordinators=True),
    Command(("boka", "book"), booking.begin),
    Command(("bokningar", "bookings"), bookings.list_mine),
    Command(("arenor", "arenas"), arenas.list_),
    Command(("program", "programme"), programme.begin),
    Command(("fragor", "issues"), issues.begin),
    Command(("metoder", "methods"), methods.begin),
    Command(("natverk", "network"), networks.begin),
    Command(("ar", "year"), year.begin),
    Command(("paminnelser", "reminders"), reminders.overview),
    Command(("kontakt", "contact"), contact.begin),
    Command(("hjalp", "help"), start.help_),
    Command(("sprak", "language"), language.ask),
    Command(("minadata", "mydata"), personal.show),
    Command(("avbryt", "cancel"), start.cancel),
)

MODULES = (
    actor_invitations,
    actor_paste,
    actors,
    addressing,
    announcements,
    anything,
    applications,
    arenas,
    booking,
    booking_news,
    bookings,
    co_organisers,
    contact,
    coordinate,
    coordinators,
    edition_evaluations,
    editions,
    evaluation_results,
    evaluations,
    form,
    issues,
    joint,
    language,
    matters,
    methods,
    naming,
    networks,
    people,
    personal,
    programme,
    reminders,
    report,
    sending,
    slots,
    stances,
    start,
    year,
)
ROUTES = merged((*(module.ROUTES for module in MODULES), Routes(presses={Go: go})))

IN_GROUP = groups.in_group
MEMBERSHIP = groups.membership
FREE_TEXT = free_text
OTHER = anything.other
