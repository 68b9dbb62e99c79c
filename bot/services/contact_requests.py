"""«Be om kontakt»: asked with a reason, answered with a yes that gives each what both agreed to, or a no that nobody hears.

Whatever the asker can see or do is the same after a no as without an answer.
"""

from datetime import datetime

from bot.domain.answers import UnknownChoice
from bot.domain.dates import local_day
from bot.domain.errors import NotFound, Outdated, StepSkipped
from bot.domain.membership import short_text
from bot.domain.model import ContactRequest, ContactState, Draft, Person
from bot.domain.networks import TELEGRAM, WHY_MAX, NothingShared, require_may_ask, shares_of
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.networks import Answering, Asked, Asking, Exchanged, Fellow, FellowCard, Via
from bot.domain.seat import Seat
from bot.services import networks, notices
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.issues import HOME_ZONE
from bot.services.networks import KIND

ASKED, EXCHANGED = "contact_asked", "contact_exchanged"
"""Notices to the asked person, and to the asker after a yes."""


async def _record(work: UnitOfWork, person: Person, act: str, request: ContactRequest, *, now: datetime) -> None:
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"contact_request:{request.id}", detail={})


# Asked


async def ask(work: UnitOfWork, seat: Seat, person_id: int, via: Via, *, now: datetime) -> Asking:
    """Ask for the reason. Raises NotShown, Outdated, AskedBefore, AskedMany."""
    await networks.leave(work, seat, now=now)
    card = await _to(work, seat.person, person_id, via, now=now)
    ids = {"to": person_id, "issue_id": card.via.issue_id, "edition_id": card.via.edition_id}
    return await _asking(work, await open_draft(work, seat, KIND, "why", ids, awaits_text=True, now=now), card)


async def _to(work: UnitOfWork, person: Person, person_id: int, via: Via, *, now: datetime) -> FellowCard:
    """Whom the person may ask. Who is asked by the other, or has their yes, sees that instead (Outdated)."""
    card = await networks.fellow(work, person, person_id, via, now=now)
    if card.standing.incoming is not None or card.standing.exchanged is not None:
        raise Outdated(what="contact_requests", id=person_id)
    requests = await work.contact_requests.list_of_person(person.id)
    require_may_ask(person.id, card.standing, requests, now, local_day(now, HOME_ZONE))
    return card


async def _asking(work: UnitOfWork, draft: Draft, to: FellowCard) -> Asking:
    asker = await _fellow_of(work, draft.person_id)
    data = draft.data
    return Asking(draft, to, asker, data.get("why"), data.get("shares", ()), shares_of(asker.person))


async def _fellow_of(work: UnitOfWork, person_id: int) -> Fellow:
    actors = await work.consents.actors_of([person_id])
    return Fellow(await work.people.get(person_id), actors[person_id])


async def _begun(work: UnitOfWork, draft: Draft, person: Person, *, now: datetime) -> FellowCard:
    if "to" not in draft.data:
        raise NotFound(what="drafts", id=draft.id)
    via = Via(draft.data["issue_id"], draft.data["edition_id"])
    return await _to(work, person, int(draft.data["to"]), via, now=now)


