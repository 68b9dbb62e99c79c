"""The announcements' buttons."""

from typing import ClassVar

from bot.views.press import Press


class Announce(Press):
    """Open /utskick."""

    code: ClassVar[str] = "cu"


class Earlier(Press):
    """A page of earlier announcements."""

    code: ClassVar[str] = "ul"
    page: int


class PickAudience(Press):
    """An audience by its kind, of an edition or wider."""

    code: ClassVar[str] = "ua"
    draft_id: int
    kind: str
    edition_id: int | None = None


class OtherEditions(Press):
    """Which edition it is about."""

    code: ClassVar[str] = "ue"
    draft_id: int


class ForEdition(Press):
    """The audiences of an edition (None: the next one)."""

    code: ClassVar[str] = "uf"
    draft_id: int
    edition_id: int | None = None


class ToggleKind(Press):
    """With a kind of actor (`on` is 1) or without."""

    code: ClassVar[str] = "uk"
    draft_id: int
    kind: str
    on: int


class ActorPage(Press):
    """A page of actors; `every` is 1 to forget the search."""

    code: ClassVar[str] = "up"
    draft_id: int
    page: int
    every: int = 0


class ToggleActor(Press):
    """With a single actor (`on` is 1) or without."""

    code: ClassVar[str] = "uo"
    draft_id: int
    actor_id: int
    page: int
    on: int


class Chosen(Press):
    """Go on with what was chosen."""

    code: ClassVar[str] = "ud"
    draft_id: int


class Receipts(Press):
    """With a receipt's button (`on` is 1) or without."""

    code: ClassVar[str] = "ur"
    draft_id: int
    on: int


class Write(Press):
    """The message in a language."""

    code: ClassVar[str] = "uw"
    draft_id: int
    language: str


class Change(Press):
    """What to change."""

    code: ClassVar[str] = "uc"
    draft_id: int


class Back(Press):
    """Back to the preview's card."""

    code: ClassVar[str] = "ub"
    draft_id: int


class Resume(Press):
    """Go on with an unfinished one."""

    code: ClassVar[str] = "uj"
    draft_id: int


class SendNow(Press):
    """Confirm, and send at once."""

    code: ClassVar[str] = "us"
    draft_id: int


class SendLater(Press):
    """Set a time."""

    code: ClassVar[str] = "ut"
    draft_id: int


class Schedule(Press):
    """Confirm, and send at the time that was set."""

    code: ClassVar[str] = "uh"
    draft_id: int


class Discard(Press):
    """Send nothing."""

    code: ClassVar[str] = "uq"
    draft_id: int


class ShowAnnouncement(Press):
    """How it stands."""

    code: ClassVar[str] = "uv"
    announcement_id: int


class Control(Press):
    """Pause, resume, stop, cancel, or start it now."""

    code: ClassVar[str] = "ug"
    announcement_id: int
    act: str


class Unreached(Press):
    """A page of those whom it did not reach."""

    code: ClassVar[str] = "un"
    announcement_id: int
    page: int


class Unread(Press):
    """A page of those who have not acknowledged it."""

    code: ClassVar[str] = "uu"
    announcement_id: int
    page: int


class Remind(Press):
    """Once more to those who have not acknowledged it."""

    code: ClassVar[str] = "ui"
    once: ClassVar[bool] = True
    announcement_id: int
    revision: int


class Correct(Press):
    """Other words, in a language."""

    code: ClassVar[str] = "ux"
    announcement_id: int
    language: str | None = None


class ConfirmCorrection(Press):
    """Correct it in every chat."""

    code: ClassVar[str] = "uy"
    draft_id: int


class HaveRead(Press):
    """«Jag har läst»; without an announcement it is a preview's."""

    code: ClassVar[str] = "uz"
    announcement_id: int | None = None
