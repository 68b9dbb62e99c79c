"""How bookings end: let go, run out, refused, cancelled."""

from datetime import datetime

from bot.domain import policy
from bot.domain.model import Booking, BookingState
from bot.domain.ports.unit_of_work import UnitOfWork


async def end(work: UnitOfWork, booking: Booking, why: str, *, now: datetime) -> Booking:  # noqa: ARG001  # endings will be dated
    """End a booking; its slot is free."""
    return await work.bookings.change(booking, state=BookingState.ENDED, ended_why=why, until_at=None)


async def end_overdue(work: UnitOfWork, booking: Booking, *, now: datetime) -> None:
    """End a held, requested or cancelling booking whose time has run out, so that its slot can be taken."""
    if policy.is_over(booking, now):
        await end(work, booking, "expired", now=now)
