"""Buttons of reminders."""

from typing import ClassVar

from bot.views.press import Press


class Ready(Press):
    """«Allt är klart»."""

    code: ClassVar[str] = "ra"
    booking_id: int


class Changed(Press):
    """«Något har ändrats»."""

    code: ClassVar[str] = "rc"
    booking_id: int


class Snooze(Press):
    """«Påminn mig i morgon» of what lacks."""

    code: ClassVar[str] = "rs"
    booking_id: int


class Report(Press):
    """Whether it is reported to the official programme: "yes", "no", or "unknown" again."""

    code: ClassVar[str] = "rp"
    booking_id: int
    answer: str


class NotYet(Press):
    """«Inte än»: silent until the next fee step."""

    code: ClassVar[str] = "rn"
    booking_id: int


class Open(Press):
    """One of several bookings that a message reminds of."""

    code: ClassVar[str] = "ro"
    booking_id: int
