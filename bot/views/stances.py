"""Where actors stand on an issue's statement: asked, answered, counted, and how the statement is written."""

from collections.abc import Mapping, Sequence

from bot.domain.issues import RESERVATION_MAX, SOURCE_MAX, STATEMENT_MAX, asking
from bot.domain.model import GivenBy, Position, Stance
from bot.domain.results.issues import (
    StanceDraft,
    StanceHistory,
    StanceSaved,
    Standing,
    Standpoint,
    StatementAsked,
    StatementDraft,
)
from bot.views import stance_buttons as buttons
from bot.views.coordinate import dots
from bot.views.issue_buttons import KeepIssue, ShowIssue
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.times import county_day

_WAYS = (("decided", True), ("assessed", False))


def quoted(words: Mapping[str, str]) -> Line:
    """A statement as it reads."""
    return t("stances.quoted", text=L(words))


def point_lines(point: Standpoint) -> list[Line]:
    """The statement, the tally with both ways apart, and where the reader's own actors stand."""
    lines: list[Line] = [t("stances.statement"), quoted(point.statement.text), *tally_lines(point)]
    return [*lines, *(_own(actor.name, stance) for actor, stance in point.own)]


def tally_lines(point: Standpoint) -> list[Line]:
    """How many stand where; what organisations decided and what officials assess are two lines."""
    if not point.tally.total:
        return [t("stances.none_yet")]
    lines = [_counts(name, getattr(point.tally, name)) for name, _ in _WAYS]
    return [*lines, t("stances.earlier_wording", n=point.earlier) if point.earlier else None]


def _counts(name: str, counts: Mapping[Position, int]) -> Line:
    if not any(counts.values()):
        return None
    parts = [t(f"stances.n_{position}", n=counts[position]) for position in Position if counts[position]]
    return t(f"stances.tally_{name}", parts=parts)


def _own(actor: str, stance: Stance | None) -> Line:
    if stance is None:
        return t("stances.own_none", actor=actor)
    return t("stances.own", actor=actor, position=_position(stance.position), way=_way(stance))


def _position(position: Position) -> Words:
    return t(f"stances.position_{position}")


def _way(stance: Stance) -> Words:
    return t("stances.way_decided" if stance.decided else "stances.way_assessed")


def answers(point: Standpoint) -> list[list[Button]]:
    """The three answers for the reader's actors; one that all have given is changed the same way."""
    if not point.own:
        return []
    version = asking(point.versions).version
    return position_rows(point.statement.id, version)


def position_rows(statement_id: int, version: int) -> list[list[Button]]:
    """The three answers."""
    return [
        [
            button(
                t(f"stances.press_{position}"),
                buttons.AnswerStatement(statement_id=statement_id, version=version, position=position),
            )
        ]
        for position in Position
    ]


# Answering


def step(result: StanceDraft) -> Screen:
    """What is asked next."""
    by_coordinator = result.draft.data["by"] == GivenBy.COORDINATOR
    back = [button(t("issues.back_to_issue"), ShowIssue(issue_id=result.issue.id))]
    head: list[Line] = [
        t("issues.row", title=L(result.issue.title)),
        quoted(result.statement.text),
        _answer_so_far(result),
        "",
    ]
    match result.draft.step:
        case "actor":
            question = "stances.which_actor_entered" if by_coordinator else "stances.which_actor"
            found = result.found if by_coordinator else result.actors
            rows = [
                [button(actor.name, buttons.AnswerFor(draft_id=result.draft.id, actor_id=actor.id))] for actor in found
            ]
            return Screen([*head, t(question)], [*rows, back])
        case "position":
            return Screen([*head, t("stances.what_decided")], [*_entered(result), back])
        case "decided":
            return Screen([*head, t("stances.decided_or_not")], [*_ways(result), back])
        case "source":
            return Screen([*head, t("stances.ask_source", limit=SOURCE_MAX)], [back])
        case _:
            return Screen([*head, t("stances.ask_reservation", limit=RESERVATION_MAX)], [back])


def _answer_so_far(result: StanceDraft) -> Line:
    position = _position(result.position) if result.position is not None else None
    return dots([result.actor.name if result.actor is not None else None, position])


def _entered(result: StanceDraft) -> list[list[Button]]:
    return [
        [button(t(f"stances.press_{p}"), buttons.EnterPosition(draft_id=result.draft.id, position=p))] for p in Position
    ]


def _ways(result: StanceDraft) -> list[list[Button]]:
    return [
        [button(t(f"stances.press_{name}"), buttons.Decided(draft_id=result.draft.id, on=int(on)))]
        for name, on in _WAYS
    ]


def saved(result: StanceSaved) -> Screen:
    """It holds now; the actor's other people are told."""
    lines: list[Line] = [
        t("stances.saved", actor=result.actor.name, title=L(result.issue.title)),
        *_told(result.stance),
        t("stances.colleagues_told", n=result.told) if result.told else None,
    ]
    return Screen(lines, [_see(result)])


def _told(stance: Stance) -> list[Line]:
    return [
        dots([_position(stance.position), _way(stance)]),
        t("stances.reservation", text=stance.reservation) if stance.reservation else None,
        t("stances.source", text=stance.source) if stance.source else None,
    ]


def _see(result: StanceSaved) -> list[Button]:
    return [
        button(t("stances.see_all"), buttons.ShowStanding(issue_id=result.issue.id, page=0)),
        button(t("issues.back_to_issue"), ShowIssue(issue_id=result.issue.id)),
    ]


