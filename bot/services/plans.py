"""Which reminders a booking calls for, and to whom; recomputed whenever anything about it moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import answers, remind
from bot.domain.model import Booking, BookingState, BookingView, Errand, Person, Reminder, Reported
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Deadline, Kind, Planned

PLANNED, SENT, DROPPED, POSTPONED = "planned", "sent", "dropped", "postponed"
ERRAND = "reminder"
"""The kind of errand that passes a reminder on."""
AGAIN = "again:"
"""Prefix of the kind of a reminder that is to come once more: a person asked for it, or the night held it."""
TOPICS = {
    Kind.SLOT_WEEK: "slot",
    Kind.SLOT_DAY: "slot",
    Kind.SLOT_HOUR: "slot",
    Kind.DEADLINE_WEEK: "deadline",
    Kind.DEADLINE_DAY: "deadline",
    Kind.FEE_WEEK: "fee",
    Kind.FEE_DAY: "fee",
    Kind.HOLD_ENDS: "hold",
    Kind.EVALUATION: "evaluation",
}
"""What each kind is about."""
LASTING = {Kind.DEADLINE_WEEK: Kind.DEADLINE_DAY, Kind.FEE_WEEK: Kind.FEE_DAY}
"""Said once more, these help as long as the kind that they are mapped to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that a booking calls for now, and to whom (None: an organiser has nobody in Telegram)."""

    planned: Planned
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Organiser:
    """An actor that arranges an activity, and its people whose own the booking is: who follow it, or all where none
    does. Nobody at all when the actor has none in Telegram.
    """

    actor_id: int
    people: Sequence[Person]


def subject_of(booking_id: int) -> str:
    """How reminders name their booking."""
    return f"booking:{booking_id}"


def booking_of(subject: str) -> int:
    """The booking behind a reminder's subject."""
    return int(subject.partition(":")[2])


def kind_of(reminder: Reminder) -> Kind:
    """What a reminder is, said once more or not."""
    return Kind(reminder.kind.removeprefix(AGAIN))


async def organisers(work: UnitOfWork, view: BookingView, *, reachable: bool = False) -> list[Organiser]:
    """The owner first, then the co-organisers that accepted; `reachable` leaves out who has blocked the bot."""
    following = {person.id for person in await work.activities.list_followers(view.activity.id)}
    found = []
    for actor_id, _ in view.organisers:
        people = await work.people.list_of_actor(actor_id)
        if reachable:
            people = [person for person in people if await work.chats.is_reachable(person.user_id)]
        found.append(Organiser(actor_id, [p for p in people if p.id in following] or people))
    return found


def concerned(kind: Kind, arranging: Sequence[Organiser]) -> Sequence[Organiser]:
    """To whom a kind goes: ahead of a slot to all who arrange, the rest to the owner's."""
    return arranging if TOPICS[kind] == "slot" else arranging[:1]


async def wanted(work: UnitOfWork, view: BookingView, now: datetime, *, reachable: bool = False) -> list[Wanted]:
    """All reminders of a booking as it is now, past ones too, less what people have turned off or done.

    `reachable`: those who have blocked the bot count as not in Telegram.
    """
    booking = view.booking
    if booking.state is BookingState.HELD and booking.until_at is not None and booking.person_id is not None:
        return [Wanted(remind.for_hold(booking.until_at), booking.person_id)]
    if booking.state is not BookingState.BOOKED:
        return []
    planned = await _planned(work, view, now)
    arranging = await organisers(work, view, reachable=reachable)
    done = {
        person.id
        for person in arranging[0].people
        if await work.evaluations.of(view.activity.id, person.id) is not None
    }
    return [
        Wanted(p, person_id)
        for p in planned
        for person_id in _to_whom(p.kind, concerned(p.kind, arranging))
        if p.kind is not Kind.EVALUATION or person_id not in done
    ]


def _to_whom(kind: Kind, concerned_by_it: Iterable[Organiser]) -> list[int | None]:
    ids: dict[int | None, None] = {}
    for organiser in concerned_by_it:
        if not organiser.people:
            ids[None] = None
        for person in organiser.people:
            if TOPICS[kind] not in person.muted:
                ids[person.id] = None
    return list(ids)


