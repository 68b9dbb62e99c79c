"""What an activity is for: up to three issues, its purposes, its target groups; asked once, changed at any time.

Asked straight after the booking, and once more with the evaluation where it lacks (`ask_again`). A person's press is
kept at once; who named each thing, the actor's people or a coordinator for them, is kept with it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.answers import UnknownChoice
from bot.domain.attributes import text_within
from bot.domain.errors import Outdated
from bot.domain.issues import (
    ISSUES_MAX,
    PROPOSAL_MAX,
    TITLE_MAX,
    GroupOfAnotherArena,
    IssueNotInForce,
    Named,
    TooManyIssues,
    named,
)
from bot.domain.model import Aim, BookingState, BookingView, Draft, GivenBy, Issue, Matter, Naming, Person, Purpose
from bot.domain.policy import ahead_first
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import MatterView, NamedWords
from bot.domain.results.issues import ChooseIssue, NamingCard, NamingList
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.domain.text import cut_at_word, one_line
from bot.services import issue_keeping, matters, rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.issues import PAGE, PROPOSAL_KIND, leave

MATTER = "issue_proposed"
"""The kind of matter by which actors propose an issue."""
_NAMED = frozenset({BookingState.BOOKED, BookingState.REQUESTED, BookingState.APPLIED})


async def names(work: UnitOfWork, activity_ids: Collection[int]) -> dict[int, Named]:
    """What activities name, by id; all that were asked for are there."""
    by_activity: dict[int, list[Aim]] = {activity_id: [] for activity_id in activity_ids}
    for aim in await work.aims.list_of(activity_ids):
        by_activity[aim.activity_id].append(aim)
    return {activity_id: named(aims) for activity_id, aims in by_activity.items()}


async def names_of(work: UnitOfWork, activity_id: int) -> Named:
    """What one activity names."""
    return (await names(work, [activity_id]))[activity_id]


async def words_of(work: UnitOfWork, view: BookingView) -> NamedWords:
    """What one activity names, in words; issues and groups in their lists' order."""
    has = await names_of(work, view.activity.id)
    issues = await work.issues.list_all() if has.issues else []
    groups = await work.target_groups.list_of(view.edition.arena_id) if has.groups else []
    return NamedWords(
        [issue.title for issue in issues if issue.id in has.issues],
        has.purposes,
        [group.name for group in groups if group.id in has.groups],
    )


async def lacking(work: UnitOfWork, activity_id: int) -> bool:
    """Whether an activity lacks an issue (a proposed one counts), a purpose or a target group."""
    naming, has = await work.namings.of(activity_id), await names_of(work, activity_id)
    proposed = naming is not None and naming.proposal is not None
    return not (has.purposes and has.groups and (has.issues or proposed))


async def _naming(work: UnitOfWork, activity_id: int) -> Naming:
    return await work.namings.of(activity_id) or await work.namings.add(activity_id=activity_id)


