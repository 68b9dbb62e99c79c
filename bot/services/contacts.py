"""A person's phone number and e-mail address, for coordinators: asked for once, changed at any time."""

from dataclasses import replace
from datetime import datetime

from bot.domain.contact import email_from, phone_from
from bot.domain.model import Draft, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.people import ContactQuestion
from bot.domain.seat import Seat
from bot.services.dialogues import advance, close_draft, open_draft, past_draft

KIND = "contact"
PHONE, EMAIL, DONE = "phone", "email", "done"


def contact_question_due(person: Person) -> bool:
    """Whether the person has not been asked yet and something lacks."""
    return person.contact_asked_at is None and (person.phone is None or person.email is None)


async def begin_contact(work: UnitOfWork, person: Person, chat_id: int, *, now: datetime) -> ContactQuestion | None:
    """Ask, once, after the first booking, on a card of its own; None when the person was asked before."""
    present = await work.people.get(person.id)
    if not contact_question_due(present):
        return None
    person = await work.people.change(present, contact_asked_at=now)
    seat = Seat(person, chat_id, await work.chats.add_card(chat_id))
    first, last = (EMAIL, EMAIL) if person.phone else (PHONE, PHONE if person.email else EMAIL)
    draft = await open_draft(work, seat, KIND, first, {"last": last}, awaits_text=True, now=now)
    return ContactQuestion(draft, person)


async def change_contact(work: UnitOfWork, seat: Seat, what: str, *, now: datetime) -> ContactQuestion:
    """Ask for a new phone number or e-mail address (`what`), because the person wants to."""
    step = EMAIL if what == EMAIL else PHONE
    return ContactQuestion(
        await open_draft(work, seat, KIND, step, {"last": step}, awaits_text=True, now=now), seat.person
    )


async def answer_contact(work: UnitOfWork, draft: Draft, text: str, *, now: datetime) -> ContactQuestion:
    """Keep what was written and go on. Raises BadPhone, BadEmail."""
    person = await work.people.get(draft.person_id)
    kept = {EMAIL: email_from(text)} if draft.step == EMAIL else {PHONE: phone_from(text)}
    return await _next(work, draft, await work.people.change(person, **kept), now=now)


async def skip_contact(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> ContactQuestion:
    """Leave the question unanswered. Raises NotFound."""
    draft = await past_draft(work, seat, draft_id, KIND)
    return await _next(work, draft, await work.people.get(draft.person_id), now=now)


async def forget_contact(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> ContactQuestion:
    """Remove what is kept of what the draft asks for. Raises NotFound."""
    draft = await past_draft(work, seat, draft_id, KIND)
    if not draft.open:
        return ContactQuestion(replace(draft, step=DONE), await work.people.get(draft.person_id))
    what = EMAIL if draft.step == EMAIL else PHONE
    person = await work.people.change(await work.people.get(draft.person_id), **{what: None})
    return await _next(work, draft, person, now=now)


async def _next(work: UnitOfWork, draft: Draft, person: Person, *, now: datetime) -> ContactQuestion:
    if not draft.open:
        return ContactQuestion(replace(draft, step=DONE), person)
    if draft.step == draft.data["last"]:
        return ContactQuestion(replace(await close_draft(work, draft, now=now), step=DONE), person)
    return ContactQuestion(await advance(work, draft, EMAIL, awaits_text=True, now=now), person)
