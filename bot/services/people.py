"""People as they turn up in chat: met, at home, leaving, in their language."""

from datetime import datetime
from typing import Final

from bot.domain import policy
from bot.domain.errors import NotFound
from bot.domain.languages import language_from
from bot.domain.model import Actor, BookingState, BookingView, Draft, MemberState, Person
from bot.domain.ports.personal import RENAMED
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.people import Cancelled, Details, Home, Leaving, Tie
from bot.domain.seat import Seat
from bot.domain.text import clean
from bot.services import endings, members, rights
from bot.services.dialogues import close_draft
from bot.services.matters import open_matter

_NAME_MAX: Final = 100


async def meet(work: UnitOfWork, user_id: int, name: str, language_code: str | None, *, now: datetime) -> Person:
    """The person behind a Telegram account, stored when they are new, called what Telegram calls them now."""
    person = await work.people.with_user_id(user_id)
    if person is not None and person.name == name:
        return person
    called = clean(name)[:_NAME_MAX] or str(user_id)
    if person is not None:
        person = person if person.name == called else await _rename(work, person, called, now=now)
    return person or await work.people.add(
        user_id=user_id,
        name=called,
        language=language_from(language_code),
        language_chosen=False,
        muted=frozenset(),
        created_at=now,
    )


async def _rename(work: UnitOfWork, person: Person, name: str, *, now: datetime) -> Person | None:
    """What they were called stays in the record of acts, so that it is found when they are to be forgotten; None: they
    were meanwhile, and whoever writes now is somebody new.
    """
    renamed = await work.people.rename(person, name)
    if renamed is not None:
        subject = f"person:{person.id}"
        await work.acts.add(at=now, person_id=person.id, act=RENAMED, subject=subject, detail={"was": person.name})
    return renamed


async def choose_language(work: UnitOfWork, person: Person, language: str) -> Person:
    """Remember the language that a person chose."""
    return await work.people.change(person, language=language, language_chosen=True)


async def open_dialogue(work: UnitOfWork, person: Person, draft_id: int | None) -> Draft | None:
    """The person's own open dialogue with this id, if there is one."""
    draft = await work.drafts.find(draft_id) if draft_id is not None else None
    return draft if draft is not None and draft.open and draft.person_id == person.id else None


async def ties_of(work: UnitOfWork, person: Person) -> list[Tie]:
    """Whom a person acts for, or has asked to, by name, with the others who do."""
    states = {member.actor_id: member.state for member in await work.members.list_of_person(person.id)}
    return [await _tie(work, person, actor, states[actor.id]) for actor in await work.actors.list_of(person.id)]


async def _tie(work: UnitOfWork, person: Person, actor: Actor, state: MemberState) -> Tie:
    others = [p for p in await work.people.list_of_actor(actor.id) if p.id != person.id]
    return Tie(actor, state, others if state is MemberState.ACTIVE else ())


async def own_tie(work: UnitOfWork, person: Person, actor_id: int) -> Tie:
    """The person's tie to one actor. Raises NotFound."""
    member = await work.members.between(actor_id, person.id)
    if member is None or member.state is MemberState.ENDED:
        raise NotFound(what="actors", id=actor_id)
    return await _tie(work, person, await work.actors.get(actor_id), member.state)


async def go_home(work: UnitOfWork, seat: Seat, *, now: datetime) -> Home:
    """Whom the person acts for and what comes next."""
    ties = await ties_of(work, seat.person)
    coming = await _coming(work, seat.person, ties, now=now)
    held = next((v for v in coming if _is_own_hold(v, seat.person)), None)
    drafts = await work.drafts.list_open(seat.chat_id, seat.person.id)
    draft = next((d for d in drafts if held is not None and d.data.get("booking_id") == held.booking.id), None)
    return Home(
        seat.person,
        ties,
        [v for v in coming if v.booking.state in {BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED}],
        held,
        draft.id if draft is not None else None,
        await rights.is_coordinator(work, seat.person),
    )


def _is_own_hold(view: BookingView, person: Person) -> bool:
    return view.booking.state is BookingState.HELD and view.booking.person_id == person.id


