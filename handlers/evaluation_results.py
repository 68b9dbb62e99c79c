"""What coordinators see of evaluations, and what they enter of earlier years."""

from telegram import Update

from bot.context import BotContext
from bot.services import evaluation_results as results
from bot.views import evaluation_buttons as buttons
from bot.views import evaluation_results as views
from handlers.coordinate import leaving
from handlers.routes import Routes


async def show(_update: Update, context: BotContext) -> None:
    """Show an edition's answers, or the latest edition's."""
    pick = buttons.Results.parse(context.text)
    editions = await results.list_editions(context.work, context.person, now=context.now)
    edition_id = pick.edition_id or next((edition.id for edition in editions), None)
    if edition_id is None:
        context.show(views.which_edition([]))
        return
    context.show(views.results(await results.results(context.work, context.person, edition_id, now=context.now)))


async def list_editions(_update: Update, context: BotContext) -> None:
    """Ask which edition."""
    context.show(views.which_edition(await results.list_editions(context.work, context.person, now=context.now)))


async def list_answers(_update: Update, context: BotContext) -> None:
    """Show the activities."""
    pick = buttons.ListAnswers.parse(context.text)
    found = await results.list_answers(context.work, context.person, pick.edition_id, pick.page, now=context.now)
    context.show(views.answers(found))


async def list_lines(_update: Update, context: BotContext) -> None:
    """Show what was written."""
    pick = buttons.ListLines.parse(context.text)
    found = await results.list_free_lines(context.work, context.person, pick.edition_id, pick.page, now=context.now)
    context.show(views.lines(found))


async def list_ambassadors(_update: Update, context: BotContext) -> None:
    """Show who said yes."""
    pick = buttons.ListAmbassadors.parse(context.text)
    context.show(views.ambassadors(await results.list_ambassadors(context.work, context.person, pick.edition_id)))


async def list_earlier(_update: Update, context: BotContext) -> None:
    """Show what was measured elsewhere."""
    pick = buttons.ListEarlier.parse(context.text)
    context.show(views.earlier(await results.list_earlier(context.work, context.person, pick.edition_id)))


async def ask_earlier(_update: Update, context: BotContext) -> None:
    """Ask for a result."""
    pick = buttons.AskEarlier.parse(context.text)
    seat = await context.seat()
    context.show(
        views.earlier(await results.ask_earlier(context.work, seat, pick.edition_id, pick.measure, now=context.now))
    )


async def written(_update: Update, context: BotContext) -> None:
    """Keep the result."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        views.earlier(await results.take_earlier(context.work, seat, context.draft, context.text, now=context.now))
    )


async def remove_earlier(_update: Update, context: BotContext) -> None:
    """Take a result away."""
    pick = buttons.RemoveEarlier.parse(context.text)
    kept = await results.remove_earlier(context.work, context.person, pick.edition_id, pick.result_id, now=context.now)
    context.show(views.earlier(kept))


ROUTES = Routes(
    presses={
        buttons.Results: leaving(show),
        buttons.OtherResults: leaving(list_editions),
        buttons.ListAnswers: leaving(list_answers),
        buttons.ListLines: list_lines,
        buttons.ListAmbassadors: list_ambassadors,
        buttons.ListEarlier: leaving(list_earlier),
        buttons.AskEarlier: leaving(ask_earlier),
        buttons.RemoveEarlier: leaving(remove_earlier),
    },
    texts={results.KIND: written},
)
