"""What people answer to reminders and to a moved time, and what they choose in /paminnelser."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain import answers, remind
from bot.domain.answers import UnknownChoice
from bot.domain.errors import Outdated
from bot.domain.model import BookingState, BookingView, Draft, Matter, Person, Reminder, Reported
from bot.domain.policy import TooLateToWait
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind
from bot.domain.results.reminders import MUTABLE, About, AskedChange, Coming, Noted, Overview, Reminded
from bot.domain.seat import Seat
from bot.services import matters, notices, plans, reminders, reminding, rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.reminding import AGAIN, DROPPED, PLANNED, SENT, TOPICS
from bot.services.replanning import RULES, replan_person

KIND = "changed"
CHANGED, CANNOT = "changed", "cannot"
"""Kinds of matter: something has changed, and a moved time does not suit."""
SHOWN = 8
"""Reminders to come that the overview shows."""


async def _booked(work: UnitOfWork, person: Person, booking_id: int, *, owner: bool) -> BookingView:
    """A booking that still stands. Raises NotFound, NotAllowed, Outdated."""
    view = await rights.require_booking(work, person, booking_id, owner=owner)
    if view.booking.state is not BookingState.BOOKED:
        raise Outdated(what="bookings", id=booking_id)
    return view


async def _noted(
    work: UnitOfWork,
    person: Person,
    booking_id: int,
    said: str,
    *,
    now: datetime,
    but: str = "",
    again_at: datetime | None = None,
) -> Noted:
    rest = await reminders.what_stands_of(work, person, booking_id, but=but, now=now)
    return Noted(await work.bookings.view(booking_id), said, again_at, rest)


async def _record(work: UnitOfWork, person: Person, act: str, booking_id: int, *, now: datetime) -> None:
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"booking:{booking_id}", detail={})


async def say_ready(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Noted:
    """«Allt är klart», which coordinators see on the day. Raises NotFound, NotAllowed, Outdated."""
    view = await _booked(work, person, booking_id, owner=False)
    if view.activity.ready_at is None:
        await work.activities.change(view.activity, ready_at=now)
        await _record(work, person, "activity.ready", booking_id, now=now)
    return await _noted(work, person, booking_id, "ready", now=now)


async def report(work: UnitOfWork, person: Person, booking_id: int, answer: str, *, now: datetime) -> Noted:
    """Whether the activity is reported to the official programme: one answer settles it for all, "unknown" asks on.

    Raises NotFound, NotAllowed, Outdated, UnknownChoice.
    """
    if answer not in set(Reported):
        raise UnknownChoice
    view = await _booked(work, person, booking_id, owner=True)
    if view.activity.reported != answer:
        await work.activities.change(view.activity, reported=Reported(answer))
        await plans.replan(work, booking_id, now=now)
        await _record(work, person, f"activity.reported_{answer}", booking_id, now=now)
    return await _noted(work, person, booking_id, f"reported_{answer}", now=now)


async def not_yet(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Noted:
    """«Inte än»: nothing more to this person about the present fee step; `again_at` is when the next one is told of.

    Raises NotFound, NotAllowed, Outdated.
    """
    view = await _booked(work, person, booking_id, owner=True)
    ends = [step.until_at for step in await work.fee_steps.list_of(view.edition.id) if step.until_at > now]
    step_ends = min(ends, default=now)
    later: list[datetime] = []
    for reminder in await _own_fees(work, person, booking_id):
        if reminder.due_at < step_ends:
            await work.reminders.change(reminder, state=DROPPED)
        else:
            later.append(reminder.due_at)
    return await _noted(work, person, booking_id, "not_yet", again_at=min(later, default=None), now=now)


async def _own_fees(work: UnitOfWork, person: Person, booking_id: int) -> list[Reminder]:
    """A person's reminders of an activity's fees, planned and sent."""
    rows = await work.reminders.list_of(plans.subject_of(booking_id))
    own = [r for r in rows if r.person_id == person.id and r.state in {PLANNED, SENT}]
    return [r for r in own if TOPICS[reminding.kind_of(r)] == "fee"]


async def snooze(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Noted:
    """«Påminn mig i morgon» of what lacks: at 09.00 in the edition's zone.

    Raises TooLateToWait when the last deadline is over by then, NotFound, NotAllowed, Outdated.
    """
    view = await _booked(work, person, booking_id, owner=True)
    lacking = answers.lacking(await work.fields.list_of(view.edition.id), view.activity, now)
    deadlines = [q.field.deadline_at for q in lacking if q.field.deadline_at is not None and q.field.deadline_at > now]
    if not deadlines:
        return await _noted(work, person, booking_id, "nothing_lacks", now=now)
    tomorrow = remind.tomorrow(now, view.edition.tz)
    if max(deadlines) <= tomorrow:
        raise TooLateToWait
    kind, subject = AGAIN + Kind.DEADLINE_DAY, plans.subject_of(booking_id)
    await work.reminders.plan(kind=kind, subject=subject, person_id=person.id, due_at=tomorrow)
    return await _noted(work, person, booking_id, "snoozed", but="deadline", again_at=tomorrow, now=now)


# Matters for the coordinators


async def ask_change(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> AskedChange:
    """«Något har ändrats»: ask what. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    draft = await open_draft(work, seat, KIND, CHANGED, {"booking_id": booking_id}, awaits_text=True, now=now)
    return AskedChange(draft, view)


