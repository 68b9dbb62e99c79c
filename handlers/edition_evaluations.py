"""The evaluation of an edition, and who will be an ambassador for its arena."""

from telegram import Update

from bot.context import BotContext
from bot.services import edition_evaluations as evaluations
from bot.views import edition_evaluations as views
from bot.views.evaluation_buttons import BeAmbassador, EvaluateEdition, ScoreEdition, SkipChange
from handlers.routes import Routes


async def evaluate(_update: Update, context: BotContext) -> None:
    """Ask a question, or the next one."""
    pick = EvaluateEdition.parse(context.text)
    seat = await context.seat()
    asked = await evaluations.show(context.work, seat, pick.edition_id, pick.question, now=context.now)
    context.show(views.evaluating(asked))


async def score(_update: Update, context: BotContext) -> None:
    """Keep a score."""
    pick = ScoreEdition.parse(context.text)
    seat = await context.seat()
    kept = await evaluations.score(context.work, seat, pick.edition_id, pick.question, pick.score, now=context.now)
    context.show(views.evaluating(kept))


async def written(_update: Update, context: BotContext) -> None:
    """Keep what to change."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        views.evaluating(await evaluations.write(context.work, seat, context.draft, context.text, now=context.now))
    )


async def skip(_update: Update, context: BotContext) -> None:
    """Go without words."""
    pick = SkipChange.parse(context.text)
    context.show(
        views.evaluating(await evaluations.skip(context.work, await context.seat(), pick.draft_id, now=context.now))
    )


async def be_ambassador(_update: Update, context: BotContext) -> None:
    """Keep a yes or a no."""
    pick = BeAmbassador.parse(context.text)
    seat = await context.seat()
    kept = await evaluations.be_ambassador(context.work, seat, pick.edition_id, yes=bool(pick.yes), now=context.now)
    context.show(views.evaluating(kept))


ROUTES = Routes(
    presses={EvaluateEdition: evaluate, ScoreEdition: score, SkipChange: skip, BeAmbassador: be_ambassador},
    texts={evaluations.KIND: written},
)
