"""Buttons that lead from other cards to a booking's own."""

from typing import ClassVar

from bot.views.press import Press


class MyBookings(Press):
    """The person's bookings."""

    code: ClassVar[str] = "mb"


class ShowBooking(Press):
    """One booking as it is now."""

    code: ClassVar[str] = "ms"
    booking_id: int


class FillIn(Press):
    """Fill in what is asked about the activity."""

    code: ClassVar[str] = "mf"
    booking_id: int


class FetchFile(Press):
    """The file that answers a question."""

    code: ClassVar[str] = "me"
    booking_id: int
    field_id: int


class InviteCoOrganiser(Press):
    """Arrange it with somebody else."""

    code: ClassVar[str] = "mi"
    booking_id: int
