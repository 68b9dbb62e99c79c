"""An announcement under way: started, fed to the outbox, paused, stopped and reminded of."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import announcement_content as content
from bot.domain import announcements as rules
from bot.domain.announcements import Audience, AudienceKind, State
from bot.domain.errors import Outdated
from bot.domain.model import Announcement
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import Status
from bot.domain.seat import Seat
from bot.services import audiences, notices, rights
from bot.services.announcement_reports import require_own, status_of

log = logging.getLogger(__name__)
BATCH = 2000
"""Rows that one transaction gives the outbox: well under a tenth of a second."""


# What is due


async def next_due_at(work: UnitOfWork) -> datetime | None:
    """When something is to be started, fed or ended; what waits only for the sender is not due."""
    due = []
    for each in await work.announcements.list_under_way():
        if each.state == State.SCHEDULED:
            due.append(each.send_at)
        elif each.state != State.PAUSED:
            tally = await work.recipients.tally(each.id)
            if not tally.queued or (tally.planned and tally.queued < BATCH and each.state == State.SENDING):
                due.append(each.started_at)
    return min((at for at in due if at is not None), default=None)


async def list_due(work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:
    """Announcements that are to be started or are under way, less these."""
    return [
        each.id
        for each in await work.announcements.list_under_way()
        if each.id not in but and (each.state in {State.SENDING, State.STOPPED} or _is_to_start(each, now))
    ]


def _is_to_start(announcement: Announcement, now: datetime) -> bool:
    return announcement.state == State.SCHEDULED and announcement.send_at is not None and announcement.send_at <= now


async def start_due(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> list[Status]:
    """Start what of these is due, feed what is under way, end what is done; gives the cards that are to be drawn anew."""
    changed = []
    for announcement_id in ids:
        each = await work.announcements.get(announcement_id, lock=True)  # a coordinator may be stopping it
        if _is_to_start(each, now):
            changed.append(await _start(work, each, now=now))
        elif each.state in {State.SENDING, State.STOPPED}:
            changed.append(await _go_on(work, each, now=now))
    return [await _on_its_card(work, each) for each in changed]


async def has_more(work: UnitOfWork, ids: Collection[int]) -> bool:
    """Whether another batch of these can be fed at once."""
    for each in await work.announcements.list_under_way():
        if each.id in ids and each.state == State.SENDING:
            tally = await work.recipients.tally(each.id)
            if tally.planned and tally.queued < 2 * BATCH:
                return True
    return False


async def _may_send(work: UnitOfWork, announcement: Announcement) -> bool:
    creator = await work.people.get(announcement.created_by)
    return await rights.coordinates(work, creator, announcement.arena_id)


async def _start(work: UnitOfWork, announcement: Announcement, *, now: datetime) -> Announcement:
    """Freeze whom it goes to, leave to coordinators whom no chat reaches, and feed the first."""
    if not await _may_send(work, announcement):
        return await _withhold(work, announcement, now=now)
    audience = Audience.from_stored(announcement.audience)
    if audience.kind is AudienceKind.UNREAD:
        assert audience.announcement_id is not None  # noqa: S101  # UNREAD names what was not read
        await work.recipients.freeze_unread(announcement.id, audience.announcement_id)
        await audiences.keep_willing(work, announcement)
        alone: list[int] = []
    elif audience.kind is AudienceKind.AMBASSADORS:
        people = await audiences.ambassadors(work, audience)
        await work.recipients.freeze_people(announcement.id, [person.id for person in people])
        alone = []
    else:
        ids = await audiences.actor_ids(work, audience, now=now)
        await work.recipients.freeze(announcement.id, ids, own=audience.is_their_own)
        alone = sorted(ids - await work.recipients.list_reachable(ids, own=audience.is_their_own))
    started = await work.announcements.change(
        announcement,
        state=State.SENDING,
        started_at=now,
        send_at=announcement.send_at or now,
        audience={**announcement.audience, "alone": alone},
    )
    await _leave_to_coordinators(work, started, alone, now=now)
    return await _go_on(work, started, now=now)


async def _withhold(work: UnitOfWork, announcement: Announcement, *, now: datetime) -> Announcement:
    """Whoever confirmed it runs the arena no longer: nothing is sent, and those who do are told."""
    log.warning("announcement %s was not sent: who confirmed it runs the arena no longer", announcement.id)
    coordinators = await work.people.list_coordinators(announcement.arena_id)
    await notices.tell_all(
        work,
        coordinators,
        "announcement_withheld",
        key=f"withheld:{announcement.id}",
        but=announcement.created_by,
        announcement_id=announcement.id,
    )
    return await work.announcements.change(announcement, state=State.CANCELLED, ended_at=now)


async def _leave_to_coordinators(
    work: UnitOfWork, announcement: Announcement, alone: Iterable[int], *, now: datetime
) -> None:
    for actor_id in alone:
        await work.errands.add_once(
            key=f"announcement:{announcement.id}:{actor_id}",
            kind="announcement",
            actor_id=actor_id,
            arena_id=announcement.arena_id,
            booking_id=None,
            detail={
                "announcement_id": announcement.id,
                "text": content.words_of(content.in_language(announcement.content, "sv")),
            },
            created_at=now,
        )


async def _go_on(work: UnitOfWork, announcement: Announcement, *, now: datetime) -> Announcement:
    """Feed the next recipients while the right is there; end it when nothing is left."""
    if announcement.state == State.SENDING and not await _may_send(work, announcement):
        await work.recipients.withdraw(announcement.id)
        announcement = await work.announcements.change(announcement, state=State.STOPPED)
    tally = await work.recipients.tally(announcement.id)
    if announcement.state == State.SENDING and tally.planned and tally.queued < 2 * BATCH:
        await work.recipients.feed(announcement.id, BATCH)
    elif not tally.queued and (announcement.state == State.STOPPED or not tally.planned):
        state = State.STOPPED if announcement.state == State.STOPPED else State.DONE
        return await work.announcements.change(announcement, state=state, ended_at=now)
    return announcement


async def on_its_card(work: UnitOfWork, announcement_id: int) -> Status:
    """How an announcement stands, with where its card is and whose language that is in. Raises NotFound."""
    return await _on_its_card(work, await work.announcements.get(announcement_id))


async def _on_its_card(work: UnitOfWork, announcement: Announcement) -> Status:
    status = await status_of(work, announcement)
    creator = await work.people.get(status.announcement.created_by)
    card_id = status.announcement.card_id
    place = None if card_id is None else await work.chats.place_of(card_id)
    message_id = None if place is None else place.message_id
    return replace(status, message_id=message_id, chat_id=creator.user_id, language=creator.language)


# What coordinators do with it


async def begin_now(work: UnitOfWork, announcement: Announcement, *, now: datetime) -> Announcement:
    """Start one that is scheduled, at once."""
    return await _start(work, await work.announcements.change(announcement, send_at=now), now=now)


async def control(work: UnitOfWork, seat: Seat, announcement_id: int, act: str, *, now: datetime) -> Status:
    """Pause, resume, stop, cancel or start it; what does not fit its state changes nothing. Raises NotFound, NotAllowed."""
    one = await require_own(work, seat.person, announcement_id, lock=True)
    match act, one.state:
        case "pause", State.SENDING:
            await work.recipients.withdraw(one.id)
            one = await work.announcements.change(one, state=State.PAUSED)
        case "resume", State.PAUSED:
            one = await _go_on(work, await work.announcements.change(one, state=State.SENDING), now=now)
        case "stop", State.SENDING | State.PAUSED:
            await work.recipients.withdraw(one.id)
            one = await _go_on(work, await work.announcements.change(one, state=State.STOPPED), now=now)
        case "cancel", State.SCHEDULED:
            one = await work.announcements.change(one, state=State.CANCELLED, ended_at=now)
        case "now", State.SCHEDULED:
            one = await begin_now(work, one, now=now)
        case _:
            return await show(work, seat, one.id)
    await work.acts.add(
        at=now, person_id=seat.person.id, act=f"announcement.{act}", subject=f"announcement:{one.id}", detail={}
    )
    return await _seen_by(work, seat, one)


async def show(work: UnitOfWork, seat: Seat, announcement_id: int) -> Status:
    """How it stands; its creator's card goes on from here. Raises NotFound, NotAllowed."""
    return await _seen_by(work, seat, await require_own(work, seat.person, announcement_id))


