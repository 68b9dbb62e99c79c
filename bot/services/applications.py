"""Applications for slots: all who want the same one in view, granted or refused."""

from datetime import datetime

from bot.domain import policy
from bot.domain.errors import DomainError, Outdated
from bot.domain.membership import REASON_MAX, short_text
from bot.domain.model import ActorState, Allocation, BookingState, BookingView, Draft, MemberState, Person, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Applicant, AskedWhy, Contest, Granted, Refused
from bot.domain.seat import Seat
from bot.services import endings, errands, matters, naming, plans, rights
from bot.services.dialogues import close_draft, open_draft, own_draft

KIND = "refusal"
REFUSED = "refused"
"""Why an application ended that a coordinator said no to."""
_ALIVE = frozenset({BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED})


class SlotGiven(DomainError):
    """The slot that was to be given has been taken, blocked or has begun meanwhile; `slot_id`."""


class NewcomerUnanswered(DomainError):
    """The applicant may not act for the actor until a coordinator has said so; `member_id`."""


async def list_slots(work: UnitOfWork, person: Person, *, now: datetime) -> list[int]:
    """Slots that are still ahead and that somebody applies for, of the arenas that the person runs, by id."""
    wanted: set[int] = set()
    for arena in await work.arenas.list_all():
        if not await rights.coordinates(work, person, arena.id):
            continue
        for edition in await work.editions.list_of(arena.id):
            if edition.allocation is not Allocation.NONE:
                statuses = await work.slots.list_of(edition.id)
                wanted |= {s.slot.id for s in statuses if s.applicants and s.slot.starts_at > now}
    return sorted(wanted)


