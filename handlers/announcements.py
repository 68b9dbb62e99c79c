"""/utskick: an announcement from its text to the yes, and its correction."""

from telegram import Update

from bot.context import BotContext
from bot.domain.languages import LANGUAGES
from bot.services import announcements
from bot.services.announcement_drafts import KIND
from bot.views import announcement_buttons as buttons
from bot.views import announcement_messages as messages
from bot.views import announcements as views
from bot.views import sending as sending_views
from bot.views.screen import Reader
from handlers.routes import Routes


async def show_next(context: BotContext, result: views.Result) -> None:
    """Show the card, below the message as it will be seen where that is new."""
    readers = {language: Reader(language, context.now) for language in LANGUAGES}
    for row in messages.beside(result, readers, chat_id=context.chat_id):
        await context.work.outbox.add(row)
    context.show(views.card(result))


async def begin(_update: Update, context: BotContext) -> None:
    """Ask for the message."""
    await show_next(context, await announcements.start(context.work, await context.seat(), now=context.now))


async def written(update: Update, context: BotContext) -> None:
    """Take what was sent for what the draft awaits."""
    assert context.draft is not None and update.message is not None  # noqa: S101, PT018  # messages come here by their draft
    seat, sent = await context.seat(), update.message.to_dict()
    await show_next(context, await announcements.take(context.work, seat, context.draft, sent, now=context.now))


async def receipts(_update: Update, context: BotContext) -> None:
    """With «Jag har läst» or without."""
    pick = buttons.Receipts.parse(context.text)
    seat = await context.seat()
    await show_next(
        context,
        await announcements.toggle_receipts(context.work, seat, pick.draft_id, on=bool(pick.on), now=context.now),
    )


async def previewed(_update: Update, context: BotContext) -> None:
    """Note which message shows the preview, and put its button right if it was switched meanwhile."""
    about, result = context.own["context"], context.own["result"]
    noted = result and await announcements.remember_preview(
        context.work, int(about["draft_id"]), about["language"], int(result["message_id"]), receipts=about["receipts"]
    )
    if noted and noted[0]:
        reader = Reader(about["language"], context.now)
        wanted = bool(noted[1].data.get("receipts"))
        row = messages.marked(int(result["message_id"]), reader, receipts=wanted, chat_id=context.chat_id)
        await context.work.outbox.add(row)


async def write(_update: Update, context: BotContext) -> None:
    """Ask for the message in a language."""
    pick = buttons.Write.parse(context.text)
    seat = await context.seat()
    await show_next(
        context, await announcements.write(context.work, seat, pick.draft_id, pick.language, now=context.now)
    )


async def change(_update: Update, context: BotContext) -> None:
    """Ask what to change."""
    pick = buttons.Change.parse(context.text)
    await show_next(context, await announcements.what_to_change(context.work, await context.seat(), pick.draft_id))


async def back(_update: Update, context: BotContext) -> None:
    """Show the preview's card again."""
    pick = buttons.Back.parse(context.text)
    seat = await context.seat()
    await show_next(context, await announcements.show_preview(context.work, seat, pick.draft_id, now=context.now))


async def resume(_update: Update, context: BotContext) -> None:
    """Go on with an unfinished one."""
    pick = buttons.Resume.parse(context.text)
    await show_next(
        context, await announcements.resume(context.work, await context.seat(), pick.draft_id, now=context.now)
    )


async def send_later(_update: Update, context: BotContext) -> None:
    """Ask when to send it."""
    pick = buttons.SendLater.parse(context.text)
    seat = await context.seat()
    await show_next(context, await announcements.ask_time(context.work, seat, pick.draft_id, now=context.now))


async def send_now(_update: Update, context: BotContext) -> None:
    """Send it."""
    pick = buttons.SendNow.parse(context.text)
    seat = await context.seat()
    status = await announcements.confirm(context.work, seat, pick.draft_id, at_once=True, now=context.now)
    context.show(sending_views.status(status))


async def schedule(_update: Update, context: BotContext) -> None:
    """Let it be sent at its time."""
    pick = buttons.Schedule.parse(context.text)
    seat = await context.seat()
    status = await announcements.confirm(context.work, seat, pick.draft_id, at_once=False, now=context.now)
    context.show(sending_views.status(status))


async def discard(_update: Update, context: BotContext) -> None:
    """Send nothing."""
    pick = buttons.Discard.parse(context.text)
    await announcements.discard(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.discarded())


async def correct(_update: Update, context: BotContext) -> None:
    """Ask for the right words."""
    pick = buttons.Correct.parse(context.text)
    result = await announcements.start_correcting(
        context.work, await context.seat(), pick.announcement_id, pick.language, now=context.now
    )
    await show_next(context, result)


async def confirm_correction(_update: Update, context: BotContext) -> None:
    """Correct it in every chat."""
    pick = buttons.ConfirmCorrection.parse(context.text)
    seat = await context.seat()
    status, count = await announcements.confirm_correction(context.work, seat, pick.draft_id, now=context.now)
    context.show(sending_views.corrected(status, count))


ROUTES = Routes(
    presses={
        buttons.Announce: begin,
        buttons.Receipts: receipts,
        buttons.Write: write,
        buttons.Change: change,
        buttons.Back: back,
        buttons.Resume: resume,
        buttons.SendNow: send_now,
        buttons.SendLater: send_later,
        buttons.Schedule: schedule,
        buttons.Discard: discard,
        buttons.Correct: correct,
        buttons.ConfirmCorrection: confirm_correction,
    },
    texts={KIND: written},
    files={KIND: written},
    own={messages.PREVIEWED: previewed},
)
