"""Arranging together: co-organisers are invited, answer in their own chat, or are only named."""

from dataclasses import replace
from datetime import datetime

from bot.domain.answers import AnswerEmpty, AnswerTooLong
from bot.domain.errors import DomainError, NotAllowed, Outdated
from bot.domain.matching import closest
from bot.domain.model import BookingView, CoOrganiser, CoOrganiserState, Draft, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.bookings import CoInvitation, Found, Helpers
from bot.domain.seat import Seat
from bot.domain.text import clean
from bot.services import notices, plans, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "co_organiser"
NAME_MAX = 100


class AlreadyCoOrganiser(DomainError):
    """The actor owns the activity or arranges it already."""


async def ask_name(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingView:
    """Ask who it is to be arranged with. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id)
    await open_draft(work, seat, KIND, "name", {"booking_id": booking_id}, awaits_text=True, now=now)
    return view


async def find(work: UnitOfWork, seat: Seat, draft: Draft, written: str, *, now: datetime) -> Found:
    """Offer the actors like what was written. Raises AnswerEmpty, AnswerTooLong, NotAllowed."""
    view = await rights.require_booking(work, seat.person, int(draft.data["booking_id"]))
    name = " ".join(clean(written).split())
    if not name:
        raise AnswerEmpty
    if len(name) > NAME_MAX:
        raise AnswerTooLong(n=len(name), limit=NAME_MAX)
    known = [actor for actor in await work.actors.list_known() if actor.id != view.actor.id]
    draft = await advance(work, draft, "choose", awaits_text=True, now=now, name=name)
    return Found(draft, view, name, closest(name, known))


async def invite(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> BookingView:
    """Invite an actor, whose people are asked in their own chat (a coordinator is, where it has none in Telegram).

    Raises NotFound, NotAllowed, AlreadyCoOrganiser.
    """
    draft, view = await _opened(work, seat, draft_id)
    if actor_id == view.actor.id or any(co.actor_id == actor_id for co, _ in view.co_organisers):
        raise AlreadyCoOrganiser
    actor = await work.actors.get(actor_id)
    co_organiser = await _invited_anew(work, view, actor_id)
    await close_draft(work, draft, now=now)
    people = await work.people.list_of_actor(actor_id)
    key = _key(co_organiser)
    await notices.tell_all(work, people, "co_invited", key=key, co_organiser_id=co_organiser.id)
    if not people:
        await work.errands.add_once(
            key=key,
            kind="co_invited",
            actor_id=actor.id,
            arena_id=view.edition.arena_id,
            booking_id=view.booking.id,
            detail={"co_organiser_id": co_organiser.id},
            created_at=now,
        )
    return await work.bookings.view(view.booking.id)


async def _invited_anew(work: UnitOfWork, view: BookingView, actor_id: int) -> CoOrganiser:
    declined = await work.co_organisers.between(view.activity.id, actor_id)
    if declined is not None:
        return await work.co_organisers.change(declined, state=CoOrganiserState.INVITED)
    return await work.co_organisers.add(activity_id=view.activity.id, actor_id=actor_id, state=CoOrganiserState.INVITED)


async def name_only(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> BookingView:
    """A partner from elsewhere, by the name that was written. Raises NotFound, NotAllowed."""
    draft, view = await _opened(work, seat, draft_id)
    await work.co_organisers.add(
        activity_id=view.activity.id, name=str(draft.data["name"]), state=CoOrganiserState.NAMED
    )
    await close_draft(work, draft, now=now)
    return await work.bookings.view(view.booking.id)


async def _opened(work: UnitOfWork, seat: Seat, draft_id: int) -> tuple[Draft, BookingView]:
    draft = await own_draft(work, seat, draft_id, KIND)
    return draft, await rights.require_booking(work, seat.person, int(draft.data["booking_id"]))


async def invitation(work: UnitOfWork, co_organiser_id: int) -> CoInvitation:
    """An invitation as it is now. Raises NotFound."""
    co_organiser = await work.co_organisers.get(co_organiser_id)
    bookings = await work.bookings.list_of_activity(co_organiser.activity_id)
    if not bookings or co_organiser.actor_id is None:
        raise Outdated(what="co_organisers", id=co_organiser_id)
    view = await work.bookings.view(bookings[0].id)
    actor = await work.actors.get(co_organiser.actor_id)
    return CoInvitation(view, actor, co_organiser.id, co_organiser.revision, co_organiser.state)


async def answer(
    work: UnitOfWork, seat: Seat, co_organiser_id: int, revision: int, *, accepts: bool, now: datetime
) -> CoInvitation:
    """The invited actor (or a coordinator for it) says yes or no; the owner's people are told.

    Raises NotFound, NotAllowed, Outdated.
    """
    asked = await invitation(work, co_organiser_id)
    co_organiser = await work.co_organisers.get(co_organiser_id)
    coordinates = await rights.coordinates(work, seat.person, asked.view.edition.arena_id)
    if not coordinates and not await rights.represents(work, seat.person, asked.actor.id):
        raise NotAllowed
    if co_organiser.revision != revision or co_organiser.state is not CoOrganiserState.INVITED:
        raise Outdated(what="co_organisers", id=co_organiser_id)
    state = CoOrganiserState.ACCEPTED if accepts else CoOrganiserState.DECLINED
    await work.co_organisers.change(co_organiser, state=state)
    if accepts and not coordinates:
        await work.activities.follow(asked.view.activity.id, seat.person.id)
    await plans.replan_activity(work, asked.view.activity.id, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act=f"co_organiser.{state}",
        subject=f"booking:{asked.view.booking.id}",
        detail={"actor_id": asked.actor.id},
    )
    people = [p for p in await work.activities.list_followers(asked.view.activity.id) if p.id != seat.person.id]
    await notices.tell_all(
        work, people, "co_answered", key=f"co-answered:{co_organiser_id}:{revision}", co_organiser_id=co_organiser_id
    )
    for errand in await work.errands.list_open():
        if errand.key == _key(co_organiser):
            await work.errands.change(errand, done_at=now, done_by=seat.person.id)
    own = await rights.acts_for(work, seat.person, asked.actor.id)
    return replace(await invitation(work, co_organiser_id), on_behalf=not own)


def _key(co_organiser: CoOrganiser) -> str:
    """What an invitation's notice and errand are known by."""
    return f"co-invited:{co_organiser.id}:{co_organiser.revision}"


async def remove(work: UnitOfWork, seat: Seat, co_organiser_id: int, *, now: datetime) -> BookingView:
    """No longer together; the co-organiser's people are told. Raises NotFound, NotAllowed."""
    co_organiser = await work.co_organisers.get(co_organiser_id)
    bookings = await work.bookings.list_of_activity(co_organiser.activity_id)
    if not bookings:
        raise Outdated(what="co_organisers", id=co_organiser_id)
    view = await rights.require_booking(work, seat.person, bookings[0].id)
    await work.co_organisers.remove(co_organiser_id)
    await plans.replan_activity(work, co_organiser.activity_id, now=now)
    if co_organiser.actor_id is not None:
        people = await work.people.list_of_actor(co_organiser.actor_id)
        key = f"co-removed:{co_organiser_id}"
        await notices.tell_all(
            work, people, "co_removed", key=key, booking_id=view.booking.id, actor_id=co_organiser.actor_id
        )
    await work.acts.add(
        at=now, person_id=seat.person.id, act="co_organiser.removed", subject=f"booking:{view.booking.id}", detail={}
    )
    return await work.bookings.view(view.booking.id)


async def helpers(work: UnitOfWork, seat: Seat, booking_id: int) -> Helpers:
    """Who of the owner's and co-organisers' people follows a booking. Raises NotFound, NotAllowed."""
    view = await rights.require_booking(work, seat.person, booking_id, owner=False)
    following = {p.id for p in await work.activities.list_followers(view.activity.id)}
    actor_ids = [
        view.actor.id,
        *(co.actor_id for co, _ in view.co_organisers if co.actor_id and co.state == "accepted"),
    ]
    people: dict[int, Person] = {}
    for actor_id in actor_ids:
        people |= {p.id: p for p in await work.people.list_of_actor(actor_id)}
    return Helpers(view, [(person, person.id in following) for person in people.values()])


async def toggle_helper(work: UnitOfWork, seat: Seat, booking_id: int, person_id: int, *, now: datetime) -> Helpers:
    """Let one of the actor's people follow a booking, or no longer. Raises NotFound, NotAllowed."""
    before = await helpers(work, seat, booking_id)
    follows = {person.id: on for person, on in before.people}
    if person_id not in follows:
        raise NotAllowed
    change = work.activities.unfollow if follows[person_id] else work.activities.follow
    await change(before.view.activity.id, person_id)
    await plans.replan_activity(work, before.view.activity.id, now=now)
    if not follows[person_id] and person_id != seat.person.id:
        person = await work.people.get(person_id)
        await notices.tell(work, person, "follows_now", key=f"follows:{booking_id}", booking_id=booking_id)
    return await helpers(work, seat, booking_id)
