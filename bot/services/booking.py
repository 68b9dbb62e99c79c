"""Booking a slot: which edition, for whom, which day and time, then title, kind, and the yes."""

from dataclasses import replace
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
    BookingView,
    Draft,
    Edition,
    Member,
    MemberState,
)
from bot.domain.official import LIMITS
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import Begun, NoActor, NothingOpen, Progress, WhichActor, WhichDay, WhichEdition
from bot.domain.seat import Seat
from bot.domain.text import clean, cut_at_word
from bot.services import endings, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "booking"


async def start_booking(
    work: UnitOfWork, seat: Seat, edition_id: int | None, actor_id: int | None, *, now: datetime
) -> Begun:
    """Begin with the questions that are still needed: which edition, for which actor, then which day.

    Raises NotAllowed, BookingClosed.
    """
    actors = await work.actors.list_of(seat.person.id)
    if not actors and actor_id is None:
        return NoActor()
    if edition_id is None:
        editions = await work.editions.list_published()
        opened = [e for e in editions if e.is_open(now)]
        if not opened:
            return NothingOpen(editions)
        if len(opened) > 1:
            return WhichEdition(opened, actor_id)
        edition = opened[0]
    else:
        edition = await work.editions.get(edition_id)
    if actor_id is None and len(actors) > 1:
        return WhichActor(edition, actors)
    actor = await rights.require_acting(work, seat.person, actor_id or actors[0].id, edition.arena_id)
    if not await rights.coordinates(work, seat.person, edition.arena_id):
        policy.require_open(edition, now)
    draft = await open_draft(work, seat, KIND, "day", {"edition_id": edition.id, "actor_id": actor.id}, now=now)
    return WhichDay(draft, edition, actor, len(actors) != 1, await work.slots.list_of(edition.id))


async def list_days(work: UnitOfWork, seat: Seat, draft_id: int) -> WhichDay:
    """The days again, for the draft's edition. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await work.actors.get(int(draft.data["actor_id"]))
    actors = await work.actors.list_of(seat.person.id)
    return WhichDay(draft, edition, actor, len(actors) != 1, await work.slots.list_of(edition.id))


async def hold_slot(work: UnitOfWork, seat: Seat, draft_id: int, slot_id: int, *, now: datetime) -> Progress:
    """Reserve a slot for the draft's actor while the activity is described; by application nothing is held.

    An earlier choice of the same dialogue is let go. Raises NotFound, NotAllowed, BookingClosed, SlotTaken,
    SlotNotBookable, HoldLimitReached, NewcomerHeldToday.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await rights.require_acting(work, seat.person, int(draft.data["actor_id"]), edition.arena_id)
    await _let_go(work, draft, now=now)
    status = await work.slots.status(slot_id)
    if not await rights.coordinates(work, seat.person, edition.arena_id):
        policy.require_open(edition, now)
    policy.require_bookable(status, edition, now)
    activity = await _activity(work, draft, edition, actor)
    held: Booking | None = None
    if edition.allocation is Allocation.FIRST_COME:
        await _require_hold_left(work, seat, actor, now=now)
        held = await _hold(work, seat, activity, status, now=now)
    step, asks = ("title", True) if activity.title is None and activity.kind is None else ("confirm", False)
    draft = await advance(
        work,
        draft,
        step,
        awaits_text=asks,
        now=now,
        slot_id=slot_id,
        activity_id=activity.id,
        booking_id=held.id if held else None,
    )
    return await progress(work, seat, draft)


async def progress(work: UnitOfWork, seat: Seat, draft: Draft) -> Progress:
    """Where a dialogue past its slot stands."""
    booking = await work.bookings.find(int(draft.data["booking_id"])) if draft.data.get("booking_id") else None
    actors = await work.actors.list_of(seat.person.id)
    return Progress(
        draft,
        await work.activities.get(int(draft.data["activity_id"])),
        await work.slots.status(int(draft.data["slot_id"])),
        await work.editions.get(int(draft.data["edition_id"])),
        await work.actors.get(int(draft.data["actor_id"])),
        len(actors) != 1,
        booking.until_at if booking is not None and booking.state is BookingState.HELD else None,
    )


