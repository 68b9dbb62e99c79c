"""Keeping the list of issues and the arenas' target groups: made, ordered, archived. Sheets edit their words."""

from datetime import datetime

from bot.domain.attributes import line_within
from bot.domain.errors import Outdated
from bot.domain.issues import GROUP_MAX, TITLE_MAX
from bot.domain.model import Arena, Draft, Issue, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.issues import Groups, IssueCard
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.issues import ISSUE_KIND, leave, show, year_of


async def ask_title(work: UnitOfWork, seat: Seat, *, now: datetime) -> Draft:
    """Ask for a new issue's title. Raises NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    await leave(work, seat.person, seat.chat_id, now=now)
    return await open_draft(work, seat, ISSUE_KIND, "title", awaits_text=True, now=now)


async def open_issue(work: UnitOfWork, seat: Seat, issue_id: int, *, now: datetime) -> IssueCard:
    """An issue for who keeps the list. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    return await show(work, seat, issue_id, now=now)


async def take(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> Issue | Groups:
    """What was written for the draft's step. Raises NotAllowed, NameMissing, TextTooLong."""
    if draft.step == "group":
        return await take_group(work, person, draft, text, now=now)
    return await take_title(work, person, draft, text, now=now)


async def take_title(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> Issue:
    """Make the issue, in force from this year on. Raises NotAllowed, NameMissing, TextTooLong."""
    await rights.require_coordinator(work, person, None)
    title = line_within(text, TITLE_MAX)
    await close_draft(work, draft, now=now)
    return await make(work, person, title, now=now)


async def make(work: UnitOfWork, person: Person, title: str, *, now: datetime) -> Issue:
    """Store a new issue, last in the list. Asks for no right."""
    position = 1 + max((issue.position for issue in await work.issues.list_all()), default=0)
    issue = await work.issues.add(
        title={"sv": title},
        paragraph={},
        from_year=year_of(now),
        example=False,
        position=position,
        created_at=now,
    )
    await record(work, person, "issue.made", f"issue:{issue.id}", now=now)
    return issue


async def record(work: UnitOfWork, person: Person, act: str, subject: str, *, now: datetime) -> None:
    """Note who did what."""
    await work.acts.add(at=now, person_id=person.id, act=act, subject=subject, detail={})


async def archive(work: UnitOfWork, person: Person, issue_id: int, revision: int, *, on: bool, now: datetime) -> Issue:
    """Put an issue away, or take it back. Raises NotFound, NotAllowed, Outdated."""
    await rights.require_coordinator(work, person, None)
    issue = await work.issues.get(issue_id)
    if issue.revision != revision:
        raise Outdated(what="issues", id=issue_id)
    act = "issue.archived" if on else "issue.taken_back"
    await record(work, person, act, f"issue:{issue_id}", now=now)
    return await work.issues.change(issue, archived_at=now if on else None)


async def move(work: UnitOfWork, person: Person, issue_id: int, *, up: bool, now: datetime) -> None:
    """Let an issue change places with the one in force before or after it. Raises NotFound, NotAllowed."""
    await rights.require_coordinator(work, person, None)
    moved = await work.issues.get(issue_id)
    issues = [i for i in await work.issues.list_all() if i.is_in_force(year_of(now)) or i.id == moved.id]
    at = [issue.id for issue in issues].index(moved.id)
    to = at - 1 if up else at + 1
    if 0 <= to < len(issues):
        issues[at], issues[to] = issues[to], issues[at]
    for position, issue in enumerate(issues, start=1):
        if issue.position != position:
            await work.issues.change(issue, position=position)


# Target groups


async def list_arenas(work: UnitOfWork, person: Person) -> list[Arena]:
    """The arenas whose groups the person may keep. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    return [a for a in await work.arenas.list_all() if await rights.coordinates(work, person, a.id)]


async def list_groups(work: UnitOfWork, person: Person, arena_id: int) -> Groups:
    """An arena's target groups. Raises NotFound, NotAllowed."""
    arena = await work.arenas.get(arena_id)
    await rights.require_coordinator(work, person, arena_id)
    return Groups(arena, await work.target_groups.list_of(arena_id))


async def ask_group(work: UnitOfWork, seat: Seat, arena_id: int, *, now: datetime) -> Groups:
    """Ask for a new group's name. Raises NotFound, NotAllowed."""
    groups = await list_groups(work, seat.person, arena_id)
    await leave(work, seat.person, seat.chat_id, now=now)
    await open_draft(work, seat, ISSUE_KIND, "group", {"arena_id": arena_id}, awaits_text=True, now=now)
    return groups


async def take_group(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> Groups:
    """Add the group. Raises NotAllowed, NameMissing, TextTooLong."""
    arena_id = int(draft.data["arena_id"])
    groups = (await list_groups(work, person, arena_id)).groups
    name = line_within(text, GROUP_MAX)
    await close_draft(work, draft, now=now)
    position = 1 + max((group.position for group in groups), default=-1)
    group = await work.target_groups.add(arena_id=arena_id, name={"sv": name}, position=position)
    await record(work, person, "target_group.made", f"target_group:{group.id}", now=now)
    return await list_groups(work, person, arena_id)


async def archive_group(work: UnitOfWork, person: Person, group_id: int, *, on: bool, now: datetime) -> Groups:
    """Put a group away, or take it back. Raises NotFound, NotAllowed."""
    group = await work.target_groups.get(group_id)
    await rights.require_coordinator(work, person, group.arena_id)
    await work.target_groups.change(group, archived_at=now if on else None)
    act = "target_group.archived" if on else "target_group.taken_back"
    await record(work, person, act, f"target_group:{group_id}", now=now)
    return await list_groups(work, person, group.arena_id)
