"""The evaluation's card."""

from typing import ClassVar

from bot.domain.evaluation import AGAIN, QUESTIONS, SCORES, WORTH
from bot.domain.model import BookingView
from bot.domain.results.reminders import Evaluating
from bot.views.booking_parts import title
from bot.views.press import Press
from bot.views.screen import Button, Line, Screen, Words, button, columns, t


class Evaluate(Press):
    """Ask one of the questions, or the first that has no answer."""

    code: ClassVar[str] = "ne"
    booking_id: int
    question: str | None = None


class Satisfied(Press):
    """How satisfied, 1–5."""

    code: ClassVar[str] = "ns"
    booking_id: int
    score: int


class Worth(Press):
    """Whether it was worth it."""

    code: ClassVar[str] = "nw"
    booking_id: int
    answer: str


class Again(Press):
    """Whether they come again."""

    code: ClassVar[str] = "na"
    booking_id: int
    answer: str


class SkipComment(Press):
    """No free line."""

    code: ClassVar[str] = "nk"
    draft_id: int


def scores(view: BookingView) -> list[Button]:
    """The five buttons of the first question."""
    return [button(str(score), Satisfied(booking_id=view.booking.id, score=score)) for score in SCORES]


def evaluating(result: Evaluating) -> Screen:
    """What is answered so far and the next question, or thanks and a way to change."""
    heading: Line = t("evaluation.heading", title=title(result.view))
    if result.question is None:
        change = [
            button(t(f"evaluation.change_{name}"), Evaluate(booking_id=result.view.booking.id, question=name))
            for name in QUESTIONS
        ]
        return Screen([heading, *_answered(result), "", t("evaluation.thanks")], columns(change, 2))
    asked = [*_answered(result), "", t(f"evaluation.ask_{result.question}")]
    return Screen([heading, *asked], _choices(result))


def _answered(result: Evaluating) -> list[Line]:
    known = result.evaluation
    if known is None:
        return []
    return [
        t("evaluation.satisfied", score=known.satisfied) if known.satisfied is not None else None,
        t("evaluation.worth", answer=t(f"evaluation.worth_{known.worth}")) if known.worth else None,
        t("evaluation.again", answer=t(f"evaluation.again_{known.again}")) if known.again else None,
        t("evaluation.comment", text=known.comment) if known.comment else None,
    ]


def _choices(result: Evaluating) -> list[list[Button]]:
    booking_id = result.view.booking.id
    match result.question:
        case "satisfied":
            return [scores(result.view)]
        case "worth":
            return [
                [button(_label(f"evaluation.worth_{answer}"), Worth(booking_id=booking_id, answer=answer))]
                for answer in WORTH
            ]
        case "again":
            return [
                [button(_label(f"evaluation.again_{answer}"), Again(booking_id=booking_id, answer=answer))]
                for answer in AGAIN
            ]
    draft = result.draft
    return [[button(t("evaluation.skip"), SkipComment(draft_id=draft.id))]] if draft is not None else []


def _label(key: str) -> Words:
    return t("evaluation.label", answer=t(key))
