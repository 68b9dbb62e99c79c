"""Buttons of the booking dialogue."""

from typing import ClassVar

from bot.views.press import Press


class Book(Press):
    """Begin to book: an edition and an actor, where they are known."""

    code: ClassVar[str] = "bk"
    edition_id: int | None = None
    actor_id: int | None = None


class PickDay(Press):
    """A day, as its ordinal."""

    code: ClassVar[str] = "bd"
    draft_id: int
    day: int


class Days(Press):
    """Back to the days."""

    code: ClassVar[str] = "bb"
    draft_id: int


class PickSlot(Press):
    """A time."""

    code: ClassVar[str] = "bs"
    draft_id: int
    slot_id: int


class TitleLater(Press):
    """The title is decided later."""

    code: ClassVar[str] = "bt"
    draft_id: int


class UseShort(Press):
    """The shortened title."""

    code: ClassVar[str] = "bu"
    draft_id: int


class PickKind(Press):
    """A kind of activity, by its key; None: decided later."""

    code: ClassVar[str] = "bi"
    draft_id: int
    kind: str | None


class MoreKinds(Press):
    """The other kinds."""

    code: ClassVar[str] = "bm"
    draft_id: int


class Confirm(Press):
    """Book it."""

    code: ClassVar[str] = "bc"
    draft_id: int


class Ask(Press):
    """Ask for the title or the kind anew."""

    code: ClassVar[str] = "ba"
    draft_id: int
    step: str


class Change(Press):
    """What of it to change."""

    code: ClassVar[str] = "be"
    draft_id: int


class Resume(Press):
    """Go on with an unfinished booking."""

    code: ClassVar[str] = "bf"
    draft_id: int


class Release(Press):
    """Let the held slot go."""

    code: ClassVar[str] = "br"
    draft_id: int


class ConfirmMove(Press):
    """Move the booking there."""

    code: ClassVar[str] = "bn"
    draft_id: int


class SecondChoice(Press):
    """Name a second slot for an application."""

    code: ClassVar[str] = "b2"
    booking_id: int
