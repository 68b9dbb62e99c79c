"""Adding actors: one by its name, or many by pasting rows."""

from telegram import Update

from bot.context import BotContext
from bot.domain.results.actors import Pasted
from bot.services import actor_paste
from bot.views import actor_buttons as buttons
from bot.views import actor_paste as views
from handlers.routes import Routes


async def add(_update: Update, context: BotContext) -> None:
    """Ask for a name, or rows from a spreadsheet."""
    buttons.AddActors.parse(context.text)
    await actor_paste.start_paste(context.work, await context.seat(), now=context.now)
    context.show(views.ask_rows())


async def paste(_update: Update, context: BotContext) -> None:
    """Read rows and show them."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        views.pasted(await actor_paste.add_rows(context.work, seat, context.draft, context.text, now=context.now))
    )


async def set_paste_kind(_update: Update, context: BotContext) -> None:
    """What rows without a kind become."""
    pick = buttons.SetPasteKind.parse(context.text)
    seat = await context.seat()
    context.show(
        views.pasted(await actor_paste.choose_kind(context.work, seat, pick.draft_id, pick.kind, now=context.now))
    )


async def save_paste(_update: Update, context: BotContext) -> None:
    """Save the rows."""
    pick = buttons.SavePaste.parse(context.text)
    result = await actor_paste.save_rows(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.pasted(result) if isinstance(result, Pasted) else views.saved(result))


async def drop_paste(_update: Update, context: BotContext) -> None:
    """Begin the paste anew."""
    pick = buttons.DropPaste.parse(context.text)
    await actor_paste.drop_rows(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.ask_rows())


ROUTES = Routes(
    presses={
        buttons.AddActors: add,
        buttons.SetPasteKind: set_paste_kind,
        buttons.SavePaste: save_paste,
        buttons.DropPaste: drop_paste,
    },
    texts={actor_paste.KIND: paste},
)
