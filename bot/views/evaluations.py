"""The card of an activity's evaluation."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from bot.domain.evaluation import AGAIN, CAME, LED_TO, SCORES
from bot.domain.model import ActivityEvaluation, BookingView, GivenBy, Localised
from bot.domain.results.evaluations import Evaluating
from bot.views.booking_parts import title
from bot.views.evaluation_buttons import EvaluateEdition, ListAnswers
from bot.views.issue_buttons import NameIt
from bot.views.method_buttons import StartMethod
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t


class Evaluate(Press):
    """Ask one of the questions, or the first that has no answer."""

    code: ClassVar[str] = "ne"
    booking_id: int
    question: str | None = None


class Came(Press):
    """How many came; None: it was not held."""

    code: ClassVar[str] = "nh"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int
    number: int | None


class Satisfied(Press):
    """How satisfied, 1–5."""

    code: ClassVar[str] = "ns"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int
    score: int


class Worth(Press):
    """Whether it was worth it, 1–5."""

    code: ClassVar[str] = "nw"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int
    score: int


class Again(Press):
    """Whether they come again."""

    code: ClassVar[str] = "na"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int
    answer: str


class GroupCame(Press):
    """A target group came, or did not: so it is however often and on whichever card it is pressed."""

    code: ClassVar[str] = "ng"
    booking_id: int
    on: int
    group_id: int


class LedTo(Press):
    """It led to something, or did not; likewise."""

    code: ClassVar[str] = "nl"
    booking_id: int
    on: int
    key: str


class LeaveQuestion(Press):
    """Write nothing."""

    code: ClassVar[str] = "nk"
    draft_id: int


def how_many(view: BookingView, revision: int) -> list[list[Button]]:
    """How many came: the buttons of the first question."""
    ids = {"booking_id": view.booking.id, "revision": revision}
    numbers = [button(str(number), Came(**ids, number=number)) for number in CAME]
    other = Evaluate(booking_id=view.booking.id, question="came_written")
    return [
        numbers,
        [button(t("evaluation.other_number"), other), button(t("evaluation.not_held"), Came(**ids, number=None))],
    ]


def evaluating(result: Evaluating) -> Screen:
    """What is answered so far and the next question, or thanks and ways to add and to change."""
    lines = _heading(result)
    if result.question is None:
        end = t("evaluation.locked") if result.locked else t("evaluation.thanks")
        unnamed = t("evaluation.unnamed") if result.unnamed else None
        return Screen([*lines, "", end, unnamed], _ways_on(result))
    asked = t(f"evaluation.ask_{result.question}")
    return Screen([*lines, "", asked], [*_choices(result, result.question), *_back(result)])


def was_evaluated(result: Evaluating) -> Screen:
    """To the others who were asked: it is answered, and can be changed."""
    show = Evaluate(booking_id=result.view.booking.id)
    return Screen(
        [*_heading(result), "", t("evaluation.yours_too")],
        [[button(t("evaluation.show_or_change"), show)]],
    )


def _heading(result: Evaluating) -> list[Line]:
    known = result.evaluation
    by_coordinator = known is not None and known.given_by is GivenBy.COORDINATOR and not result.for_actor
    return [
        t("evaluation.heading", title=title(result.view)),
        t("booking.for_actor", actor=result.view.actor.name) if result.for_actor or result.locked else None,
        t("evaluation.answered_by", person=result.answered_by.name)
        if result.answered_by is not None and not by_coordinator
        else None,
        t("evaluation.by_coordinator") if by_coordinator else None,
        *(answered(known, result.groups) if known is not None else ()),
    ]


def answered(known: ActivityEvaluation, groups: Mapping[int, Localised]) -> list[Line]:
    """What is answered, a line each; `groups` are target groups by id."""
    came = t("evaluation.came", n=known.came) if known.came is not None else None
    return [
        t("evaluation.was_not_held") if known.held is False else came,
        t("evaluation.satisfied", score=known.satisfied) if known.satisfied is not None else None,
        t("evaluation.worth", score=known.worth) if known.worth is not None else None,
        t("evaluation.again", answer=t(f"evaluation.again_{known.again}")) if known.again else None,
        t("evaluation.groups_came", groups=[L(groups[g]) for g in known.groups_came if g in groups])
        if known.groups_came
        else None,
        t("evaluation.led_to", what=[t(f"evaluation.led_to_{key}") for key in known.led_to]) if known.led_to else None,
        t("evaluation.comment", text=known.comment) if known.comment else None,
    ]


def _choices(result: Evaluating, question: str) -> list[list[Button]]:  # noqa: PLR0911  # one for each question
    view, ids = result.view, {"booking_id": result.view.booking.id, "revision": result.revision}
    match question:
        case "came":
            return how_many(view, result.revision)
        case "satisfied":
            return [[button(str(score), Satisfied(**ids, score=score)) for score in SCORES]]
        case "worth":
            return [[button(str(score), Worth(**ids, score=score)) for score in SCORES]]
        case "again":
            return [[button(_label(f"evaluation.again_{each}"), Again(**ids, answer=each)) for each in AGAIN]]
        case "groups_came":
            chosen = (result.evaluation.groups_came if result.evaluation else None) or ()
            groups = [
                _choice(L(name), each in chosen, partial(GroupCame, booking_id=view.booking.id, group_id=each))
                for each, name in result.groups.items()
            ]
            return [*([group] for group in groups), _done(result)]
        case "led_to":
            led_to = (result.evaluation.led_to if result.evaluation else None) or ()
            keys = [
                _choice(
                    _label(f"evaluation.led_to_{each}"),
                    each in led_to,
                    partial(LedTo, booking_id=view.booking.id, key=each),
                )
                for each in LED_TO
            ]
            return [*([key] for key in keys), _done(result)]
    draft = result.draft
    skip = "evaluation.skip" if question == "comment" else "evaluation.other_way"
    return [[button(t(skip), LeaveQuestion(draft_id=draft.id))]] if draft is not None else []


def _choice(label: Words, on: bool, press: Callable[..., Press]) -> Button:  # noqa: FBT001  # it is what is chosen
    return button(t("evaluation.chosen", what=label) if on else label, press(on=int(not on)))


def _done(result: Evaluating) -> list[Button]:
    return [button(t("evaluation.done"), Evaluate(booking_id=result.view.booking.id))]


def _ways_on(result: Evaluating) -> list[list[Button]]:
    """What can be added, and then what can be changed."""
    if result.locked:
        return _back(result)
    known = result.evaluation
    held = known is not None and known.held is True
    add = ["groups_came"] * bool(held and result.groups) + ["led_to"] * held + ["comment"]
    change = ["came", *(["satisfied", "worth"] if held else []), "again"]
    method = StartMethod(activity_id=result.view.activity.id)
    share = (
        [button(t("evaluation.share_method"), method)] if held and not (result.has_method or result.for_actor) else []
    )
    name = [button(t("evaluation.name_it"), NameIt(booking_id=result.view.booking.id))] if result.unnamed else []
    return [name, *columns(_asking(result, add), 2), *columns(_asking(result, change), 2), share, *_back(result)]


def _asking(result: Evaluating, questions: list[str]) -> list[Button]:
    booking_id = result.view.booking.id
    return [
        button(t(f"evaluation.change_{each}"), Evaluate(booking_id=booking_id, question=each)) for each in questions
    ]


def _back(result: Evaluating) -> list[list[Button]]:
    edition_id = result.view.edition.id
    if result.for_actor or result.locked:
        return [[button(t("evaluation.back_to_answers"), ListAnswers(edition_id=edition_id, page=0))]]
    if result.with_edition and result.question is None:
        return [
            [
                button(
                    t("evaluation.to_edition", edition=L(result.view.edition.name)),
                    EvaluateEdition(edition_id=edition_id),
                )
            ]
        ]
    return []


def _label(key: str) -> Words:
    return t("evaluation.label", answer=t(key))
