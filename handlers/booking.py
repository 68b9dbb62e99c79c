"""/boka: from the first question to the yes."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.official import KINDS
from bot.domain.outgoing import ToDraw
from bot.domain.policy import SlotTaken
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import Done
from bot.services import booking, confirming, holding
from bot.services.dialogues import own_draft
from bot.views import booking as views
from bot.views import booking_buttons as buttons
from bot.views import confirming as confirm_views
from bot.views import day_picture
from bot.views.booking_calendar import booking_file
from bot.views.screen import Reader
from handlers.naming import ask_first as ask_naming
from handlers.people import ask_contact
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """Ask the first question that is still needed."""
    context.show(
        views.begun(await booking.start_booking(context.work, await context.seat(), None, None, now=context.now))
    )


async def begin_at(_update: Update, context: BotContext) -> None:
    """Go on with the edition or actor behind the button."""
    pick = buttons.Book.parse(context.text)
    seat = await context.seat()
    context.show(
        views.begun(await booking.start_booking(context.work, seat, pick.edition_id, pick.actor_id, now=context.now))
    )


async def resume(_update: Update, context: BotContext) -> None:
    """Go on where an unfinished booking was."""
    pick = buttons.Resume.parse(context.text)
    context.show(
        confirm_views.next_question(
            await booking.resume(context.work, await context.seat(), pick.draft_id, now=context.now)
        )
    )


async def release(_update: Update, context: BotContext) -> None:
    """Let the held slot go."""
    pick = buttons.Release.parse(context.text)
    await booking.release(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(views.released())


async def days(_update: Update, context: BotContext) -> None:
    """Show the days again."""
    pick = buttons.Days.parse(context.text)
    context.show(views.days(await booking.list_days(context.work, await context.seat(), pick.draft_id)))


async def times(_update: Update, context: BotContext) -> None:
    """Show a day's times."""
    pick = buttons.PickDay.parse(context.text)
    choice = await booking.list_days(context.work, await context.seat(), pick.draft_id)
    context.show(views.times(choice, date.fromordinal(pick.day)))


async def hold(_update: Update, context: BotContext) -> None:
    """Hold the slot behind the pressed button and ask the next question."""
    pick = buttons.PickSlot.parse(context.text)
    progress = await holding.hold_slot(context.work, await context.seat(), pick.draft_id, pick.slot_id, now=context.now)
    context.show(confirm_views.next_question(progress))


async def offer_nearest(context: BotContext, taken: SlotTaken) -> None:
    """Somebody was first: offer what is free nearby."""
    slot_id = int(taken.fields["slot_id"])
    context.show(views.taken(await booking.nearest_free(context.work, await context.seat(), slot_id, now=context.now)))


async def title(_update: Update, context: BotContext) -> None:
    """Take what was written as the title."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    seat = await context.seat()
    context.show(
        confirm_views.next_question(
            await confirming.answer_title(context.work, seat, context.draft, context.text, now=context.now)
        )
    )


async def short_title(_update: Update, context: BotContext) -> None:
    """Take the shortened title."""
    pick = buttons.UseShort.parse(context.text)
    seat = await context.seat()
    context.show(
        confirm_views.next_question(
            await confirming.use_short_title(context.work, seat, pick.draft_id, now=context.now)
        )
    )


async def title_later(_update: Update, context: BotContext) -> None:
    """Leave the title for later."""
    pick = buttons.TitleLater.parse(context.text)
    context.show(
        confirm_views.next_question(
            await confirming.leave_title(context.work, await context.seat(), pick.draft_id, now=context.now)
        )
    )


async def more_kinds(_update: Update, context: BotContext) -> None:
    """Show every kind of activity."""
    pick = buttons.MoreKinds.parse(context.text)
    seat = await context.seat()
    draft = await own_draft(context.work, seat, pick.draft_id, booking.KIND)
    context.show(confirm_views.kinds(await booking.progress(context.work, seat, draft), tuple(KINDS)))


async def kind(_update: Update, context: BotContext) -> None:
    """Take the kind of activity."""
    pick = buttons.PickKind.parse(context.text)
    seat = await context.seat()
    context.show(
        confirm_views.next_question(
            await confirming.choose_kind(context.work, seat, pick.draft_id, pick.kind, now=context.now)
        )
    )


async def change(_update: Update, context: BotContext) -> None:
    """Ask what to change before the yes."""
    pick = buttons.Change.parse(context.text)
    seat = await context.seat()
    draft = await own_draft(context.work, seat, pick.draft_id, booking.KIND)
    context.show(confirm_views.changing(await booking.progress(context.work, seat, draft)))


async def ask(_update: Update, context: BotContext) -> None:
    """Ask for the title or the kind anew."""
    pick = buttons.Ask.parse(context.text)
    progress = await confirming.ask_again(context.work, await context.seat(), pick.draft_id, pick.step, now=context.now)
    context.show(confirm_views.next_question(progress))


async def confirm(_update: Update, context: BotContext) -> None:
    """Book it, or show it once more when the hold had run out."""
    pick = buttons.Confirm.parse(context.text)
    result = await confirming.confirm(context.work, await context.seat(), pick.draft_id, now=context.now)
    context.show(confirm_views.done(result) if isinstance(result, Done) else confirm_views.confirming(result))
    if isinstance(result, Done):
        await ask_naming(context, result)
    if isinstance(result, Done) and result.ask_contact:
        await ask_contact(context)


async def second_choice(_update: Update, context: BotContext) -> None:
    """Name a second slot for an application."""
    pick = buttons.SecondChoice.parse(context.text)
    choice = await booking.second_choice(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.days(choice, picture=True))


async def days_picture(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> ToDraw:
    """An edition's days as a picture for one actor."""
    from bot.views import pictures  # noqa: PLC0415  # Pillow is loaded when something is drawn

    state = await booking.picture(work, int(ids["edition_id"]), int(ids["actor_id"]))
    shown = day_picture.drawing(state, Reader(str(ids["language"]), now))
    draw = partial(pictures.days, shown.title, shown.subtitle, shown.columns, zone=shown.zone, words=shown.words)
    return ToDraw("dagar.png", shown, draw)


async def booking_calendar(work: UnitOfWork, ids: Mapping[str, Any], now: datetime) -> tuple[str, bytes]:
    """A booking's calendar file; a cancelling one when it is over."""
    view = await work.bookings.view(int(ids["booking_id"]))
    return "bokning.ics", booking_file(view, stamp_at=now)


ROUTES = Routes(
    presses={
        buttons.Book: begin_at,
        buttons.Resume: resume,
        buttons.Release: release,
        buttons.Days: days,
        buttons.PickDay: times,
        buttons.PickSlot: hold,
        buttons.UseShort: short_title,
        buttons.TitleLater: title_later,
        buttons.MoreKinds: more_kinds,
        buttons.PickKind: kind,
        buttons.Change: change,
        buttons.Ask: ask,
        buttons.Confirm: confirm,
        buttons.SecondChoice: second_choice,
    },
    texts={booking.KIND: title},
    remedies={SlotTaken: offer_nearest},
    makers={"days": days_picture, "booking_calendar": booking_calendar},
)
