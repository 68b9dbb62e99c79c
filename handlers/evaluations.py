"""The short evaluation after an event."""

from telegram import Update

from bot.context import BotContext
from bot.services import evaluations
from bot.views import evaluations as views
from handlers.routes import Routes


async def evaluate(_update: Update, context: BotContext) -> None:
    """Ask a question, or the next one."""
    pick = views.Evaluate.parse(context.text)
    seat = await context.seat()
    asked = await evaluations.evaluate(context.work, seat, pick.booking_id, pick.question, now=context.now)
    context.show(views.evaluating(asked))


async def satisfied(_update: Update, context: BotContext) -> None:
    """Keep the score."""
    pick = views.Satisfied.parse(context.text)
    seat = await context.seat()
    context.show(
        views.evaluating(
            await evaluations.answer(context.work, seat, pick.booking_id, "satisfied", pick.score, now=context.now)
        )
    )


async def worth(_update: Update, context: BotContext) -> None:
    """Keep whether it was worth it."""
    pick = views.Worth.parse(context.text)
    seat = await context.seat()
    context.show(
        views.evaluating(
            await evaluations.answer(context.work, seat, pick.booking_id, "worth", pick.answer, now=context.now)
        )
    )


async def again(_update: Update, context: BotContext) -> None:
    """Keep whether they come again."""
    pick = views.Again.parse(context.text)
    seat = await context.seat()
    context.show(
        views.evaluating(
            await evaluations.answer(context.work, seat, pick.booking_id, "again", pick.answer, now=context.now)
        )
    )


async def comment(_update: Update, context: BotContext) -> None:
    """Keep the free line."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        views.evaluating(await evaluations.comment(context.work, seat, context.draft, context.text, now=context.now))
    )


async def skip_comment(_update: Update, context: BotContext) -> None:
    """Go without the free line."""
    pick = views.SkipComment.parse(context.text)
    seat = await context.seat()
    context.show(views.evaluating(await evaluations.skip_comment(context.work, seat, pick.draft_id, now=context.now)))


ROUTES = Routes(
    presses={
        views.Evaluate: evaluate,
        views.Satisfied: satisfied,
        views.Worth: worth,
        views.Again: again,
        views.SkipComment: skip_comment,
    },
    texts={evaluations.KIND: comment},
)
