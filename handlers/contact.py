"""/kontakt: who the coordinators are, and questions to them."""

from telegram import Update

from bot.context import BotContext
from bot.domain.results.questions import AskedQuestion
from bot.services import questions
from bot.views import contact as views
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """Say who they are, and ask what the question is."""
    result = await questions.begin(context.work, await context.seat(), now=context.now)
    context.show(views.asked(result) if isinstance(result, AskedQuestion) else views.contact(result))


async def about_arena(_update: Update, context: BotContext) -> None:
    """Await a question about an arena."""
    pick = views.AskArena.parse(context.text)
    context.show(views.asked(await questions.ask(context.work, await context.seat(), pick.arena_id, now=context.now)))


async def about_booking(_update: Update, context: BotContext) -> None:
    """Await a question about a booking."""
    pick = views.AskAbout.parse(context.text)
    seat = await context.seat()
    context.show(views.asked(await questions.ask_about(context.work, seat, pick.booking_id, now=context.now)))


async def elsewhere(_update: Update, context: BotContext) -> None:
    """Choose among all arenas."""
    context.show(views.elsewhere(await questions.list_arenas(context.work)))


async def written(_update: Update, context: BotContext) -> None:
    """Send what was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    sent = await questions.send(
        context.work, seat, context.draft, context.text, message_id=context.message_id, now=context.now
    )
    context.show(views.sent(sent))


async def not_text(_update: Update, context: BotContext) -> None:
    """A question is text."""
    context.say(views.text_only())


async def drop(_update: Update, context: BotContext) -> None:
    """Ask nothing after all."""
    pick = views.DropQuestion.parse(context.text)
    await questions.drop(context.work, await context.seat(), pick.draft_id, questions.KIND, now=context.now)
    context.show(views.dropped())


ROUTES = Routes(
    presses={
        views.AskArena: about_arena,
        views.AskAbout: about_booking,
        views.AskElsewhere: elsewhere,
        views.DropQuestion: drop,
    },
    texts={questions.KIND: written},
    files={questions.KIND: not_text},
)
