"""/bokningar: a booking's life after the yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import BookingState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import WhichDay
from bot.domain.results.bookings import Cancelled
from bot.services import bookings, co_organisers
from bot.views import booking as dialogue_views
from bot.views import bookings as views
from bot.views.bookings_buttons import FetchFile, InviteCoOrganiser, MyBookings, ShowBooking
from bot.views.screen import L, Screen
from bot.views.times import At
from handlers.routes import Routes


async def list_mine(_update: Update, context: BotContext) -> None:
    """List the person's bookings."""
    context.show(views.listed(await bookings.list_mine(context.work, await context.seat())))


async def present(context: BotContext, booking_id: int) -> None:
    """Show a booking as it is now."""
    context.show(views.card(await bookings.show(context.work, await context.seat(), booking_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """Show one booking."""
    await present(context, ShowBooking.parse(context.text).booking_id)


async def calendar(_update: Update, context: BotContext) -> None:
    """Send the calendar file again."""
    pick = views.Calendar.parse(context.text)
    card = await bookings.show(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.calendar_again(card))


async def fetch_file(_update: Update, context: BotContext) -> None:
    """Send a file that the actor left."""
    pick = FetchFile.parse(context.text)
    card = await bookings.show(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.with_file(card, pick.field_id))


async def move(_update: Update, context: BotContext) -> None:
    """Choose another time."""
    pick = views.Move.parse(context.text)
    result = await bookings.start_move(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(dialogue_views.days(result, picture=True) if isinstance(result, WhichDay) else views.asked(result))


async def confirm_move(_update: Update, context: BotContext) -> None:
    """Move it there."""
    pick = dialogue_views.ConfirmMove.parse(context.text)
    context.show(
        views.moved(await bookings.finish_move(context.work, await context.seat(), pick.draft_id, now=context.now))
    )


async def cancel(_update: Update, context: BotContext) -> None:
    """Name whom a cancellation touches."""
    pick = views.Cancel.parse(context.text)
    context.show(
        views.cancelling(await bookings.touched(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def confirm_cancel(_update: Update, context: BotContext) -> None:
    """Cancel it."""
    pick = views.ConfirmCancel.parse(context.text)
    seat = await context.seat()
    result = await bookings.cancel(context.work, seat, pick.booking_id, pick.revision, now=context.now)
    context.show(views.cancelled(result) if isinstance(result, Cancelled) else views.asked(result))


async def undo(_update: Update, context: BotContext) -> None:
    """Restore it."""
    pick = views.Undo.parse(context.text)
    context.show(
        views.restored(await bookings.undo(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def take_over(_update: Update, context: BotContext) -> None:
    """Take over what the owner cancelled."""
    pick = views.TakeOver.parse(context.text)
    context.show(
        views.taken_over(await bookings.take_over(context.work, await context.seat(), pick.booking_id, now=context.now))
    )


async def decline(_update: Update, context: BotContext) -> None:
    """Decline what the owner cancelled."""
    pick = views.DeclineOffer.parse(context.text)
    await bookings.decline(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.declined())


async def invite_co(_update: Update, context: BotContext) -> None:
    """Ask who it is to be arranged with."""
    pick = InviteCoOrganiser.parse(context.text)
    seat = await context.seat()
    context.show(views.ask_co_name(await co_organisers.ask_name(context.work, seat, pick.booking_id, now=context.now)))


async def co_name(_update: Update, context: BotContext) -> None:
    """Offer the actors like what was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        views.found(await co_organisers.find(context.work, seat, context.draft, context.text, now=context.now))
    )


async def pick_co(_update: Update, context: BotContext) -> None:
    """Invite the actor behind the button."""
    pick = views.PickCoOrganiser.parse(context.text)
    seat = await context.seat()
    context.show(
        views.co_invited(await co_organisers.invite(context.work, seat, pick.draft_id, pick.actor_id, now=context.now))
    )


async def name_only(_update: Update, context: BotContext) -> None:
    """Note the name alone."""
    pick = views.NameOnly.parse(context.text)
    context.show(
        views.co_invited(
            await co_organisers.name_only(context.work, await context.seat(), pick.draft_id, now=context.now)
        )
    )


async def answer_co(_update: Update, context: BotContext) -> None:
    """Yes or no to arranging together."""
    pick = views.AnswerCo.parse(context.text)
    asked = await co_organisers.answer(
        context.work, await context.seat(), pick.co_organiser_id, pick.revision, accepts=bool(pick.yes), now=context.now
    )
    context.show(views.co_answered_self(asked))


async def remove_co(_update: Update, context: BotContext) -> None:
    """No longer together."""
    pick = views.RemoveCo.parse(context.text)
    view = await co_organisers.remove(context.work, await context.seat(), pick.co_organiser_id, now=context.now)
    await present(context, view.booking.id)


async def helpers(_update: Update, context: BotContext) -> None:
    """Who follows the booking."""
    pick = views.HelpersOf.parse(context.text)
    context.show(views.helpers(await co_organisers.helpers(context.work, await context.seat(), pick.booking_id)))


async def toggle_helper(_update: Update, context: BotContext) -> None:
    """Let a person follow it, or no longer."""
    pick = views.ToggleHelper.parse(context.text)
    seat = await context.seat()
    context.show(
        views.helpers(
            await co_organisers.toggle_helper(context.work, seat, pick.booking_id, pick.person_id, now=context.now)
        )
    )


# What others are told: rendered when it is sent, from the state of that moment


async def booked_for_you(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A coordinator booked for the reader's actor."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is BookingState.ENDED:
        return None
    tell = views.told_with_calendar if view.booking.state is BookingState.BOOKED else views.told
    return tell("booked_for_you", view)


async def booking_cancelled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader followed is cancelled."""
    return views.told_with_calendar("cancelled", await work.bookings.view(int(ids["booking_id"])))


async def booking_cancelled_staff(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A slot of the reader's arena is free again."""
    return views.told("cancelled_staff", await work.bookings.view(int(ids["booking_id"])))


async def booking_moved(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader follows stands at another time."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is BookingState.ENDED:
        return None
    before = At(datetime.fromisoformat(str(ids["from_at"])), view.edition.zone)
    return views.told_with_calendar("moved", view, before=before)


async def booking_moved_staff(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A booking of the reader's arena was moved by its actor."""
    view = await work.bookings.view(int(ids["booking_id"]))
    before = At(datetime.fromisoformat(str(ids["from_at"])), view.edition.zone)
    return views.told("moved", view, before=before)


async def booking_taken_over(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A co-organiser took over what its owner cancelled."""
    return views.told("taken_over", await work.bookings.view(int(ids["booking_id"])))


async def booking_passed_on(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A co-organiser took over what the reader's actor cancelled."""
    return views.told_on("taken_over", await work.bookings.view(int(ids["booking_id"])))


async def booking_retitled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader follows is called something else."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is not BookingState.BOOKED:
        return None
    return views.told_with_calendar("retitled", view, was=str(ids["was"]))


async def text_changed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """In an edition by application an actor changed what a text said."""
    view = await work.bookings.view(int(ids["booking_id"]))
    field = await work.fields.get(int(ids["field_id"]))
    return views.text_changed(view, L(field.label), str(ids["was"]), str(ids["now"]))


async def booking_offered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    """The owner cancelled; the co-organiser may take it over."""
    view = await work.bookings.view(int(ids["booking_id"]))
    still = view.booking.offered_to == int(ids["actor_id"]) and view.booking.state is BookingState.CANCELLING
    return views.offered(view) if still and view.booking.until_at and view.booking.until_at > now else None


async def request_unanswered(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """No coordinator answered in 48 hours."""
    return views.told("unanswered", await work.bookings.view(int(ids["booking_id"])))


async def co_invited(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's actor is asked to arrange together."""
    asked = await co_organisers.invitation(work, int(ids["co_organiser_id"]))
    return views.co_invitation(asked) if asked.state == "invited" else None


async def co_answered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """An invited co-organiser answered."""
    asked = await co_organisers.invitation(work, int(ids["co_organiser_id"]))
    return views.told("co_accepted" if asked.state == "accepted" else "co_declined", asked.view, other=asked.actor.name)


async def co_removed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's actor arranges it no longer."""
    return views.told_on("co_removed", await work.bookings.view(int(ids["booking_id"])))


async def follows_now(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A colleague lets the reader follow a booking."""
    return views.told("follows", await work.bookings.view(int(ids["booking_id"])))


ROUTES = Routes(
    presses={
        MyBookings: list_mine,
        ShowBooking: show,
        views.Calendar: calendar,
        FetchFile: fetch_file,
        views.Move: move,
        dialogue_views.ConfirmMove: confirm_move,
        views.Cancel: cancel,
        views.ConfirmCancel: confirm_cancel,
        views.Undo: undo,
        views.TakeOver: take_over,
        views.DeclineOffer: decline,
        InviteCoOrganiser: invite_co,
        views.PickCoOrganiser: pick_co,
        views.NameOnly: name_only,
        views.AnswerCo: answer_co,
        views.RemoveCo: remove_co,
        views.HelpersOf: helpers,
        views.ToggleHelper: toggle_helper,
    },
    texts={co_organisers.KIND: co_name},
    present={"bookings": present},
    notices={
        "booked_for_you": booked_for_you,
        "booking_cancelled": booking_cancelled,
        "booking_cancelled_staff": booking_cancelled_staff,
        "booking_moved": booking_moved,
        "booking_moved_staff": booking_moved_staff,
        "booking_taken_over": booking_taken_over,
        "booking_passed_on": booking_passed_on,
        "booking_retitled": booking_retitled,
        "text_changed": text_changed,
        "booking_offered": booking_offered,
        "request_unanswered": request_unanswered,
        "co_invited": co_invited,
        "co_answered": co_answered,
        "co_removed": co_removed,
        "follows_now": follows_now,
    },
)
