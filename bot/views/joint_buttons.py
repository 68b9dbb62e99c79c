"""Buttons of joint actions."""

from typing import ClassVar

from bot.views.press import Press


class ListJoint(Press):
    """What is done together for an issue, a page at a time."""

    code: ClassVar[str] = "tl"
    issue_id: int
    page: int


class OwnJoint(Press):
    """What the reader's actors do together with others."""

    code: ClassVar[str] = "tm"
    page: int | None = None


class ShowJoint(Press):
    """One joint action."""

    code: ClassVar[str] = "tj"
    joint_id: int


class StartJoint(Press):
    """Start one under an issue."""

    code: ClassVar[str] = "tn"
    issue_id: int


class JointFor(Press):
    """For another of the reader's actors than the one that is assumed."""

    code: ClassVar[str] = "ta"
    draft_id: int
    actor_id: int


class LeadJoint(Press):
    """Who leads it: one of the reader's actors, or another."""

    code: ClassVar[str] = "tb"
    draft_id: int
    actor_id: int


class DueIn(Press):
    """By when, so many months ahead."""

    code: ClassVar[str] = "te"
    draft_id: int
    months: int


class InviteToJoint(Press):
    """Ask another actor to take part."""

    code: ClassVar[str] = "ti"
    joint_id: int


class PickInvited(Press):
    """This one."""

    code: ClassVar[str] = "tk"
    draft_id: int
    actor_id: int


class AnswerJoint(Press):
    """Yes (1) or no (0) to taking part."""

    code: ClassVar[str] = "ty"
    once: ClassVar[bool] = True
    part_id: int
    revision: int
    yes: int


class JointTo(Press):
    """Planned, under way, or given up."""

    code: ClassVar[str] = "ts"
    once: ClassVar[bool] = True
    joint_id: int
    revision: int
    state: str


class GiveUpJoint(Press):
    """Say first what giving it up means."""

    code: ClassVar[str] = "tg"
    joint_id: int


class ChangeJoint(Press):
    """Other words, another date, or what came of it."""

    code: ClassVar[str] = "tu"
    joint_id: int
    what: str
