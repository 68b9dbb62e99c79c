"""Buttons of applications."""

from typing import ClassVar

from bot.views.press import Press


class ShowContest(Press):
    """All who want a slot."""

    code: ClassVar[str] = "as"
    slot_id: int


class Grant(Press):
    """Give the slot to this application."""

    code: ClassVar[str] = "ag"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int


class AskRefusal(Press):
    """«Nej», and then why."""

    code: ClassVar[str] = "ar"
    booking_id: int
    revision: int


class AskApplicant(Press):
    """Ask the applicant something."""

    code: ClassVar[str] = "aq"
    booking_id: int


class LeaveUnwritten(Press):
    """Leave a reason or a question unwritten, and go back to all who want the slot."""

    code: ClassVar[str] = "al"
    draft_id: int
    kind: str
    slot_id: int


class TakeInstead(Press):
    """A refused applicant wants this slot instead."""

    code: ClassVar[str] = "at"
    booking_id: int
    slot_id: int


class ReplyToCoordinator(Press):
    """The actor answers a coordinator's question."""

    code: ClassVar[str] = "ay"
    matter_id: int
