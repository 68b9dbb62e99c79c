"""Buttons of reports, and of what coordinators enter for them. `scope` is a scope's code."""

from typing import ClassVar

from bot.views.press import Press


class ListReports(Press):
    """What there is to report on."""

    code: ClassVar[str] = "zl"
    page: int


class AskYears(Press):
    """A report of several years: which."""

    code: ClassVar[str] = "zy"


class MakeReport(Press):
    """A report to be made."""

    code: ClassVar[str] = "zm"
    scope: str


class ListComments(Press):
    """What coordinators say of a report's results."""

    code: ClassVar[str] = "zc"
    scope: str


class WriteComment(Press):
    """Say something of a result."""

    code: ClassVar[str] = "zw"
    scope: str
    result: int


class RemoveComment(Press):
    """Take a comment away."""

    code: ClassVar[str] = "zx"
    scope: str
    result: int


class ShowFrame(Press):
    """Who pays for the project."""

    code: ClassVar[str] = "zf"


class AskFinancing(Press):
    """Enter who pays."""

    code: ClassVar[str] = "zn"


class RemoveFinancing(Press):
    """Take a financing away."""

    code: ClassVar[str] = "zr"
    once: ClassVar[bool] = True
    financing_id: int
    revision: int


class ListOutturns(Press):
    """What editions cost."""

    code: ClassVar[str] = "zu"
    page: int


class ShowOutturn(Press):
    """What an edition cost."""

    code: ClassVar[str] = "zo"
    edition_id: int


class AskOutturn(Press):
    """Enter what an edition cost."""

    code: ClassVar[str] = "zp"
    edition_id: int


class RemoveOutturn(Press):
    """Take away what an edition cost."""

    code: ClassVar[str] = "zq"
    edition_id: int
