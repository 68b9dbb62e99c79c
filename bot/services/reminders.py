"""What falls due is sent once, if it still helps: to one person at one time one message."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.domain import answers
from bot.domain.errors import NotFound
from bot.domain.model import BookingState, BookingView, Reminder, Reported
from bot.domain.outgoing import Outgoing, Priority
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind
from bot.services import plans

log = logging.getLogger(__name__)
PLANNED, SENT, DROPPED = "planned", "sent", "dropped"
AT_ONCE = 500
"""Reminders that one sweep takes; the next sweep comes at once when there are more."""


async def send_due(work: UnitOfWork, *, now: datetime) -> int:
    """Turn due reminders into messages, one for each person; gives how many were due.

    Each is checked again: what is cancelled, done or helps no more is dropped with a line in the log.
    """
    due = (await work.reminders.list_due(now))[:AT_ONCE]
    helping: list[tuple[Reminder, datetime]] = []
    for reminder in due:
        until_at = await helps_until(work, reminder, now=now)
        if until_at is None:
            log.info("reminder %s (%s) was dropped: it helps no more", reminder.id, reminder.kind)
        else:
            helping.append((reminder, until_at))
        await work.reminders.change(reminder, state=DROPPED if until_at is None else SENT)
    for person_id, group in groupby(helping, key=lambda pair: pair[0].person_id):
        pairs = list(group)
        if person_id is None:
            for reminder, _ in pairs:
                await _leave_to_coordinators(work, reminder, now=now)
        else:
            await _send(work, person_id, pairs)
    return len(due)


async def helps_until(work: UnitOfWork, reminder: Reminder, *, now: datetime) -> datetime | None:
    """Until when a reminder helps; None when it is not called for any more or that time has passed."""
    try:
        view = await work.bookings.view(plans.booking_of(reminder.subject))
    except NotFound:
        return None
    if reminder.kind.startswith(plans.AGAIN):
        return await _again_until(work, view, Kind(reminder.kind.removeprefix(plans.AGAIN)), now=now)
    for each in await plans.wanted(work, view, now):
        same = (each.planned.kind.value, each.planned.due_at) == (reminder.kind, reminder.due_at)
        if same and each.person_id == reminder.person_id:
            return each.planned.until_at if each.planned.until_at > now else None
    return None


async def _again_until(work: UnitOfWork, view: BookingView, kind: Kind, *, now: datetime) -> datetime | None:
    """A reminder that was asked for once more helps as long as what it is about is still to be done."""
    if view.booking.state is not BookingState.BOOKED:
        return None
    if kind in {Kind.DEADLINE_WEEK, Kind.DEADLINE_DAY}:
        fields = await work.fields.list_of(view.edition.id)
        deadlines = [q.field.deadline_at for q in answers.lacking(fields, view.activity, now) if not q.locked]
        return min((d for d in deadlines if d is not None and d > now), default=None)
    if kind in {Kind.FEE_WEEK, Kind.FEE_DAY}:
        steps = await work.fee_steps.list_of(view.edition.id) if view.activity.reported is Reported.UNKNOWN else []
        return min((s.until_at for s in steps if s.until_at > now), default=None)
    return view.slot.starts_at if view.slot.starts_at > now else None


async def _send(work: UnitOfWork, person_id: int, pairs: Sequence[tuple[Reminder, datetime]]) -> None:
    person = await work.people.get(person_id)
    ids = [reminder.id for reminder, _ in pairs]
    await work.outbox.add(
        Outgoing(
            "notice",
            {"name": "reminder", "ids": ids},
            person_id=person.id,
            chat_id=person.user_id,
            priority=Priority.NOTICE,
            key=f"reminder:{ids[0]}",
            expires_at=max(until_at for _, until_at in pairs),
        )
    )


async def _leave_to_coordinators(work: UnitOfWork, reminder: Reminder, *, now: datetime) -> None:
    view = await work.bookings.view(plans.booking_of(reminder.subject))
    await work.errands.add_once(
        key=f"reminder:{reminder.id}",
        kind="reminder",
        actor_id=view.actor.id,
        arena_id=view.edition.arena_id,
        booking_id=view.booking.id,
        detail={"reminder": reminder.kind},
        created_at=now,
    )
