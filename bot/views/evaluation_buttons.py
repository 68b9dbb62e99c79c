"""Buttons that lead between the cards of evaluations."""

from typing import ClassVar

from bot.views.press import Press


class EvaluateEdition(Press):
    """A person's evaluation of an edition: one of its questions, or the first that has no answer."""

    code: ClassVar[str] = "ve"
    edition_id: int
    question: str | None = None


class ScoreEdition(Press):
    """How satisfied with the arena ("satisfied") or with the help, 1–5."""

    code: ClassVar[str] = "vc"
    edition_id: int
    question: str
    score: int


class SkipChange(Press):
    """Write nothing of what to change."""

    code: ClassVar[str] = "vk"
    draft_id: int


class BeAmbassador(Press):
    """Say yes (1) or no (0) to being an ambassador, or take the yes back."""

    code: ClassVar[str] = "vb"
    edition_id: int
    yes: int


class Results(Press):
    """What was answered about an edition (None: the latest)."""

    code: ClassVar[str] = "vr"
    edition_id: int | None = None


class OtherResults(Press):
    """Which edition to look at."""

    code: ClassVar[str] = "vo"


class ListAnswers(Press):
    """A page of an edition's activities with what was answered."""

    code: ClassVar[str] = "vl"
    edition_id: int
    page: int


class ListLines(Press):
    """A page of what was written about an edition."""

    code: ClassVar[str] = "vf"
    edition_id: int
    page: int


class ListAmbassadors(Press):
    """Who said yes to being an ambassador."""

    code: ClassVar[str] = "vw"
    edition_id: int


class ListEarlier(Press):
    """What was measured elsewhere."""

    code: ClassVar[str] = "vx"
    edition_id: int


class AskEarlier(Press):
    """Enter a result of a measure."""

    code: ClassVar[str] = "vy"
    edition_id: int
    measure: str


class RemoveEarlier(Press):
    """Take a result away."""

    code: ClassVar[str] = "vz"
    edition_id: int
    result_id: int
