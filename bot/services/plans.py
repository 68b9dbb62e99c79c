"""Which reminders a booking calls for; recomputed whenever anything about it moves."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import answers, remind
from bot.domain.model import BookingState, BookingView, Person, Reported
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Deadline, Kind, Planned

log = logging.getLogger(__name__)
AGAIN = "again:"
"""Prefix of the kind of a reminder that a person asked to have once more."""
MUTABLE = {
    Kind.SLOT_WEEK: "slot",
    Kind.SLOT_DAY: "slot",
    Kind.SLOT_HOUR: "slot",
    Kind.DEADLINE_WEEK: "deadline",
    Kind.DEADLINE_DAY: "deadline",
    Kind.FEE_WEEK: "fee",
    Kind.FEE_DAY: "fee",
    Kind.EVALUATION: "evaluation",
}
"""What a person turns off in /paminnelser, by kind; a hold about to end is always said."""
ABOUT_SLOT = frozenset({Kind.SLOT_WEEK, Kind.SLOT_DAY, Kind.SLOT_HOUR})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that a booking calls for now, and to whom (None: nobody of the actor is in Telegram)."""

    planned: Planned
    person_id: int | None


def subject_of(booking_id: int) -> str:
    """How reminders name their booking."""
    return f"booking:{booking_id}"


def booking_of(subject: str) -> int:
    """The booking behind a reminder's subject."""
    return int(subject.partition(":")[2])


async def wanted(work: UnitOfWork, view: BookingView, now: datetime) -> list[Wanted]:
    """All reminders of a booking as it is now, past ones too.

    Ahead of a slot to everybody whose own the booking is; the rest to the owner's. A kind that a person has turned
    off is left out; where nobody is left who follows, all of the owner's people are meant.
    """
    booking = view.booking
    if booking.state is BookingState.HELD and booking.until_at is not None:
        return [Wanted(remind.for_hold(booking.until_at), booking.person_id)]
    if booking.state is not BookingState.BOOKED:
        return []
    planned = await _planned(work, view, now)
    everybody = await work.activities.list_followers(view.activity.id)
    owners = await work.people.list_of_actor(view.actor.id)
    own_ids = {person.id for person in owners}
    following = [person for person in everybody if person.id in own_ids] or owners
    all_of_them = everybody or owners
    return [
        Wanted(p, person_id)
        for p in planned
        for person_id in _to_whom(p.kind, all_of_them if p.kind in ABOUT_SLOT else following)
    ]


def _to_whom(kind: Kind, people: Sequence[Person]) -> Iterable[int | None]:
    if not people:
        return [None]
    return [person.id for person in people if MUTABLE.get(kind) not in person.muted]


async def _planned(work: UnitOfWork, view: BookingView, now: datetime) -> list[Planned]:
    fields = await work.fields.list_of(view.edition.id)
    deadlines = {
        q.field.deadline_at: Deadline(q.field.key, q.field.deadline_at)
        for q in answers.lacking(fields, view.activity, now)
        if q.field.deadline_at is not None
    }
    fees: list[Deadline] = []
    if view.edition.official_programme and view.activity.reported is Reported.UNKNOWN:
        fees = [Deadline(str(step.amount), step.until_at) for step in await work.fee_steps.list_of(view.edition.id)]
    return remind.plan(
        view.slot.starts_at, view.slot.ends_at, view.edition.tz, deadlines=list(deadlines.values()), fee_steps=fees
    )


async def replan(work: UnitOfWork, booking_id: int, *, now: datetime) -> None:
    """Make the planned reminders of a booking those that it calls for; what is past is not planned anew."""
    view = await work.bookings.view(booking_id)
    calls_for = {(w.planned.kind.value, w.person_id, w.planned.due_at) for w in await wanted(work, view, now)}
    subject = subject_of(booking_id)
    there = set()
    for reminder in await work.reminders.list_planned(subject):
        key = (reminder.kind, reminder.person_id, reminder.due_at)
        if key in calls_for or (reminder.kind.startswith(AGAIN) and view.booking.state is BookingState.BOOKED):
            there.add(key)
        else:
            await work.reminders.remove(reminder.id)
    for kind, person_id, due_at in sorted(calls_for - there, key=lambda key: (key[2], key[0], key[1] or 0)):
        if due_at > now:
            await work.reminders.plan(kind=kind, subject=subject, person_id=person_id, due_at=due_at)


async def replan_edition(work: UnitOfWork, edition_id: int, *, now: datetime) -> None:
    """The same for all bookings of an edition: a deadline, a fee step or the zone has changed."""
    for view in await work.bookings.list_of_edition(edition_id):
        await replan(work, view.booking.id, now=now)


async def replan_person(work: UnitOfWork, person: Person, *, now: datetime) -> None:
    """The same for all bookings of a person's actors: they turned a kind on or off, or came or left."""
    for actor in await work.actors.list_of(person.id):
        for view in await work.bookings.list_of_actor(actor.id):
            await replan(work, view.booking.id, now=now)