async def show_contest(work: UnitOfWork, person: Person, slot_id: int, *, now: datetime) -> Contest:
    """All who want a slot. Raises NotFound, NotAllowed."""
    status = await work.slots.status(slot_id)
    edition = await work.editions.get(status.stage.edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    views = await work.bookings.list_applied_for(slot_id)
    holder = None
    if status.booking is not None and not policy.is_over(status.booking, now):
        holder = await work.bookings.view(status.booking.id)
    nearest = policy.nearest(await work.slots.list_free(edition.id, now), status, now)
    return Contest(edition, status, [await _applicant(work, v) for v in views], nearest, holder)


async def _applicant(work: UnitOfWork, view: BookingView) -> Applicant:
    edition = view.edition
    earlier = {
        v.edition.year
        for v in await work.bookings.list_of_actor(view.actor.id)
        if v.booking.state is BookingState.BOOKED
        and v.edition.arena_id == edition.arena_id
        and v.edition.year < edition.year
    }
    replaces = await work.bookings.view(view.booking.replaces_id) if view.booking.replaces_id is not None else None
    return Applicant(
        view,
        sorted(earlier),
        [(other, await count_rivals(work, other)) for other in await list_left(work, view) if _applied(other)],
        replaces if replaces is not None and replaces.booking.state in _ALIVE else None,
        await _unanswered(work, view),
        await naming.words_of(work, view),
    )


def _applied(view: BookingView) -> bool:
    return view.booking.state is BookingState.APPLIED


async def list_left(work: UnitOfWork, view: BookingView) -> list[BookingView]:
    """The activity's other bookings and applications that stand, in the order of their choice."""
    others = [b for b in await work.bookings.list_of_activity(view.activity.id) if b.id != view.booking.id]
    views = {v.booking.id: v for v in await work.bookings.list_views([b.id for b in others])}
    return [views[b.id] for b in others if b.state in _ALIVE]


async def count_rivals(work: UnitOfWork, view: BookingView) -> int:
    """How many other activities are applied for the same slot with."""
    applied = await work.bookings.list_applied_for(view.slot.id)
    return sum(v.activity.id != view.activity.id for v in applied)


async def _unanswered(work: UnitOfWork, view: BookingView) -> int | None:
    """The tie, not answered yet, by which a newcomer applied."""
    if view.booking.person_id is None:
        return None
    member = await work.members.between(view.actor.id, view.booking.person_id)
    return member.id if member is not None and member.state is MemberState.REQUESTED else None


# Yes


async def grant(work: UnitOfWork, person: Person, booking_id: int, revision: int, *, now: datetime) -> Granted:
    """Give the slot to an application: it is booked, its activity's other choices and the booking that it replaces
    end, and the others who wanted the slot are refused and offered what is free nearby.

    Raises NotFound, NotAllowed, Outdated, SlotGiven, NewcomerUnanswered.
    """
    view = await coordinated(work, person, booking_id)
    await work.slots.get(view.slot.id, lock=True)
    view = await _applied_still(work, booking_id, revision)
    member_id = await _unanswered(work, view)
    if member_id is not None or view.actor.state is not ActorState.ACTIVE:
        raise NewcomerUnanswered(member_id=member_id)
    await _require_free(work, view, now=now)
    try:
        await work.bookings.change(view.booking, state=BookingState.BOOKED, until_at=None, booked_at=now)
    except policy.SlotTaken as taken:
        raise SlotGiven(slot_id=view.slot.id) from taken
    await _end_other_choices(work, person, view, now=now)
    await plans.replan(work, booking_id, now=now)
    await record(work, person, "application.granted", booking_id, now=now)
    await errands.inform(work, view, "application_granted", key=f"granted:{booking_id}:{revision}", now=now)
    refused = [v for v in await work.bookings.list_applied_for(view.slot.id) if v.activity.id != view.activity.id]
    for rival in refused:
        await _refuse(work, person, rival, now=now, winner=view.actor.name)
    return Granted(await work.bookings.view(booking_id), refused)


async def coordinated(work: UnitOfWork, person: Person, booking_id: int) -> BookingView:
    """A booking, for a coordinator of its arena. Raises NotFound, NotAllowed."""
    view = await work.bookings.view(booking_id)
    await rights.require_coordinator(work, person, view.edition.arena_id)
    return view


async def _applied_still(work: UnitOfWork, booking_id: int, revision: int) -> BookingView:
    """The application as it stands under the slot's lock. Raises Outdated when it was answered or changed."""
    view = await work.bookings.view(booking_id)
    if view.booking.state is not BookingState.APPLIED or view.booking.revision != revision:
        raise Outdated(what="applications", id=view.slot.id)
    return view


async def _require_free(work: UnitOfWork, view: BookingView, *, now: datetime) -> None:
    status = await work.slots.status(view.slot.id)
    if status.booking is not None:
        await endings.end_overdue(work, status.booking, now=now)
        status = await work.slots.status(view.slot.id)
    if status.booking is not None or status.slot.state is not SlotState.OPEN or status.slot.starts_at <= now:
        raise SlotGiven(slot_id=view.slot.id)


async def _end_other_choices(work: UnitOfWork, person: Person, view: BookingView, *, now: datetime) -> None:
    """The activity has its slot: what else it applied for ends, and what a move leaves."""
    for other in await work.bookings.list_of_activity(view.activity.id):
        if other.id != view.booking.id and other.state is BookingState.APPLIED:
            await endings.end(work, other, "other_choice", now=now)
    if view.booking.replaces_id is None:
        return
    old = await work.bookings.get(view.booking.replaces_id, lock=True)
    if old.state is not BookingState.ENDED:
        await endings.end(work, old, "moved", now=now)
    activity = await work.activities.get(view.activity.id)
    await work.activities.change(activity, sequence=activity.sequence + 1, ready_at=None)
    await matters.settle_of_booking(work, person, old.id, "move", now=now)


# No


async def ask_reason(work: UnitOfWork, seat: Seat, booking_id: int, revision: int, *, now: datetime) -> AskedWhy:
    """Ask the coordinator why not. Raises NotFound, NotAllowed, Outdated."""
    await coordinated(work, seat.person, booking_id)
    view = await _applied_still(work, booking_id, revision)
    data = {"booking_id": booking_id, "revision": revision}
    draft = await open_draft(work, seat, KIND, "reason", data, awaits_text=True, now=now)
    return AskedWhy(draft, view)


async def refuse_in(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> Refused:
    """Take what was written as the reason. Raises what `refuse` raises."""
    refused = await refuse(work, person, int(draft.data["booking_id"]), int(draft.data["revision"]), text, now=now)
    await close_draft(work, draft, now=now)
    return refused


async def refuse(
    work: UnitOfWork, person: Person, booking_id: int, revision: int, reason: str, *, now: datetime
) -> Refused:
    """Say no to an application: its people hear why, with what is free nearby.

    Raises NotFound, NotAllowed, Outdated, NameMissing, TextTooLong.
    """
    text = short_text(reason, REASON_MAX)
    view = await coordinated(work, person, booking_id)
    await work.slots.get(view.slot.id, lock=True)
    view = await _applied_still(work, booking_id, revision)
    await _refuse(work, person, view, now=now, reason=text)
    return Refused(view, text)


async def _refuse(
    work: UnitOfWork,
    person: Person,
    view: BookingView,
    *,
    now: datetime,
    reason: str | None = None,
    winner: str | None = None,
) -> None:
    await endings.end(work, view.booking, REFUSED, now=now)
    await record(work, person, "application.refused", view.booking.id, now=now, reason=reason)
    key = f"application-refused:{view.booking.id}:{view.booking.revision}"
    await errands.inform(work, view, "application_refused", key=key, now=now, reason=reason, winner=winner)


async def cancel_dialogue(work: UnitOfWork, seat: Seat, draft_id: int, kind: str, *, now: datetime) -> Draft:
    """Leave a reason or a question unwritten. Raises NotFound."""
    return await close_draft(work, await own_draft(work, seat, draft_id, kind), now=now)


async def record(
    work: UnitOfWork, person: Person, act: str, booking_id: int, *, now: datetime, **detail: object
) -> None:
    """Note what was done with an application."""
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"booking:{booking_id}", detail=detail)
