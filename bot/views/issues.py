"""/fragor: the issues, one issue with all that is done about it, and how the list is kept."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.issues import TITLE_MAX
from bot.domain.model import Arena, BookingView, Issue
from bot.domain.results.issues import Groups, IssueActivities, IssueCard, IssueLine, IssueList
from bot.domain.results.pages import Page
from bot.views.booking_parts import title
from bot.views.coordinate import dots
from bot.views.edition_buttons import OpenSheet
from bot.views.issue_buttons import (
    ArchiveGroup,
    ArchiveIssue,
    FollowIssue,
    GroupArenas,
    KeepIssue,
    ListIssues,
    MoveIssue,
    NamingList,
    NewGroup,
    NewIssue,
    ShowIssue,
    TargetGroups,
)
from bot.views.issue_buttons import (
    IssueActivities as ShowActivities,
)
from bot.views.joint_buttons import ListJoint, OwnJoint, StartJoint
from bot.views.menus import go
from bot.views.network_buttons import ShowCircle
from bot.views.press import Press
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.stance_buttons import EnterDecision, ShowStanding, WriteStatement
from bot.views.stances import answers, point_lines
from bot.views.times import At


def paged(page: Page[Any], press: Callable[..., Press], **ids: int | None) -> list[Button]:
    """To the page before and the one after."""
    before = [button(t("issues.before"), press(**ids, page=page.number - 1))] if page.number else []
    more = page.number + 1 < page.count
    return [*before, *([button(t("issues.after"), press(**ids, page=page.number + 1))] if more else [])]


def page_line(page: Page[Any]) -> Line:
    """Which page of how many, where there are several."""
    return t("issues.page", page=page.number + 1, pages=page.count) if page.count > 1 else None


def listed(result: IssueList) -> Screen:
    """The issues, a button each."""
    heading = t("issues.heading_rest" if result.rest else "issues.heading")
    lines: list[Line] = [heading, page_line(result.page), ""]
    rows: list[list[Button]] = []
    for line in result.page.items:
        lines += [t("issues.row", title=L(line.issue.title)), _figures(line, rest=result.rest), ""]
        rows.append([button(L(line.issue.title), ShowIssue(issue_id=line.issue.id))])
    if not result.page.items:
        lines.append(t("issues.none"))
    turn = paged(result.page, ListIssues, rest=int(result.rest))
    own = [button(t("issues.own_joint", n=result.own_joint), OwnJoint())] if result.own_joint else []
    return Screen(lines, [*rows, turn, own, *_keeping(result)])


def _figures(line: IssueLine, *, rest: bool) -> Line:
    issue = line.issue
    parts: list[Line] = [
        t("issues.example") if issue.example else None,
        t("issues.archived") if issue.archived_at else _years(issue) if rest else None,
        t("issues.activities", n=line.activities) if line.activities else None,
        t("issues.joint", n=line.joint) if line.joint else None,
        t("issues.you_follow") if line.follows else None,
    ]
    return dots(parts)


def _years(issue: Issue) -> Words:
    if issue.to_year is None:
        return t("issues.from_year", year=str(issue.from_year))
    return t("issues.years", first=str(issue.from_year), last=str(issue.to_year))


def _keeping(result: IssueList) -> list[list[Button]]:
    """What coordinators do with the list."""
    if result.rest:
        return [[button(t("issues.back"), ListIssues())]]
    new = [button(t("issues.new"), NewIssue())] if result.keeps else []
    others = [button(t("issues.show_rest", n=result.others), ListIssues(rest=1))] if result.others else []
    naming = [button(t("naming.list"), NamingList()), button(t("issues.groups"), GroupArenas())]
    return [new, others if result.keeps else [], *([naming, [go("samordna")]] if result.coordinates else [])]


def card(result: IssueCard) -> Screen:
    """One issue as it is now."""
    issue, line = result.issue, result.line
    lines: list[Line] = [
        t(f"issues.said_{result.said}") if result.said else None,
        "" if result.said else None,
        t("issues.row", title=L(issue.title)),
        L(issue.paragraph) if issue.paragraph else None,
        dots(
            [
                t("issues.archived") if issue.archived_at else _years(issue),
                t("issues.example") if issue.example else None,
            ]
        ),
        dots([t("issues.followers", n=line.followers), t("issues.activities", n=line.activities)]),
    ]
    if result.standpoint is not None:
        lines += ["", *point_lines(result.standpoint)]
    return Screen(lines, _card_rows(result))


def _card_rows(result: IssueCard) -> list[list[Button]]:
    line, ids = result.line, {"issue_id": result.issue.id}
    follow = button(
        t("issues.unfollow" if line.follows else "issues.follow"), FollowIssue(**ids, on=int(not line.follows))
    )
    activities = button(t("issues.see_activities", n=line.activities), ShowActivities(**ids, page=0))
    rows = [*answers(result.standpoint)] if result.standpoint is not None and not result.issue.archived_at else []
    if result.takes_part:
        rows.append([follow] if not result.issue.archived_at or line.follows else [])
    others = button(t("networks.of_issue"), ShowCircle(**ids, edition_id=None, page=0))
    rows.append([others] if line.follows and result.takes_part and not result.issue.archived_at else [])
    rows.append([activities] if line.activities else [])
    if result.standpoint is not None and result.standpoint.tally.total:
        rows.append([button(t("issues.see_standing", n=result.standpoint.tally.total), ShowStanding(**ids, page=0))])
    rows.append(_together(result))
    keep = [button(t("issues.keep"), KeepIssue(**ids))] if result.keeps else []
    return [*rows, keep, [button(t("issues.back"), ListIssues())]]


def _together(result: IssueCard) -> list[Button]:
    """What is done together, or the first of it."""
    ids = {"issue_id": result.issue.id}
    if result.line.joint and result.takes_part:
        return [button(t("issues.see_joint", n=result.line.joint), ListJoint(**ids, page=0))]
    starts = result.acts and not result.issue.archived_at
    return [button(t("joint.start"), StartJoint(**ids))] if starts else []


def activities(result: IssueActivities) -> Screen:
    """Who does what, where and when."""
    lines: list[Line] = [t("issues.activities_of", title=L(result.issue.title)), page_line(result.page), ""]
    for view in result.page.items:
        lines += [*_activity(view), ""]
    if not result.page.items:
        lines.append(t("issues.no_activities"))
    turn = paged(result.page, ShowActivities, issue_id=result.issue.id)
    return Screen(lines, [turn, [back(result.issue.id)]])


def _activity(view: BookingView) -> Sequence[Line]:
    names = [name for _, name in view.organisers]
    when = At(view.slot.starts_at, view.edition.zone)
    return [
        t("issues.activity", title=title(view), actors=names) if view.activity.title else t("issues.row", title=names),
        t("issues.activity_where", when=when, edition=L(view.edition.name), stage=view.stage.name),
    ]


def back(issue_id: int) -> Button:
    """To the issue."""
    return button(t("issues.back_to_issue"), ShowIssue(issue_id=issue_id))


# Keeping the list


def keeping(result: IssueCard) -> Screen:
    """What who keeps the list can do with an issue."""
    issue, ids = result.issue, {"issue_id": result.issue.id}
    statement = "issues.change_statement" if result.standpoint is not None else "issues.write_statement"
    away = issue.archived_at is not None
    archive = ArchiveIssue(**ids, revision=issue.revision, on=int(not away))
    decision = [button(t("stances.enter"), EnterDecision(**ids))] if result.standpoint is not None else []
    rows = [
        [button(t("issues.edit"), OpenSheet(sheet="issue", record_id=issue.id))],
        [] if away else [button(t(statement), WriteStatement(**ids))],
        [] if away else decision,
        [button(t("issues.up"), MoveIssue(**ids, on=1)), button(t("issues.down"), MoveIssue(**ids, on=0))],
        [button(t("issues.take_back" if away else "issues.archive"), archive)],
        [back(issue.id)],
    ]
    return Screen([t("issues.keep_which", title=L(issue.title)), t("issues.keep_explained")], rows)


def ask_title() -> Screen:
    """What a new issue is called."""
    return Screen([t("issues.ask_title", limit=TITLE_MAX)], [[button(t("issues.back"), ListIssues())]])


def arenas(found: Sequence[Arena]) -> Screen:
    """Of which arena the target groups are."""
    rows = [[button(L(arena.name), TargetGroups(arena_id=arena.id))] for arena in found]
    return Screen([t("issues.which_arena")], [*rows, [button(t("issues.back"), ListIssues())]])


def groups(result: Groups) -> Screen:
    """An arena's target groups: a press edits one."""
    lines: list[Line] = [t("issues.groups_of", arena=L(result.arena.name)), ""]
    rows: list[list[Button]] = []
    for group in result.groups:
        away = group.archived_at is not None
        lines.append(t("issues.group_away" if away else "issues.group", name=L(group.name)))
        put = button(
            t("issues.take_back" if away else "issues.archive"), ArchiveGroup(group_id=group.id, on=int(not away))
        )
        rows.append([button(L(group.name), OpenSheet(sheet="target_group", record_id=group.id)), put])
    last = [button(t("issues.new_group"), NewGroup(arena_id=result.arena.id))]
    return Screen(lines, [*rows, last, [button(t("issues.back_to_arenas"), GroupArenas())]])


def ask_group(result: Groups) -> Screen:
    """What a new group is called."""
    rows = columns([button(t("common.back"), TargetGroups(arena_id=result.arena.id))], 1)
    return Screen([t("issues.ask_group", arena=L(result.arena.name))], rows)
