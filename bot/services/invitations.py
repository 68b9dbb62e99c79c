"""Links that make whoever opens them a contact person or a coordinator; only a hash of their token is kept."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain import policy
from bot.domain.errors import NotAllowed
from bot.domain.membership import (
    FIRST_VALID,
    REASON_MAX,
    VALID,
    InvitationUnknown,
    hash_of,
    require_valid,
    short_text,
)
from bot.domain.model import Actor, ActorState, Arena, Draft, Edition, Invitation, MemberState, Person, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.people import Accepted, Declined, Invited, Link, Room
from bot.domain.seat import Seat
from bot.services import joining, members, notices, people, rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft, past_draft
from bot.services.matters import open_matter

KIND = "invitation"
MEMBER, COORDINATOR, PASS_ON = "member", "coordinator", "pass_on"
PREFIX = "i"
"""With which a deep link's payload begins: `i_<token>`."""
_BYTES = 24  # of randomness in a token; its 32 characters fit a deep link's 64 with their prefix

# Links are made


def payload(token: str) -> str:
    """The deep link's payload of a token."""
    return f"{PREFIX}_{token}"


async def create(
    work: UnitOfWork,
    kind: str,
    *,
    created_by: int | None,
    now: datetime,
    actor_id: int | None = None,
    edition_id: int | None = None,
    arena_ids: Collection[int] = (),
    valid: timedelta = VALID,
) -> str:
    """Make a link and give its token. `arena_ids` is for coordinators: none means all arenas. Asks for no right."""
    token = secrets.token_urlsafe(_BYTES)
    await work.invitations.add(
        kind=kind,
        token_hash=hash_of(token),
        actor_id=actor_id,
        edition_id=edition_id,
        arena_ids=tuple(arena_ids),
        created_by=created_by,
        created_at=now,
        expires_at=now + valid,
    )
    return token


async def first_coordinator_link(work: UnitOfWork, now: datetime) -> str:
    """The token of a link that makes whoever opens it a coordinator of all arenas; earlier unused ones end."""
    await work.invitations.end_first_links(now)
    return await create(work, COORDINATOR, created_by=None, now=now, valid=FIRST_VALID)


async def invite_coordinator(work: UnitOfWork, person: Person, arena_ids: Collection[int], *, now: datetime) -> str:
    """A coordinator of all arenas makes a link for another, of named arenas or (none) of all. Raises NotAllowed."""
    await rights.require_coordinator(work, person, None)
    return await create(work, COORDINATOR, created_by=person.id, arena_ids=arena_ids, now=now)


async def invite_contact(
    work: UnitOfWork, person: Person, actor_id: int, edition_id: int | None, *, now: datetime
) -> Link:
    """A coordinator invites an actor's contact person, to an edition or in general. Raises NotAllowed, NotFound."""
    await rights.require_any_coordinator(work, person)
    actor = await work.actors.get(actor_id)
    token = await create(work, MEMBER, created_by=person.id, actor_id=actor_id, edition_id=edition_id, now=now)
    return Link(MEMBER, token, actor, now + VALID)


