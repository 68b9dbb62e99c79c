"""What an activity is for: toggled on one card; an issue in words of their own; the coordinators' list."""

from telegram import Update

from bot.context import BotContext
from bot.domain.results.applications import MatterView
from bot.domain.results.booking import Done
from bot.services import issues, naming
from bot.views import issue_buttons as buttons
from bot.views import matters as matter_views
from bot.views import naming as views
from handlers.routes import Routes


async def ask_first(context: BotContext, done: Done) -> None:
    """Straight after «Boka tiden», once, on a card of its own below."""
    seat = await context.seat()
    asked = await naming.ask_first(context.work, seat, done.view.booking.id, now=context.now)
    if asked is not None:
        context.show_below(await context.work.chats.add_card(context.chat_id), views.card(asked))


async def show(_update: Update, context: BotContext) -> None:
    """What it names and could name."""
    pick = buttons.NameIt.parse(context.text)
    context.show(views.card(await naming.show(context.work, await context.seat(), pick.booking_id, now=context.now)))


async def toggle_issue(_update: Update, context: BotContext) -> None:
    """An issue, on or off."""
    pick = buttons.ToggleIssue.parse(context.text)
    seat = await context.seat()
    context.show(
        views.card(await naming.toggle_issue(context.work, seat, pick.booking_id, pick.issue_id, now=context.now))
    )


async def toggle_purpose(_update: Update, context: BotContext) -> None:
    """A purpose, on or off."""
    pick = buttons.TogglePurpose.parse(context.text)
    seat = await context.seat()
    context.show(
        views.card(await naming.toggle_purpose(context.work, seat, pick.booking_id, pick.purpose, now=context.now))
    )


async def toggle_group(_update: Update, context: BotContext) -> None:
    """A target group, on or off."""
    pick = buttons.ToggleGroup.parse(context.text)
    seat = await context.seat()
    context.show(
        views.card(await naming.toggle_group(context.work, seat, pick.booking_id, pick.group_id, now=context.now))
    )


async def finish(_update: Update, context: BotContext) -> None:
    """«Klart», or «Hoppa över»."""
    pick = buttons.NamingDone.parse(context.text)
    seat = await context.seat()
    named = await naming.finish(context.work, seat, pick.booking_id, skipped=bool(pick.on), now=context.now)
    context.show(views.card(named))


async def ask_proposal(_update: Update, context: BotContext) -> None:
    """Ask for an issue in their own words."""
    pick = buttons.ProposeIssue.parse(context.text)
    asked = await naming.ask_proposal(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.ask_proposal(asked))


async def proposal(_update: Update, context: BotContext) -> None:
    """Take it."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    named = await naming.take_proposal(
        context.work, seat, context.draft, context.text, message_id=context.message_id, now=context.now
    )
    context.show(views.card(named))


# Coordinators


async def list_bookings(_update: Update, context: BotContext) -> None:
    """Those first that lack something."""
    pick = buttons.NamingList.parse(context.text)
    found = await naming.list_bookings(context.work, await context.seat(), pick.page, now=context.now)
    context.show(views.listed(found))


async def choose(_update: Update, context: BotContext) -> None:
    """Which issue a proposed one is."""
    pick = buttons.ChooseIssue.parse(context.text)
    found = await naming.choices(context.work, context.person, pick.matter_id)
    context.show(matter_views.matter(found) if isinstance(found, MatterView) else views.choose(found))


async def settle(_update: Update, context: BotContext) -> None:
    """It is this one, or a new one."""
    pick = buttons.SettleIssue.parse(context.text)
    settled = await naming.settle_proposal(
        context.work, context.person, pick.matter_id, pick.revision, pick.issue_id, now=context.now
    )
    context.show(matter_views.matter(settled))


ROUTES = Routes(
    presses={
        buttons.NameIt: show,
        buttons.ToggleIssue: toggle_issue,
        buttons.TogglePurpose: toggle_purpose,
        buttons.ToggleGroup: toggle_group,
        buttons.NamingDone: finish,
        buttons.ProposeIssue: ask_proposal,
        buttons.NamingList: list_bookings,
        buttons.ChooseIssue: choose,
        buttons.SettleIssue: settle,
    },
    texts={issues.PROPOSAL_KIND: proposal},
)