async def ask_first(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> NamingCard | None:
    """The card to show straight after «Boka tiden», once for an activity; None: it was asked, or is named already.

    Raises NotFound, NotAllowed.
    """
    view = await rights.require_booking(work, seat.person, booking_id)
    naming = await _naming(work, view.activity.id)
    if naming.asked_at is not None or not await lacking(work, view.activity.id):
        return None
    if not await rights.acts_for(work, seat.person, view.actor.id):
        return None  # who books for others has their list, and the actor is asked with the evaluation
    await work.namings.change(naming, asked_at=now)
    return await _card(work, seat.person, view, first=True)


async def ask_again(work: UnitOfWork, activity_id: int, *, now: datetime) -> bool:
    """Whether an activity's people are to be asked once more (with the evaluation, by a button `NameIt`).

    Yes once, where something lacks; the same instant says yes again, so that several of its people are shown it.
    """
    if not await lacking(work, activity_id):
        return False
    naming = await _naming(work, activity_id)
    if naming.asked_again_at is None:
        await work.namings.change(naming, asked_again_at=now)
        return True
    return naming.asked_again_at == now


async def show(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> NamingCard:
    """What a booking names and could name. Raises NotFound, NotAllowed."""
    await leave(work, seat.person, seat.chat_id, now=now)
    return await _card(work, seat.person, await _own(work, seat.person, booking_id))


async def _own(work: UnitOfWork, person: Person, booking_id: int) -> BookingView:
    view = await rights.require_booking(work, person, booking_id)
    if view.booking.state not in _NAMED:
        raise Outdated(what="bookings", id=booking_id)
    return view


async def _card(
    work: UnitOfWork, person: Person, view: BookingView, *, first: bool = False, done: bool = False
) -> NamingCard:
    has = await names_of(work, view.activity.id)
    issues = [i for i in await work.issues.list_all() if i.is_in_force(view.edition.year) or i.id in has.issues]
    groups = [
        g
        for g in await work.target_groups.list_of(view.edition.arena_id)
        if g.archived_at is None or g.id in has.groups
    ]
    naming = await work.namings.of(view.activity.id)
    own = await rights.acts_for(work, person, view.actor.id)
    several = len(await work.actors.list_of(person.id)) > 1
    proposal = naming.proposal if naming is not None else None
    return NamingCard(view, has, issues, groups, proposal, not own, several, first, done)


# Presses


async def toggle_issue(work: UnitOfWork, seat: Seat, booking_id: int, issue_id: int, *, now: datetime) -> NamingCard:
    """Name an issue, or no longer. Raises NotFound, NotAllowed, TooManyIssues, IssueNotInForce."""
    view = await _own(work, seat.person, booking_id)
    issue = await work.issues.get(issue_id)
    chosen = (await names_of(work, view.activity.id)).issues
    if issue_id not in chosen:
        _require_nameable(issue, view, chosen)
    return await _toggle(work, seat.person, view, now=now, issue_id=issue_id)


def _require_nameable(issue: Issue, view: BookingView, chosen: Sequence[int]) -> None:
    if not issue.is_in_force(view.edition.year):
        raise IssueNotInForce
    if len(chosen) >= ISSUES_MAX:
        raise TooManyIssues(limit=ISSUES_MAX)


async def toggle_purpose(work: UnitOfWork, seat: Seat, booking_id: int, purpose: str, *, now: datetime) -> NamingCard:
    """Name a purpose, or no longer. Raises NotFound, NotAllowed, UnknownChoice."""
    if purpose not in set(Purpose):
        raise UnknownChoice
    view = await _own(work, seat.person, booking_id)
    return await _toggle(work, seat.person, view, now=now, purpose=Purpose(purpose))


async def toggle_group(work: UnitOfWork, seat: Seat, booking_id: int, group_id: int, *, now: datetime) -> NamingCard:
    """Name a target group, or no longer. Raises NotFound, NotAllowed, GroupOfAnotherArena."""
    view = await _own(work, seat.person, booking_id)
    group = await work.target_groups.get(group_id)
    named_already = group_id in (await names_of(work, view.activity.id)).groups
    if not named_already and (group.arena_id != view.edition.arena_id or group.archived_at is not None):
        raise GroupOfAnotherArena
    return await _toggle(work, seat.person, view, now=now, target_group_id=group_id)


async def _toggle(
    work: UnitOfWork, person: Person, view: BookingView, *, now: datetime, **what: int | Purpose
) -> NamingCard:
    ((column, value),) = what.items()
    await work.activities.get(view.activity.id, lock=True)
    present = [a for a in await work.aims.list_of([view.activity.id]) if getattr(a, column) == value]
    for aim in present:
        await work.aims.remove(aim.id)
    if not present:
        await _name(work, person, view, now=now, **what)
    return await _card(work, person, view)


async def _name(work: UnitOfWork, person: Person, view: BookingView, *, now: datetime, **what: int | Purpose) -> None:
    own = await rights.acts_for(work, person, view.actor.id)
    by = GivenBy.ACTOR if own else GivenBy.COORDINATOR
    await work.aims.add(activity_id=view.activity.id, named_by=by, named_at=now, **what)
    await work.acts.add(
        at=now, person_id=person.id, act="activity.named", subject=f"booking:{view.booking.id}", detail=dict(what)
    )


async def set_purposes(work: UnitOfWork, person: Person, view: BookingView, answer: object, *, now: datetime) -> None:
    """Take over what the form's own field for purposes was answered with: editions from before issues have one."""
    chosen = {Purpose(key) for key in answer if key in set(Purpose)} if isinstance(answer, list) else set()
    present = {a.purpose: a.id for a in await work.aims.list_of([view.activity.id]) if a.purpose is not None}
    for purpose in present.keys() - chosen:
        await work.aims.remove(present[purpose])
    for purpose in sorted(chosen - present.keys()):
        await _name(work, person, view, now=now, purpose=purpose)


async def finish(work: UnitOfWork, seat: Seat, booking_id: int, *, skipped: bool, now: datetime) -> NamingCard:
    """«Klart», or «Hoppa över», which is kept where nothing was named. Raises NotFound, NotAllowed."""
    view = await _own(work, seat.person, booking_id)
    has = await names_of(work, view.activity.id)
    if skipped and not (has.issues or has.purposes or has.groups):
        naming = await _naming(work, view.activity.id)
        await work.namings.change(naming, skipped_at=now)
    return await _card(work, seat.person, view, done=True)


# An issue in the actor's own words


async def ask_proposal(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> NamingCard:
    """Ask for it. Raises NotFound, NotAllowed."""
    card = await show(work, seat, booking_id, now=now)
    await open_draft(work, seat, PROPOSAL_KIND, "words", {"booking_id": booking_id}, awaits_text=True, now=now)
    return card


async def take_proposal(
    work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, message_id: int | None, now: datetime
) -> NamingCard:
    """Let coordinators have it: they choose an issue, or make one. Raises NotAllowed, NameMissing, TextTooLong."""
    view = await _own(work, seat.person, int(draft.data["booking_id"]))
    words = text_within(one_line(text), PROPOSAL_MAX)
    await close_draft(work, draft, now=now)
    await work.namings.change(await _naming(work, view.activity.id), proposal=words, proposed_at=now)
    await matters.open_matter(work, seat.person, MATTER, view, text=words, message_id=message_id, now=now)
    return await _card(work, seat.person, view)


async def choices(work: UnitOfWork, person: Person, matter_id: int) -> ChooseIssue | MatterView:
    """Issues that a proposed one could be; the matter itself when it is answered. Raises NotFound, NotAllowed."""
    matter = await _proposed(work, person, matter_id)
    if matter.state != matters.OPEN:
        return await matters.view_of(work, matter, late=True)
    edition = await work.editions.get(int(matter.edition_id or 0))
    issues = [issue for issue in await work.issues.list_all() if issue.is_in_force(edition.year)]
    return ChooseIssue(matter.id, matter.revision, matter.text, issues)


async def _proposed(work: UnitOfWork, person: Person, matter_id: int, *, lock: bool = False) -> Matter:
    matter = (await matters.show_matter(work, person, matter_id)).matter
    if matter.kind != MATTER or matter.booking_id is None:
        raise Outdated(what="matters", id=matter_id)
    return await work.matters.get(matter_id, lock=lock)


async def settle_proposal(
    work: UnitOfWork, person: Person, matter_id: int, revision: int, issue_id: int | None, *, now: datetime
) -> MatterView:
    """Let a proposal be an issue of the list, or (None) make one of it; the person who proposed it hears which.

    Raises NotFound, NotAllowed, Outdated, TooManyIssues, IssueNotInForce.
    """
    matter = await _proposed(work, person, matter_id, lock=True)
    if matter.state != matters.OPEN or matter.revision != revision:
        return await matters.view_of(work, matter, late=matter.state != matters.OPEN)
    view = await work.bookings.view(int(matter.booking_id or 0))
    chosen = (await names_of(work, view.activity.id)).issues
    if issue_id is None:
        await rights.require_coordinator(work, person, None)
        issue = await issue_keeping.make(work, person, cut_at_word(matter.text, TITLE_MAX), now=now)
        if issue.from_year > view.edition.year:
            issue = await work.issues.change(issue, from_year=view.edition.year)
    else:
        issue = await work.issues.get(issue_id)
    if issue.id not in chosen:
        _require_nameable(issue, view, chosen)
        await _name(work, person, view, now=now, issue_id=issue.id)
    naming = await _naming(work, view.activity.id)
    await work.namings.change(naming, proposal=None)
    matter = await work.matters.change(matter, detail={**matter.detail, "label": dict(issue.title)})
    return await matters.decide_matter(work, person, matter, granted=True, now=now)


# For coordinators


async def list_bookings(work: UnitOfWork, seat: Seat, page: int | None, *, now: datetime) -> NamingList:
    """All bookings and applications of the arenas that the person runs, those that lack something first; what is ahead
    by start before what has been, the latest first.

    Raises NotAllowed.
    """
    await rights.require_any_coordinator(work, seat.person)
    await leave(work, seat.person, seat.chat_id, now=now)
    arenas = [a for a in await work.arenas.list_all() if await rights.coordinates(work, seat.person, a.id)]
    editions = [edition for arena in arenas for edition in await work.editions.list_of(arena.id)]
    views: dict[int, BookingView] = {}
    for edition in editions:
        for view in await work.bookings.list_of_edition(edition.id):
            if view.booking.state in _NAMED:
                views.setdefault(view.activity.id, view)  # of an activity's several applications the first
    has = await names(work, views.keys())
    rows = [(view, has[view.activity.id]) for view in ahead_first(views.values(), now)]
    rows.sort(key=lambda row: row[1].is_whole)
    return NamingList(page_of(rows, page, PAGE), sum(not each.is_whole for _, each in rows))
