"""What falls due is sent once, if it still helps: to one person at one time one message."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.domain import answers, remind
from bot.domain.errors import NotFound
from bot.domain.model import BookingView, Person, Reminder
from bot.domain.outgoing import Dead, Outgoing, Priority
from bot.domain.ports.delivery import Finished
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind, Planned
from bot.domain.results.reminders import FeeAhead, HoldEnding, Item, Lacking, Reminded, SlotAhead, ToEvaluate
from bot.services import plans
from bot.services.plans import AGAIN, DROPPED, PLANNED, POSTPONED, SENT, Wanted

log = logging.getLogger(__name__)
NOTICE = "reminder"
"""What rows of reminders are called in the outbox."""


async def send_due(work: UnitOfWork, *, now: datetime) -> int:
    """Turn due reminders into messages, one for each person; gives how many were due.

    Each is checked again: what is cancelled, done or helps no more is dropped with a line in the log, what can wait
    through the night waits, and who has become the actor's first in Telegram since gets what waited for nobody.
    """
    due = await work.reminders.list_due(now)
    by_subject: dict[str, list[Reminder]] = defaultdict(list)
    for reminder in due:
        by_subject[reminder.subject].append(reminder)
    to_send: dict[int, list[tuple[Reminder, datetime]]] = defaultdict(list)
    for subject, reminders in by_subject.items():
        for reminder, until_at in await _settle(work, subject, reminders, now=now):
            if reminder.person_id is not None:
                to_send[reminder.person_id].append((reminder, until_at))
    for person_id, pairs in sorted(to_send.items()):
        await _send(work, person_id, sorted(pairs, key=lambda pair: (pair[0].due_at, pair[0].id)))
    return len(due)


async def _settle(
    work: UnitOfWork, subject: str, due: Sequence[Reminder], *, now: datetime
) -> list[tuple[Reminder, datetime]]:
    """What of a booking's due reminders is to be sent, and until when it helps. All of them are settled."""
    try:
        view = await work.bookings.view(plans.booking_of(subject))
    except NotFound:
        for reminder in due:
            await _drop(work, reminder)
        return []
    wants = await plans.wanted(work, view, now, reachable=True)
    await plans.forget_errands(work, view, wants, now)
    helping: list[tuple[Reminder, datetime]] = []
    for reminder in [*due, *await _latecomers(work, subject, due, wants, now=now)]:
        called_for = plans.called_for(reminder, wants, now)
        if not called_for:
            await _drop(work, reminder)
        elif plans.kind_of(reminder) not in remind.URGENT and remind.is_quiet(now, view.edition.tz):
            await _postpone(work, reminder, remind.audible(now, view.edition.tz))
        else:
            await work.reminders.change(reminder, state=SENT)
            helping.append((reminder, max(planned.until_at for planned in called_for)))
            if reminder.person_id is None:
                await _leave_to_coordinators(work, reminder, view, now=now)
    return helping


async def _latecomers(
    work: UnitOfWork, subject: str, due: Iterable[Reminder], wants: Iterable[Wanted], *, now: datetime
) -> list[Reminder]:
    """Reminders for who came to be meant after they were planned: a colleague of one who blocked the bot, or nobody."""
    falling = {(reminder.kind, reminder.due_at) for reminder in due}
    known = {(r.kind, r.due_at, r.person_id) for r in await work.reminders.list_of(subject)}
    missing = {
        (w.planned.kind.value, w.planned.due_at, w.person_id)
        for w in wants
        if (w.planned.kind.value, w.planned.due_at) in falling and w.planned.until_at > now
    } - known
    return [
        await work.reminders.add(kind=kind, subject=subject, person_id=person_id, due_at=due_at, state=PLANNED)
        for kind, due_at, person_id in sorted(missing, key=lambda key: (key[1], key[0], key[2] or 0))
    ]


async def undelivered(ended: Finished, work: UnitOfWork, *, now: datetime) -> None:
    """A message that could not be delivered: what it said passes to a colleague or a coordinator at the next sweep.

    Called in the transaction that marks any notice's row.
    """
    if ended.row.payload["name"] != NOTICE or not isinstance(ended.outcome, Dead):
        return
    for reminder in await work.reminders.list_some(ended.row.payload["ids"]):
        await _drop(work, reminder, "could not be delivered")
        view = await work.bookings.view(plans.booking_of(reminder.subject))
        wants = await plans.wanted(work, view, now, reachable=True)
        await _latecomers(work, reminder.subject, [reminder], wants, now=now)


async def _drop(work: UnitOfWork, reminder: Reminder, why: str = "helps no more") -> None:
    log.info("reminder %s (%s of %s) was dropped: it %s", reminder.id, reminder.kind, reminder.subject, why)
    await work.reminders.change(reminder, state=DROPPED)


async def _postpone(work: UnitOfWork, reminder: Reminder, until: datetime) -> None:
    """The night holds it: it comes in the morning, if it helps then."""
    kind = AGAIN + plans.kind_of(reminder)
    await work.reminders.change(reminder, state=POSTPONED)
    await work.reminders.plan(kind=kind, subject=reminder.subject, person_id=reminder.person_id, due_at=until)