async def accept_move(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Noted:
    """«Det går bra». Raises NotFound, NotAllowed, Outdated."""
    view = await rights.require_booking(work, person, booking_id, owner=False)
    if view.booking.state is BookingState.ENDED:
        raise Outdated(what="bookings", id=booking_id)
    await _record(work, person, "move.accepted", booking_id, now=now)
    return Noted(view, "move_accepted", None, None)


async def refuse_move(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> AskedChange:
    """«Det går inte»: the coordinators know at once, and the person may add why. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    matter = await _open_matter(work, seat.person, booking_id)
    if matter is None:
        matter = await matters.open_matter(work, seat.person, CANNOT, view, now=now)
    data = {"booking_id": booking_id, "matter_id": matter.id}
    draft = await open_draft(work, seat, KIND, CANNOT, data, awaits_text=True, now=now)
    return AskedChange(draft, view, matter)


async def _open_matter(work: UnitOfWork, person: Person, booking_id: int) -> Matter | None:
    wanted = (CANNOT, booking_id, person.id)
    found = (m for m in await work.matters.list_open() if (m.kind, m.booking_id, m.person_id) == wanted)
    return next(found, None)


async def take_change(
    work: UnitOfWork, person: Person, draft: Draft, text: str, *, message_id: int | None, now: datetime
) -> Noted:
    """Let the coordinators have what was written: a matter of its own, or added to the one that waits.

    Raises NotFound, NotAllowed, NameMissing, TextTooLong.
    """
    said = matters.written(text)
    view = await rights.require_booking(work, person, int(draft.data["booking_id"]), owner=False)
    await close_draft(work, draft, now=now)
    matter = await work.matters.find(int(draft.data["matter_id"])) if "matter_id" in draft.data else None
    if matter is None or matter.state != matters.OPEN or matter.text:
        await matters.open_matter(work, person, draft.step, view, text=said, message_id=message_id, now=now)
    else:
        matter = await work.matters.change(matter, text=said, message_id=message_id)
        coordinators = await work.people.list_coordinators(matter.arena_id)
        key = f"matter:{matter.id}:{matter.revision}"
        await notices.tell_all(work, coordinators, "matter_opened", key=key, but=person.id, matter_id=matter.id)
    return Noted(view, "passed_on", None, None)


# /paminnelser


async def overview(work: UnitOfWork, person: Person, *, now: datetime) -> Overview:
    """What the person is going to be reminded of, and the kinds that they have turned off."""
    person = await work.people.get(person.id)
    rows = [r for r in await work.reminders.list_of_person(person.id) if r.due_at > now]
    found = await _found(work, {r.subject for r in rows})
    coming = [(at, topic, subject) for at, topic, subject in dict.fromkeys(_coming(rows, person)) if subject in found]
    return Overview(
        [Coming(due_at, topic, found[subject]) for due_at, topic, subject in coming[:SHOWN]],
        max(len(coming) - SHOWN, 0),
        person.muted,
        len(await work.actors.list_of(person.id)) > 1,
    )


async def _found(work: UnitOfWork, subjects: Iterable[str]) -> dict[str, About]:
    """What reminders are about, by subject."""
    ids: dict[str, set[int]] = {}
    for subject in subjects:
        prefix, subject_id = reminding.parsed(subject)
        ids.setdefault(prefix, set()).add(subject_id)
    return {
        reminding.subject_of(prefix, subject_id): about
        for prefix, some in ids.items()
        for subject_id, about in (await RULES[prefix].load(work, some)).items()
    }


def _coming(rows: Iterable[Reminder], person: Person) -> Iterable[tuple[datetime, str, str]]:
    for reminder in rows:
        topic = TOPICS[reminding.kind_of(reminder)]
        if reminder.state == PLANNED and topic not in person.muted:
            yield reminder.due_at, topic, reminder.subject


async def turn(work: UnitOfWork, person: Person, kind: str, *, on: bool, now: datetime) -> Overview:
    """Turn a kind on or off; what is planned follows. Raises UnknownChoice."""
    if kind not in MUTABLE:
        raise UnknownChoice
    person = await work.people.get(person.id, lock=True)
    muted = person.muted - {kind} if on else person.muted | {kind}
    if muted != person.muted:
        person = await work.people.change(person, muted=muted)
        await replan_person(work, person, now=now)
    return await overview(work, person, now=now)


async def open_reminded(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Reminded:
    """What a person was reminded of about one of several bookings. Raises NotFound, NotAllowed, Outdated."""
    await rights.require_booking(work, person, booking_id, owner=False)
    standing = await reminders.what_stands_of(work, person, booking_id, now=now)
    if standing is None:
        raise Outdated(what="bookings", id=booking_id)
    return standing
