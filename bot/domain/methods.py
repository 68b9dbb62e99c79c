"""Rules of «Så gjorde vi»: three lines, and questions about them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import MethodQuestion
from bot.domain.ports.methods import Shared

LINES: Final = ("did", "worked", "change")
"""What is asked, in this order; all but the first can be left out."""
LINE_MAX: Final = 300
QUESTION_MAX: Final = 700
"""Characters of a question and of its answer: both are quoted in one message."""
QUESTIONS: Final = 5
"""So many questions within `QUESTIONS_WITHIN`, whomever they go to."""
QUESTIONS_WITHIN: Final = timedelta(hours=24)


class NobodyToAsk(DomainError):
    """The actor that shared it has nobody in Telegram now."""


class QuestionsMany(DomainError):
    """The person has asked as many (`limit`) as one may in a day and a night."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of methods is narrowed to; None: all."""

    arena_id: int | None = None
    kind: str | None = None
    issue_id: int | None = None

    def holds(self, shared: Shared) -> bool:
        """Whether a method is among them."""
        return (
            self.arena_id in {None, shared.edition.arena_id}
            and self.kind in {None, shared.activity.kind}
            and (self.issue_id is None or self.issue_id in shared.issue_ids)
        )


def require_may_ask(questions: Iterable[MethodQuestion], now: datetime) -> None:
    """Raise QuestionsMany. `questions` are all of the person's."""
    if sum(now - each.asked_at < QUESTIONS_WITHIN for each in questions) >= QUESTIONS:
        raise QuestionsMany(limit=QUESTIONS)
