"""Figures from what people answered, where at least five did."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from tests.year.acts import Evaluates, EvaluatesEdition
from tests.year.expected.activities import held_answer, was_asked
from tests.year.expected.figure import Figure
from tests.year.expected.scope import View
from tests.year.setting import Edition, local

ENOUGH = 5


class Answer(NamedTuple):
    """To a question, about an edition."""

    edition: Edition
    value: Any


class Group(NamedTuple):
    """Answers that are shown together."""

    editions: tuple[Edition, ...]
    values: list[Any]


def grouped(answers: Sequence[Answer], *, pooled: bool = True) -> list[Group]:
    """An edition of five or more; and together those of a year that have fewer, if they then are five."""
    by_edition: dict[Edition, list[Any]] = defaultdict(list)
    for answer in answers:
        by_edition[answer.edition].append(answer.value)
    found = [Group((edition,), values) for edition, values in by_edition.items() if len(values) >= ENOUGH]
    for year in {edition.year for edition in by_edition}:
        few = [e for e, values in by_edition.items() if e.year == year and len(values) < ENOUGH]
        together = [value for edition in few for value in by_edition[edition]]
        if pooled and len(together) >= ENOUGH:
            found.append(Group(tuple(few), together))
    return found


class Question:
    """All answers to a question, and what of them a report may show."""

    def __init__(self, view: View, answers: Sequence[Answer], asked: int, *, pooled: bool = True) -> None:
        self.answers = answers
        groups = grouped(answers, pooled=pooled)
        if view.scope.edition is not None:
            self.groups = [g for g in groups if [e.name for e in g.editions] == [view.scope.edition]]
        else:
            self.groups = [g for g in groups if all(view.holds(edition) for edition in g.editions)]
        self.values = [value for group in self.groups for value in group.values]
        answered = sum(answer.edition.name in view.names for answer in answers)
        self.basis = (max(asked, answered), answered, len(self.values))
        self.withheld = not self.values and answered > 0

    def mean(self) -> Figure:
        mean = sum(self.values) / len(self.values) if self.values else None
        return Figure(mean, 5, self.basis, self.withheld)

    def count(self, said: str | bool) -> Figure:  # noqa: FBT001  # it is an answer
        """How many said so, perhaps among other things, of those who answered."""
        known = (
            sum(value == said or (isinstance(value, list | tuple) and said in value) for value in self.values)
            if self.values
            else None
        )
        return Figure(known, len(self.values) or None, self.basis, self.withheld)


def of_answers(view: View) -> dict[str, Figure]:
    return _of_activities(view) | _of_people(view) | _earlier(view)


# Activities


def _answers(view: View, value: Callable[[Evaluates], Any], *, held: bool = True) -> list[Answer]:
    """What activities answered, wherever, where they answered it; what was not held has no scores."""
    answers = [(view.edition(each), held_answer(each) if held else each.answer) for each in view.every]
    return [Answer(edition, value(answer)) for edition, answer in answers if answer is not None and value(answer)]


def _of_activities(view: View) -> dict[str, Figure]:
    asked = sum(was_asked(view, each) for each in view.activities)
    satisfied = _answers(view, lambda answer: answer.satisfied)
    worth = _answers(view, lambda answer: answer.worth)
    again = Question(view, _answers(view, lambda answer: answer.again, held=False), asked)
    led_to = Question(view, _answers(view, lambda answer: answer.led_to), asked)
    arenas = {edition.arena for edition in view.editions}
    return {
        "satisfied": Question(view, satisfied, asked).mean(),
        "worth": Question(view, worth, asked).mean(),
        **{f"again.{said}": again.count(said) for said in ("yes", "perhaps", "no")},
        **{f"outcomes.{what}": led_to.count(what) for what in ("talks", "press", "contacts", "nothing")},
        **{
            f"groups.came.{arena}/{group}": _came(view, arena).count(group)
            for arena in arenas
            for group in view.record.setting.groups[arena]
        },
        **_trend(view, {"satisfied": satisfied, "worth": worth}),
    }


def _came(view: View, arena: str) -> Question:
    """Each arena has groups of its own, and is asked by itself."""
    answers = [each for each in _answers(view, lambda answer: answer.groups) if each.edition.arena == arena]
    asked = sum(was_asked(view, each) for each in view.activities if view.edition(each).arena == arena)
    return Question(view, answers, asked, pooled=False)


# People


def _of_people(view: View) -> dict[str, Figure]:
    asked = {edition.name: _people_asked(view, edition) for edition in view.editions}
    said = view.record.of_editions
    asked_of_it = sum(len(people | {by for name, by in said if name == e}) for e, people in asked.items())
    satisfied = _scores(view, lambda answer: answer.satisfied)
    helped = _scores(view, lambda answer: answer.help)
    willing = view.record.ambassadors
    asked_to_be = sum(len(people | {by for name, by in willing if name == e}) for e, people in asked.items())
    answers = [Answer(view.record.setting.edition(name), yes) for (name, _), yes in willing.items()]
    ambassadors = Question(view, answers, asked_to_be).count(True)  # as above
    return {
        "edition.satisfied": Question(view, satisfied, asked_of_it).mean(),
        "edition.help": Question(view, helped, asked_of_it).mean(),
        "ambassadors": ambassadors,
        **_trend(view, {"edition.satisfied": satisfied, "edition.help": helped}),
    }


def _people_asked(view: View, edition: Edition) -> set[str]:
    """Those whose own an activity of the edition is, once the day has come."""
    day = edition.asked_on or edition.last + timedelta(days=14)
    if local(f"{day} 10.00") > view.record.now:
        return set()
    mine = [activity for activity in view.every if activity.slot.edition == edition.name]
    return {person for activity in mine for people in activity.followers.values() for person in people}


def _scores(view: View, value: Callable[[EvaluatesEdition], int]) -> list[Answer]:
    said = view.record.of_editions.items()
    return [Answer(view.record.setting.edition(name), value(answer)) for (name, _), answer in said]


# Beside earlier years


def _trend(view: View, questions: dict[str, list[Answer]]) -> dict[str, Figure]:
    arenas = {edition.arena for edition in view.editions}
    editions = [e for e in view.record.setting.editions if e.arena in arenas and e.year <= view.scope.last]
    found = {}
    for question, answers in questions.items():
        for edition in editions:
            values = [answer.value for answer in answers if answer.edition == edition]
            if values:
                shown = values if len(values) >= ENOUGH else []
                mean = sum(shown) / len(shown) if shown else None
                basis = (len(values), len(values), len(shown))
                found[f"trend.{edition.name}.{question}"] = Figure(mean, 5, basis, not shown)
    return found


def _earlier(view: View) -> dict[str, Figure]:
    arenas = {edition.arena for edition in view.editions}
    found = {}
    for entered in view.record.earlier:
        arena, n = view.record.setting.edition(entered.edition).arena, entered.answers
        if arena in arenas and entered.year <= view.scope.last:
            few = n is not None and n < ENOUGH
            basis = None if n is None else (n, n, 0 if few else n)
            key = f"earlier.{arena}.{entered.year}.{entered.measure}"
            found[key] = Figure(None if few else entered.value, entered.out_of, basis, few)
    return found
