"""What a moved time is answered with."""

from typing import ClassVar

from bot.views.press import Press


class ChangeFine(Press):
    """«Det går bra»."""

    code: ClassVar[str] = "gy"
    booking_id: int


class ChangeNotFine(Press):
    """«Det går inte»: a matter for the coordinators."""

    code: ClassVar[str] = "gw"
    booking_id: int
