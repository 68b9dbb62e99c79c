"""Buttons of «Så gjorde vi»."""

from typing import ClassVar

from bot.views.press import Press


class StartMethod(Press):
    """Share how an activity was done; from the evaluation of an edition, to which the way back leads then."""

    code: ClassVar[str] = "wf"
    activity_id: int
    edition_id: int | None = None


class SkipLine(Press):
    """Leave the line that is asked for empty."""

    code: ClassVar[str] = "wp"
    draft_id: int


class ChangeMethod(Press):
    """Another line ("did", "worked", "change"), or another file ("file")."""

    code: ClassVar[str] = "wm"
    method_id: int
    what: str


class ShareMethod(Press):
    """«Dra tillbaka» (0), or share it again (1)."""

    code: ClassVar[str] = "wt"
    once: ClassVar[bool] = True
    method_id: int
    revision: int
    on: int


class BrowseMethods(Press):
    """A page of what others have shared: of an arena, a kind and an issue, or (None) of all."""

    code: ClassVar[str] = "wb"
    page: int = 0
    arena_id: int | None = None
    kind: str | None = None
    issue_id: int | None = None


class NarrowMethods(Press):
    """Choose an arena, a kind or an issue (`by`), beside what is chosen already."""

    code: ClassVar[str] = "wn"
    by: str
    arena_id: int | None
    kind: str | None
    issue_id: int | None


class ShowMethod(Press):
    """One of them."""

    code: ClassVar[str] = "wi"
    method_id: int


class MethodFile(Press):
    """Its file."""

    code: ClassVar[str] = "wj"
    method_id: int


class AskMethod(Press):
    """«Fråga dem», for one of the reader's actors (None: the first, or as a coordinator)."""

    code: ClassVar[str] = "wq"
    method_id: int
    actor_id: int | None


class AnswerMethod(Press):
    """«Svara»."""

    code: ClassVar[str] = "wv"
    question_id: int


class LiftMethod(Press):
    """«Lyft i ett utskick»."""

    code: ClassVar[str] = "wy"
    method_id: int
