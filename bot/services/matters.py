"""Matters: questions and changes that wait for a coordinator. One of them answers; the others see who did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import NotAllowed
from bot.domain.membership import NameMissing, TextTooLong
from bot.domain.model import BookingView, Draft, Matter, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Answering, MatterView
from bot.domain.seat import Seat
from bot.domain.text import clean, telegram_length
from bot.services import notices, rights
from bot.services.dialogues import close_draft, open_draft

KIND = "matter"
OPEN = "open"
ANSWERED = "answered"
ASKED = "asked"
"""A coordinator's question, which waits for the actor."""
ANSWER_MAX = 1500
"""UTF-16 units of an answer or a coordinator's question: it stands in one message with what it is about."""


async def open_matter(
    work: UnitOfWork,
    person: Person,
    kind: str,
    view: BookingView | None = None,
    *,
    now: datetime,
    text: str = "",
    detail: Mapping[str, Any] | None = None,
    arena_id: int | None = None,
    edition_id: int | None = None,
    actor_id: int | None = None,
    message_id: int | None = None,
) -> Matter:
    """Let a matter wait for the arena's coordinators (those of all arenas where none is named), who are told.

    `message_id` is the person's message that the answer replies to. A wish without words about a booking waits once.
    """
    if view is not None and not text:
        for waiting in await work.matters.list_open():
            if (waiting.booking_id, waiting.kind, waiting.detail) == (view.booking.id, kind, dict(detail or {})):
                return waiting
    matter = await work.matters.add(
        kind=kind,
        arena_id=view.edition.arena_id if view else arena_id,
        edition_id=view.edition.id if view else edition_id,
        actor_id=view.actor.id if view else actor_id,
        booking_id=view.booking.id if view else None,
        person_id=person.id,
        text=text,
        detail=dict(detail or {}),
        message_id=message_id,
        state=OPEN,
        created_at=now,
    )
    coordinators = await work.people.list_coordinators(matter.arena_id)
    await notices.tell_all(
        work, coordinators, "matter_opened", key=f"matter:{matter.id}", but=person.id, matter_id=matter.id
    )
    return matter


def written(text: str) -> str:
    """What a person wrote to another, its lines kept. Raises NameMissing when nothing would show, TextTooLong."""
    said = clean(text)
    if not said:
        raise NameMissing
    if telegram_length(said) > ANSWER_MAX:
        raise TextTooLong(n=telegram_length(said), limit=ANSWER_MAX)
    return said


async def may_answer(work: UnitOfWork, person: Person, matter: Matter) -> bool:
    """Whether the matter is the person's to answer: of an arena that they run, or of none in particular."""
    if matter.arena_id is None:
        return await rights.is_coordinator(work, person)
    return await rights.coordinates(work, person, matter.arena_id)


async def list_waiting(work: UnitOfWork, person: Person) -> list[Matter]:
    """Open matters that are the person's to answer, oldest first."""
    return [matter for matter in await work.matters.list_open() if await may_answer(work, person, matter)]


async def view_of(work: UnitOfWork, matter: Matter, *, late: bool = False) -> MatterView:
    """A matter with whom and what it is about. Asks for no right."""
    edition = await work.editions.find(matter.edition_id) if matter.edition_id is not None else None
    view = await work.bookings.view(matter.booking_id) if matter.booking_id is not None else None
    actor = await work.actors.find(matter.actor_id) if matter.actor_id is not None else None
    answered_by = await work.people.find(matter.answered_by) if matter.answered_by is not None else None
    person = await work.people.get(matter.person_id)
    return MatterView(matter, person, actor, view, edition, answered_by, late)


async def _own(work: UnitOfWork, person: Person, matter_id: int, *, lock: bool = False) -> Matter:
    matter = await work.matters.get(matter_id, lock=lock)
    if not await may_answer(work, person, matter):
        raise NotAllowed
    return matter


async def show_matter(work: UnitOfWork, coordinator: Person, matter_id: int) -> MatterView:
    """A matter as it is now. Raises NotFound, NotAllowed."""
    return await view_of(work, await _own(work, coordinator, matter_id))


