"""Booking a slot: which edition, for whom, which day and time, then title, kind, and the yes."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.domain import policy
from bot.domain.errors import Outdated
from bot.domain.model import (
    TAKING,
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
from bot.domain.official import TITLE_MAX
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import (
    Begun,
    Days,
    Done,
    Nearest,
    NoActor,
    NothingOpen,
    Progress,
    Unfinished,
    WhichActor,
    WhichDay,
    WhichEdition,
)
from bot.domain.seat import Seat
from bot.domain.text import clean, cut_at_word
from bot.services import endings, notices, plans, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "booking"


async def start_booking(
    work: UnitOfWork, seat: Seat, edition_id: int | None, actor_id: int | None, *, now: datetime
) -> Begun:
    """Begin with the questions that are still needed: which edition, for which actor, then which day.

    Raises NotAllowed, BookingClosed.
    """
    unfinished = await _unfinished(work, seat, now=now)
    if unfinished is not None:
        return Unfinished(unfinished)
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
    await require_open(work, seat, edition, now=now)
    draft = await open_draft(work, seat, KIND, "day", {"edition_id": edition.id, "actor_id": actor.id}, now=now)
    return await _which_day(work, seat, draft, edition, actor)


async def _unfinished(work: UnitOfWork, seat: Seat, *, now: datetime) -> Progress | None:
    """The dialogue that still holds a slot for the person, brought to the present card."""
    for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
        booking_id = draft.data.get("booking_id") if draft.kind == KIND else None
        booking = await work.bookings.find(int(booking_id)) if booking_id else None
        if booking is not None and booking.state is BookingState.HELD and not policy.is_over(booking, now):
            return await progress(work, seat, draft)
    return None


async def require_open(work: UnitOfWork, seat: Seat, edition: Edition, *, now: datetime) -> None:
    """Coordinators may book before and after; all others while booking is open. Raises BookingClosed."""
    if not await rights.coordinates(work, seat.person, edition.arena_id):
        policy.require_open(edition, now)


async def _which_day(work: UnitOfWork, seat: Seat, draft: Draft, edition: Edition, actor: Actor) -> WhichDay:
    own = await work.actors.list_of(seat.person.id)
    for_another = actor.id not in {a.id for a in own}
    reachable = not for_another or bool(await work.people.list_of_actor(actor.id))
    statuses = await work.slots.list_of(edition.id)
    return WhichDay(draft, edition, actor, for_another or len(own) > 1, statuses, reachable)


async def list_days(work: UnitOfWork, seat: Seat, draft_id: int) -> WhichDay:
    """The days again, for the draft's edition. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    return await _which_day(work, seat, draft, edition, await work.actors.get(int(draft.data["actor_id"])))


