"""Buttons of statements and of where actors stand."""

from typing import ClassVar

from bot.views.press import Press


class ShowStanding(Press):
    """Where each actor stands, a page at a time."""

    code: ClassVar[str] = "is"
    issue_id: int
    page: int


class StanceHistory(Press):
    """What an actor answered before."""

    code: ClassVar[str] = "ih"
    statement_id: int
    actor_id: int


class AnswerStatement(Press):
    """Where the actor stands, on a statement as it read then."""

    code: ClassVar[str] = "ia"
    statement_id: int
    version: int
    position: str


class AnswerFor(Press):
    """For which actor."""

    code: ClassVar[str] = "ic"
    draft_id: int
    actor_id: int


class Decided(Press):
    """Decided by the organisation (1), or an official's assessment (0)."""

    code: ClassVar[str] = "id"
    draft_id: int
    on: int


class EnterDecision(Press):
    """Enter what an actor has decided."""

    code: ClassVar[str] = "ie"
    issue_id: int


class EnterPosition(Press):
    """What it has decided."""

    code: ClassVar[str] = "iq"
    draft_id: int
    position: str


class WriteStatement(Press):
    """Write the statement, or change it."""

    code: ClassVar[str] = "iw"
    issue_id: int


class StatementWords(Press):
    """Write its words: which (`step`)."""

    code: ClassVar[str] = "il"
    draft_id: int
    step: str


class StatementChange(Press):
    """It is a change (1), or a correction (0)."""

    code: ClassVar[str] = "ik"
    draft_id: int
    on: int


class PublishStatement(Press):
    """Let it read so, and ask."""

    code: ClassVar[str] = "ip"
    draft_id: int