async def _seen_by(work: UnitOfWork, seat: Seat, announcement: Announcement) -> Status:
    is_creators = announcement.created_by == seat.person.id
    if is_creators and announcement.card_id != seat.card_id:
        announcement = await work.announcements.change(announcement, card_id=seat.card_id)
    return replace(await status_of(work, announcement), is_creators=is_creators)


async def remind(work: UnitOfWork, seat: Seat, announcement_id: int, revision: int, *, now: datetime) -> Status:
    """Send it once more to those who have not acknowledged it, once for each card that was shown.

    Raises NotFound, NotAllowed, Outdated, NoAudience.
    """
    one = await require_own(work, seat.person, announcement_id, lock=True)
    if one.revision != revision:
        raise Outdated(what="announcements", id=one.id)
    one = await work.announcements.change(one, receipts=True)
    root = await work.announcements.get(int(one.audience.get("announcement_id") or one.id))
    tally = await work.recipients.tally(root.id)
    if not tally.unread:
        raise rules.NoAudience
    reminder = await work.announcements.add(
        created_by=seat.person.id,
        arena_id=root.arena_id,
        content=root.content,
        audience=Audience(AudienceKind.UNREAD, announcement_id=root.id).stored(),
        receipts=True,
        state=State.SCHEDULED,
        send_at=now,
        card_id=seat.card_id,
    )
    await work.acts.add(
        at=now, person_id=seat.person.id, act="announcement.reminded", subject=f"announcement:{root.id}", detail={}
    )
    return await status_of(work, await _start(work, reminder, now=now))
