"""Who may act for an actor: a newcomer's tie to it, and a coordinator's answer."""

from datetime import datetime

from bot.domain import policy
from bot.domain.errors import NotFound
from bot.domain.matching import closest
from bot.domain.membership import NAME_MAX, REASON_MAX, short_text
from bot.domain.model import Actor, ActorState, BookingState, BookingView, Draft, Member, MemberState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.people import Asking, Newcomer
from bot.domain.seat import Seat
from bot.services import endings, notices, plans, rights
from bot.services.dialogues import close_draft, open_draft, past_draft
from bot.services.replanning import replan_actor

REFUSE, SAME = "refuse_member", "same_actor"
_UNSETTLED = frozenset({BookingState.HELD, BookingState.REQUESTED, BookingState.APPLIED})


async def set_member(
    work: UnitOfWork,
    member: Member | None,
    actor: Actor,
    person: Person,
    state: MemberState,
    *,
    by: int | None,
    now: datetime,
) -> Member:
    """Store a person's tie to an actor, new or as it was; `by` is the id of who decided it. Reminders follow."""
    if member is None:
        member = await work.members.add(
            actor_id=actor.id, person_id=person.id, state=state, since_at=now, decided_by=by
        )
    else:
        member = await work.members.change(member, state=state, since_at=now, decided_by=by)
    await replan_actor(work, actor.id, now=now)
    return member


async def all_coordinators(work: UnitOfWork) -> list[Person]:
    """Everybody who runs some arena: newcomers come to all arenas, so any of them may answer."""
    ids = dict.fromkeys(right.person_id for right in await work.coordinators.list_all())
    return [await work.people.get(person_id) for person_id in ids]


async def find_newcomer(work: UnitOfWork, member_id: int) -> Newcomer:
    """Someone who asked to act for an actor, as it stands now. Raises NotFound."""
    member = await work.members.get(member_id)
    person, actor = await work.people.get(member.person_id), await work.actors.get(member.actor_id)
    similar: list[Actor] = []
    if member.state is MemberState.REQUESTED and actor.state is ActorState.REQUESTED:
        similar = closest(actor.name, await work.actors.list_known(), 4)
    answered_by = await work.people.get(member.decided_by) if member.decided_by else None
    own = [v for v in await claims(work, actor.id, person.id) if v.booking.state is not BookingState.HELD]
    return Newcomer(member, person, actor, similar, answered_by, own)


async def show_newcomer(work: UnitOfWork, coordinator: Person, member_id: int, *, now: datetime) -> Newcomer:
    """A newcomer, for a coordinator, who is no longer asked about it. Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, coordinator)
    await _stop_asking(work, coordinator, member_id, now=now)
    return await find_newcomer(work, member_id)


async def list_newcomers(work: UnitOfWork) -> list[Newcomer]:
    """Those who wait for an answer, oldest first."""
    return [await find_newcomer(work, member.id) for member in await work.members.list_requested()]


async def claims(work: UnitOfWork, actor_id: int, person_id: int) -> list[BookingView]:
    """What a person has taken or asked for on an actor's behalf and has not ended, by start."""
    views = await work.bookings.list_of_actor(actor_id)
    return [v for v in views if v.actor.id == actor_id and v.booking.person_id == person_id]


async def approve_member(
    work: UnitOfWork, coordinator: Person, member_id: int, *, as_actor_id: int | None = None, now: datetime
) -> Newcomer:
    """Let a newcomer act for the actor they named, or for the known one that it turned out to be.

    What they had confirmed becomes booked, and they are told. One who is answered already stays so. Raises NotFound,
    NotAllowed.
    """
    await rights.require_any_coordinator(work, coordinator)
    await _stop_asking(work, coordinator, member_id, now=now)
    member = await work.members.get(member_id, lock=True)
    if member.state is not MemberState.REQUESTED:
        return await find_newcomer(work, member.id)
    actor = await work.actors.get(member.actor_id)
    known_id = as_actor_id or actor.merged_into_id
    if known_id is not None and known_id != actor.id:
        member, actor = await _move_to(work, member, actor, known_id, now=now)
    if actor.state is not ActorState.ACTIVE:
        actor = await work.actors.change(actor, state=ActorState.ACTIVE)
    person = await work.people.get(member.person_id)
    member = await set_member(work, member, actor, person, MemberState.ACTIVE, by=coordinator.id, now=now)
    await confirm_requested(work, actor.id, person.id, now=now)
    await _record(work, coordinator, "member.approved", member, now=now)
    await notices.tell(
        work, person, "member_approved", key=f"approved:{member.id}:{now:%Y%m%d%H%M%S}", member_id=member.id
    )
    return await find_newcomer(work, member.id)


async def _move_to(
    work: UnitOfWork, member: Member, old: Actor, known_id: int, *, now: datetime
) -> tuple[Member, Actor]:
    """The newcomer's organisation is one that was known: what they began there goes on here."""
    known = await work.actors.get(known_id, lock=True)
    if known.state is not ActorState.ACTIVE:
        raise NotFound(what="actors", id=known_id)
    person = await work.people.get(member.person_id)
    activities = {v.activity.id: v.activity for v in await claims(work, old.id, person.id)}
    for activity in activities.values():
        await work.activities.change(activity, actor_id=known.id)
    for draft in await work.drafts.list_open(person.user_id, person.id):
        if draft.data.get("actor_id") == old.id:
            await work.drafts.change(draft, data={**draft.data, "actor_id": known.id})
    if old.state is ActorState.REQUESTED:
        await work.actors.change(old, state=ActorState.MERGED, merged_into_id=known.id)
    tie = await work.members.between(known.id, person.id)
    if tie is None:
        return await work.members.change(member, actor_id=known.id), known
    await set_member(work, member, old, person, MemberState.ENDED, by=None, now=now)
    return tie, known


