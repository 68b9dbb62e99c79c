"""/bokningar: a booking's life after the yes."""

from telegram import Update

from bot.context import BotContext
from bot.domain.results.booking import WhichDay
from bot.domain.results.bookings import Cancelled
from bot.services import bookings
from bot.views import booking as dialogue_views
from bot.views import bookings as views
from bot.views import bookings_buttons as buttons
from bot.views.booking_buttons import ConfirmMove
from handlers.routes import Routes


async def list_mine(_update: Update, context: BotContext) -> None:
    """List the person's bookings."""
    context.show(views.listed(await bookings.list_mine(context.work, await context.seat(), now=context.now)))


async def present(context: BotContext, booking_id: int) -> None:
    """Show a booking as it is now."""
    context.show(views.card(await bookings.show(context.work, await context.seat(), booking_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """Show one booking."""
    await present(context, buttons.ShowBooking.parse(context.text).booking_id)


async def calendar(_update: Update, context: BotContext) -> None:
    """Send the calendar file again."""
    pick = buttons.Calendar.parse(context.text)
    card = await bookings.show(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.calendar_again(card))


async def fetch_file(_update: Update, context: BotContext) -> None:
    """Send a file that the actor left."""
    pick = buttons.FetchFile.parse(context.text)
    card = await bookings.show(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.with_file(card, pick.field_id))


async def move(_update: Update, context: BotContext) -> None:
    """Choose another time."""
    pick = buttons.Move.parse(context.text)
    result = await bookings.start_move(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(dialogue_views.days(result, picture=True) if isinstance(result, WhichDay) else views.asked(result))


async def confirm_move(_update: Update, context: BotContext) -> None:
    """Move it there."""
    pick = ConfirmMove.parse(context.text)
    context.show(
        views.moved(await bookings.finish_move(context.work, await context.seat(), pick.draft_id, now=context.now))
    )


async def cancel(_update: Update, context: BotContext) -> None:
    """Name whom a cancellation touches."""
    pick = buttons.Cancel.parse(context.text)
    context.show(
        views.cancelling(await bookings.touched(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def confirm_cancel(_update: Update, context: BotContext) -> None:
    """Cancel it."""
    pick = buttons.ConfirmCancel.parse(context.text)
    seat = await context.seat()
    result = await bookings.cancel(context.work, seat, pick.booking_id, pick.revision, now=context.now)
    context.show(views.cancelled(result) if isinstance(result, Cancelled) else views.asked(result))


async def undo(_update: Update, context: BotContext) -> None:
    """Restore it."""
    pick = buttons.Undo.parse(context.text)
    context.show(
        views.restored(await bookings.undo(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def take_over(_update: Update, context: BotContext) -> None:
    """Take over what the owner cancelled."""
    pick = buttons.TakeOver.parse(context.text)
    context.show(
        views.taken_over(await bookings.take_over(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def decline(_update: Update, context: BotContext) -> None:
    """Decline what the owner cancelled."""
    pick = buttons.DeclineOffer.parse(context.text)
    await bookings.decline(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.declined())


ROUTES = Routes(
    presses={
        buttons.MyBookings: list_mine,
        buttons.ShowBooking: show,
        buttons.Calendar: calendar,
        buttons.FetchFile: fetch_file,
        buttons.Move: move,
        ConfirmMove: confirm_move,
        buttons.Cancel: cancel,
        buttons.ConfirmCancel: confirm_cancel,
        buttons.Undo: undo,
        buttons.TakeOver: take_over,
        buttons.DeclineOffer: decline,
    },
    present={"bookings": present},
)