async def _let_go(work: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    booking_id = draft.data.get("booking_id")
    booking = await work.bookings.find(int(booking_id)) if booking_id else None
    if booking is not None and booking.state is BookingState.HELD:
        await endings.end(work, booking, "released", now=now)


async def _activity(work: UnitOfWork, draft: Draft, edition: Edition, actor: Actor) -> Activity:
    if draft.data.get("activity_id"):
        return await work.activities.get(int(draft.data["activity_id"]))
    return await work.activities.add(
        edition_id=edition.id,
        actor_id=actor.id,
        answers={},
        unlocked=frozenset(),
        reported="unknown",
        uid=f"{uuid4()}@arenabot",
        sequence=0,
    )


async def _require_hold_left(work: UnitOfWork, seat: Seat, actor: Actor, *, now: datetime) -> None:
    own, actors = await work.bookings.list_held_by(seat.person.id), await work.bookings.list_held_for(actor.id)
    policy.require_hold_left(own, actors, now)
    if await is_newcomer(work, seat, actor):
        policy.require_newcomer_may_hold(seat.person.held_as_newcomer_at, now)
        await work.people.change(seat.person, held_as_newcomer_at=now)


async def is_newcomer(work: UnitOfWork, seat: Seat, actor: Actor) -> bool:
    """Whether the person's tie to the actor, or the actor itself, still waits for a coordinator."""
    member: Member | None = await work.members.between(actor.id, seat.person.id)
    return actor.state is ActorState.REQUESTED or (member is not None and member.state is MemberState.REQUESTED)


async def _hold(work: UnitOfWork, seat: Seat, activity: Activity, status: SlotStatus, *, now: datetime) -> Booking:
    if status.booking is not None:
        await endings.end_overdue(work, status.booking, now=now)
    return await work.bookings.add(
        activity_id=activity.id,
        slot_id=status.slot.id,
        person_id=seat.person.id,
        state=BookingState.HELD,
        rank=1,
        until_at=now + policy.HOLD,
        created_at=now,
    )


async def answer_title(work: UnitOfWork, seat: Seat, draft: Draft, title: str, *, now: datetime) -> Progress:
    """Take a title; one that is too long is kept as a proposal, cut at a word."""
    text = " ".join(clean(title).split())
    if len(text) > LIMITS["title"]:
        short = cut_at_word(text, LIMITS["title"])
        draft = await advance(work, draft, "title", awaits_text=True, now=now, short=short)
        return replace(await progress(work, seat, draft), too_long=text, short=short)
    return await _next_after_title(work, seat, draft, text or None, now=now)


async def use_short_title(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Progress:
    """Take the proposal. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    return await _next_after_title(work, seat, draft, draft.data.get("short"), now=now)


async def leave_title(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Progress:
    """«Bestäms senare»: the title lacks. Raises NotFound."""
    return await _next_after_title(work, seat, await own_draft(work, seat, draft_id, KIND), None, now=now)


async def _next_after_title(
    work: UnitOfWork, seat: Seat, draft: Draft, title: str | None, *, now: datetime
) -> Progress:
    activity = await work.activities.get(int(draft.data["activity_id"]))
    await work.activities.change(activity, title=title)
    step = "kind" if activity.kind is None and not draft.data.get("kind_asked") else "confirm"
    return await progress(work, seat, await advance(work, draft, step, now=now))


async def choose_kind(work: UnitOfWork, seat: Seat, draft_id: int, kind: str | None, *, now: datetime) -> Progress:
    """Take the kind of activity (None: decided later). Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    activity = await work.activities.get(int(draft.data["activity_id"]))
    await work.activities.change(activity, kind=kind)
    return await progress(work, seat, await advance(work, draft, "confirm", now=now, kind_asked=True))


async def confirm(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> BookingView:
    """Book what is held; a newcomer's stands as requested until a coordinator answers.

    A hold that ran out is taken again where the slot is still free. Raises NotFound, NotAllowed, SlotTaken,
    SlotNotBookable, BookingClosed, HoldLimitReached.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await rights.require_acting(work, seat.person, int(draft.data["actor_id"]), edition.arena_id)
    status = await work.slots.status(int(draft.data["slot_id"]))
    booking = await work.bookings.get(int(draft.data["booking_id"]))
    if booking.state is not BookingState.HELD or policy.is_over(booking, now):
        policy.require_bookable(status, edition, now)
        activity = await work.activities.get(booking.activity_id)
        booking = await _hold(work, seat, activity, status, now=now)
    newcomer = await is_newcomer(work, seat, actor)
    state = BookingState.REQUESTED if newcomer else BookingState.BOOKED
    booking = await work.bookings.change(
        booking, state=state, until_at=now + policy.REQUEST if newcomer else None, booked_at=None if newcomer else now
    )
    await work.activities.follow(booking.activity_id, seat.person.id)
    await close_draft(work, draft, now=now)
    return await work.bookings.view(booking.id)