async def confirm_requested(work: UnitOfWork, actor_id: int, person_id: int, *, now: datetime) -> None:
    """What a newcomer had confirmed is booked, now that they may act for the actor."""
    for view in await claims(work, actor_id, person_id):
        if view.booking.state is BookingState.REQUESTED and not policy.is_over(view.booking, now):
            await work.bookings.change(view.booking, state=BookingState.BOOKED, until_at=None, booked_at=now)
            await plans.replan(work, view.booking.id, now=now)


async def refuse_member(
    work: UnitOfWork, coordinator: Person, member_id: int, reason: str | None, *, now: datetime
) -> Newcomer:
    """Say no to a newcomer, who is told with the reason; what they held, confirmed or applied for ends.

    One who is answered already stays so. Raises NotFound, NotAllowed, TextTooLong.
    """
    await rights.require_any_coordinator(work, coordinator)
    text = short_text(reason, REASON_MAX) if reason else None
    member = await work.members.get(member_id, lock=True)
    if member.state is not MemberState.REQUESTED:
        return await find_newcomer(work, member.id)
    person, actor = await work.people.get(member.person_id), await work.actors.get(member.actor_id)
    member = await end_request(work, member, actor, person, by=coordinator.id, now=now)
    await _record(work, coordinator, "member.refused", member, now=now, reason=text)
    key = f"refused:{member.id}:{now:%Y%m%d%H%M%S}"
    await notices.tell(work, person, "member_refused", key=key, member_id=member.id, reason=text)
    return await find_newcomer(work, member.id)


async def end_request(
    work: UnitOfWork, member: Member, actor: Actor, person: Person, *, by: int, now: datetime
) -> Member:
    """A request to act for an actor ends, with what was taken by it; a requested actor that nobody else waits for too."""
    for view in await claims(work, actor.id, person.id):
        if view.booking.state in _UNSETTLED:
            await endings.end(work, view.booking, "refused", now=now)
    member = await set_member(work, member, actor, person, MemberState.ENDED, by=by, now=now)
    others = [m for m in await work.members.list_requested() if m.actor_id == actor.id]
    if actor.state is ActorState.REQUESTED and not others:
        await work.actors.change(actor, state=ActorState.REFUSED)
    return member


async def _record(
    work: UnitOfWork, person: Person, act: str, member: Member, *, now: datetime, **detail: object
) -> None:
    subject = f"member:{member.id}"
    await work.acts.add(
        at=now,
        person_id=person.id,
        act=act,
        subject=subject,
        detail={"actor_id": member.actor_id, "person_id": member.person_id, **detail},
    )


# The dialogues in which a coordinator answers


async def ask_reason(work: UnitOfWork, seat: Seat, member_id: int, *, now: datetime) -> Asking:
    """Ask the coordinator why not. Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    newcomer = await find_newcomer(work, member_id)
    draft = await open_draft(work, seat, REFUSE, "reason", {"member_id": member_id}, awaits_text=True, now=now)
    return Asking(draft, newcomer)


async def _stop_asking(work: UnitOfWork, coordinator: Person, member_id: int, *, now: datetime) -> None:
    """No words of the coordinator are taken for a reason or a name any more."""
    for draft in await work.drafts.list_open(coordinator.user_id, coordinator.id):
        if draft.kind in {REFUSE, SAME} and draft.data["member_id"] == member_id:
            await close_draft(work, draft, now=now)


async def refuse_with(work: UnitOfWork, draft: Draft, person: Person, reason: str | None, *, now: datetime) -> Newcomer:
    """Say no with the reason that was written (None: without one). Raises NotAllowed, NameMissing, TextTooLong."""
    text = None if reason is None else short_text(reason, REASON_MAX)
    await close_draft(work, draft, now=now)
    return await refuse_member(work, person, int(draft.data["member_id"]), text, now=now)


async def refuse_without_reason(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Newcomer:
    """Say no and no more. Raises NotFound, NotAllowed."""
    draft = await past_draft(work, seat, draft_id, REFUSE)
    if not draft.open:
        return await find_newcomer(work, int(draft.data["member_id"]))
    return await refuse_with(work, draft, seat.person, None, now=now)


async def ask_which_known(work: UnitOfWork, seat: Seat, member_id: int, *, now: datetime) -> Asking:
    """Ask the coordinator which known actor it is. Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    newcomer = await find_newcomer(work, member_id)
    draft = await open_draft(work, seat, SAME, "actor", {"member_id": member_id}, awaits_text=True, now=now)
    return Asking(draft, newcomer, newcomer.similar)


async def find_known(work: UnitOfWork, draft: Draft, text: str) -> Asking:
    """Known actors by what the coordinator wrote. Raises NameMissing, TextTooLong."""
    wrote = short_text(text, NAME_MAX)
    candidates = closest(wrote, await work.actors.list_known(), 4)
    return Asking(draft, await find_newcomer(work, int(draft.data["member_id"])), candidates, wrote)


async def approve_as(work: UnitOfWork, seat: Seat, draft_id: int, actor_id: int, *, now: datetime) -> Newcomer:
    """Let the newcomer act for a known actor. Raises NotFound, NotAllowed."""
    draft = await past_draft(work, seat, draft_id, SAME)
    member_id = int(draft.data["member_id"])
    if not draft.open:
        return await find_newcomer(work, member_id)
    await close_draft(work, draft, now=now)
    return await approve_member(work, seat.person, member_id, as_actor_id=actor_id, now=now)
