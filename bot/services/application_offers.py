"""What a refused applicant is offered instead, and takes."""

from datetime import datetime

from bot.domain import policy
from bot.domain.errors import DomainError, NotAllowed, Outdated
from bot.domain.model import BookingState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Offer
from bot.domain.results.booking import Done
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.applications import REFUSED, count_rivals, list_left, record


class OfferedSlotTaken(DomainError):
    """What a refused applicant was offered instead is taken meanwhile; `booking_id` is the refused application."""


async def offer(
    work: UnitOfWork, booking_id: int, reason: str | None, winner: str | None, *, now: datetime
) -> Offer | None:
    """What a refused applicant is told: why, what is left, and what is free nearby; None when it stands after all."""
    view = await work.bookings.view(booking_id)
    if view.booking.state is not BookingState.ENDED:
        return None
    status = await work.slots.status(view.slot.id)
    free = await work.slots.list_free(view.edition.id, now)
    return Offer(view, reason, winner, await list_left(work, view), policy.nearest(free, status, now))


async def offer_again(work: UnitOfWork, person: Person, booking_id: int, *, now: datetime) -> Offer:
    """What is free near a refused application now. Raises NotFound, NotAllowed, Outdated."""
    await rights.require_booking(work, person, booking_id)
    present = await offer(work, booking_id, None, None, now=now)
    if present is None:
        raise Outdated(what="bookings", id=booking_id)
    return present


async def take_instead(work: UnitOfWork, seat: Seat, booking_id: int, slot_id: int, *, now: datetime) -> Done:
    """A refused applicant applies for another slot with the same activity, also after booking has closed: they asked
    in time.

    Raises NotFound, NotAllowed, Outdated, OfferedSlotTaken, AlreadyApplied.
    """
    view = await rights.require_booking(work, seat.person, booking_id)
    if view.booking.ended_why != REFUSED:
        raise Outdated(what="bookings", id=booking_id)
    status = await work.slots.status(slot_id)
    if status.stage.edition_id != view.edition.id:
        raise NotAllowed
    try:
        policy.require_bookable(status, view.edition, now)
    except (policy.SlotTaken, policy.SlotNotBookable) as taken:
        raise OfferedSlotTaken(booking_id=booking_id) from taken
    if any(v.actor.id == view.actor.id for v in await work.bookings.list_applied_for(slot_id)):
        raise policy.AlreadyApplied(slot_id=slot_id)
    booking = await work.bookings.add(
        activity_id=view.activity.id,
        slot_id=slot_id,
        person_id=seat.person.id,
        state=BookingState.APPLIED,
        rank=1,
        replaces_id=view.booking.replaces_id,
        created_at=now,
    )
    await work.activities.follow(view.activity.id, seat.person.id)
    await record(work, seat.person, "booking.applied", booking.id, now=now, instead_of=booking_id)
    on_behalf = not await rights.acts_for(work, seat.person, view.actor.id)
    applied = await work.bookings.view(booking.id)
    return Done(applied, on_behalf, ask_contact=False, rivals=await count_rivals(work, applied))
