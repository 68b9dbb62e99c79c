"""/kontakt: who the coordinators are, and questions to them."""

from dataclasses import replace
from datetime import datetime

from bot.domain.attributes import text_within
from bot.domain.dates import local_day
from bot.domain.errors import NotFound
from bot.domain.model import Arena, BookingView, Draft, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.questions import AskedQuestion, Colleague, Contact, Forwarding, Sent
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.arenas import is_past, list_own
from bot.services.dialogues import close_draft, close_drafts, open_draft, own_draft
from bot.services.matters import open_matter

KIND = "question"
UNKNOWN = "unknown"
"""The draft of words that the bot cannot answer."""
QUESTION_MAX = 2000
"""Characters of a question: it and what it is about are one message to each coordinator."""


async def show_contact(work: UnitOfWork, person: Person, *, now: datetime) -> Contact:
    """Who the coordinators are, where they are to be reached on site, and what a question may be about."""
    editions = [e for e in await work.editions.list_published() if not is_past(e, now)]
    return Contact(
        await _colleagues(work),
        sorted(editions, key=lambda e: not _is_under_way(e, now)),
        await list_meaningful(work, person, now=now),
    )


def _is_under_way(edition: Edition, now: datetime) -> bool:
    return edition.starts_on is not None and edition.starts_on <= local_day(now, edition.tz)


async def _colleagues(work: UnitOfWork) -> list[Colleague]:
    arenas = {arena.id: arena for arena in await work.arenas.list_all()}
    by_person: dict[int, list[int | None]] = {}
    for right in await work.coordinators.list_all():
        by_person.setdefault(right.person_id, []).append(right.arena_id)
    found = []
    for person_id, ids in by_person.items():
        own = [] if None in ids else [arenas[key] for key in sorted(i for i in ids if i is not None)]
        found.append(Colleague((await work.people.get(person_id)).name, own))
    return sorted(found, key=lambda c: (bool(c.arenas), c.name))


async def list_meaningful(work: UnitOfWork, person: Person, *, now: datetime) -> list[Arena]:
    """The arenas that a person's question is likely to be about: where their actors have something, else those that
    are open, else all.
    """
    arenas = await work.arenas.list_all()
    own = {view.edition.arena_id for view in await list_own(work, person, now=now)}
    opened = {e.arena_id for e in await work.editions.list_published() if e.is_open(now)}
    likely = own or opened
    return [arena for arena in arenas if not likely or arena.id in likely]


async def list_arenas(work: UnitOfWork) -> list[Arena]:
    """Every arena, when the question is about another than the likely ones."""
    return await work.arenas.list_all()


async def begin(work: UnitOfWork, seat: Seat, *, now: datetime) -> AskedQuestion | Contact:
    """Await the question at once when it can only be about one arena, else ask about which. Coordinators, who are
    asked and do not ask, only see who they are.
    """
    contact = await show_contact(work, seat.person, now=now)
    if len(contact.arenas) != 1 or await rights.is_coordinator(work, seat.person):
        return contact
    return replace(await ask(work, seat, contact.arenas[0].id, now=now), contact=contact)


async def ask(work: UnitOfWork, seat: Seat, arena_id: int | None, *, now: datetime) -> AskedQuestion:
    """Await a question about an arena, with the only booking that the person has there in view. Raises NotFound."""
    arena = await work.arenas.get(arena_id) if arena_id is not None else None
    views = await _own_there(work, seat.person, arena_id, now=now)
    view = views[0] if len(views) == 1 else None
    return await _await(work, seat, arena, view, views if view is None else [], now=now)


async def ask_about(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> AskedQuestion:
    """Await a question about a booking. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    return await _await(work, seat, await work.arenas.get(view.edition.arena_id), view, [], now=now)


async def _await(
    work: UnitOfWork,
    seat: Seat,
    arena: Arena | None,
    view: BookingView | None,
    choices: list[BookingView],
    *,
    now: datetime,
) -> AskedQuestion:
    await close_drafts(work, seat.chat_id, seat.person, {KIND}, now=now)
    data = {"arena_id": arena and arena.id, "booking_id": view and view.booking.id}
    draft = await open_draft(work, seat, KIND, "text", data, awaits_text=True, now=now)
    return AskedQuestion(draft, arena, view, choices)


async def _own_there(work: UnitOfWork, person: Person, arena_id: int | None, *, now: datetime) -> list[BookingView]:
    return [view for view in await list_own(work, person, now=now) if view.edition.arena_id == arena_id]


async def drop(work: UnitOfWork, seat: Seat, draft_id: int, kind: str, *, now: datetime) -> None:
    """Nothing is sent. Raises NotFound."""
    await close_draft(work, await own_draft(work, seat, draft_id, kind), now=now)


async def send(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, message_id: int | None, now: datetime) -> Sent:
    """Let what was written wait for the arena's coordinators. Raises NameMissing, TextTooLong."""
    booking_id, arena_id = draft.data.get("booking_id"), draft.data.get("arena_id")
    view = await work.bookings.view(int(booking_id)) if booking_id else None
    arena = await work.arenas.get(int(arena_id)) if arena_id else None
    sent = await _open(work, seat.person, arena, view, text_within(text, QUESTION_MAX), message_id=message_id, now=now)
    await close_draft(work, draft, now=now)
    return sent


async def _open(
    work: UnitOfWork,
    person: Person,
    arena: Arena | None,
    view: BookingView | None,
    text: str,
    *,
    message_id: int | None,
    now: datetime,
) -> Sent:
    arena_id = arena.id if arena else None
    await open_matter(work, person, "question", view, now=now, text=text, arena_id=arena_id, message_id=message_id)
    return await _sent(work, person, arena, view)


async def _sent(work: UnitOfWork, person: Person, arena: Arena | None, view: BookingView | None) -> Sent:
    coordinators = await work.people.list_coordinators(arena.id if arena else None)
    return Sent(arena, view, [c.name for c in coordinators if c.id != person.id])


async def keep_unknown(
    work: UnitOfWork, seat: Seat, text: str, arena: Arena | None, *, message_id: int | None, now: datetime
) -> Forwarding:
    """Keep words that the bot cannot answer until the person has said whether to send them on.

    Raises NameMissing, TextTooLong.
    """
    await close_drafts(work, seat.chat_id, seat.person, {UNKNOWN}, now=now)
    data = {"text": text_within(text, QUESTION_MAX), "message_id": message_id}
    draft = await open_draft(work, seat, UNKNOWN, "ask", data, now=now)
    return Forwarding(draft, [arena] if arena else await list_meaningful(work, seat.person, now=now))


async def forward(work: UnitOfWork, seat: Seat, draft_id: int, arena_id: int | None, *, now: datetime) -> Sent:
    """Send on what was kept; a second press finds it sent. Raises NotFound."""
    draft = await work.drafts.find(draft_id)
    if draft is None or draft.kind != UNKNOWN or draft.person_id != seat.person.id:
        raise NotFound(what="drafts", id=draft_id)
    arena = await work.arenas.get(arena_id) if arena_id is not None else None
    if draft.step == "sent":
        return await _sent(work, seat.person, arena, None)
    if not draft.open:
        raise NotFound(what="drafts", id=draft_id)
    views = await _own_there(work, seat.person, arena_id, now=now)
    view = views[0] if len(views) == 1 else None
    text, message_id = str(draft.data["text"]), draft.data.get("message_id")
    sent = await _open(work, seat.person, arena, view, text, message_id=message_id, now=now)
    draft = await work.drafts.change(draft, step="sent", data={})
    await close_draft(work, draft, now=now)
    return sent
