"""How bookings end: let go, run out, refused, cancelled and taken over."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain import policy
from bot.domain.model import Booking, BookingState, BookingView
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import notices, plans

PART = 100
"""Bookings that end in one transaction."""


async def end(work: UnitOfWork, booking: Booking, why: str, *, now: datetime) -> Booking:
    """End a booking; its slot is free and its reminders are silent."""
    ended = await work.bookings.change(booking, state=BookingState.ENDED, ended_why=why, offered_to=None)
    await plans.replan(work, booking.id, now=now)
    return ended


async def end_overdue(work: UnitOfWork, booking: Booking, *, now: datetime) -> None:
    """Do what is due to a held, requested or cancelling booking whose time has run out; any other is left alone."""
    if not policy.is_over(booking, now):
        return
    match booking.state:
        case BookingState.HELD:
            await end(work, booking, "expired", now=now)
        case BookingState.REQUESTED:
            await end(work, booking, "unanswered", now=now)
            await _tell_followers(work, await work.bookings.view(booking.id), "request_unanswered")
        case _:
            await _end_cancelling(work, booking, now=now)


async def _end_cancelling(work: UnitOfWork, booking: Booking, *, now: datetime) -> None:
    """After the ten minutes of «Ångra» the booking is offered to co-organisers in turn; then it is over."""
    view = await work.bookings.view(booking.id)
    heir = await next_heir(work, view)
    if heir is not None:
        until = now + policy.OFFER
        await work.bookings.change(booking, offered_to=heir, until_at=until)
        people = await work.people.list_of_actor(heir)
        await notices.tell_all(
            work, people, "booking_offered", key=f"offered:{booking.id}:{heir}", booking_id=booking.id, actor_id=heir
        )
        return
    await cancel_for_good(work, booking, now=now)


async def next_heir(work: UnitOfWork, view: BookingView) -> int | None:
    """The co-organiser to whom the booking is offered next: accepted, with somebody in Telegram, not asked before."""
    accepted = [actor_id for actor_id, _ in view.organisers[1:]]
    asked = view.booking.offered_to
    rest = accepted[accepted.index(asked) + 1 :] if asked in accepted else accepted
    for actor_id in rest:
        if await work.people.list_of_actor(actor_id):
            return actor_id
    return None


async def decline_offer(work: UnitOfWork, booking: Booking, *, now: datetime) -> None:
    """The co-organiser does not take it: the next is asked, or the slot becomes free."""
    await _end_cancelling(work, booking, now=now)


async def cancel_for_good(work: UnitOfWork, booking: Booking, *, now: datetime) -> None:
    """The booking is over: its people, its co-organisers and the arena's coordinators are told, with a cancelling
    calendar file.
    """
    view = await work.bookings.view(booking.id)
    await work.activities.change(view.activity, sequence=view.activity.sequence + 1)
    await end(work, booking, "cancelled", now=now)
    for other in await work.bookings.list_of_activity(view.activity.id):
        if other.replaces_id == booking.id and other.state is BookingState.APPLIED:
            await end(work, other, "withdrawn", now=now)  # a wish to move what is not there any more
    await _tell_followers(work, view, "booking_cancelled")
    await _leave_to_coordinators(work, view, now=now)
    coordinators = await work.people.list_coordinators(view.edition.arena_id)
    await notices.tell_all(
        work, coordinators, "booking_cancelled_staff", key=f"cancelled-staff:{booking.id}", booking_id=booking.id
    )


async def _tell_followers(work: UnitOfWork, view: BookingView, name: str) -> None:
    people = await work.activities.list_followers(view.activity.id)
    await notices.tell_all(work, people, name, key=f"{name}:{view.booking.id}", booking_id=view.booking.id)


async def _leave_to_coordinators(work: UnitOfWork, view: BookingView, *, now: datetime) -> None:
    """A letter waits for each organiser with nobody in Telegram."""
    for actor_id, _ in view.organisers:
        if not await work.people.list_of_actor(actor_id):
            await work.errands.add_once(
                key=f"cancelled:{view.booking.id}:{actor_id}",
                kind="booking_cancelled",
                actor_id=actor_id,
                arena_id=view.edition.arena_id,
                booking_id=view.booking.id,
                detail={},
                created_at=now,
            )


async def list_due(work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:
    """The first bookings that are to end, less these."""
    return [booking.id for booking in await work.bookings.list_due(now, limit=PART, but=but)]


async def end_due(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
    """Let what of these is due end; there may be more."""
    for booking_id in ids:
        await end_overdue(work, await work.bookings.get(booking_id), now=now)
    return True
