"""/fragor: the issues, one issue with what is done about it, and who follows it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.dates import local_day
from bot.domain.errors import NotAllowed
from bot.domain.issues import is_older, tally
from bot.domain.model import Actor, Issue, Person
from bot.domain.policy import ahead_first
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.issues import IssueActivities, IssueCard, IssueLine, IssueList, Standpoint
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.audiences import HOME
from bot.services.dialogues import close_drafts

ISSUE_KIND, STATEMENT_KIND, STANCE_KIND, JOINT_KIND, PROPOSAL_KIND = "issue", "statement", "stance", "joint", "proposal"
KINDS = frozenset({ISSUE_KIND, STATEMENT_KIND, STANCE_KIND, JOINT_KIND, PROPOSAL_KIND})
"""Kinds of draft that belong to issues."""
HOME_ZONE = ZoneInfo(HOME)
PAGE = 8


async def leave(work: UnitOfWork, person: Person, chat_id: int, *, now: datetime) -> None:
    """Whatever was asked about issues is left unanswered: the person went elsewhere."""
    await close_drafts(work, chat_id, person, KINDS, now=now)


async def own_actors(work: UnitOfWork, person: Person) -> list[Actor]:
    """Actors that the person speaks for: confirmed, not only asked for."""
    actors = await work.actors.list_of(person.id)
    return [actor for actor in actors if await rights.represents(work, person, actor.id)]


async def require_taking_part(work: UnitOfWork, person: Person) -> list[Actor]:
    """The person's own actors; a coordinator may have none. Raises NotAllowed for who is neither."""
    own = await own_actors(work, person)
    if not own and not await rights.is_coordinator(work, person):
        raise NotAllowed
    return own


def year_of(now: datetime) -> int:
    """The present year in the county."""
    return local_day(now, HOME_ZONE).year


async def list_issues(
    work: UnitOfWork, seat: Seat, page: int | None = None, *, rest: bool = False, now: datetime
) -> IssueList:
    """The issues in force this year; with `rest` those of other years and archived ones, for who keeps the list."""
    await leave(work, seat.person, seat.chat_id, now=now)
    keeps = await rights.coordinates(work, seat.person, None)
    issues = await work.issues.list_all()
    in_force = [issue for issue in issues if issue.is_in_force(year_of(now))]
    others = [issue for issue in issues if issue not in in_force]
    shown = page_of(await lines(work, seat.person, others if rest and keeps else in_force), page, PAGE)
    own = {
        j.id for actor in await own_actors(work, seat.person) for j in await work.joint_actions.list_of_actor(actor.id)
    }
    coordinates = await rights.is_coordinator(work, seat.person)
    return IssueList(shown, keeps, coordinates, rest and keeps, len(others), len(own))


async def lines(work: UnitOfWork, person: Person, issues: list[Issue]) -> list[IssueLine]:
    """Issues with how much there is about each."""
    followers, activities = await work.issues.count_followers(), await work.aims.count_booked()
    joint, followed = await work.joint_actions.count_by_issue(), set(await work.issues.list_followed(person.id))
    return [
        IssueLine(i, followers.get(i.id, 0), activities.get(i.id, 0), joint.get(i.id, 0), i.id in followed)
        for i in issues
    ]


async def show(work: UnitOfWork, seat: Seat, issue_id: int, *, now: datetime, said: str | None = None) -> IssueCard:
    """One issue as it is now. Raises NotFound."""
    await leave(work, seat.person, seat.chat_id, now=now)
    issue = await work.issues.get(issue_id)
    (line,) = await lines(work, seat.person, [issue])
    own = await own_actors(work, seat.person)
    takes_part = bool(own) or await rights.is_coordinator(work, seat.person)
    point = await standpoint(work, issue, own) if takes_part else None
    return IssueCard(line, point, takes_part, bool(own), await rights.coordinates(work, seat.person, None), said)


async def standpoint(work: UnitOfWork, issue: Issue, own: list[Actor]) -> Standpoint | None:
    """Where actors stand on an issue's statement; None: there is none."""
    statement = await work.statements.of(issue.id)
    if statement is None:
        return None
    versions = await work.statement_versions.list_of([statement.id])
    current = await work.stances.list_current([statement.id])
    by_actor = {stance.actor_id: stance for stance in current}
    earlier = sum(is_older(stance.version, versions) for stance in current)
    return Standpoint(statement, versions, tally(current), earlier, [(a, by_actor.get(a.id)) for a in own])


async def follow(work: UnitOfWork, seat: Seat, issue_id: int, *, on: bool, now: datetime) -> IssueCard:
    """Follow an issue, or no longer. Raises NotFound, and NotAllowed for who takes no part."""
    issue = await work.issues.get(issue_id)
    if on:
        await require_taking_part(work, seat.person)
        await work.issues.follow(issue.id, seat.person.id, now)
    else:
        await work.issues.unfollow(issue.id, seat.person.id)
    return await show(work, seat, issue_id, now=now, said="followed" if on else "unfollowed")


async def activities(work: UnitOfWork, issue_id: int, page: int, *, now: datetime) -> IssueActivities:
    """Booked activities that name an issue: those ahead by start, then what has been, the latest first.

    Raises NotFound.
    """
    issue = await work.issues.get(issue_id)
    views = await work.bookings.list_views(await work.aims.list_bookings(issue_id))
    return IssueActivities(issue, page_of(ahead_first(views, now), page, PAGE))
