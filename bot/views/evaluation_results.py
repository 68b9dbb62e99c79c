"""What coordinators see of an edition's evaluations."""

from collections.abc import Sequence

from bot.domain.evaluation import AGAIN, LED_TO, MEASURES, is_whole
from bot.domain.figures import Basis
from bot.domain.model import ActivityEvaluation, BookingView, EarlierResult, Edition
from bot.domain.results.evaluations import (
    Answers,
    EarlierResults,
    EditionResults,
    FreeLines,
    Willing,
)
from bot.domain.text import shortened
from bot.views.booking_parts import title
from bot.views.decimals import Decimal
from bot.views.edition_buttons import Coordinate
from bot.views.evaluation_buttons import (
    AskEarlier,
    ListAmbassadors,
    ListAnswers,
    ListEarlier,
    ListLines,
    OtherResults,
    RemoveEarlier,
    Results,
)
from bot.views.evaluations import Evaluate
from bot.views.matters import quotation
from bot.views.people import mention
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t

_LABEL = 40
_LINE = 400
"""UTF-16 units of a free line that are shown in a list."""
_EARLIER_SHOWN = 6
"""Results of earlier years that stand beside an edition's own."""


def which_edition(editions: Sequence[Edition]) -> Screen:
    """Which edition to look at; none has begun yet."""
    rows = [[button(L(edition.name), Results(edition_id=edition.id))] for edition in editions]
    back = [button(t("evaluation.to_overview"), Coordinate())]
    return Screen([t("evaluation.which_edition") if rows else t("evaluation.none_begun")], [*rows, back])


def results(r: EditionResults) -> Screen:
    """An edition's figures, the year before beside them, and what was measured elsewhere."""
    earlier: list[Line] = [t("evaluation.measured_elsewhere")] if r.earlier else []
    lines = [
        t("evaluation.results_heading", edition=L(r.edition.name)),
        *_activities(r),
        "",
        *_people(r),
        "",
        *earlier,
        *(_earlier(each) for each in r.earlier[:_EARLIER_SHOWN]),
    ]
    ids = {"edition_id": r.edition.id}
    doors = [
        button(t("evaluation.to_answers"), ListAnswers(**ids, page=0)),
        button(t("evaluation.to_lines"), ListLines(**ids, page=0)),
        button(t("evaluation.to_ambassadors"), ListAmbassadors(**ids)),
        button(t("evaluation.to_earlier"), ListEarlier(**ids)),
    ]
    others = [button(t("evaluation.other_editions"), OtherResults())] if r.others else []
    return Screen(lines, [*columns(doors, 2), others, [button(t("evaluation.to_overview"), Coordinate())]])


def _activities(r: EditionResults) -> list[Line]:
    names = {"held": "activities.held", "not_held": "activities.not_held", "came": "visitors.total"}
    counts = {name: _count(r, key) for name, key in names.items()}
    for_actors, answered = _count(r, "activities.answered_for"), _basis(r, "activities.held").answered
    led_to = [(t(f"evaluation.led_to_{key}"), _count(r, f"outcomes.{key}")) for key in LED_TO]
    groups = [(L(name), _count(r, f"groups.came.{group}")) for group, name in r.groups.items()]
    again = {key: _count(r, f"again.{key}") for key in AGAIN}
    return [
        t("evaluation.activities_answered", answered=answered, asked=_basis(r, "activities.held").asked),
        t("evaluation.of_which_for_actors", n=for_actors) if for_actors else None,
        t("evaluation.held", **counts) if answered else None,
        _score(r, "satisfied", "satisfied"),
        _score(r, "worth", "worth"),
        t("evaluation.figures_again", **again) if any(again.values()) else None,
        _counted("figures_led_to", led_to),
        _counted("figures_groups", groups),
    ]


def _count(r: EditionResults, key: str) -> int:
    """A count; a group that is the arena's no more has none."""
    return int(r.figures[key].value or 0) if key in r.figures else 0


def _basis(r: EditionResults, key: str) -> Basis:
    return r.figures[key].basis or Basis(0, 0, 0)


def _people(r: EditionResults) -> list[Line]:
    people = _basis(r, "edition.satisfied")
    return [
        t("evaluation.people_answered", answered=people.answered, asked=people.asked),
        _score(r, "arena", "edition.satisfied"),
        _score(r, "help", "edition.help"),
        t("evaluation.ambassadors", n=_count(r, "ambassadors")),
    ]


def _score(r: EditionResults, name: str, key: str) -> Line:
    mean = r.figures[key].value
    before = None if r.figures_before is None else r.figures_before[key].value
    if mean is None:
        return None
    line = t(f"evaluation.mean_{name}", mean=Decimal(mean), n=_basis(r, key).answered)
    if before is None or r.before is None:
        return line
    return t("evaluation.beside", line=line, year=r.before.year, mean=Decimal(before))