async def _send(work: UnitOfWork, person_id: int, pairs: Sequence[tuple[Reminder, datetime]]) -> None:
    person = await work.people.get(person_id)
    ids = [reminder.id for reminder, _ in pairs]
    await work.outbox.add(
        Outgoing(
            "notice",
            {"name": NOTICE, "ids": ids},
            person_id=person.id,
            chat_id=person.user_id,
            priority=Priority.NOTICE,
            key=f"reminder:{ids[0]}",
            expires_at=max(until_at for _, until_at in pairs),
        )
    )


async def _leave_to_coordinators(work: UnitOfWork, reminder: Reminder, view: BookingView, *, now: datetime) -> None:
    """Each organiser that it is meant for and that nobody can be reached of is a coordinator's to write to.

    A letter that still waits about the same topic becomes this one.
    """
    kind = plans.kind_of(reminder)
    detail: dict[str, object] = {"reminder": kind.value}
    waiting = {(errand.actor_id, topic): errand for errand, topic in await plans.open_errands(work, view)}
    for organiser in plans.concerned(kind, await plans.organisers(work, view, reachable=True)):
        errand = waiting.get((organiser.actor_id, plans.TOPICS[kind]))
        if organiser.people:
            continue
        if errand is not None:
            await work.errands.change(errand, detail=detail)
        else:
            await work.errands.add_once(
                key=f"reminder:{reminder.id}:{organiser.actor_id}",
                kind=plans.ERRAND,
                actor_id=organiser.actor_id,
                arena_id=view.edition.arena_id,
                booking_id=view.booking.id,
                detail=detail,
                created_at=now,
            )


# What a message says, when it is sent and after a press


async def what_stands(work: UnitOfWork, person: Person, ids: Collection[int], *, now: datetime) -> Reminded | None:
    """What a person's reminders say now; None when nothing of it holds any more."""
    return await _reminded(work, person, await work.reminders.list_some(ids), now=now)


async def what_stands_of(
    work: UnitOfWork, person: Person, booking_id: int, *, but: str = "", now: datetime
) -> Reminded | None:
    """What a person has been reminded of about a booking and still holds, less one topic."""
    rows = await work.reminders.list_of(plans.subject_of(booking_id))
    sent = [r for r in rows if r.person_id == person.id and r.state == SENT and plans.TOPICS[plans.kind_of(r)] != but]
    return await _reminded(work, person, sent, now=now)


async def _reminded(work: UnitOfWork, person: Person, rows: Iterable[Reminder], *, now: datetime) -> Reminded | None:
    """The last of each booking and topic counts: the day before says what the week before did."""
    said: dict[tuple[int, str], list[Planned]] = {}
    views: dict[int, BookingView] = {}
    for reminder in rows:
        booking_id = plans.booking_of(reminder.subject)
        view = views.get(booking_id) or await work.bookings.view(booking_id)
        views[booking_id] = view
        called_for = plans.called_for(reminder, await plans.wanted(work, view, now), now)
        if called_for and reminder.person_id == person.id:
            said.setdefault((booking_id, plans.TOPICS[plans.kind_of(reminder)]), []).extend(called_for)
    items = [
        item
        for (booking_id, _), planned in said.items()
        if (item := await _item(work, person, views[booking_id], planned, now=now)) is not None
    ]
    several = len(await work.actors.list_of(person.id)) > 1
    return Reminded(items, several) if items else None


async def _item(
    work: UnitOfWork, person: Person, view: BookingView, said: Sequence[Planned], *, now: datetime
) -> Item | None:
    last = max(said)
    match last.kind:
        case Kind.SLOT_WEEK | Kind.SLOT_DAY | Kind.SLOT_HOUR:
            return SlotAhead(view, last.kind)
        case Kind.DEADLINE_WEEK | Kind.DEADLINE_DAY:
            return await _lacking(work, view, max(datetime.fromisoformat(p.subject) for p in said), now=now)
        case Kind.FEE_WEEK | Kind.FEE_DAY:
            steps = sorted(await work.fee_steps.list_of(view.edition.id), key=lambda step: step.until_at)
            ahead = [step for step in steps if step.until_at >= datetime.fromisoformat(last.subject)]
            return FeeAhead(view, ahead[0], ahead[1] if len(ahead) > 1 else None)
        case Kind.HOLD_ENDS:
            drafts = await work.drafts.list_open(person.user_id, person.id)
            ids = (draft.id for draft in drafts if draft.data.get("booking_id") == view.booking.id)
            return HoldEnding(view, next(ids, None))
        case Kind.EVALUATION:
            return ToEvaluate(view)


async def _lacking(work: UnitOfWork, view: BookingView, until: datetime, *, now: datetime) -> Lacking | None:
    """What lacks of that which is to be there by an instant, by its deadline."""
    by_deadline: dict[datetime, list[answers.Question]] = {}
    for question in answers.lacking(await work.fields.list_of(view.edition.id), view.activity, now):
        deadline_at = question.field.deadline_at
        if deadline_at is not None and now < deadline_at <= until:
            by_deadline.setdefault(deadline_at, []).append(question)
    tomorrow = remind.tomorrow(now, view.edition.tz)
    return Lacking(view, sorted(by_deadline.items()), can_wait=until > tomorrow) if by_deadline else None