async def write(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Asking:
    """Take the reason, the first or another. Raises NameMissing, TextTooLong, and what `ask` does."""
    to = await _begun(work, draft, seat.person, now=now)
    why, shares = short_text(text, WHY_MAX), draft.data.get("shares", [TELEGRAM])
    draft = await advance(work, draft, "shares", awaits_text=True, now=now, why=why, shares=shares)
    return await _asking(work, draft, to)


async def toggle(work: UnitOfWork, seat: Seat, draft_id: int, share: str, *, now: datetime) -> Asking | Answering:
    """Share something, or no longer. Raises NotFound, StepSkipped, UnknownChoice, NothingShared, Outdated."""
    draft = await own_draft(work, seat, draft_id, KIND)
    if "shares" not in draft.data:
        raise StepSkipped
    to = await _begun(work, draft, seat.person, now=now) if "to" in draft.data else None
    if share not in shares_of(seat.person):
        raise UnknownChoice
    shares = [each for each in shares_of(seat.person) if (each in draft.data["shares"]) is not (each == share)]
    if not shares:
        raise NothingShared
    draft = await advance(work, draft, draft.step, awaits_text=draft.awaits_text, now=now, shares=shares)
    return await _answering(work, draft, seat.person, now=now) if to is None else await _asking(work, draft, to)


async def send(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> FellowCard:
    """Ask the other, who is told at once. Raises NotFound, StepSkipped, and what `ask` does."""
    draft = await own_draft(work, seat, draft_id, KIND)
    to = await _begun(work, draft, seat.person, now=now)
    if "why" not in draft.data:
        raise StepSkipped
    await close_draft(work, draft, now=now)
    asker = await _fellow_of(work, seat.person.id)
    request = await work.contact_requests.add(
        from_person_id=seat.person.id,
        from_actor_id=asker.actors[0].id,
        to_person_id=to.profile.person.id,
        to_actor_id=to.profile.actors[0].id,
        issue_id=to.via.issue_id,
        edition_id=to.via.edition_id,
        why=draft.data["why"],
        from_shares=tuple(draft.data["shares"]),
        state=ContactState.ASKED,
        asked_at=now,
    )
    await _record(work, seat.person, "contact.asked", request, now=now)
    await notices.tell(work, to.profile.person, ASKED, key=f"contact-asked:{request.id}", request_id=request.id)
    return await networks.fellow(work, seat.person, to.profile.person.id, to.via, now=now, said="asked")


# Answered


async def asked(work: UnitOfWork, reader: Person, request_id: int, *, now: datetime) -> Asked | None:
    """What the asked person is told; None when it is answered, or either is not shown any more. Raises NotFound."""
    request = await work.contact_requests.get(request_id)
    if not await networks.is_shown(work, reader):
        return None
    card = await _waiting(work, reader, request, now=now)
    if card is None or not card.standing.waits:
        return None
    return Asked(card.profile, request.id, request.revision, request.why, request.from_shares or ())


async def _waiting(work: UnitOfWork, person: Person, request: ContactRequest, *, now: datetime) -> FellowCard | None:
    """The asker's card, if the request is the latest one to the person from somebody who is shown. Raises NotShown."""
    if request.to_person_id != person.id or request.from_person_id is None:
        raise NotFound(what="contact_requests", id=request.id)
    card = await networks.fellow(work, person, request.from_person_id, Via(), now=now)
    is_latest = card.standing.incoming is not None and card.standing.incoming.id == request.id
    return card if is_latest else None


async def _answerable(
    work: UnitOfWork, person: Person, request_id: int, *, now: datetime
) -> tuple[ContactRequest, FellowCard]:
    """A request that the person may still say yes to, also after a no. Raises NotFound, NotShown, Outdated."""
    request = await work.contact_requests.get(request_id)
    card = await _waiting(work, person, request, now=now)
    if card is None:
        raise Outdated(what="contact_requests", id=request.from_person_id)
    return request, card


async def refuse(work: UnitOfWork, seat: Seat, request_id: int, revision: int, *, now: datetime) -> FellowCard:
    """«Nej»: the asker hears nothing, and sees nothing. Raises NotFound, NotShown, Outdated."""
    request, card = await _answerable(work, seat.person, request_id, now=now)
    if request.revision != revision or request.state is not ContactState.ASKED:
        raise Outdated(what="contact_requests", id=card.profile.person.id)
    request = await work.contact_requests.change(request, state=ContactState.REFUSED, answered_at=now)
    await _record(work, seat.person, "contact.refused", request, now=now)
    return await networks.fellow(work, seat.person, card.profile.person.id, Via(), now=now, said="refused")


async def accept(work: UnitOfWork, seat: Seat, request_id: int, *, now: datetime) -> Answering:
    """«Ja»: ask what to share back. Raises NotFound, NotShown, Outdated."""
    await networks.leave(work, seat, now=now)
    request, _ = await _answerable(work, seat.person, request_id, now=now)
    data = {"request_id": request.id, "shares": [TELEGRAM]}
    return await _answering(work, await open_draft(work, seat, KIND, "answer", data, now=now), seat.person, now=now)


async def _answering(work: UnitOfWork, draft: Draft, person: Person, *, now: datetime) -> Answering:
    _, card = await _answerable(work, person, int(draft.data["request_id"]), now=now)
    return Answering(draft, card, draft.data["shares"], shares_of(person))


async def exchange(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> FellowCard:
    """Give each what both agreed to: here at once, and the asker in their chat. Raises NotFound, NotShown, Outdated."""
    draft = await own_draft(work, seat, draft_id, KIND)
    if "request_id" not in draft.data:
        raise NotFound(what="drafts", id=draft_id)
    request, card = await _answerable(work, seat.person, int(draft.data["request_id"]), now=now)
    await close_draft(work, draft, now=now)
    request = await work.contact_requests.change(
        request, state=ContactState.ACCEPTED, to_shares=tuple(draft.data["shares"]), answered_at=now
    )
    await _record(work, seat.person, "contact.accepted", request, now=now)
    asker = card.profile.person
    await notices.tell(work, asker, EXCHANGED, key=f"contact-exchanged:{request.id}", request_id=request.id)
    return await networks.fellow(work, seat.person, asker.id, Via(), now=now, said="exchanged")


async def exchanged(work: UnitOfWork, reader: Person, request_id: int) -> Exchanged | None:
    """What the asker is told after a yes; None when the other has been forgotten since. Raises NotFound."""
    request = await work.contact_requests.get(request_id)
    if request.from_person_id != reader.id or request.to_person_id is None or request.state != ContactState.ACCEPTED:
        return None
    return Exchanged(await _fellow_of(work, request.to_person_id), request.to_shares or ())