async def invite_colleague(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> Link:
    """A contact person invites another one for the same actor. Raises NotAllowed, NotFound."""
    return await _from_contact(work, MEMBER, person, actor_id, now=now)


async def pass_on(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> Link:
    """A contact person hands the task to somebody, and keeps it until that person accepts. Raises NotAllowed, NotFound."""
    return await _from_contact(work, PASS_ON, person, actor_id, now=now)


async def _from_contact(work: UnitOfWork, kind: str, person: Person, actor_id: int, *, now: datetime) -> Link:
    tie = await people.own_tie(work, person, actor_id)
    if not tie.is_active:
        raise NotAllowed
    token = await create(work, kind, created_by=person.id, actor_id=actor_id, now=now)
    return Link(kind, token, tie.actor, now + VALID)


# And opened


async def open_invitation(work: UnitOfWork, seat: Seat, token: str, *, now: datetime) -> Invited | None:
    """What the link invites to; None when this person has accepted it before.

    Raises InvitationUnknown, InvitationUsed, InvitationExpired, InvitationIsYours.
    """
    invitation = await work.invitations.with_hash(hash_of(token))
    if invitation is None:
        raise InvitationUnknown
    if invitation.spent_by == seat.person.id:
        return None
    require_valid(invitation, seat.person.id, now)
    draft = await open_draft(work, seat, KIND, "opened", {"invitation_id": invitation.id}, now=now)
    return await _invited(work, draft, invitation)


async def show_again(work: UnitOfWork, seat: Seat, draft_id: int) -> Invited:
    """The invitation that is open. Raises NotFound, InvitationUnknown."""
    draft = await own_draft(work, seat, draft_id, KIND)
    return await _invited(work, draft, await work.invitations.get(int(draft.data["invitation_id"])))


async def _invited(work: UnitOfWork, draft: Draft, invitation: Invitation) -> Invited:
    actor, edition, arenas = await _about(work, invitation)
    inviter = await work.people.get(invitation.created_by) if invitation.created_by else None
    by_colleague = invitation.kind == PASS_ON or (
        inviter is not None and actor is not None and await _is_active(work, inviter, actor)
    )
    return Invited(draft, invitation.kind, actor, edition, arenas, inviter if by_colleague else None)


async def _is_active(work: UnitOfWork, person: Person, actor: Actor) -> bool:
    member = await work.members.between(actor.id, person.id)
    return member is not None and member.state is MemberState.ACTIVE


async def _about(work: UnitOfWork, invitation: Invitation) -> tuple[Actor | None, Edition | None, list[Arena]]:
    """The actor (the one that it was merged into), edition and arenas that an invitation is about."""
    actor = await work.actors.get(invitation.actor_id) if invitation.actor_id else None
    if actor is not None and actor.merged_into_id is not None:
        actor = await work.actors.get(actor.merged_into_id)
    if invitation.kind != COORDINATOR and (actor is None or actor.state is not ActorState.ACTIVE):
        raise InvitationUnknown
    edition = await work.editions.find(invitation.edition_id) if invitation.edition_id else None
    return actor, edition, [a for a in await work.arenas.list_all() if a.id in invitation.arena_ids]


async def accept(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Accepted:
    """«Ja, det är jag»: the link is spent and the right is the person's.

    Raises NotFound, InvitationUnknown, InvitationUsed, InvitationExpired, InvitationIsYours.
    """
    draft = await past_draft(work, seat, draft_id, KIND)
    invitation = await work.invitations.get(int(draft.data["invitation_id"]), lock=True)
    actor, edition, arenas = await _about(work, invitation)
    room = await room_of(work, edition, now=now) if actor is not None else None
    accepted = Accepted(invitation.kind, actor, room, arenas, edition.id if edition is not None else None)
    if invitation.spent_by == seat.person.id:
        return accepted
    draft = await own_draft(work, seat, draft_id, KIND)
    require_valid(invitation, seat.person.id, now)
    await work.invitations.change(invitation, spent_at=now, spent_by=seat.person.id)
    await close_draft(work, draft, now=now)
    if actor is None:
        await _grant(work, seat.person, invitation, now=now)
    else:
        await _let_in(work, seat, invitation, actor, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act="invitation.accepted",
        subject=f"invitation:{invitation.id}",
        detail={"kind": invitation.kind},
    )
    return accepted


async def _let_in(work: UnitOfWork, seat: Seat, invitation: Invitation, actor: Actor, *, now: datetime) -> None:
    member = await work.members.between(actor.id, seat.person.id)
    by = invitation.created_by
    await members.set_member(work, member, actor, seat.person, MemberState.ACTIVE, by=by, now=now)
    await members.confirm_requested(work, actor.id, seat.person.id, now=now)
    await joining.close_joining(work, seat.chat_id, seat.person, now=now)
    giver = await work.people.get(by) if by is not None and invitation.kind == PASS_ON else None
    if giver is not None and await _is_active(work, giver, actor):
        await _take_over(work, giver, seat.person, actor, now=now)


async def _take_over(work: UnitOfWork, giver: Person, taker: Person, actor: Actor, *, now: datetime) -> None:
    """The giver's bookings become the taker's own (reminders come), and the giver's task ends."""
    for activity_id in {view.activity.id for view in await work.bookings.list_of_actor(actor.id)}:
        if giver.id in {person.id for person in await work.activities.list_followers(activity_id)}:
            await work.activities.unfollow(activity_id, giver.id)
            await work.activities.follow(activity_id, taker.id)
    await people.end_tie(work, giver, actor, by=giver.id, now=now)
    ids = {"actor_id": actor.id, "taker_id": taker.id}
    await notices.tell(work, giver, "passed_on", key=f"passed-on:{actor.id}:{now:%Y%m%d%H%M%S}", **ids)


async def _grant(work: UnitOfWork, person: Person, invitation: Invitation, *, now: datetime) -> None:
    have = {right.arena_id for right in await work.coordinators.list_of(person.id)}
    for arena_id in invitation.arena_ids or (None,):
        if arena_id not in have:
            await work.coordinators.add(
                person_id=person.id, arena_id=arena_id, granted_by=invitation.created_by, granted_at=now
            )


async def decline(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Declined:
    """«Nej, fel person»: the link stays valid, coordinators are told, and the person is asked who is right.

    Raises NotFound, InvitationUnknown.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    invitation = await work.invitations.get(int(draft.data["invitation_id"]))
    actor, edition, _ = await _about(work, invitation)
    if draft.step == "who":
        return Declined(draft, actor)
    matter = await open_matter(
        work,
        seat.person,
        "wrong_person",
        actor_id=actor.id if actor is not None else None,
        edition_id=edition.id if edition is not None else None,
        arena_id=edition.arena_id if edition is not None else None,
        now=now,
    )
    draft = await advance(work, draft, "who", awaits_text=True, now=now, matter_id=matter.id)
    return Declined(draft, actor)


async def tell_who(work: UnitOfWork, draft: Draft, text: str, *, now: datetime) -> None:
    """Who is right instead, for the coordinators, who hear of it anew. Raises NameMissing, TextTooLong."""
    matter = await work.matters.get(int(draft.data["matter_id"]), lock=True)
    matter = await work.matters.change(matter, text=short_text(text, REASON_MAX))
    await close_draft(work, draft, now=now)
    coordinators = await work.people.list_coordinators(matter.arena_id)
    key = f"matter:{matter.id}:{matter.revision}"
    await notices.tell_all(work, coordinators, "matter_opened", key=key, but=matter.person_id, matter_id=matter.id)


async def leave_unsaid(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> None:
    """The person does not know who is right. Raises NotFound."""
    draft = await past_draft(work, seat, draft_id, KIND)
    if draft.open:
        await close_draft(work, draft, now=now)


async def room_of(work: UnitOfWork, edition: Edition | None, *, now: datetime) -> Room | None:
    """How many slots of an edition are free; without one, of the only edition that is open. None when there is none."""
    if edition is None:
        opened = [e for e in await work.editions.list_published() if e.is_open(now)]
        if len(opened) != 1:
            return None
        edition = opened[0]
    slots = [s for s in await work.slots.list_of(edition.id) if s.slot.state is SlotState.OPEN]
    free = sum(s.booking is None or policy.is_over(s.booking, now) for s in slots if s.slot.starts_at > now)
    is_over = edition.closes_at is not None and edition.closes_at <= now
    return Room(edition, free, len(slots), is_open=edition.is_open(now), is_over=is_over)
