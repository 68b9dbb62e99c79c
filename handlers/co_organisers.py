"""Arranging together: who is asked, what they answer, and which colleagues follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import co_organisers
from bot.views import booking_news as news
from bot.views import bookings_buttons as buttons
from bot.views import co_organisers as views
from bot.views.screen import Screen
from handlers.bookings import present
from handlers.routes import Routes


async def invite_co(_update: Update, context: BotContext) -> None:
    """Ask who it is to be arranged with."""
    pick = buttons.InviteCoOrganiser.parse(context.text)
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
    pick = buttons.PickCoOrganiser.parse(context.text)
    seat = await context.seat()
    context.show(
        views.co_invited(await co_organisers.invite(context.work, seat, pick.draft_id, pick.actor_id, now=context.now))
    )


async def name_only(_update: Update, context: BotContext) -> None:
    """Note the name alone."""
    pick = buttons.NameOnly.parse(context.text)
    context.show(
        views.co_invited(
            await co_organisers.name_only(context.work, await context.seat(), pick.draft_id, now=context.now)
        )
    )


async def answer_co(_update: Update, context: BotContext) -> None:
    """Yes or no to arranging together."""
    pick = buttons.AnswerCo.parse(context.text)
    asked = await co_organisers.answer(
        context.work, await context.seat(), pick.co_organiser_id, pick.revision, accepts=bool(pick.yes), now=context.now
    )
    context.show(views.co_answered_self(asked))


async def remove_co(_update: Update, context: BotContext) -> None:
    """No longer together."""
    pick = buttons.RemoveCo.parse(context.text)
    view = await co_organisers.remove(context.work, await context.seat(), pick.co_organiser_id, now=context.now)
    await present(context, view.booking.id)


async def helpers(_update: Update, context: BotContext) -> None:
    """Who follows the booking."""
    pick = buttons.HelpersOf.parse(context.text)
    context.show(views.helpers(await co_organisers.helpers(context.work, await context.seat(), pick.booking_id)))


async def toggle_helper(_update: Update, context: BotContext) -> None:
    """Let a person follow it, or no longer."""
    pick = buttons.ToggleHelper.parse(context.text)
    seat = await context.seat()
    context.show(
        views.helpers(
            await co_organisers.toggle_helper(context.work, seat, pick.booking_id, pick.person_id, now=context.now)
        )
    )


async def co_invited(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's actor is asked to arrange together."""
    asked = await co_organisers.invitation(work, int(ids["co_organiser_id"]))
    return views.co_invitation(asked) if asked.state == "invited" else None


async def co_answered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """An invited co-organiser answered."""
    asked = await co_organisers.invitation(work, int(ids["co_organiser_id"]))
    return news.told("co_accepted" if asked.state == "accepted" else "co_declined", asked.view, other=asked.actor.name)


async def co_removed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """The reader's actor arranges it no longer."""
    return news.told_on("co_removed", await work.bookings.view(int(ids["booking_id"])))


async def follows_now(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A colleague lets the reader follow a booking."""
    return news.told("follows", await work.bookings.view(int(ids["booking_id"])))


ROUTES = Routes(
    presses={
        buttons.InviteCoOrganiser: invite_co,
        buttons.PickCoOrganiser: pick_co,
        buttons.NameOnly: name_only,
        buttons.AnswerCo: answer_co,
        buttons.RemoveCo: remove_co,
        buttons.HelpersOf: helpers,
        buttons.ToggleHelper: toggle_helper,
    },
    texts={co_organisers.KIND: co_name},
    notices={
        "co_invited": co_invited,
        "co_answered": co_answered,
        "co_removed": co_removed,
        "follows_now": follows_now,
    },
)
