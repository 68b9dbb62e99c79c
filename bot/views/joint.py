"""Joint actions: listed, shown, started step by step, and what others are told of them."""

from collections.abc import Sequence

from bot.domain.joint import OUTCOME_MAX, WHAT_MAX
from bot.domain.model import Actor, JointActor, JointActorState, JointState
from bot.domain.remind import Kind
from bot.domain.results.joint import JointCard, JointDraft, JointInvitation, JointList, JointView
from bot.domain.results.reminders import JointAhead, JointDone
from bot.domain.text import shortened
from bot.views import joint_buttons as buttons
from bot.views.issue_buttons import ListIssues, ShowIssue
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, Words, button, t
from bot.views.times import Day, DayMonth, county_day

LABEL = 40
"""Characters of what is done on a button."""
MONTHS = (1, 3, 6, 12)


def called(view: JointView) -> str:
    """A joint action on a button."""
    return shortened(view.action.what, LABEL)


def listed(result: JointList) -> Screen:
    """Joint actions with their state, who takes part and by when."""
    issue, page = result.issue, result.page
    heading = t("joint.heading_own") if issue is None else t("joint.heading", title=L(issue.title))
    lines: list[Line] = [
        heading,
        t("issues.page", page=page.number + 1, pages=page.count) if page.count > 1 else None,
        "",
    ]
    rows: list[list[Button]] = []
    for view in page.items:
        lines += [*_short(view), ""]
        rows.append([button(called(view), buttons.ShowJoint(joint_id=view.action.id))])
    if not page.items:
        lines.append(t("joint.none"))
    turn = [button(t("issues.before"), _at(result, page.number - 1))] if page.number else []
    if page.number + 1 < page.count:
        turn.append(button(t("issues.after"), _at(result, page.number + 1)))
    if issue is None:
        return Screen(lines, [*rows, turn, [button(t("issues.back"), ListIssues())]])
    start = [button(t("joint.start"), buttons.StartJoint(issue_id=issue.id))] if result.acts else []
    back = [button(t("issues.back_to_issue"), ShowIssue(issue_id=issue.id))]
    return Screen(lines, [*rows, turn, [] if issue.archived_at else start, back])


def _at(result: JointList, page: int) -> Press:
    if result.issue is None:
        return buttons.OwnJoint(page=page)
    return buttons.ListJoint(issue_id=result.issue.id, page=page)


def _short(view: JointView) -> list[Line]:
    action = view.action
    return [
        t("joint.what", what=action.what),
        t("joint.state_and_lead", state=_state(view), actor=view.leading[1]),
        t("joint.outcome", text=action.outcome) if action.outcome else None,
    ]


def _state(view: JointView) -> Words:
    action = view.action
    if action.state is JointState.DONE and action.done_at is not None:
        return t("joint.state_done", day=county_day(action.done_at))
    if action.state is JointState.GIVEN_UP:
        return t("joint.state_given_up")
    return t(f"joint.state_{action.state}", day=DayMonth(action.due_on))


def card(result: JointCard) -> Screen:
    """One joint action as it is now, with what the reader may do."""
    view = result.view
    lines: list[Line] = [
        t(f"joint.said_{result.said}") if result.said else None,
        "" if result.said else None,
        t("joint.what", what=view.action.what),
        t("joint.about", title=L(view.issue.title)),
        t("joint.state_and_lead", state=_state(view), actor=view.leading[1]),
        t("joint.asked_to_lead", actor=_asked_to_lead(view)) if _asked_to_lead(view) else None,
        t("joint.taking_part", actors=view.taking_part) if len(view.taking_part) > 1 else None,
        t("joint.waiting", actors=view.waiting) if view.waiting else None,
        t("joint.outcome", text=view.action.outcome) if view.action.outcome else None,
    ]
    back = [
        button(t("joint.back"), buttons.ListJoint(issue_id=view.issue.id, page=0)),
        button(t("issues.back_to_issue"), ShowIssue(issue_id=view.issue.id)),
    ]
    return Screen(lines, [*_answers(result), *_leading(result), back])


def _asked_to_lead(view: JointView) -> str | None:
    asked = (n for p, n in view.parts if p.actor_id == view.action.lead_actor_id and p.state is JointActorState.INVITED)
    return next(asked, None)


