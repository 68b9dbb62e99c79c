"""Buttons that lead to «Så gjorde vi»."""

from typing import ClassVar

from bot.views.press import Press


class StartMethod(Press):
    """Share how an activity was done."""

    code: ClassVar[str] = "wf"
    activity_id: int


class BrowseMethods(Press):
    """A page of what others have shared: of an arena, a kind and an issue, or (None) of all."""

    code: ClassVar[str] = "wb"
    page: int = 0
    arena_id: int | None = None
    kind: str | None = None
    issue_id: int | None = None


class ShowMethod(Press):
    """One of them."""

    code: ClassVar[str] = "wi"
    method_id: int
