"""Buttons of a booking's own cards, and those that lead to them."""

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


class Move(Press):
    """Choose another time."""

    code: ClassVar[str] = "mm"
    booking_id: int


class Cancel(Press):
    """Show whom a cancellation touches."""

    code: ClassVar[str] = "mc"
    booking_id: int


class ConfirmCancel(Press):
    """Cancel it."""

    code: ClassVar[str] = "md"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int


class Undo(Press):
    """Restore it."""

    code: ClassVar[str] = "mu"
    booking_id: int


class TakeOver(Press):
    """The co-organiser takes over what the owner cancelled."""

    code: ClassVar[str] = "mt"
    booking_id: int


class DeclineOffer(Press):
    """The co-organiser does not."""

    code: ClassVar[str] = "mx"
    booking_id: int


class PickCoOrganiser(Press):
    """Invite this actor."""

    code: ClassVar[str] = "mk"
    draft_id: int
    actor_id: int


class NameOnly(Press):
    """A partner from elsewhere: the name alone."""

    code: ClassVar[str] = "mo"
    draft_id: int


class AnswerCo(Press):
    """Yes (1) or no (0) to arranging together."""

    code: ClassVar[str] = "ma"
    once: ClassVar[bool] = True
    co_organiser_id: int
    revision: int
    yes: int


class RemoveCo(Press):
    """No longer together."""

    code: ClassVar[str] = "mr"
    co_organiser_id: int


class HelpersOf(Press):
    """Who follows the booking."""

    code: ClassVar[str] = "mh"
    booking_id: int


class ToggleHelper(Press):
    """Let a person follow it, or no longer."""

    code: ClassVar[str] = "mg"
    booking_id: int
    person_id: int


class Calendar(Press):
    """The calendar file again."""

    code: ClassVar[str] = "my"
    booking_id: int
