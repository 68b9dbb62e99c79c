"""Filling in what is asked about an activity."""

from telegram import Update

from bot.context import BotContext
from bot.domain.answers import FieldLocked
from bot.domain.results.bookings import Asked, Form
from bot.services import form
from bot.views import form as views
from bot.views.bookings_buttons import FillIn
from bot.views.screen import Screen
from handlers.routes import Routes


def _screen(result: Asked | Form) -> Screen:
    return views.asked(result) if isinstance(result, Asked) else views.form(result)


async def show(_update: Update, context: BotContext) -> None:
    """Show all questions."""
    pick = FillIn.parse(context.text)
    context.show(views.form(await form.show_form(context.work, await context.seat(), pick.booking_id, now=context.now)))


async def ask(_update: Update, context: BotContext) -> None:
    """Ask one question."""
    pick = views.AskField.parse(context.text)
    seat = await context.seat()
    context.show(views.asked(await form.ask(context.work, seat, pick.booking_id, pick.field_id, now=context.now)))


async def ask_lacking(_update: Update, context: BotContext) -> None:
    """Ask what lacks, one after another."""
    pick = views.AskLacking.parse(context.text)
    context.show(_screen(await form.ask_lacking(context.work, await context.seat(), pick.booking_id, now=context.now)))


async def write(_update: Update, context: BotContext) -> None:
    """Take what was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    context.show(
        _screen(await form.write(context.work, await context.seat(), context.draft, context.text, now=context.now))
    )


async def take_file(update: Update, context: BotContext) -> None:
    """Take a document or a picture as the answer."""
    assert context.draft is not None  # noqa: S101  # files come here by their draft
    file = context.file(update)
    context.show(
        _screen(await form.take_file(context.work, await context.seat(), context.draft, file, now=context.now))
    )


async def choose(_update: Update, context: BotContext) -> None:
    """Take a choice."""
    pick = views.Choose.parse(context.text)
    seat = await context.seat()
    context.show(_screen(await form.choose(context.work, seat, pick.draft_id, pick.key, now=context.now)))


async def use_short(_update: Update, context: BotContext) -> None:
    """Take the shortened answer."""
    pick = views.UseShortAnswer.parse(context.text)
    context.show(_screen(await form.use_short(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def clear(_update: Update, context: BotContext) -> None:
    """Take the answer away."""
    pick = views.Clear.parse(context.text)
    context.show(_screen(await form.clear(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def finish(_update: Update, context: BotContext) -> None:
    """Leave it and go on."""
    pick = views.Finish.parse(context.text)
    context.show(_screen(await form.finish(context.work, await context.seat(), pick.draft_id, now=context.now)))


async def offer_to_open(context: BotContext, locked: FieldLocked) -> None:
    """A locked field: offer to ask a coordinator."""
    view = await context.work.bookings.view(int(locked.fields["booking_id"]))
    context.show(views.locked(view, await context.work.fields.get(int(locked.fields["field_id"]))))


async def ask_to_open(_update: Update, context: BotContext) -> None:
    """Ask a coordinator to open the field."""
    pick = views.AskToOpen.parse(context.text)
    seat = await context.seat()
    view = await form.ask_to_open(context.work, seat, pick.booking_id, pick.field_id, now=context.now)
    context.show(views.asked_to_open(view))


ROUTES = Routes(
    presses={
        FillIn: show,
        views.AskField: ask,
        views.AskLacking: ask_lacking,
        views.Choose: choose,
        views.UseShortAnswer: use_short,
        views.Clear: clear,
        views.Finish: finish,
        views.AskToOpen: ask_to_open,
    },
    texts={form.KIND: write},
    files={form.KIND: take_file},
    remedies={FieldLocked: offer_to_open},
)