async def resume(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Progress:
    """Go on with a dialogue on the present card, awaiting its text again where it did. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    draft = await advance(work, draft, draft.step, awaits_text=draft.step == "title", now=now, card_id=seat.card_id)
    return await progress(work, seat, draft)


async def release(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> None:
    """Let the held slot go and end the dialogue. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    await _let_go(work, draft, now=now)
    await close_draft(work, draft, now=now)


async def hold_slot(work: UnitOfWork, seat: Seat, draft_id: int, slot_id: int, *, now: datetime) -> Progress:
    """Reserve a slot for the draft's actor while the activity is described; by application nothing is held.

    An earlier choice of the same dialogue is let go. Raises NotFound, NotAllowed, BookingClosed, SlotTaken,
    SlotNotBookable, HoldLimitReached, NewcomerHeldToday, AlreadyApplied.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await rights.require_acting(work, seat.person, int(draft.data["actor_id"]), edition.arena_id)
    await require_open(work, seat, edition, now=now)
    await _let_go(work, draft, now=now)
    if draft.data.get("moves_id"):
        policy.require_bookable(await work.slots.status(slot_id), edition, now)
        return await progress(work, seat, await advance(work, draft, "move", now=now, slot_id=slot_id))
    activity = await _activity(work, draft, edition, actor)
    held: Booking | None = None
    if edition.allocation is Allocation.APPLICATION:
        await _require_appliable(work, slot_id, edition, actor, now=now)
    else:
        await _require_hold_left(work, seat, actor, now=now)
        held = await _hold(work, seat, edition, activity, slot_id, now=now)
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


async def nearest_free(work: UnitOfWork, seat: Seat, slot_id: int, *, now: datetime) -> Nearest:
    """The free slots closest to one that somebody else has, for the dialogue that wanted it.

    Raises NotFound, and SlotTaken where no dialogue did.
    """
    wanted = await work.slots.status(slot_id)
    statuses = await work.slots.list_of(wanted.stage.edition_id)
    edition = await work.editions.get(wanted.stage.edition_id)
    drafts = await work.drafts.list_open(seat.chat_id, seat.person.id)
    draft = next((d for d in drafts if d.kind == KIND and int(d.data["edition_id"]) == edition.id), None)
    if draft is None:
        raise policy.SlotTaken(slot_id=slot_id)
    return Nearest(draft, edition, policy.nearest(statuses, wanted, now))


async def progress(work: UnitOfWork, seat: Seat, draft: Draft) -> Progress:
    """Where a dialogue past its slot stands."""
    booking = await work.bookings.find(int(draft.data["booking_id"])) if draft.data.get("booking_id") else None
    own = await work.actors.list_of(seat.person.id)
    actor = await work.actors.get(int(draft.data["actor_id"]))
    status = await work.slots.status(int(draft.data["slot_id"]))
    edition = await work.editions.get(int(draft.data["edition_id"]))
    deadlines = [field.deadline_at for field in await work.fields.list_of(edition.id) if field.deadline_at is not None]
    return Progress(
        draft,
        await work.activities.get(int(draft.data["activity_id"])),
        status,
        edition,
        actor,
        several_actors=len(own) > 1 or actor.id not in {a.id for a in own},
        held_until=booking.until_at if booking is not None and booking.state is BookingState.HELD else None,
        arena=await work.arenas.get(edition.arena_id),
        fill_by=min(deadlines, default=None),
        applicants=status.applicants,
        rank=int(draft.data.get("rank", 1)),
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
        reported=Reported.UNKNOWN,
        uid=f"{uuid4()}@arenabot",
        sequence=0,
    )


async def _require_appliable(work: UnitOfWork, slot_id: int, edition: Edition, actor: Actor, *, now: datetime) -> None:
    policy.require_bookable(await work.slots.status(slot_id), edition, now)
    if any(view.actor.id == actor.id for view in await work.bookings.list_applied_for(slot_id)):
        raise policy.AlreadyApplied(slot_id=slot_id)


async def _require_hold_left(work: UnitOfWork, seat: Seat, actor: Actor, *, now: datetime) -> None:
    await _require_hold_free(work, seat, actor.id, now=now)
    if await is_newcomer(work, seat, actor):
        policy.require_newcomer_may_hold(seat.person.held_as_newcomer_at, now)
        await work.people.change(seat.person, held_as_newcomer_at=now)


async def _require_hold_free(work: UnitOfWork, seat: Seat, actor_id: int, *, now: datetime) -> None:
    await work.actors.get(actor_id, lock=True)  # two of the actor's people may choose at the same time
    own, actors = await work.bookings.list_held_by(seat.person.id), await work.bookings.list_held_for(actor_id)
    policy.require_hold_left(own, actors, now)


async def is_newcomer(work: UnitOfWork, seat: Seat, actor: Actor) -> bool:
    """Whether the person's tie to the actor, or the actor itself, still waits for a coordinator."""
    member = await work.members.between(actor.id, seat.person.id)
    return actor.state is ActorState.REQUESTED or (member is not None and member.state is MemberState.REQUESTED)


async def _hold(
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


async def answer_title(work: UnitOfWork, seat: Seat, draft: Draft, title: str, *, now: datetime) -> Progress:
    """Take a title; one that is too long is kept as a proposal, cut at a word."""
    text = " ".join(clean(title).split())
    if len(text) > TITLE_MAX:
        short = cut_at_word(text, TITLE_MAX)
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


async def ask_again(work: UnitOfWork, seat: Seat, draft_id: int, step: str, *, now: datetime) -> Progress:
    """Ask for the title or the kind anew. Raises NotFound."""
    draft = await own_draft(work, seat, draft_id, KIND)
    draft = await advance(work, draft, step, awaits_text=step == "title", now=now)
    return await progress(work, seat, draft)


async def _next_after_title(
    work: UnitOfWork, seat: Seat, draft: Draft, title: str | None, *, now: datetime
) -> Progress:
    activity = await work.activities.get(int(draft.data["activity_id"]))
    await work.activities.change(activity, title=title)
    step = "confirm" if activity.kind is not None or draft.data.get("kind_asked") else "kind"
    return await progress(work, seat, await advance(work, draft, step, now=now, title_asked=True, short=None))


async def choose_kind(work: UnitOfWork, seat: Seat, draft_id: int, kind: str | None, *, now: datetime) -> Progress:
    """Take the kind of activity (None: decided later). Raises NotFound, UnknownKind."""
    draft = await own_draft(work, seat, draft_id, KIND)
    policy.require_kind(kind)
    activity = await work.activities.get(int(draft.data["activity_id"]))
    await work.activities.change(activity, kind=kind)
    return await progress(work, seat, await advance(work, draft, "confirm", now=now, kind_asked=True))


async def confirm(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Done | Progress:
    """Book what is held, or apply; a newcomer's stands as requested until a coordinator answers.

    A hold that ran out is taken again where the slot is still free, and shown once more. Raises NotFound,
    NotAllowed, SlotTaken, SlotNotBookable, BookingClosed, AlreadyApplied, HoldLimitReached, and Outdated when the
    activity has been given a slot meanwhile.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    edition = await work.editions.get(int(draft.data["edition_id"]))
    actor = await rights.require_acting(work, seat.person, int(draft.data["actor_id"]), edition.arena_id)
    if edition.allocation is Allocation.APPLICATION:
        booking = await _apply(work, seat, draft, edition, actor, now=now)
    else:
        held = await work.bookings.get(int(draft.data["booking_id"]))
        if held.state is not BookingState.HELD or policy.is_over(held, now):
            return await _held_anew(work, seat, draft, edition, held, now=now)
        booking = await _book(work, seat, held, actor, now=now)
    await close_draft(work, draft, now=now)
    return await _done(work, seat, booking, actor, now=now)


async def _held_anew(
    work: UnitOfWork, seat: Seat, draft: Draft, edition: Edition, held: Booking, *, now: datetime
) -> Progress:
    await endings.end_overdue(work, held, now=now)
    activity = await work.activities.get(held.activity_id)
    await _require_hold_free(work, seat, activity.actor_id, now=now)
    again = await _hold(work, seat, edition, activity, held.slot_id, now=now)
    draft = await advance(work, draft, "confirm", now=now, booking_id=again.id)
    return replace(await progress(work, seat, draft), expired_at=held.until_at)


async def _apply(
    work: UnitOfWork, seat: Seat, draft: Draft, edition: Edition, actor: Actor, *, now: datetime
) -> Booking:
    await require_open(work, seat, edition, now=now)
    await _require_appliable(work, int(draft.data["slot_id"]), edition, actor, now=now)
    await _require_none_granted(work, draft)
    return await work.bookings.add(
        activity_id=int(draft.data["activity_id"]),
        slot_id=int(draft.data["slot_id"]),
        person_id=seat.person.id,
        state=BookingState.APPLIED,
        rank=int(draft.data.get("rank", 1)),
        replaces_id=draft.data.get("replaces_id"),
        created_at=now,
    )


async def _require_none_granted(work: UnitOfWork, draft: Draft) -> None:
    """An activity that was given its slot meanwhile asks for no other beside it, only for one to move to."""
    for other in await work.bookings.list_of_activity(int(draft.data["activity_id"])):
        if other.state is BookingState.BOOKED and other.id != draft.data.get("replaces_id"):
            raise Outdated(what="bookings", id=other.id)


async def _book(work: UnitOfWork, seat: Seat, held: Booking, actor: Actor, *, now: datetime) -> Booking:
    if await is_newcomer(work, seat, actor):
        return await work.bookings.change(held, state=BookingState.REQUESTED, until_at=now + policy.REQUEST)
    return await work.bookings.change(held, state=BookingState.BOOKED, until_at=None, booked_at=now)


async def _done(work: UnitOfWork, seat: Seat, booking: Booking, actor: Actor, *, now: datetime) -> Done:
    """Let the person follow it, plan its reminders, tell the actor's people when a coordinator did it, and record."""
    await work.activities.follow(booking.activity_id, seat.person.id)
    await plans.replan(work, booking.id, now=now)
    own = await rights.acts_for(work, seat.person, actor.id)
    if not own:
        people = await work.people.list_of_actor(actor.id)
        for person in people:
            await work.activities.follow(booking.activity_id, person.id)
        await notices.tell_all(work, people, "booked_for_you", key=f"booked:{booking.id}", booking_id=booking.id)
    await work.acts.add(
        at=now, person_id=seat.person.id, act=f"booking.{booking.state}", subject=f"booking:{booking.id}", detail={}
    )
    view = await work.bookings.view(booking.id)
    applied = await work.bookings.list_applied_for(booking.slot_id) if booking.state is BookingState.APPLIED else []
    rivals = sum(v.activity.id != booking.activity_id for v in applied)
    several = len(await work.actors.list_of(seat.person.id)) > 1
    return Done(view, not own, own and seat.person.contact_asked_at is None, rivals, several)


async def second_choice(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> WhichDay:
    """Name a second slot for an application: the days again, with all answers kept.

    Raises NotFound, NotAllowed, Outdated, BookingClosed.
    """
    view = await rights.require_booking(work, seat.person, booking_id)
    if view.booking.state is not BookingState.APPLIED:
        raise Outdated(what="bookings", id=booking_id)
    await require_open(work, seat, view.edition, now=now)
    data = {
        "edition_id": view.edition.id,
        "actor_id": view.actor.id,
        "activity_id": view.activity.id,
        "title_asked": True,
        "kind_asked": True,
        "rank": 2,
    }
    draft = await open_draft(work, seat, KIND, "day", data, now=now)
    return await _which_day(work, seat, draft, view.edition, view.actor)


async def picture(work: UnitOfWork, edition_id: int, actor_id: int) -> Days:
    """What a picture of an edition's days shows an actor: its slots, and which of them it has or asks for."""
    edition = await work.editions.get(edition_id)
    mine = await work.bookings.list_of_actor(actor_id)
    return Days(
        edition,
        await work.slots.list_of(edition_id),
        frozenset(v.slot.id for v in mine if v.booking.state in TAKING),
        frozenset(v.slot.id for v in mine if v.booking.state is BookingState.APPLIED),
    )