def _counted(text: str, counts: Sequence[tuple[Words, int]]) -> Line:
    """What was said at least once, each with how often."""
    said: list[Words] = [t("evaluation.counted", what=what, count=count) for what, count in counts if count]
    return t(f"evaluation.{text}", what=said) if said else None


def _earlier(each: EarlierResult) -> Line:
    what = t(f"evaluation.measure_{each.measure}")
    percent = each.out_of == 100  # noqa: PLR2004  # per cent
    value = t(
        "evaluation.percent" if percent else "evaluation.out_of", value=Decimal(each.value), out_of=f"{each.out_of:g}"
    )
    line = t("evaluation.earlier", year=each.year, what=what, value=value, source=each.source)
    return t("evaluation.earlier_answers", line=line, n=each.answers) if each.answers is not None else line


def _pages(page: int, pages: int, of: type[ListAnswers | ListLines], edition_id: int) -> list[Button]:
    before = [button("‹", of(edition_id=edition_id, page=page - 1))] if page else []
    return [*before, *([button("›", of(edition_id=edition_id, page=page + 1))] if page + 1 < pages else [])]


def _back(edition_id: int) -> list[Button]:
    return [button(t("evaluation.back_to_results"), Results(edition_id=edition_id))]


def answers(r: Answers) -> Screen:
    """A page of activities, each with its answer in short; a press opens it."""
    lines: list[Line] = [t("evaluation.answers_heading", edition=L(r.edition.name)), ""]
    lines += [_in_short(view, answer) for view, answer in r.activities]
    if not r.activities:
        lines.append(t("evaluation.no_activities"))
    rows = [[button(shortened(title(view), _LABEL), Evaluate(booking_id=view.booking.id))] for view, _ in r.activities]
    return Screen(lines, [*rows, _pages(r.page, r.pages, ListAnswers, r.edition.id), _back(r.edition.id)])


def _in_short(view: BookingView, answer: ActivityEvaluation | None) -> Line:
    fields = {"title": title(view), "actor": view.actor.name}
    if answer is None or answer.held is None:
        return t("evaluation.short_none", **fields)
    if not answer.held:
        return t("evaluation.short_not_held", **fields)
    whole = is_whole(answer)
    return t(
        "evaluation.short" if whole else "evaluation.short_begun", **fields, came=answer.came, score=answer.satisfied
    )


def lines(r: FreeLines) -> Screen:
    """A page of what was written."""
    said: list[Line] = [t("evaluation.lines_heading", edition=L(r.edition.name)), ""]
    for view, words in r.lines:
        text = quotation(words, _LINE)
        said.append(
            t("evaluation.line_of_edition", text=text)
            if view is None
            else t("evaluation.line_of_activity", title=title(view), actor=view.actor.name, text=text)
        )
    if not r.lines:
        said.append(t("evaluation.no_lines"))
    return Screen(said, [_pages(r.page, r.pages, ListLines, r.edition.id), _back(r.edition.id)])


def ambassadors(r: Willing) -> Screen:
    """Who said yes, each a link to write to."""
    heading = t("evaluation.ambassadors_heading", arena=L(r.arena.name))
    people: list[Line] = [
        t("evaluation.ambassador_of", person=mention(person), actor=actor) if actor else mention(person)
        for person, actor in r.people
    ]
    return Screen([heading, "", *(people or [t("evaluation.no_ambassadors")])], [_back(r.edition.id)])


def earlier(r: EarlierResults) -> Screen:
    """What was measured elsewhere, with ways to add and to take away; or the question for one."""
    if r.draft is not None:
        question = t("evaluation.ask_earlier", what=t(f"evaluation.measure_{r.measure}"), arena=L(r.arena.name))
        return Screen([question], [[button(t("common.back"), ListEarlier(edition_id=r.edition_id))]])
    heading = t("evaluation.earlier_heading", arena=L(r.arena.name))
    listed: list[Line] = [_earlier(each) for each in r.results]
    add: list[tuple[Words, Press]] = [
        (t("evaluation.add_measure", what=t(f"evaluation.measure_{m}")), AskEarlier(edition_id=r.edition_id, measure=m))
        for m in MEASURES
    ]
    remove = [
        [
            button(
                t("evaluation.remove_earlier", year=each.year, what=t(f"evaluation.measure_{each.measure}")),
                RemoveEarlier(edition_id=r.edition_id, result_id=each.id),
            )
        ]
        for each in r.results[:_EARLIER_SHOWN]
    ]
    rows = [*columns([button(label, press) for label, press in add], 2), *remove, _back(r.edition_id)]
    return Screen([heading, "", *(listed or [t("evaluation.no_earlier")])], rows)
