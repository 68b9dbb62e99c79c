"""A slot is held while its activity is described; by application nothing is held."""

from datetime import datetime
from uuid import uuid4

from bot.domain import policy
from bot.domain.model import (
    Activity,
    Actor,
    ActorState,
    Allocation,
    Booking,
    BookingState,
    Draft,
    Edition,
    MemberState,
    Reported,
)
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import Progress
from bot.domain.seat import Seat
from bot.services import endings, plans, rights
from bot.services.booking import KIND, let_go, progress, require_open
from bot.services.dialogues import advance, own_draft


async def hold_slot(work: UnitOfWork, seat: Seat, draft_id: int, slot_id: int, *, now: datetime) -> Progress:
    """Reserve a slot for the draft's actor while the activity is described; by application nothing is held.

    An earlier choice of the same dialogue is let go. Raises NotFound, NotAllowed, BookingClosed, SlotTaken,
    SlotNotBookable, HoldLimitReached, NewcomerHeldToday, AlreadyApplied.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await rights.require_acting(work, seat.person, int(draft.data["actor_id"]), edition.arena_id)
    await require_open(work, seat, edition, now=now)
    await let_go(work, draft, now=now)
    if draft.data.get("moves_id"):
        policy.require_bookable(await work.slots.status(slot_id), edition, now)
        return await progress(work, seat, await advance(work, draft, "move", now=now, slot_id=slot_id))
    applies = edition.allocation is Allocation.APPLICATION
    if applies:
        await require_appliable(work, slot_id, edition, actor, now=now)
    else:
        await _require_hold_left(work, seat, actor, now=now)
        # in a rush most end here: nothing is locked or made for them, and who goes on is judged again under the lock
        policy.require_bookable(await work.slots.status(slot_id), edition, now)
    activity = await _activity(work, draft, edition, actor)
    held = None if applies else await hold(work, seat, edition, activity, slot_id, now=now)
    described = activity.title is not None or draft.data.get("title_asked")
    draft = await advance(
        work,
        draft,
        "confirm" if described else "title",
        awaits_text=not described,
        now=now,
        slot_id=slot_id,
        activity_id=activity.id,
        booking_id=held.id if held else None,
    )
    return await progress(work, seat, draft)


async def _activity(work: UnitOfWork, draft: Draft, edition: Edition, actor: Actor) -> Activity:
    if draft.data.get("activity_id"):
        return await work.activities.get(int(draft.data["activity_id"]))
    return await work.activities.add(
        edition_id=edition.id,
        actor_id=actor.id,
        answers={},
        unlocked=frozenset(),
        reported=Reported.UNKNOWN,
        uid=f"{uuid4()}@arenabot",
        sequence=0,
    )


async def require_appliable(work: UnitOfWork, slot_id: int, edition: Edition, actor: Actor, *, now: datetime) -> None:
    """Raise SlotTaken, SlotNotBookable or AlreadyApplied where the actor may not apply for the slot."""
    policy.require_bookable(await work.slots.status(slot_id), edition, now)
    if any(view.actor.id == actor.id for view in await work.bookings.list_applied_for(slot_id)):
        raise policy.AlreadyApplied(slot_id=slot_id)


async def _require_hold_left(work: UnitOfWork, seat: Seat, actor: Actor, *, now: datetime) -> None:
    await require_hold_free(work, seat, actor.id, now=now)
    if await is_newcomer(work, seat, actor):
        policy.require_newcomer_may_hold(seat.person.held_as_newcomer_at, now)
        await work.people.change(seat.person, held_as_newcomer_at=now)


async def require_hold_free(work: UnitOfWork, seat: Seat, actor_id: int, *, now: datetime) -> None:
    """Raise HoldLimitReached when the person or the actor holds as much as they may."""
    await work.actors.get(actor_id, lock=True)  # two of the actor's people may choose at the same time
    own, actors = await work.bookings.list_held_by(seat.person.id), await work.bookings.list_held_for(actor_id)
    policy.require_hold_left(own, actors, now)


async def is_newcomer(work: UnitOfWork, seat: Seat, actor: Actor) -> bool:
    """Whether the person's tie to the actor, or the actor itself, still waits for a coordinator."""
    member = await work.members.between(actor.id, seat.person.id)
    return actor.state is ActorState.REQUESTED or (member is not None and member.state is MemberState.REQUESTED)


async def hold(
    work: UnitOfWork, seat: Seat, edition: Edition, activity: Activity, slot_id: int, *, now: datetime
) -> Booking:
    """Hold a slot that is free. Raises SlotTaken, SlotNotBookable."""
    await work.slots.get(slot_id, lock=True)
    status = await work.slots.status(slot_id)
    policy.require_bookable(status, edition, now)
    if status.booking is not None:
        await endings.end_overdue(work, status.booking, now=now)
    booking = await work.bookings.add(
        activity_id=activity.id,
        slot_id=slot_id,
        person_id=seat.person.id,
        state=BookingState.HELD,
        rank=1,
        until_at=now + policy.HOLD,
        created_at=now,
    )
    await plans.replan(work, booking.id, now=now)
    return booking
