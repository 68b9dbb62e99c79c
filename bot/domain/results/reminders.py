"""What reminders say, and what a person is asked in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

from bot.domain.answers import Question
from bot.domain.frozen import dataclass
from bot.domain.model import (
    ActivityEvaluation,
    Ambassador,
    BookingView,
    Draft,
    Edition,
    EditionEvaluation,
    FeeStep,
    Matter,
)
from bot.domain.remind import Kind
from bot.domain.results.issues import StatementAsked
from bot.domain.results.joint import JointView

MUTABLE: Final = ("slot", "deadline", "fee", "evaluation", "joint", "issue", "announcements")
"""What a person turns off in /paminnelser; a hold about to end is always said."""


About: TypeAlias = BookingView | Edition | JointView | StatementAsked
"""What a reminder can be about."""


@dataclass(frozen=True, slots=True)
class OfBooking:
    """What a message says of a booking."""

    view: BookingView

    @property
    def about(self) -> BookingView:
        """What it is about."""
        return self.view

    @property
    def subject(self) -> str:
        """How reminders name it: items of one subject are said together."""
        return f"booking:{self.view.booking.id}"


@dataclass(frozen=True, slots=True)
class SlotAhead(OfBooking):
    """A slot in a week, tomorrow or in an hour (`kind`)."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Lacking(OfBooking):
    """What an activity lacks, by its deadline (UTC). `can_wait`: there is a morning left before the last of them."""

    by_deadline: Sequence[tuple[datetime, Sequence[Question]]]
    can_wait: bool


@dataclass(frozen=True, slots=True)
class FeeAhead(OfBooking):
    """A fee step of the official programme that is about to end, and the one after it."""

    step: FeeStep
    following: FeeStep | None


@dataclass(frozen=True, slots=True)
class HoldEnding(OfBooking):
    """A hold about to end, and the dialogue that it belongs to."""

    draft_id: int | None


@dataclass(frozen=True, slots=True)
class ToEvaluate(OfBooking):
    """An activity that is over, and what is answered about it."""

    evaluation: ActivityEvaluation | None


@dataclass(frozen=True, slots=True)
class EditionOver:
    """An edition that is over: what the reader has answered, and which of their activities they are asked about.

    `unshared` are those of which nobody has told how they did it; `ambassador` is what the reader has said of being
    one; `again`: it was asked before.
    """

    edition: Edition
    evaluation: EditionEvaluation | None
    activities: Sequence[BookingView]
    unshared: Sequence[BookingView]
    ambassador: Ambassador | None
    again: bool

    @property
    def about(self) -> Edition:
        """What it is about."""
        return self.edition

    @property
    def subject(self) -> str:
        """How reminders name it."""
        return f"edition:{self.edition.id}"


@dataclass(frozen=True, slots=True)
class OfJoint:
    """What a message says of a joint action."""

    view: JointView

    @property
    def about(self) -> JointView:
        """What it is about."""
        return self.view

    @property
    def subject(self) -> str:
        """How reminders name it."""
        return f"joint:{self.view.action.id}"


@dataclass(frozen=True, slots=True)
class JointAhead(OfJoint):
    """A joint action's date in a week, or here (`kind`)."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class JointDone(OfJoint):
    """A joint action that is done."""


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A statement that the reader's actors have not answered."""

    asked: StatementAsked

    @property
    def about(self) -> StatementAsked:
        """What it is about."""
        return self.asked

    @property
    def subject(self) -> str:
        """How reminders name it."""
        return f"statement:{self.asked.statement.id}"


Item: TypeAlias = (
    SlotAhead | Lacking | FeeAhead | HoldEnding | ToEvaluate | EditionOver | JointAhead | JointDone | ToAnswer
)


@dataclass(frozen=True, slots=True)
class Reminded:
    """All that one message reminds of, in order of time. `several_actors`: the reader acts for more than one."""

    items: Sequence[Item]
    several_actors: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A press on a reminder: what was noted, when it comes again, and what else still stands about the booking."""

    view: BookingView
    said: str
    again_at: datetime | None
    rest: Reminded | None


@dataclass(frozen=True, slots=True)
class AskedChange:
    """The draft awaits what has changed; `matter`: coordinators know already that the move does not suit."""

    draft: Draft
    view: BookingView
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder to come: when (UTC), its topic, and what it is about."""

    due_at: datetime
    topic: str
    about: About


@dataclass(frozen=True, slots=True)
class Overview:
    """A person's reminders to come, the first of them (`more` follow), and the kinds that are turned off."""

    coming: Sequence[Coming]
    more: int
    muted: frozenset[str]
    several_actors: bool