async def _planned(work: UnitOfWork, view: BookingView, now: datetime) -> list[Planned]:
    """A booked activity's reminders, each naming its deadline or fee step by its instant."""
    fields = await work.fields.list_of(view.edition.id)
    deadlines = {q.field.deadline_at for q in answers.lacking(fields, view.activity, now)}
    steps: set[datetime] = set()
    if view.edition.official_programme and view.activity.reported is Reported.UNKNOWN:
        steps = {step.until_at for step in await work.fee_steps.list_of(view.edition.id)}
    return remind.plan(
        view.slot.starts_at,
        view.slot.ends_at,
        view.edition.tz,
        deadlines=[Deadline(at.isoformat(), at) for at in sorted(at for at in deadlines if at is not None)],
        fee_steps=[Deadline(at.isoformat(), at) for at in sorted(steps)],
    )


def called_for(reminder: Reminder, wants: Iterable[Wanted], now: datetime) -> list[Planned]:
    """What of that which a booking calls for now a reminder says, as far as it still helps; nothing: it does not."""
    kind = kind_of(reminder)
    mine = [w.planned for w in wants if w.person_id == reminder.person_id and w.planned.until_at > now]
    if reminder.kind.startswith(AGAIN):
        lasting = [p for p in mine if p.kind is LASTING.get(kind, kind)]
        return sorted(lasting, key=lambda p: p.until_at)[:1]
    return [p for p in mine if (p.kind, p.due_at) == (kind, reminder.due_at)]


async def replan(work: UnitOfWork, booking_id: int, *, now: datetime, since: datetime | None = None) -> None:
    """Make the planned reminders of a booking those that it calls for.

    What is past is not planned anew, save what fell due after `since` and still helps: the booking was away meanwhile.
    """
    view = await work.bookings.view(booking_id)
    wants = await wanted(work, view, now)
    await forget_errands(work, view, wants, now)
    calls_for = {(w.planned.kind.value, w.person_id, w.planned.due_at): w for w in wants}
    subject = subject_of(booking_id)
    known = set()
    for reminder in await work.reminders.list_of(subject):
        key = (reminder.kind, reminder.person_id, reminder.due_at)
        if reminder.state != PLANNED or key in calls_for or _is_kept(reminder, view.booking):
            known.add(key)
        else:
            await work.reminders.remove(reminder.id)
    for key in sorted(calls_for.keys() - known, key=lambda key: (key[2], key[0], key[1] or 0)):
        kind, person_id, due_at = key
        missed = since is not None and due_at > since and calls_for[key].planned.until_at > now
        if due_at > now or missed:
            await work.reminders.plan(kind=kind, subject=subject, person_id=person_id, due_at=due_at)


async def open_errands(work: UnitOfWork, view: BookingView) -> list[tuple[Errand, str]]:
    """What of a booking's reminders waits to be passed on by a coordinator, each with its topic."""
    return [
        (errand, TOPICS[Kind(str(errand.detail["reminder"]))])
        for errand in await work.errands.list_open()
        if errand.kind == ERRAND and errand.booking_id == view.booking.id
    ]


async def forget_errands(work: UnitOfWork, view: BookingView, wants: Iterable[Wanted], now: datetime) -> None:
    """No coordinator writes about what is cancelled for good, done or past."""
    if view.booking.state is BookingState.CANCELLING:
        return
    topics = {TOPICS[w.planned.kind] for w in wants if w.planned.until_at > now}
    for errand, topic in await open_errands(work, view):
        if topic not in topics:
            await work.errands.remove(errand.id)


def _is_kept(reminder: Reminder, booking: Booking) -> bool:
    """What is to be said once more outlives a cancellation that can be undone; it is checked when it is due."""
    return reminder.kind.startswith(AGAIN) and booking.state is not BookingState.ENDED


async def replan_edition(work: UnitOfWork, edition_id: int, *, now: datetime) -> None:
    """The same for all bookings of an edition: a deadline, a fee step or the zone has changed."""
    for view in await work.bookings.list_of_edition(edition_id):
        await replan(work, view.booking.id, now=now)


async def replan_activity(work: UnitOfWork, activity_id: int, *, now: datetime) -> None:
    """The same for an activity's bookings: who arranges or follows it has changed."""
    for booking in await work.bookings.list_of_activity(activity_id):
        await replan(work, booking.id, now=now)


async def replan_actor(work: UnitOfWork, actor_id: int, *, now: datetime) -> None:
    """The same for all bookings that an actor owns or co-organises: its people have changed."""
    for view in await work.bookings.list_of_actor(actor_id):
        await replan(work, view.booking.id, now=now)


async def replan_person(work: UnitOfWork, person: Person, *, now: datetime) -> None:
    """The same for all bookings of a person's actors: they turned a kind on or off."""
    for actor in await work.actors.list_of(person.id):
        await replan_actor(work, actor.id, now=now)
