"""Who was asked what, kept when a question goes out: the report says how many were asked and how many answered."""

from datetime import datetime

from bot.domain.evaluation import AMBASSADOR, EDITION, EVALUATION, activity_subject, edition_subject, is_whole
from bot.domain.model import BookingState, BookingView, Edition, Person, Reminder
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind, asks_of_activities
from bot.domain.results.reminders import About
from bot.services.reminding import kind_of


async def note(
    work: UnitOfWork, kind: str, subject: str, *, actor_id: int | None, person_id: int | None, now: datetime
) -> None:
    """Somebody is asked: for the first time, or reminded."""
    known = await work.askings.of(kind, subject, actor_id=actor_id, person_id=person_id)
    if known is None:
        await work.askings.add(kind=kind, subject=subject, actor_id=actor_id, person_id=person_id, asked_at=now)
    elif known.asked_at < now:
        await work.askings.change(known, reminded_at=now)


async def note_sent(work: UnitOfWork, reminder: Reminder, about: About, *, now: datetime) -> None:
    """A reminder goes out, or is left to coordinators: what it asks was asked."""
    kind = kind_of(reminder)
    if isinstance(about, BookingView) and kind in {Kind.EVALUATION, Kind.EVALUATION_AGAIN}:
        subject, owner = activity_subject(about.activity.id), about.actor.id
        await note(work, EVALUATION, subject, actor_id=owner, person_id=reminder.person_id, now=now)
    elif isinstance(about, Edition) and reminder.person_id is not None:
        await _note_edition(work, about, reminder.person_id, kind, now=now)


async def _note_edition(work: UnitOfWork, edition: Edition, person_id: int, kind: Kind, *, now: datetime) -> None:
    actors = {person.id: actor_id for person, actor_id in await work.participation.list_of(edition.id)}
    subject, actor_id = edition_subject(edition.id), actors.get(person_id)
    await note(work, EDITION, subject, actor_id=actor_id, person_id=person_id, now=now)
    if kind is Kind.EDITION and await work.ambassadors.of(edition.id, person_id) is None:
        await note(work, AMBASSADOR, subject, actor_id=actor_id, person_id=person_id, now=now)
    for view in await put_with(work, edition, await work.people.get(person_id), kind):
        activity = activity_subject(view.activity.id)
        await note(work, EVALUATION, activity, actor_id=view.actor.id, person_id=person_id, now=now)


async def note_undelivered(work: UnitOfWork, reminder: Reminder, about: About | None) -> None:
    """It never arrived: the person was not asked."""
    kinds: tuple[tuple[str, str], ...] = ()
    if isinstance(about, BookingView):
        kinds = ((EVALUATION, activity_subject(about.activity.id)),)
    elif isinstance(about, Edition):
        views = await work.bookings.list_of_edition(about.id)
        subject = edition_subject(about.id)
        activities = ((EVALUATION, activity_subject(view.activity.id)) for view in views)
        kinds = ((EDITION, subject), (AMBASSADOR, subject), *activities)
    for kind, subject in kinds if reminder.person_id is not None else ():
        known = await work.askings.of(kind, subject, actor_id=None, person_id=reminder.person_id)
        if known is not None and known.reminded_at is None and known.asked_at >= reminder.due_at:
            await work.askings.remove(known.id)


async def own_activities(work: UnitOfWork, edition: Edition, person: Person) -> list[BookingView]:
    """An edition's booked activities whose owner's people the person is one of, by start."""
    owners = await work.participation.owners_of(edition.id)
    views = await work.bookings.list_of_edition(edition.id)
    booked = (view for view in views if view.booking.state is BookingState.BOOKED)
    return [view for view in booked if person.id in owners.get(view.activity.id, ())]


async def to_evaluate(work: UnitOfWork, edition: Edition, person: Person) -> list[BookingView]:
    """Those of them that nobody has evaluated wholly."""
    answered = await _evaluated(work, edition)
    return [view for view in await own_activities(work, edition, person) if view.activity.id not in answered]


async def put_with(work: UnitOfWork, edition: Edition, person: Person, kind: Kind) -> list[BookingView]:
    """Those of them that the edition's own message of this kind asks about."""
    return await to_evaluate(work, edition, person) if asks_of_activities(edition, kind) else []


async def with_something_to_evaluate(work: UnitOfWork, edition: Edition) -> set[int]:
    """Ids of all people with such an activity."""
    answered = await _evaluated(work, edition)
    owners = await work.participation.owners_of(edition.id)
    return {person for activity, people in owners.items() if activity not in answered for person in people}


async def _evaluated(work: UnitOfWork, edition: Edition) -> set[int]:
    return {e.activity_id for e in await work.evaluations.list_of_edition(edition.id) if is_whole(e)}