def _answers(result: JointCard) -> list[list[Button]]:
    """Yes and no for the reader's own actors that are asked; a way out for those that take part."""
    if result.view.action.state.is_over:
        return []
    rows = []
    several = len(result.own) > 1
    for part, name in result.own:
        if part.state is JointActorState.INVITED:
            rows.append(_yes_and_no(part, name if several else None))
        elif part.state is JointActorState.ACCEPTED and part.actor_id != result.view.leading[0]:
            leave = buttons.AnswerJoint(part_id=part.id, revision=part.revision, yes=0)
            rows.append([button(t("joint.leave_for", actor=name) if several else t("joint.leave"), leave)])
    return rows


def _yes_and_no(part: JointActor, name: str | None) -> list[Button]:
    ids = {"part_id": part.id, "revision": part.revision}
    yes = t("joint.yes_for", actor=name) if name else t("joint.yes")
    return [button(yes, buttons.AnswerJoint(**ids, yes=1)), button(t("joint.no"), buttons.AnswerJoint(**ids, yes=0))]


def _leading(result: JointCard) -> list[list[Button]]:
    """What who leads can do."""
    action = result.view.action
    if not result.leads or action.state is JointState.GIVEN_UP:
        return []
    ids = {"joint_id": action.id}
    outcome = button(t("joint.change_outcome"), buttons.ChangeJoint(**ids, what="outcome"))
    if action.state is JointState.DONE:
        return [[outcome]]
    other = JointState.UNDER_WAY if action.state is JointState.PLANNED else JointState.PLANNED
    to_other = buttons.JointTo(**ids, revision=action.revision, state=other)
    return [
        [button(t("joint.finish"), buttons.ChangeJoint(**ids, what="outcome"))],
        [button(t(f"joint.to_{other}"), to_other)],
        [button(t("joint.invite"), buttons.InviteToJoint(**ids))],
        [
            button(t("joint.change_what"), buttons.ChangeJoint(**ids, what="what")),
            button(t("joint.change_due"), buttons.ChangeJoint(**ids, what="due")),
        ],
        [button(t("joint.give_up"), buttons.GiveUpJoint(**ids))],
    ]


def giving_up(result: JointCard) -> Screen:
    """Who is told, before the yes."""
    view = result.view
    ids = {"joint_id": view.action.id}
    others = [*view.taking_part[1:], *view.waiting]
    keep = button(t("joint.go_on"), buttons.ShowJoint(**ids))
    yes = buttons.JointTo(**ids, revision=view.action.revision, state=JointState.GIVEN_UP)
    question = t("joint.ask_give_up", what=view.action.what)
    told = t("joint.will_be_told", actors=others) if others else None
    return Screen([question, told], [[keep, button(t("joint.give_up"), yes)]])


# Step by step


def step(result: JointDraft) -> Screen:
    """What is asked next."""
    back = [button(t("common.back"), _back(result))]
    head: list[Line] = [t("joint.about", title=L(result.issue.title)), _so_far(result)]
    nobody = t("joint.nobody_found") if result.found == [] else None
    match result.draft.step:
        case "what":
            return Screen(
                [*head, t("joint.ask_what", limit=WHAT_MAX), _for_whom(result)], [*_for_another(result), back]
            )
        case "lead" if not result.found:
            return Screen([*head, nobody, t("joint.who_leads")], [*_choices(result, result.actors), back])
        case "due":
            return Screen([*head, t("joint.ask_due")], [_months(result), back])
        case "outcome":
            return Screen([*head, t("joint.ask_outcome", limit=OUTCOME_MAX)], [back])
        case _:
            question = t("joint.which_one" if result.found else "joint.ask_invite")
            return Screen([*head, nobody, question], [*_choices(result, result.found or ()), back])


def _back(result: JointDraft) -> Press:
    if result.view is not None:
        return buttons.ShowJoint(joint_id=result.view.action.id)
    return ShowIssue(issue_id=result.issue.id)


def _so_far(result: JointDraft) -> Line:
    what = result.view.action.what if result.view is not None else result.draft.data.get("what")
    return t("joint.what", what=what) if what else None


def _for_whom(result: JointDraft) -> Line:
    """Which of the reader's several actors it is started for."""
    assumed = result.view is None and result.actor is not None and len(result.actors) > 1
    return t("joint.started_for", actor=result.actor.name) if assumed and result.actor is not None else None