async def _coming(work: UnitOfWork, person: Person, ties: list[Tie], *, now: datetime) -> list[BookingView]:
    """Bookings ahead of the person's actors, by start; of an actor that is not confirmed only the person's own."""
    found: dict[int, BookingView] = {}
    for tie in ties:
        for view in await work.bookings.list_of_actor(tie.actor.id):
            ahead = view.slot.ends_at > now and not policy.is_over(view.booking, now)
            if ahead and (tie.is_active or view.booking.person_id == person.id):
                found[view.booking.id] = view
    return sorted(found.values(), key=lambda v: (v.slot.starts_at, v.booking.id))


async def details(work: UnitOfWork, person: Person) -> Details:
    """What is kept about the person."""
    return Details(await work.people.get(person.id), await ties_of(work, person))


async def ask_to_leave(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> Leaving:
    """Whom the person's leaving would touch. Raises NotFound."""
    tie = await own_tie(work, person, actor_id)
    coming = await _coming(work, person, [tie], now=now)
    return Leaving(tie, sum(v.actor.id == actor_id and v.booking.state is not BookingState.HELD for v in coming))


async def leave(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> Leaving:
    """Stop acting for an actor; a slot that the person holds for it is let go, and a request ends with what it asked.

    When nobody is left coordinators are told. Raises NotFound.
    """
    member = await work.members.between(actor_id, person.id)
    if member is not None and member.state is MemberState.ENDED and member.decided_by == person.id:
        return Leaving(Tie(await work.actors.get(actor_id), MemberState.ACTIVE), 0)
    leaving = await ask_to_leave(work, person, actor_id, now=now)
    if not leaving.tie.is_active and member is not None:
        await members.end_request(work, member, leaving.tie.actor, person, by=person.id, now=now)
        return leaving
    await end_tie(work, person, leaving.tie.actor, by=person.id, now=now)
    if not leaving.tie.colleagues:
        await open_matter(work, person, "nobody_left", actor_id=actor_id, now=now)
    return leaving


async def end_tie(work: UnitOfWork, person: Person, actor: Actor, *, by: int, now: datetime) -> None:
    """Take an active tie away at once; what the person holds for the actor is let go, what is booked stays."""
    for view in await members.claims(work, actor.id, person.id):
        if view.booking.state is BookingState.HELD:
            await endings.end(work, view.booking, "released", now=now)
    member = await work.members.between(actor.id, person.id)
    await members.set_member(work, member, actor, person, MemberState.ENDED, by=by, now=now)
    await work.acts.add(
        at=now, person_id=by, act="member.ended", subject=f"actor:{actor.id}", detail={"person_id": person.id}
    )


async def cancel_dialogue(work: UnitOfWork, person: Person, chat_id: int, *, now: datetime) -> Cancelled:
    """Close the dialogue that awaits words, or the one moved last; a slot that it holds is let go."""
    drafts = await work.drafts.list_open(chat_id, person.id)
    if not drafts:
        return Cancelled(closed=False, held=await _held(work, person, now=now))
    draft = next((d for d in drafts if d.awaits_text), drafts[0])
    let_go = await _let_go(work, person, draft, now=now)
    await close_draft(work, draft, now=now)
    return Cancelled(closed=True, let_go=let_go, held=await _held(work, person, now=now))


async def _let_go(work: UnitOfWork, person: Person, draft: Draft, *, now: datetime) -> BookingView | None:
    booking_id = draft.data.get("booking_id")
    booking = await work.bookings.find(int(booking_id)) if booking_id else None
    if booking is None or booking.state is not BookingState.HELD or booking.person_id != person.id:
        return None
    view = await work.bookings.view(booking.id)
    was_over = policy.is_over(booking, now)
    await endings.end(work, booking, "expired" if was_over else "released", now=now)
    return None if was_over else view


async def _held(work: UnitOfWork, person: Person, *, now: datetime) -> BookingView | None:
    for booking in await work.bookings.list_held_by(person.id):
        if not policy.is_over(booking, now):
            return await work.bookings.view(booking.id)
    return None