async def ask_answer(work: UnitOfWork, seat: Seat, matter_id: int, *, now: datetime) -> Answering | MatterView:
    """«Svara»: await the answer's text; one that is answered is shown as it is. Raises NotFound, NotAllowed."""
    matter = await _own(work, seat.person, matter_id)
    if matter.state != OPEN:
        return await view_of(work, matter, late=True)
    data = {"matter_id": matter.id, "revision": matter.revision}
    draft = await open_draft(work, seat, KIND, "answer", data, awaits_text=True, now=now)
    return Answering(draft, await view_of(work, matter))


async def answer_in(work: UnitOfWork, coordinator: Person, draft: Draft, text: str, *, now: datetime) -> MatterView:
    """Take what was written as the answer. Raises NotFound, NotAllowed, NameMissing, TextTooLong."""
    answer = written(text)
    await close_draft(work, draft, now=now)
    return await answer_matter(
        work, coordinator, int(draft.data["matter_id"]), int(draft.data["revision"]), answer, now=now
    )


async def answer_matter(
    work: UnitOfWork, coordinator: Person, matter_id: int, revision: int, text: str, *, now: datetime
) -> MatterView:
    """Answer: it comes to the person as a reply to their message, and the other coordinators see who did.

    One that another has answered meanwhile is given as it is now (`late`). Raises NotFound, NotAllowed, NameMissing,
    TextTooLong.
    """
    answer = written(text)
    matter = await _own(work, coordinator, matter_id, lock=True)
    if matter.state != OPEN:
        return await view_of(work, matter, late=True)
    if matter.revision != revision:  # the person has added to it: the answer is to what stands there now
        return await view_of(work, matter)
    settled = await settle(work, coordinator, matter, answer, now=now)
    await _tell_person(work, settled)
    return await view_of(work, settled)


async def close_matter(
    work: UnitOfWork, coordinator: Person, matter_id: int, revision: int, *, now: datetime
) -> MatterView:
    """«Klart»: nothing is to be answered; the person is not told. Raises NotFound, NotAllowed."""
    matter = await _own(work, coordinator, matter_id, lock=True)
    if matter.state != OPEN or matter.revision != revision:
        return await view_of(work, matter, late=matter.state != OPEN and matter.answered_by != coordinator.id)
    return await view_of(work, await settle(work, coordinator, matter, None, now=now))


async def decide_matter(
    work: UnitOfWork, coordinator: Person, matter: Matter, *, granted: bool, text: str | None = None, now: datetime
) -> MatterView:
    """Yes or no to a wish, which the person hears of. What the yes does is the caller's."""
    detail = {**matter.detail, "granted": granted}
    settled = await settle(work, coordinator, await work.matters.change(matter, detail=detail), text, now=now)
    await _tell_person(work, settled)
    return await view_of(work, settled)


async def settle(work: UnitOfWork, coordinator: Person, matter: Matter, text: str | None, *, now: datetime) -> Matter:
    """The matter waits no more; the other coordinators are told who answered."""
    settled = await work.matters.change(
        matter, state=ANSWERED, answer=text, answered_by=coordinator.id, answered_at=now
    )
    others = await work.people.list_coordinators(matter.arena_id)
    key = f"matter-settled:{matter.id}"
    await notices.tell_all(work, others, "matter_settled", key=key, but=coordinator.id, matter_id=matter.id)
    await work.acts.add(
        at=now,
        person_id=coordinator.id,
        act="matter.answered" if text else "matter.closed",
        subject=f"matter:{matter.id}",
        detail={"kind": matter.kind},
    )
    return settled


async def _tell_person(work: UnitOfWork, matter: Matter) -> None:
    person = await work.people.get(matter.person_id)
    key = f"matter-answered:{matter.id}"
    await notices.tell(work, person, "matter_answered", key=key, matter_id=matter.id, reply_to=matter.message_id)


async def settle_of_booking(
    work: UnitOfWork, coordinator: Person, booking_id: int, kind: str, *, now: datetime
) -> None:
    """A wish about a booking that a coordinator has fulfilled by another way waits no more; others settle nothing."""
    for matter in await work.matters.list_open():
        about_it = matter.booking_id == booking_id and matter.kind == kind
        if about_it and await may_answer(work, coordinator, matter):
            await decide_matter(work, coordinator, matter, granted=True, now=now)
