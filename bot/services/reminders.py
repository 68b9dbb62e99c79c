"""What falls due is sent once, if it still helps: to one person at one time one message."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.domain import remind
from bot.domain.model import Person, Reminder
from bot.domain.outgoing import Dead, Outgoing, Priority
from bot.domain.ports.delivery import Finished
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Planned
from bot.domain.results.reminders import About, Reminded
from bot.services import askings, plans, reminding
from bot.services.reminding import AGAIN, DROPPED, PLANNED, POSTPONED, SENT, TOPICS, Rules, Wanted
from bot.services.replanning import RULES

log = logging.getLogger(__name__)
NOTICE = "reminder"
"""What rows of reminders are called in the outbox."""
PART = 100
"""Reminders that one transaction takes, and what else is due to the same people."""


async def list_due(work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:
    """The first reminders that are due, less these."""
    return [reminder.id for reminder in await work.reminders.list_due(now, limit=PART, but=but)]


async def send_due(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
    """Turn what of these is due, and all that is due to the same people, into one message for each; there may be more.

    Each is checked again: what is cancelled, done or helps no more is dropped with a line in the log, what can wait
    through the night waits, and who has become the actor's first in Telegram since gets what waited for nobody.
    """
    due = await work.reminders.list_due_with(ids, now)
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
    return True


async def _settle(
    work: UnitOfWork, subject: str, due: Sequence[Reminder], *, now: datetime
) -> list[tuple[Reminder, datetime]]:
    """What of a subject's due reminders is to be sent, and until when it helps. All of them are settled."""
    rules, about = await _about(work, subject)
    if about is None:
        for reminder in due:
            await _drop(work, reminder)
        return []
    wants = await rules.wanted(work, about, now, reachable=True)
    await rules.forget(work, about, wants, now)
    zone = rules.zone(about)
    helping: list[tuple[Reminder, datetime]] = []
    await _plan_latecomers(work, subject, due, wants, now=now)
    for reminder in due:
        called_for = reminding.called_for(reminder, wants, now)
        if not called_for:
            await _drop(work, reminder)
        elif reminding.kind_of(reminder) not in remind.URGENT and remind.is_quiet(now, zone):
            await _postpone(work, reminder, remind.audible(now, zone))
        else:
            await work.reminders.change(reminder, state=SENT)
            await askings.note_sent(work, reminder, about, now=now)
            helping.append((reminder, max(planned.until_at for planned in called_for)))
            if reminder.person_id is None:
                await rules.leave(work, reminder, about, now=now)
    return helping


async def _about(work: UnitOfWork, subject: str) -> tuple[Rules[Any], About | None]:
    """A subject's rules, and what it is about as it is now; None: it is gone."""
    prefix, subject_id = reminding.parsed(subject)
    rules = RULES[prefix]
    return rules, (await rules.load(work, [subject_id])).get(subject_id)


async def _plan_latecomers(
    work: UnitOfWork, subject: str, due: Iterable[Reminder], wants: Iterable[Wanted], *, now: datetime
) -> None:
    """Plan for who came to be meant after the others were: a colleague of one who blocked the bot, or nobody."""
    falling = {(reminder.kind, reminder.due_at) for reminder in due}
    known = {(r.kind, r.due_at, r.person_id) for r in await work.reminders.list_of(subject)}
    missing = {
        (w.planned.kind.value, w.planned.due_at, w.person_id)
        for w in wants
        if (w.planned.kind.value, w.planned.due_at) in falling and w.planned.until_at > now
    } - known
    for kind, due_at, person_id in sorted(missing, key=lambda key: (key[1], key[0], key[2] or 0)):
        await work.reminders.add(kind=kind, subject=subject, person_id=person_id, due_at=due_at, state=PLANNED)


async def undelivered(ended: Finished, work: UnitOfWork, *, now: datetime) -> None:
    """A message that could not be delivered: what it said passes to a colleague or a coordinator at the next sweep.

    Called in the transaction that marks any notice's row.
    """
    if ended.row.payload["name"] != NOTICE or not isinstance(ended.outcome, Dead):
        return
    for reminder in await work.reminders.list_some(ended.row.payload["ids"]):
        await _drop(work, reminder, "could not be delivered")
        rules, about = await _about(work, reminder.subject)
        await askings.note_undelivered(work, reminder, about)
        wants = [] if about is None else await rules.wanted(work, about, now, reachable=True)
        await _plan_latecomers(work, reminder.subject, [reminder], wants, now=now)


async def _drop(work: UnitOfWork, reminder: Reminder, why: str = "helps no more") -> None:
    log.info("reminder %s (%s of %s) was dropped: it %s", reminder.id, reminder.kind, reminder.subject, why)
    await work.reminders.change(reminder, state=DROPPED)


async def _postpone(work: UnitOfWork, reminder: Reminder, until: datetime) -> None:
    """The night holds it: it comes in the morning, if it helps then."""
    kind = AGAIN + reminding.kind_of(reminder)
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


# What a message says, when it is sent and after a press


async def what_stands(work: UnitOfWork, person: Person, ids: Collection[int], *, now: datetime) -> Reminded | None:
    """What a person's reminders say now; None when nothing of it holds any more."""
    return await _reminded(work, person, await work.reminders.list_some(ids), now=now)


async def what_stands_of(
    work: UnitOfWork, person: Person, booking_id: int, *, but: str = "", now: datetime
) -> Reminded | None:
    """What a person has been reminded of about a booking and still holds, less one topic."""
    rows = await work.reminders.list_of(plans.subject_of(booking_id))
    sent = [r for r in rows if r.person_id == person.id and r.state == SENT and TOPICS[reminding.kind_of(r)] != but]
    return await _reminded(work, person, sent, now=now)


async def _reminded(work: UnitOfWork, person: Person, rows: Iterable[Reminder], *, now: datetime) -> Reminded | None:
    """The last of each subject and topic counts: the day before says what the week before did."""
    said: dict[tuple[str, str], list[Planned]] = {}
    found: dict[str, tuple[Rules[Any], About | None]] = {}
    for reminder in rows:
        if reminder.subject not in found:
            found[reminder.subject] = await _about(work, reminder.subject)
        rules, about = found[reminder.subject]
        wants = [] if about is None else await rules.wanted(work, about, now)
        called_for = reminding.called_for(reminder, wants, now)
        if called_for and reminder.person_id == person.id:
            said.setdefault((reminder.subject, TOPICS[reminding.kind_of(reminder)]), []).extend(called_for)
    items = []
    for (subject, _), planned in said.items():
        rules, about = found[subject]
        item = None if about is None else await rules.item(work, person, about, planned, now=now)
        items += [item] if item is not None else []
    several = len(await work.actors.list_of(person.id)) > 1
    return Reminded(items, several) if items else None
