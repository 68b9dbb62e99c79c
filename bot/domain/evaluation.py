"""What participants are asked after an activity, and what they may answer."""

from typing import Final

from bot.domain.answers import UnknownChoice
from bot.domain.errors import DomainError
from bot.domain.model import Evaluation

QUESTIONS: Final = ("satisfied", "worth", "again", "comment")
"""In this order; each can be answered anew."""
SCORES: Final = (1, 2, 3, 4, 5)
WORTH: Final = ("yes", "partly", "no")
AGAIN: Final = ("yes", "perhaps", "no")
COMMENT_MAX: Final = 1000
SKIPPED: Final = ""
"""The free line that a person chose not to write."""


class NotOverYet(DomainError):
    """The activity has not ended."""


def next_question(evaluation: Evaluation | None) -> str | None:
    """The first that has no answer; None when all have."""
    return next((name for name in QUESTIONS if evaluation is None or getattr(evaluation, name) is None), None)


def require_answer(name: str, answer: int | str) -> int | str:
    """The answer, if the question takes it. Raises UnknownChoice."""
    choices: dict[str, tuple[int | str, ...]] = {"satisfied": SCORES, "worth": WORTH, "again": AGAIN}
    if answer not in choices.get(name, ()):
        raise UnknownChoice
    return answer
