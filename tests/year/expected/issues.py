"""Result 1, less purposes."""

from itertools import product

from tests.year.expected.figure import Figure
from tests.year.expected.scope import View
from tests.year.record import Issue, Joint, Stance

POSITIONS = ("behind", "reserved", "abstains")


def of_issues(view: View) -> dict[str, Figure]:
    counts = {title: view.naming("issue", title) for title in view.record.issues}
    current = [title for title, issue in view.record.issues.items() if counts[title] or _in_force(view, issue)]
    stances = _stances(view, current)
    actors = {stance.actor for stance in stances}
    asked = actors | _asked(view, current)
    return {
        "issues.current": Figure(len(current)),
        "issues.named": Figure(sum(count > 0 for count in counts.values())),
        **{f"issues.activities.{title}": Figure(counts[title]) for title in current},
        "stances.statements": Figure(sum(bool(view.record.issues[title].asked_at) for title in current)),
        "stances.actors": Figure(len(actors), basis=(len(asked), len(actors), len(actors))),
        "stances.older": Figure(sum(_is_older(view, stance) for stance in stances), of=len(stances)),
        **_tallies(view, current, stances),
        **_joint(view, current),
    }


def _asked(view: View, current: list[str]) -> set[str]:
    """Who were asked where they stand: every actor with somebody in chat, once there is a statement."""
    if not any(at < view.until for title in current for at in view.record.issues[title].asked_at):
        return set()
    return {actor.name for actor in view.record.setting.actors if actor.people}


def _in_force(view: View, issue: Issue) -> bool:
    if view.scope.edition is not None:
        return False
    ended = issue.archived_at is not None and issue.archived_at < view.begins
    return issue.added_at < view.until and not ended


def _stances(view: View, current: list[str]) -> list[Stance]:
    """The last that each actor said of each issue, until the report's day."""
    latest = {(s.issue, s.actor): s for s in view.record.stances if s.issue in current and s.at < view.until}
    return list(latest.values())


def _is_older(view: View, stance: Stance) -> bool:
    asked = [at for at in view.record.issues[stance.issue].asked_at if at < view.until]
    return stance.at < max(asked)


def _tallies(view: View, current: list[str], stances: list[Stance]) -> dict[str, Figure]:
    ways = {"decided": True, "official": False}
    found = {}
    for (way, decided), position in product(ways.items(), POSITIONS):
        mine = [s for s in stances if (s.decided, s.position) == (decided, position)]
        found[f"stances.{way}.{position}"] = Figure(len(mine))
        for title in current:
            if view.record.issues[title].asked_at:
                count = sum(stance.issue == title for stance in mine)
                found[f"stances.by_issue.{title}.{position}.{way}"] = Figure(count)
    return found


def _joint(view: View, current: list[str]) -> dict[str, Figure]:
    alive = [
        joint
        for joint in view.record.joints.values()
        if joint.start.issue in current
        and joint.began_at < view.until
        and (joint.ended_at is None or joint.ended_at >= view.begins)
    ]
    states = [_state(view, joint) for joint in alive]
    late = [
        j for j, state in zip(alive, states, strict=True) if state in {"planned", "under_way"} and _is_past(view, j)
    ]
    return {
        **{f"joint.{state}": Figure(states.count(state)) for state in ("planned", "under_way", "done", "given_up")},
        "joint.late": Figure(len(late)),
        "joint.actors": Figure(len({actor for joint in alive for actor in joint.actors})),
    }


def _state(view: View, joint: Joint) -> str:
    return "under_way" if joint.ended_at is not None and joint.ended_at >= view.until else joint.state


def _is_past(view: View, joint: Joint) -> bool:
    return joint.start.due < view.until.date()
