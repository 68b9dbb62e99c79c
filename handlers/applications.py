"""What waits for coordinators, one card at a time; applications are granted, refused and asked about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import BookingState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import application_offers as offers
from bot.services import application_questions as questions
from bot.services import applications, queue
from bot.services.application_offers import OfferedSlotTaken
from bot.services.applications import SlotGiven
from bot.views import application_buttons as buttons
from bot.views import application_news as news
from bot.views import applications as views
from bot.views import confirming as confirm_views
from bot.views import errors
from bot.views import queue as queue_views
from bot.views.queue_buttons import Queue
from bot.views.screen import Screen
from handlers.routes import Routes


async def next_card(_update: Update, context: BotContext) -> None:
    """Show what waits: the first card, or the one after the button's own."""
    pick = Queue.parse(context.text)
    after = queue.place_from(pick.kind, pick.item_id)
    context.show(queue_views.queue(await queue.next_card(context.work, context.person, after, now=context.now)))


async def present(context: BotContext, slot_id: int) -> None:
    """Show all who want a slot, as it is now."""
    context.show(views.contest(await applications.show_contest(context.work, context.person, slot_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """Show all who want a slot."""
    await present(context, buttons.ShowContest.parse(context.text).slot_id)


async def grant(_update: Update, context: BotContext) -> None:
    """Give the slot."""
    pick = buttons.Grant.parse(context.text)
    result = await applications.grant(context.work, context.person, pick.booking_id, pick.revision, now=context.now)
    context.show(views.granted(result))


async def show_anew(context: BotContext, given: SlotGiven) -> None:
    """The slot is not free any more: say so, and show who wants it and who has it."""
    context.toast(errors.sentence(given), alert=True)
    await present(context, int(given.fields["slot_id"]))


async def ask_reason(_update: Update, context: BotContext) -> None:
    """«Nej»: ask why."""
    pick = buttons.AskRefusal.parse(context.text)
    seat = await context.seat()
    asked = await applications.ask_reason(context.work, seat, pick.booking_id, pick.revision, now=context.now)
    context.show(views.ask_reason(asked))


async def refuse(_update: Update, context: BotContext) -> None:
    """No, with the reason that was written."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    result = await applications.refuse_in(context.work, context.person, context.draft, context.text, now=context.now)
    context.show(views.refused(result))


async def ask_what(_update: Update, context: BotContext) -> None:
    """Ask for the question to the applicant."""
    pick = buttons.AskApplicant.parse(context.text)
    asked = await questions.ask_what(context.work, await context.seat(), pick.booking_id, now=context.now)
    context.show(views.ask_what(asked))


async def leave(_update: Update, context: BotContext) -> None:
    """Leave a reason or a question unwritten."""
    pick = buttons.LeaveUnwritten.parse(context.text)
    await applications.cancel_dialogue(context.work, await context.seat(), pick.draft_id, pick.kind, now=context.now)
    await present(context, pick.slot_id)


async def take_instead(_update: Update, context: BotContext) -> None:
    """Apply for another slot after a no."""
    pick = buttons.TakeInstead.parse(context.text)
    seat = await context.seat()
    done = await offers.take_instead(context.work, seat, pick.booking_id, pick.slot_id, now=context.now)
    context.show(confirm_views.done(done))


async def offer_again(context: BotContext, taken: OfferedSlotTaken) -> None:
    """What was offered is taken: show what is free now."""
    booking_id = int(taken.fields["booking_id"])
    offer = await offers.offer_again(context.work, context.person, booking_id, now=context.now)
    context.show(news.offered_again(offer))


async def ask_reply(_update: Update, context: BotContext) -> None:
    """Ask the actor for the answer to a coordinator's question."""
    pick = buttons.ReplyToCoordinator.parse(context.text)
    asked = await questions.ask_reply(context.work, await context.seat(), pick.matter_id, now=context.now)
    context.show(news.ask_reply(asked))


# What applicants are told


async def _granted(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    view = await work.bookings.view(int(ids["booking_id"]))
    return news.told_granted(view) if view.booking.state is BookingState.BOOKED else None


async def _refused(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    booking_id = int(ids["booking_id"])
    offer = await offers.offer(work, booking_id, ids.get("reason"), ids.get("winner"), now=now)
    return None if offer is None else news.told_refused(offer)


async def _asked(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    view = await work.bookings.view(int(ids["booking_id"]))
    return news.told_asked(view, str(ids["text"]), int(ids["matter_id"]))


ROUTES = Routes(
    presses={
        Queue: next_card,
        buttons.ShowContest: show,
        buttons.Grant: grant,
        buttons.AskRefusal: ask_reason,
        buttons.AskApplicant: ask_what,
        buttons.LeaveUnwritten: leave,
        buttons.TakeInstead: take_instead,
        buttons.ReplyToCoordinator: ask_reply,
    },
    texts={applications.KIND: refuse},
    present={"applications": present},
    remedies={SlotGiven: show_anew, OfferedSlotTaken: offer_again},
    notices={"application_granted": _granted, "application_refused": _refused, "application_asked": _asked},
)
