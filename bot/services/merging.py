"""Doubles merged: all that one actor has goes on at the other."""

from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.matching import closest
from bot.domain.membership import NAME_MAX, short_text
from bot.domain.model import Actor, ActorState, CoOrganiser, CoOrganiserState, Draft, Member, MemberState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import AskedDouble, Merging
from bot.domain.seat import Seat
from bot.services import doubles, plans, rights
from bot.services.actors import KIND, known_actor, record
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

MERGE = "merge"
_MEMBERS = (MemberState.ENDED, MemberState.REQUESTED, MemberState.ACTIVE)
_CO_ORGANISERS = (
    CoOrganiserState.DECLINED,
    CoOrganiserState.NAMED,
    CoOrganiserState.INVITED,
    CoOrganiserState.ACCEPTED,
)
"""From the weakest tie to the strongest, which stays when both actors have one."""


async def ask_double(work: UnitOfWork, seat: Seat, actor_id: int, *, now: datetime) -> AskedDouble:
    """Ask which actor it is the same as. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    actor = await known_actor(work, seat.person, actor_id)
    draft = await open_draft(work, seat, KIND, MERGE, {"actor_id": actor_id}, awaits_text=True, now=now)
    return AskedDouble(draft, actor, await _like(work, actor, actor.name))


async def find_double(work: UnitOfWork, seat: Seat, draft: Draft, text: str) -> AskedDouble:
    """Actors like what was written. Raises NotAllowed, NameMissing, TextTooLong."""
    await rights.require_coordinator(work, seat.person, None)
    actor = await work.actors.get(int(draft.data["actor_id"]))
    wrote = short_text(text, NAME_MAX)
    return AskedDouble(draft, actor, await _like(work, actor, wrote), wrote)


async def _like(work: UnitOfWork, actor: Actor, name: str) -> list[Actor]:
    return closest(name, [a for a in await work.actors.list_known() if a.id != actor.id], 6)


async def preview(work: UnitOfWork, seat: Seat, draft_id: int, into_id: int, *, now: datetime) -> Merging:
    """What would move. Raises NotFound, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    actor, into = await _both(work, seat, draft, into_id)
    draft = await advance(work, draft, MERGE, now=now, into_id=into_id)
    return await _merging(work, draft, actor, into)


async def _both(work: UnitOfWork, seat: Seat, draft: Draft, into_id: int) -> tuple[Actor, Actor]:
    """Both actors, locked in the order of their ids."""
    await rights.require_coordinator(work, seat.person, None)
    actor_id = int(draft.data["actor_id"])
    if actor_id == into_id:
        raise NotFound(what="actors", id=into_id)
    locked = {i: await known_actor(work, seat.person, i, lock=True) for i in sorted((actor_id, into_id))}
    return locked[actor_id], locked[into_id]


async def _merging(work: UnitOfWork, draft: Draft, actor: Actor, into: Actor) -> Merging:
    bookings = [v for v in await work.bookings.list_of_actor(actor.id) if v.actor.id == actor.id]
    return Merging(draft.id, actor, into, len(bookings), await work.people.list_of_actor(actor.id))


async def merge(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Merging:
    """Merge: bookings, people, joint arrangements, links, matters and errands move to the other actor, which is found
    by the first one's names too. Raises NotFound, NotAllowed.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    actor, into = await _both(work, seat, draft, int(draft.data.get("into_id", draft.data["actor_id"])))
    moved = await _merging(work, draft, actor, into)
    await _move_activities(work, actor, into)
    await _move_members(work, actor, into)
    await doubles.move(work, actor, into, now=now)
    await work.actors.redirect(actor.id, into.id)
    into = await work.actors.change(into, **_joined(actor, into))
    await work.actors.change(actor, state=ActorState.MERGED, merged_into_id=into.id)
    for view in await work.bookings.list_of_actor(into.id):
        await plans.replan(work, view.booking.id, now=now)
    await close_draft(work, draft, now=now)
    await record(work, seat.person, "actor.merged", actor.id, now=now, into_id=into.id)
    return Merging(draft.id, actor, into, moved.activities, moved.people)


def _joined(actor: Actor, into: Actor) -> dict[str, object]:
    """What the remaining actor gets: the other's names, and its contact and municipality where it has none."""
    names = dict.fromkeys((*into.aliases, actor.name, *actor.aliases))
    contact = ("contact_name", "contact_email", "contact_phone")
    lacking = {} if any(getattr(into, c) for c in contact) else {c: getattr(actor, c) for c in contact}
    municipality = into.municipality or actor.municipality
    return {"aliases": tuple(name for name in names if name != into.name), "municipality": municipality, **lacking}


async def _move_activities(work: UnitOfWork, actor: Actor, into: Actor) -> None:
    for activity in await work.activities.list_of_actor(actor.id):
        await work.activities.change(activity, actor_id=into.id)
        own = await work.co_organisers.between(activity.id, into.id)
        if own is not None:  # nobody arranges together with themselves
            await work.co_organisers.remove(own.id)
    for tie in await work.co_organisers.list_every(actor.id):
        await _move_joint(work, tie, into)


async def _move_joint(work: UnitOfWork, tie: CoOrganiser, into: Actor) -> None:
    activity = await work.activities.get(tie.activity_id)
    own = await work.co_organisers.between(tie.activity_id, into.id)
    if own is None and activity.actor_id != into.id:
        await work.co_organisers.change(tie, actor_id=into.id)
        return
    await work.co_organisers.remove(tie.id)
    if own is not None and _CO_ORGANISERS.index(tie.state) > _CO_ORGANISERS.index(own.state):
        await work.co_organisers.change(own, state=tie.state)


async def _move_members(work: UnitOfWork, actor: Actor, into: Actor) -> None:
    for member in await work.members.list_of_actor(actor.id):
        await _move_drafts(work, member, into)
        own = await work.members.between(into.id, member.person_id)
        if own is None:
            await work.members.change(member, actor_id=into.id)
            continue
        if _MEMBERS.index(member.state) > _MEMBERS.index(own.state):
            await work.members.change(own, state=member.state, decided_by=member.decided_by)
        await work.members.change(member, state=MemberState.ENDED)


async def _move_drafts(work: UnitOfWork, member: Member, into: Actor) -> None:
    """Dialogues under way for the actor go on for the other."""
    person = await work.people.get(member.person_id)
    for draft in await work.drafts.list_open(person.user_id, person.id):
        if draft.data.get("actor_id") == member.actor_id:
            await work.drafts.change(draft, data={**draft.data, "actor_id": into.id})
