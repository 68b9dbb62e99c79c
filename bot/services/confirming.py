"""The booking dialogue after the time: title, kind, and the yes."""

from dataclasses import replace
from datetime import datetime

from bot.domain import policy
from bot.domain.errors import Outdated
from bot.domain.model import Actor, Allocation, Booking, BookingState, Draft, Edition
from bot.domain.official import TITLE_MAX
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.booking import Done, Progress
from bot.domain.seat import Seat
from bot.domain.text import clean, cut_at_word
from bot.services import endings, notices, plans, rights
from bot.services.booking import KIND, progress, require_open
from bot.services.dialogues import advance, close_draft, own_draft
from bot.services.holding import hold, is_newcomer, require_appliable, require_hold_free


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
    await require_hold_free(work, seat, activity.actor_id, now=now)
    again = await hold(work, seat, edition, activity, held.slot_id, now=now)
    draft = await advance(work, draft, "confirm", now=now, booking_id=again.id)
    return replace(await progress(work, seat, draft), expired_at=held.until_at)


async def _apply(
    work: UnitOfWork, seat: Seat, draft: Draft, edition: Edition, actor: Actor, *, now: datetime
) -> Booking:
    await require_open(work, seat, edition, now=now)
    await require_appliable(work, int(draft.data["slot_id"]), edition, actor, now=now)
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
