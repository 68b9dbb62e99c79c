"""What an installation begins with: the four arenas; and what the demo shows besides."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.domain.model import Actor, Arena, MemberState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.seed.data import data_of
from bot.seed.editions import add_edition
from bot.seed.past import Past
from bot.services.replanning import replan_edition

SINCE: Final = datetime(2025, 1, 7, 9, tzinfo=UTC)
"""When the demo's region began with its issues."""


async def install(work: UnitOfWork) -> list[Arena]:
    """Store the four arenas where none is yet, and what arenas of an earlier release lack: target groups, their level.

    No actors, no editions.
    """
    arenas = await work.arenas.list_all()
    for position, arena in enumerate(data_of("arenas.json") if not arenas else ()):
        columns = {key: value for key, value in arena.items() if key not in {"edition_name", "groups"}}
        arenas.append(await work.arenas.add(position=position, **columns))
    data = {arena["key"]: arena for arena in data_of("arenas.json")}
    return [await _complete(work, known, data.get(known.key, {})) for known in arenas]


async def _complete(work: UnitOfWork, arena: Arena, data: dict[str, Any]) -> Arena:
    if not await work.target_groups.list_of(arena.id):
        for position, name in enumerate(data.get("groups", ())):
            await work.target_groups.add(arena_id=arena.id, name=name, position=position)
    return await work.arenas.change(arena, level=data.get("level")) if arena.level is None else arena


async def demo(work: UnitOfWork, *, now: datetime) -> bool:
    """Store the demo's actors, editions, people and bookings, unless actors are there already; tells whether it did."""
    arenas = {arena.key: arena for arena in await install(work)}
    if await work.actors.list_known():
        return False
    data = data_of("demo.json")
    actors = {actor["name"]: await _actor(work, actor, now=now) for actor in data["actors"]}
    for person in data["people"]:
        await _person(work, person, actors, now=now)
    for position, issue in enumerate(data_of("issues.json"), start=1):
        await work.issues.add(**issue, from_year=SINCE.year, example=True, position=position, created_at=SINCE)
    editions = {e["arena"]: await add_edition(work, e, arenas[e["arena"]], actors, now=now) for e in data["editions"]}
    for edition in editions.values():
        await replan_edition(work, edition.id, now=now)
    for invitation in data["invitations"]:
        await work.invitations.add(
            kind="member",
            token_hash=hashlib.sha256(invitation["token"].encode()).hexdigest(),
            actor_id=actors[invitation["actor"]].id,
            edition_id=editions[invitation["edition"]].id,
            arena_ids=(),
            created_at=now,
            expires_at=now + timedelta(days=60),
        )
    return True


async def past(work: UnitOfWork) -> None:
    """Store what the demo's actors did before: two editions that are over, and what came of them."""
    arenas = {arena.key: arena for arena in await work.arenas.list_all()}
    actors = {actor.name: actor for actor in await work.actors.list_known()}
    await Past(work, data_of("demo_past.json"), actors).add(arenas)


async def _actor(work: UnitOfWork, data: dict[str, Any], *, now: datetime) -> Actor:
    return await work.actors.add(**{"aliases": (), **data}, state="active", created_at=now)


async def _person(work: UnitOfWork, data: dict[str, Any], actors: dict[str, Actor], *, now: datetime) -> None:
    person = await work.people.add(
        user_id=data["user_id"],
        name=data["name"],
        language=data["language"],
        language_chosen=False,
        phone=data.get("phone"),
        email=data.get("email"),
        contact_asked_at=now,
        muted=frozenset(),
        created_at=now,
    )
    for name in data["actors"]:
        await work.members.add(actor_id=actors[name].id, person_id=person.id, state=MemberState.ACTIVE, since_at=now)
    if data.get("coordinator"):
        await work.coordinators.add(person_id=person.id, arena_id=None, granted_at=now)
