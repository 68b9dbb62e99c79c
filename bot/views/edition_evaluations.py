"""A person's evaluation of an edition: one card that is edited as it is answered."""

from collections.abc import Sequence

from bot.domain.evaluation import EDITION_SCORES, SCORES
from bot.domain.model import Ambassador, BookingView, Edition, EditionEvaluation
from bot.domain.results.evaluations import EvaluatingEdition
from bot.domain.text import shortened
from bot.views.booking_parts import title
from bot.views.evaluation_buttons import BeAmbassador, EvaluateEdition, ScoreEdition, SkipChange
from bot.views.evaluations import Evaluate
from bot.views.method_buttons import StartMethod
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, button, columns, t

SHOWN = 4
"""Activities that have a button on the card."""
CHOICES = 8
"""Activities to choose from when one of them is told of."""
_LABEL = 30


def scores(edition: Edition, question: str) -> list[Button]:
    """The five buttons of a score."""
    ids = {"edition_id": edition.id, "question": question}
    return [button(str(score), ScoreEdition(**ids, score=score)) for score in SCORES]


def ambassador_button(edition: Edition) -> Button:
    """«Bli ambassadör?»."""
    return button(t("evaluation.ambassador"), EvaluateEdition(edition_id=edition.id, question="ambassador"))


def share_button(edition: Edition, unshared: Sequence[BookingView]) -> list[Button]:
    """«Så gjorde vi»: of several activities, which one is asked first."""
    match unshared:
        case []:
            return []
        case [view]:
            press: Press = StartMethod(activity_id=view.activity.id, edition_id=edition.id)
        case _:
            press = EvaluateEdition(edition_id=edition.id, question="method")
    return [button(t("evaluation.share_method"), press)]


def more_button(edition: Edition) -> Button:
    """«Mer», where the rest of what can be said is."""
    return button(t("evaluation.more"), EvaluateEdition(edition_id=edition.id))


def to_evaluate(activities: Sequence[BookingView]) -> list[list[Button]]:
    """An activity each that nobody has evaluated."""
    return [
        [button(t("evaluation.of_activity", title=shortened(title(v), _LABEL)), Evaluate(booking_id=v.booking.id))]
        for v in activities[:SHOWN]
    ]


def evaluating(result: EvaluatingEdition) -> Screen:
    """What is answered so far and the next question; below it what else there is to say."""
    edition, question = result.edition, result.question
    lines: list[Line] = [t("evaluation.edition_heading", edition=L(edition.name)), *answered(result.evaluation)]
    if question == "ambassador":
        return _ambassador(result, lines)
    if question == "method":
        return _which_to_share(result)
    lines += _is_ambassador(result.ambassador)
    if question is None:
        return Screen([*lines, "", t("evaluation.edition_thanks")], [*_ways_on(result), *_change(result)])
    asked = t(f"evaluation.ask_edition_{question}")
    if question in EDITION_SCORES:
        return Screen([*lines, "", asked], [scores(edition, question), *_ways_on(result)])
    skip = [button(t("evaluation.skip"), SkipChange(draft_id=result.draft.id))] if result.draft is not None else []
    return Screen([*lines, "", asked, t("evaluation.who_reads")], [skip, *_ways_on(result)])


def answered(known: EditionEvaluation | None) -> list[Line]:
    """What is answered, a line each."""
    if known is None:
        return []
    return [
        t("evaluation.edition_satisfied", score=known.satisfied) if known.satisfied is not None else None,
        t("evaluation.edition_help", score=known.help) if known.help is not None else None,
        t("evaluation.edition_change", text=known.change) if known.change else None,
    ]


def _is_ambassador(ambassador: Ambassador | None) -> list[Line]:
    willing = ambassador is not None and ambassador.answer == "yes" and ambassador.withdrawn_at is None
    return [t("evaluation.is_ambassador")] if willing else []


def _ambassador(result: EvaluatingEdition, lines: list[Line]) -> Screen:
    ids = {"edition_id": result.edition.id}
    said = _is_ambassador(result.ambassador)
    yes, no = BeAmbassador(**ids, yes=1), BeAmbassador(**ids, yes=0)
    both = [button(t("evaluation.ambassador_yes"), yes), button(t("evaluation.ambassador_no"), no)]
    choice = [button(t("evaluation.ambassador_stop"), no)] if said else both
    back = [button(t("common.back"), EvaluateEdition(**ids))]
    return Screen([*lines, *said, "", t("evaluation.ask_ambassador")], [choice, back])


def _which_to_share(result: EvaluatingEdition) -> Screen:
    edition_id = result.edition.id
    rows = [
        [button(shortened(title(v), _LABEL), StartMethod(activity_id=v.activity.id, edition_id=edition_id))]
        for v in result.unshared[:CHOICES]
    ]
    back = [button(t("common.back"), EvaluateEdition(edition_id=edition_id))]
    return Screen([t("methods.heading"), t("evaluation.which_to_share")], [*rows, back])


def _ways_on(result: EvaluatingEdition) -> list[list[Button]]:
    """What else there is: their activities, whether they will be an ambassador, and how they did it."""
    ambassador = result.ambassador
    willing = bool(_is_ambassador(ambassador))
    stop = button(t("evaluation.ambassador_stop"), BeAmbassador(edition_id=result.edition.id, yes=0))
    ask = [ambassador_button(result.edition)] if ambassador is None else [stop] if willing else []
    return [*to_evaluate(result.activities), ask, share_button(result.edition, result.unshared)]


def _change(result: EvaluatingEdition) -> list[list[Button]]:
    names = (*EDITION_SCORES, "change")
    ids = {"edition_id": result.edition.id}
    buttons = [button(t(f"evaluation.change_edition_{name}"), EvaluateEdition(**ids, question=name)) for name in names]
    return columns(buttons, 3)
