"""What is asked after an activity and after an edition, and what may be answered."""

import re
from typing import Final

from bot.domain.answers import UnknownChoice
from bot.domain.errors import DomainError
from bot.domain.membership import TextTooLong
from bot.domain.model import ActivityEvaluation, EditionEvaluation
from bot.domain.text import length, one_line

QUESTIONS: Final = ("came", "satisfied", "worth", "again")
"""What an answer consists of, in this order."""
OPTIONAL: Final = ("groups_came", "led_to", "comment")
"""What can be added."""
CAME: Final = (10, 20, 30, 50, 80)
"""How many came, answered with one press; any number can be written."""
CAME_MAX: Final = 10_000
SCORES: Final = (1, 2, 3, 4, 5)
AGAIN: Final = ("yes", "perhaps", "no")
LED_TO: Final = ("talks", "press", "contacts", "nothing")
"""Talks with decision-makers, press, contacts, nothing yet."""
NOTHING: Final = "nothing"
COMMENT_MAX: Final = 1000
EDITION_SCORES: Final = ("satisfied", "help")
"""What people score about an edition: the arena, and the help that they got."""
EVALUATION, EDITION, AMBASSADOR = "evaluation", "edition", "ambassador"
"""Kinds of asking."""
MEASURES: Final = ("satisfied", "help", "worth", "recommend")
"""What an earlier year's result can be of."""
_EARLIER = re.compile(
    r"(?P<year>20\d\d)\s*[:;,]?\s+(?P<value>\d{1,5}(?:[.,]\d{1,3})?)\s*(?:(?P<percent>%|procent|percent)|(?:av|of|/)\s*(?P<out_of>\d{1,5}))"
    r"(?:\s*[;,(]\s*(?P<answers>\d{1,6})\s*(?:svar|answers)\)?)?\s*[:;,]?\s+(?P<source>\S.*)",
    re.IGNORECASE,
)
SOURCE_MAX: Final = 200


class NotOverYet(DomainError):
    """It has not ended."""


class NotAnEarlierResult(DomainError):
    """No year, value, scale and source could be read; `text` is what was written."""


class AnsweredByActor(DomainError):
    """The actor has answered itself: its answer is not a coordinator's to change."""


def activity_subject(activity_id: int) -> str:
    """How askings name an activity."""
    return f"activity:{activity_id}"


def edition_subject(edition_id: int) -> str:
    """How askings name an edition."""
    return f"edition:{edition_id}"


def next_question(evaluation: ActivityEvaluation | None) -> str | None:
    """The first that has no answer; None when the answer is whole. What was not held has no scores."""
    if evaluation is None or evaluation.held is None or (evaluation.held and evaluation.came is None):
        return "came"
    asked = QUESTIONS[1:] if evaluation.held else ("again",)
    return next((name for name in asked if getattr(evaluation, name) is None), None)


def is_whole(evaluation: ActivityEvaluation | None) -> bool:
    """Whether nothing but what can be added lacks."""
    return next_question(evaluation) is None


def require_answer(name: str, answer: int | str) -> int | str:
    """The answer, if the question takes it. Raises UnknownChoice."""
    choices: dict[str, tuple[int | str, ...]] = {"satisfied": SCORES, "worth": SCORES, "again": AGAIN, "help": SCORES}
    if answer not in choices.get(name, ()):
        raise UnknownChoice
    return answer


def require_came(came: int) -> int:
    """How many came. Raises UnknownChoice."""
    if not 0 <= came <= CAME_MAX:
        raise UnknownChoice
    return came


def with_led_to(led_to: tuple[str, ...] | None, key: str, *, on: bool) -> tuple[str, ...]:
    """What it led to with one thing added or taken away; nothing goes with nothing else. Raises UnknownChoice."""
    if key not in LED_TO:
        raise UnknownChoice
    known = set(led_to or ())
    if not on:
        known.discard(key)
    elif key == NOTHING:
        known = {NOTHING}
    else:
        known = known - {NOTHING} | {key}
    return tuple(each for each in LED_TO if each in known)


def next_of_edition(evaluation: EditionEvaluation | None) -> str | None:
    """The first score that lacks, then "change"; None when all is answered."""
    for name in (*EDITION_SCORES, "change"):
        if evaluation is None or getattr(evaluation, name) is None:
            return name
    return None


def has_scores(evaluation: EditionEvaluation | None) -> bool:
    """Whether both scores are there: the free line can be left out."""
    return next_of_edition(evaluation) in {"change", None}


def read_earlier(text: str) -> tuple[int, float, float, int | None, str]:
    """Year, value, scale, number of answers (where told) and source: "2023: 7,8 av 10, 118 svar, ytans enkät".

    Raises NotAnEarlierResult, TextTooLong.
    """
    line = one_line(text)
    found = _EARLIER.fullmatch(line)
    if found is None:
        raise NotAnEarlierResult(text=line[:100])
    value = float(found["value"].replace(",", "."))
    out_of = 100.0 if found["percent"] else float(found["out_of"])
    if not 0 <= value <= out_of or out_of == 0:
        raise NotAnEarlierResult(text=line[:100])
    if length(found["source"]) > SOURCE_MAX:
        raise TextTooLong(n=length(found["source"]), limit=SOURCE_MAX)
    answers = found["answers"]
    return int(found["year"]), value, out_of, int(answers) if answers else None, found["source"]