def colleague(result: StanceSaved) -> Screen:
    """To the actor's other people."""
    key = "stances.entered_for_you" if result.stance.given_by is GivenBy.COORDINATOR else "stances.colleague_answered"
    line = t(key, actor=result.actor.name, title=L(result.issue.title))
    return Screen([line, *_told(result.stance)], [_see(result)])


# Everybody's


def standing(result: Standing) -> Screen:
    """Where each actor stands, with reservations in words."""
    lines: list[Line] = [
        t("issues.row", title=L(result.issue.title)),
        quoted(result.standpoint.statement.text),
        *tally_lines(result.standpoint),
        "",
    ]
    asked = asking(result.standpoint.versions).version
    histories = []
    for stance, actor in result.page.items:
        lines += _line(stance, actor, older=stance.version < asked)
        if result.earlier_of.get(stance.actor_id):
            press = buttons.StanceHistory(statement_id=stance.statement_id, actor_id=stance.actor_id)
            histories.append(button(t("stances.history", actor=actor), press))
    ids = {"issue_id": result.issue.id}
    page, turn = result.page, []
    if page.number:
        turn.append(button(t("issues.before"), buttons.ShowStanding(**ids, page=page.number - 1)))
    if page.number + 1 < page.count:
        turn.append(button(t("issues.after"), buttons.ShowStanding(**ids, page=page.number + 1)))
    enter = [button(t("stances.enter"), buttons.EnterDecision(**ids))] if result.keeps else []
    back = [button(t("issues.back_to_issue"), ShowIssue(**ids))]
    return Screen(lines, [turn, *columns(histories, 1), enter, back])


def _line(stance: Stance, actor: str, *, older: bool) -> list[Line]:
    key = "stances.line_older" if older else "stances.line"
    line = t(key, actor=actor, position=_position(stance.position), way=_way(stance))
    return [
        line,
        t("stances.reservation", text=stance.reservation) if stance.reservation else None,
        t("stances.source", text=stance.source) if stance.source else None,
    ]


def history(result: StanceHistory) -> Screen:
    """What an actor has answered, oldest first."""
    lines: list[Line] = [t("stances.history_of", actor=result.actor.name, title=L(result.issue.title)), ""]
    for stance in result.stances:
        day = county_day(stance.given_at)
        lines.append(t("stances.history_line", day=day, position=_position(stance.position), way=_way(stance)))
        lines += [t("stances.reservation", text=stance.reservation) if stance.reservation else None]
        lines += [t("stances.source", text=stance.source) if stance.source else None]
    press = buttons.ShowStanding(issue_id=result.issue.id, page=0)
    return Screen(lines, [[button(t("stances.see_all"), press)]])


# The question, as it reaches people


def asked_lines(asked: StatementAsked) -> list[Line]:
    """The question in full: what is asked of whom, the statement, and what has changed in it."""
    changed = asked.version.what_changed
    names = [actor.name for actor in asked.actors]
    return [
        t("stances.asked_again" if changed else "stances.asked", actors=names, title=L(asked.issue.title)),
        quoted(asked.statement.text),
        t("stances.what_changed", text=L(changed)) if changed else None,
        t("stances.asked_how"),
    ]


def asked_rows(asked: StatementAsked) -> list[list[Button]]:
    """The three answers, and the issue itself."""
    more = [button(t("stances.more"), ShowIssue(issue_id=asked.issue.id))]
    return [*position_rows(asked.statement.id, asked.version.version), more]


# Writing the statement


def writing(result: StatementDraft) -> Screen:
    """What is asked of who writes it, or how it reads before it goes out."""
    where = result.draft.step
    back = [button(t("common.back"), KeepIssue(issue_id=result.issue.id))]
    if where != "preview":
        kind = "what" if where.startswith("what") else "text"
        language = where.rpartition("_")[2]
        return Screen([t(f"stances.write_{kind}"), t(f"stances.in_{language}", limit=STATEMENT_MAX)], [back])
    lines: list[Line] = [t("stances.preview", title=L(result.issue.title)), *_texts(result.text)]
    lines += [t("stances.what_changed", text=L(result.what_changed))] if result.what_changed and result.change else []
    if result.present is not None and dict(result.present.text) == dict(result.text):
        return Screen([*lines, "", t("stances.reads_so")], [*_word_buttons(result), back])
    return Screen([*lines, "", _asks(result)], [*_word_buttons(result), *_publish(result), back])


def _texts(text: Mapping[str, str]) -> Sequence[Line]:
    return [
        quoted({"sv": text.get("sv", "")}),
        quoted({"sv": text["en"]}) if text.get("en") else t("stances.no_english"),
    ]


def _asks(result: StatementDraft) -> Line:
    if result.change:
        return t("stances.will_ask", actors=result.actors, n=result.people)
    return t("stances.asks_nobody")


def _word_buttons(result: StatementDraft) -> list[list[Button]]:
    names = ["sv", "en", *(["what_sv", "what_en"] if result.change and result.present is not None else [])]
    found = [
        button(t(f"stances.word_{name}"), buttons.StatementWords(draft_id=result.draft.id, step=name)) for name in names
    ]
    return columns(found, 2)


def _publish(result: StatementDraft) -> list[list[Button]]:
    yes = buttons.PublishStatement(draft_id=result.draft.id)
    if result.present is None:
        return [[button(t("stances.ask_all"), yes)]]
    other = buttons.StatementChange(draft_id=result.draft.id, on=int(not result.change))
    if result.change:
        return [[button(t("stances.ask_again"), yes)], [button(t("stances.is_correction"), other)]]
    return [[button(t("stances.publish_correction"), yes)], [button(t("stances.is_change"), other)]]
