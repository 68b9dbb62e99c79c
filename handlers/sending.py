"""Announcements once they are confirmed: how they stand, their control, and what happens by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.domain.announcements import AlreadyConfirmed
from bot.domain.model import Person
from bot.domain.outgoing import Delivery, Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import announcement_messages, sending
from bot.services import announcement_reports as reports
from bot.views import announcement_buttons as buttons
from bot.views import announcement_messages as messages
from bot.views import sending as views
from bot.views.screen import Reader, Screen
from handlers.routes import Routes


async def show_confirmed(context: BotContext, confirmed: AlreadyConfirmed) -> None:
    """A button of a draft that was confirmed: show what it became."""
    await present(context, int(confirmed.fields["announcement_id"]))


async def present(context: BotContext, announcement_id: int) -> None:
    """Show an announcement as it stands."""
    context.show(views.status(await sending.show(context.work, await context.seat(), announcement_id)))


async def show(_update: Update, context: BotContext) -> None:
    """Show one announcement."""
    await present(context, buttons.ShowAnnouncement.parse(context.text).announcement_id)


async def earlier(_update: Update, context: BotContext) -> None:
    """List earlier announcements."""
    pick = buttons.Earlier.parse(context.text)
    context.show(views.earlier(await reports.list_earlier(context.work, context.person, pick.page)))


async def control(_update: Update, context: BotContext) -> None:
    """Pause, resume, stop, cancel, or start it now."""
    pick = buttons.Control.parse(context.text)
    seat = await context.seat()
    status = await sending.control(context.work, seat, pick.announcement_id, pick.act, now=context.now)
    context.show(views.status(status))


async def unreached(_update: Update, context: BotContext) -> None:
    """List whom it did not reach."""
    pick = buttons.Unreached.parse(context.text)
    names = await reports.list_unreached(context.work, await context.seat(), pick.announcement_id, pick.page)
    context.show(views.names(names, unread=False))


async def unread(_update: Update, context: BotContext) -> None:
    """List who has not acknowledged it."""
    pick = buttons.Unread.parse(context.text)
    names = await reports.list_unread(context.work, await context.seat(), pick.announcement_id, pick.page)
    context.show(views.names(names, unread=True))


async def remind(_update: Update, context: BotContext) -> None:
    """Once more to those who have not acknowledged it."""
    pick = buttons.Remind.parse(context.text)
    seat = await context.seat()
    status = await sending.remind(context.work, seat, pick.announcement_id, pick.revision, now=context.now)
    context.show(views.status(status))


async def have_read(_update: Update, context: BotContext) -> None:
    """«Jag har läst»."""
    pick = buttons.HaveRead.parse(context.text)
    if pick.announcement_id is None:
        context.toast(messages.only_a_preview())
        return
    message_id = context.pressed_message_id
    await announcement_messages.acknowledge(
        context.work, context.person, pick.announcement_id, message_id, now=context.now
    )
    context.toast(messages.thanked())


# What happens by itself


async def tick(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
    """Start, feed and end what of these is due; whether there is more to do at once.

    Cards are to be drawn anew when there is not, so that progress is edited once a tick at most; an end is told at once.
    """
    statuses = await sending.start_due(work, ids, now=now)
    more = await sending.has_more(work, ids)
    for status in statuses:
        if not more or status.announcement.ended_at is not None:
            for row in views.drawn_anew(status, Reader(status.language, now)):
                await work.outbox.add(row)
    return more


async def render_announcement(row: Delivery, work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
    """What a claimed row sends to its person; None when it was stopped or paused, or they have it."""
    message = await announcement_messages.message_for(work, row)
    return None if message is None else messages.message(message, Reader(message.language, now))


async def withheld(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A colleague lost the right before it was to be sent."""
    announcement = await work.announcements.get(int(ids["announcement_id"]))
    return views.withheld(await reports.status_of(work, announcement))


ROUTES = Routes(
    presses={
        buttons.Earlier: earlier,
        buttons.ShowAnnouncement: show,
        buttons.Control: control,
        buttons.Unreached: unreached,
        buttons.Unread: unread,
        buttons.Remind: remind,
        buttons.HaveRead: have_read,
    },
    present={"announcements": present},
    remedies={AlreadyConfirmed: show_confirmed},
    notices={"announcement_withheld": withheld},
)
