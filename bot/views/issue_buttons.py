"""Buttons of issues, of what activities name, and of target groups."""

from typing import ClassVar

from bot.views.press import Press


class ListIssues(Press):
    """The issues in force, or (1) all others; a page at a time."""

    code: ClassVar[str] = "fl"
    page: int | None = None
    rest: int = 0


class ShowIssue(Press):
    """One issue."""

    code: ClassVar[str] = "fs"
    issue_id: int


class FollowIssue(Press):
    """Follow it (1), or no longer (0)."""

    code: ClassVar[str] = "ff"
    issue_id: int
    on: int


class IssueActivities(Press):
    """The activities that name it."""

    code: ClassVar[str] = "fa"
    issue_id: int
    page: int


class NewIssue(Press):
    """A new issue."""

    code: ClassVar[str] = "fn"


class KeepIssue(Press):
    """What who keeps the list can do with it."""

    code: ClassVar[str] = "fk"
    issue_id: int


class ArchiveIssue(Press):
    """Put it away (1), or take it back (0)."""

    code: ClassVar[str] = "fz"
    once: ClassVar[bool] = True
    issue_id: int
    revision: int
    on: int


class MoveIssue(Press):
    """Up (1) or down (0) in the list."""

    code: ClassVar[str] = "fm"
    issue_id: int
    on: int


class GroupArenas(Press):
    """Of which arena the target groups are."""

    code: ClassVar[str] = "fw"


class TargetGroups(Press):
    """An arena's target groups."""

    code: ClassVar[str] = "fg"
    arena_id: int


class NewGroup(Press):
    """A new target group."""

    code: ClassVar[str] = "fx"
    arena_id: int


class ArchiveGroup(Press):
    """Put a group away (1), or take it back (0)."""

    code: ClassVar[str] = "fy"
    group_id: int
    on: int


class NameIt(Press):
    """What the activity of a booking is for."""

    code: ClassVar[str] = "dn"
    booking_id: int


class ToggleIssue(Press):
    """Name an issue, or no longer."""

    code: ClassVar[str] = "dt"
    booking_id: int
    issue_id: int


class TogglePurpose(Press):
    """Name a purpose, or no longer."""

    code: ClassVar[str] = "dp"
    booking_id: int
    purpose: str


class ToggleGroup(Press):
    """Name a target group, or no longer."""

    code: ClassVar[str] = "dg"
    booking_id: int
    group_id: int


class NamingDone(Press):
    """«Klart», or (1) «Hoppa över»."""

    code: ClassVar[str] = "dk"
    booking_id: int
    on: int


class ProposeIssue(Press):
    """An issue in words of their own."""

    code: ClassVar[str] = "dw"
    booking_id: int


class NamingList(Press):
    """Bookings with what they name, a page at a time."""

    code: ClassVar[str] = "dl"
    page: int | None = None


class ChooseIssue(Press):
    """Which issue of the list a proposed one is."""

    code: ClassVar[str] = "dc"
    matter_id: int


class SettleIssue(Press):
    """It is this one, or (none) a new one."""

    code: ClassVar[str] = "dj"
    once: ClassVar[bool] = True
    matter_id: int
    revision: int
    issue_id: int | None