def _for_another(result: JointDraft) -> list[list[Button]]:
    others = [actor for actor in result.actors if actor != result.actor] if result.view is None else []
    draft_id = result.draft.id
    return [
        [button(t("joint.start_for", actor=actor.name), buttons.JointFor(draft_id=draft_id, actor_id=actor.id))]
        for actor in others
    ]


def _months(result: JointDraft) -> list[Button]:
    return [button(t("joint.months", n=n), buttons.DueIn(draft_id=result.draft.id, months=n)) for n in MONTHS]


def _choices(result: JointDraft, actors: Sequence[Actor]) -> list[list[Button]]:
    press = buttons.LeadJoint if result.draft.step == "lead" else buttons.PickInvited
    return [[button(actor.name, press(draft_id=result.draft.id, actor_id=actor.id))] for actor in actors]


# What others are told


def invitation(asked: JointInvitation) -> Screen:
    """Ask the actor's people whether it takes part, or leads."""
    view = asked.view
    key = "joint.question_lead" if asked.is_to_lead else "joint.question"
    lines: list[Line] = [
        t(key, owner=view.leading[1], actor=asked.actor),
        t("joint.what", what=view.action.what),
        t("joint.about", title=L(view.issue.title)),
        t("joint.by", day=Day(view.action.due_on)),
        t("joint.taking_part", actors=view.taking_part),
    ]
    show = [button(t("joint.show"), buttons.ShowJoint(joint_id=view.action.id))]
    return Screen(lines, [_yes_and_no(asked.part, None), show])


def answered(asked: JointInvitation) -> Screen:
    """To the one who answered."""
    accepted = asked.part.state is JointActorState.ACCEPTED
    whose = "_for" if asked.on_behalf else ""
    key = f"joint.accepted{whose}" if accepted else f"joint.declined{whose}"
    show = [button(t("joint.show"), buttons.ShowJoint(joint_id=asked.view.action.id))]
    return Screen([t(key, what=asked.view.action.what, actor=asked.actor)], [show])


def told_answer(asked: JointInvitation) -> Screen:
    """To who leads."""
    accepted = asked.part.state is JointActorState.ACCEPTED
    key = "joint.told_accepted" if accepted else "joint.told_declined"
    line = t(key, actor=asked.actor, what=asked.view.action.what)
    return Screen([line], [[button(t("joint.show"), buttons.ShowJoint(joint_id=asked.view.action.id))]])


def told_given_up(view: JointView) -> Screen:
    """To those who take part: it is given up."""
    line = t("joint.told_given_up", actor=view.leading[1], what=view.action.what)
    return Screen([line], [[button(t("joint.show"), buttons.ShowJoint(joint_id=view.action.id))]])


def ahead_lines(item: JointAhead) -> list[Line]:
    """The date comes, or has come."""
    view = item.view
    key = "joint.week_left" if item.kind is Kind.JOINT_WEEK else "joint.date_is_here"
    return [
        t(key, what=view.action.what, day=Day(view.action.due_on)),
        t("joint.about", title=L(view.issue.title)),
        t("joint.taking_part", actors=view.taking_part) if len(view.taking_part) > 1 else None,
    ]


def ahead_rows(item: JointAhead) -> list[list[Button]]:
    """Done, another date, or all of it."""
    ids = {"joint_id": item.view.action.id}
    return [
        [button(t("joint.finish"), buttons.ChangeJoint(**ids, what="outcome"))],
        [button(t("joint.change_due"), buttons.ChangeJoint(**ids, what="due"))],
        [button(t("joint.show"), buttons.ShowJoint(**ids))],
    ]


def done_lines(view: JointView) -> list[Line]:
    """What came of it."""
    return [
        t("joint.is_done", what=view.action.what, actors=view.taking_part),
        t("joint.outcome", text=view.action.outcome) if view.action.outcome else None,
        t("joint.about", title=L(view.issue.title)),
    ]


def done_rows(view: JointView) -> list[list[Button]]:
    """To it, and to the issue."""
    issue = button(t("joint.see_issue"), ShowIssue(issue_id=view.issue.id))
    return [[button(t("joint.show"), buttons.ShowJoint(joint_id=view.action.id)), issue]]


def short_line(item: JointAhead | JointDone) -> Words:
    """One line of a message about several things."""
    view = item.view
    if isinstance(item, JointDone):
        return t("joint.short_done", what=view.action.what)
    return t("joint.short_ahead", what=view.action.what, day=Day(view.action.due_on))
