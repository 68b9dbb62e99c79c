"""Who runs which arenas: listed, invited, and rights taken away."""

from datetime import datetime

from bot.domain.errors import DomainError
from bot.domain.model import Arena, Coordinator, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import CoordinatorLink, CoordinatorList, CoordinatorsLeft, RightRemoved
from bot.services import invitations, notices, rights


class LastCoordinator(DomainError):
    """Somebody must run all arenas: the last such right stays."""


async def list_coordinators(work: UnitOfWork, person: Person) -> CoordinatorList:
    """Everybody who runs some arena. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    arenas = {arena.id: arena for arena in await work.arenas.list_all()}
    held: dict[int, list[tuple[Coordinator, Arena | None]]] = {}
    for right in await work.coordinators.list_all():
        arena = arenas[right.arena_id] if right.arena_id is not None else None
        held.setdefault(right.person_id, []).append((right, arena))
    people = [(await work.people.get(person_id), own) for person_id, own in held.items()]
    all_arenas = await rights.coordinates(work, person, None)
    return CoordinatorList(people, list(arenas.values()), all_arenas, person.id)


async def invite(work: UnitOfWork, person: Person, arena_id: int | None, *, now: datetime) -> CoordinatorLink:
    """A link for another coordinator, of an arena or (None) of all. Raises NotFound, NotAllowed."""
    arenas = [] if arena_id is None else [await work.arenas.get(arena_id)]
    token = await invitations.invite_coordinator(work, person, [a.id for a in arenas], now=now)
    await work.acts.add(
        at=now, person_id=person.id, act="coordinator.invited", subject="coordinators", detail={"arena_id": arena_id}
    )
    return CoordinatorLink(token, arenas)


async def remove_right(work: UnitOfWork, person: Person, right_id: int, *, now: datetime) -> RightRemoved:
    """Take a right away: it is gone at the next press.

    Raises NotAllowed, LastCoordinator.
    """
    await rights.require_coordinator(work, person, None)
    for each in sorted(await work.coordinators.list_all(), key=lambda r: r.id):
        await work.coordinators.find(each.id, lock=True)  # two may take each other's right at the same time
    left = await work.coordinators.list_all()
    await rights.require_coordinator(work, person, None)
    right = next((r for r in left if r.id == right_id), None)
    if right is None:
        return RightRemoved(None, await list_coordinators(work, person))
    if right.arena_id is None and sum(r.arena_id is None for r in left) == 1:
        raise LastCoordinator
    await _end(work, right, person, now=now)
    holder = await work.people.get(right.person_id)
    if holder.id != person.id:
        await work.invitations.end_links_to_coordinate(holder.id, now)  # nor can a link bring the right back
        key = f"right-removed:{right.id}"
        await notices.tell(work, holder, "right_removed", key=key, arena_id=right.arena_id)
    still = await rights.is_coordinator(work, person)
    return RightRemoved(holder, await list_coordinators(work, person) if still else None)


async def leave(work: UnitOfWork, person: Person, *, now: datetime) -> None:
    """All rights end at once, and links that would give others rights; those who are left are told."""
    for right in await work.coordinators.list_of(person.id):
        await _end(work, right, person, now=now)
        left = await work.people.list_coordinators(right.arena_id)
        key = f"coordinator-left:{right.id}"
        await notices.tell_all(work, left, "coordinator_left", key=key, but=person.id, arena_id=right.arena_id)
    await work.invitations.end_links_to_coordinate(person.id, now)


async def _end(work: UnitOfWork, right: Coordinator, by: Person, *, now: datetime) -> None:
    await work.coordinators.remove(right.id)
    await work.acts.add(
        at=now,
        person_id=by.id,
        act="coordinator.removed",
        subject=f"person:{right.person_id}",
        detail={"arena_id": right.arena_id},
    )


async def left_of(work: UnitOfWork, arena_id: int | None) -> CoordinatorsLeft:
    """Who runs an arena (None: all arenas) now that somebody does no longer."""
    arena = await work.arenas.get(arena_id) if arena_id is not None else None
    return CoordinatorsLeft(arena, await work.people.list_coordinators(arena_id))
