"""What an installation begins with: the four arenas; and what the demo shows besides."""

import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.model import Activity, Actor, Arena, BookingState, Edition, GivenBy, MemberState, Slot, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.standard import fields_for
from bot.services.replanning import replan_edition


@cache
def _data(name: str) -> Any:
    return json.loads(files("bot").joinpath("data", name).read_text(encoding="utf-8"))


async def install(work: UnitOfWork) -> list[Arena]:
    """Store the four arenas where none is yet, and what arenas of an earlier release lack: target groups, their level.

    No actors, no editions.
    """
    arenas = await work.arenas.list_all()
    for position, arena in enumerate(_data("arenas.json") if not arenas else ()):
        columns = {key: value for key, value in arena.items() if key not in {"edition_name", "groups"}}
        arenas.append(await work.arenas.add(position=position, **columns))
    data = {arena["key"]: arena for arena in _data("arenas.json")}
    return [await _complete(work, known, data.get(known.key, {})) for known in arenas]


async def _complete(work: UnitOfWork, arena: Arena, data: dict[str, Any]) -> Arena:
    if not await work.target_groups.list_of(arena.id):
        for position, name in enumerate(data.get("groups", ())):
            await work.target_groups.add(arena_id=arena.id, name=name, position=position)
    return await work.arenas.change(arena, level=data.get("level")) if arena.level is None else arena


def edition_name(arena_key: str, year: int) -> dict[str, str]:
    """What an arena's edition is called until a coordinator says otherwise, by language."""
    for arena in _data("arenas.json"):
        if arena["key"] == arena_key:
            return {language: f"{name} {year}" for language, name in arena["edition_name"].items()}
    return {"sv": f"{arena_key} {year}", "en": f"{arena_key} {year}"}


async def demo(work: UnitOfWork, *, now: datetime) -> None:
    """Store the demo's actors, editions, people and bookings, unless actors are there already."""
    arenas = {arena.key: arena for arena in await install(work)}
    if await work.actors.list_known():
        return
    data = _data("demo.json")
    actors = {actor["name"]: await _actor(work, actor, now=now) for actor in data["actors"]}
    for person in data["people"]:
        await _person(work, person, actors, now=now)
    for position, issue in enumerate(_data("issues.json"), start=1):
        await work.issues.add(**issue, from_year=now.year - 1, example=True, position=position, created_at=now)
    editions = {e["arena"]: await _edition(work, e, arenas[e["arena"]], actors, now=now) for e in data["editions"]}
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


def _at(local: str | None, zone: str) -> datetime | None:
    return None if local is None else datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def _edition(
    work: UnitOfWork, data: dict[str, Any], arena: Arena, actors: dict[str, Actor], *, now: datetime
) -> Edition:
    zone = data.get("zone", arena.zone)
    edition = await work.editions.add(
        arena_id=arena.id,
        name=edition_name(arena.key, data["year"]),
        zone=zone,
        starts_on=data["starts_on"] and date.fromisoformat(data["starts_on"]),
        ends_on=data["ends_on"] and date.fromisoformat(data["ends_on"]),
        opens_at=_at(data.get("opens"), zone),
        closes_at=_at(data.get("closes"), zone),
        answers_at=_at(data.get("answers"), zone),
        on_site=data.get("on_site", {}),
        published=True,
        **{
            k: data[k]
            for k in ("year", "preliminary", "place", "latitude", "longitude", "allocation", "official_programme")
        },
    )
    if "stage" in data:
        await _fields(work, data, edition)
        slots = await _slots(work, data, edition)
        for booking in data["bookings"]:
            await _booking(work, booking, edition, slots[booking["day"]][booking["slot"]], actors, now=now)
    return edition


async def _fields(work: UnitOfWork, data: dict[str, Any], edition: Edition) -> None:
    for position, standard in enumerate(fields_for(official_programme=edition.official_programme)):
        await work.fields.add(
            edition_id=edition.id,
            position=position,
            deadline_at=_at(data["fields_by"], edition.zone),
            **standard.columns(),
        )
    for until, amount in data["fees"]:
        await work.fee_steps.add(
            edition_id=edition.id, until_at=_at(until, edition.zone), amount=amount, preliminary=True
        )


async def _slots(work: UnitOfWork, data: dict[str, Any], edition: Edition) -> list[list[Slot]]:
    stage = await work.stages.add(edition_id=edition.id, **data["stage"])
    grid, tz = data["grid"], ZoneInfo(edition.zone)
    opens, closes = time.fromisoformat(grid["opens"]), time.fromisoformat(grid["closes"])
    length, pause = timedelta(minutes=grid["minutes"]), timedelta(minutes=grid["pause"])
    blocked = {(block["day"], block["slot"]): block["reason"] for block in data["blocks"]}
    assert edition.starts_on is not None and edition.ends_on is not None  # noqa: S101, PT018  # the demo's data says so
    days: list[list[Slot]] = []
    for day in range((edition.ends_on - edition.starts_on).days + 1):
        on = edition.starts_on + timedelta(days=day)
        starts_at = datetime.combine(on, opens, tz).astimezone(UTC)
        end_of_day = datetime.combine(on, closes, tz).astimezone(UTC)
        days.append([])
        while starts_at + length <= end_of_day:
            reason = blocked.get((day, len(days[-1])))
            state = SlotState.BLOCKED if reason else SlotState.OPEN
            slot = await work.slots.add(
                stage_id=stage.id, starts_at=starts_at, ends_at=starts_at + length, state=state, reason=reason
            )
            days[-1].append(slot)
            starts_at += length + pause
    return days


async def _booking(
    work: UnitOfWork, data: dict[str, Any], edition: Edition, slot: Slot, actors: dict[str, Actor], *, now: datetime
) -> None:
    activity: Activity = await work.activities.add(
        edition_id=edition.id,
        actor_id=actors[data["actor"]].id,
        title=data["title"],
        kind=data["kind"],
        answers={},
        unlocked=(),
        reported="unknown",
        uid=f"demo-{edition.year}-{slot.id}-{actors[data['actor']].id}@arenabot",
        sequence=0,
    )
    person = await work.people.with_user_id(data["person"]) if "person" in data else None
    state = BookingState(data.get("state", "booked"))
    await work.bookings.add(
        activity_id=activity.id,
        slot_id=slot.id,
        person_id=person and person.id,
        state=state,
        rank=1,
        created_at=now,
        booked_at=now if state is BookingState.BOOKED else None,
    )
    if person is not None:
        await work.activities.follow(activity.id, person.id)
    await _aims(work, data.get("aims", {}), activity.id, edition.arena_id, now=now)
    for name in data.get("co", ()):
        await work.co_organisers.add(activity_id=activity.id, actor_id=actors[name].id, state="accepted")


async def _aims(work: UnitOfWork, data: dict[str, Any], activity_id: int, arena_id: int, *, now: datetime) -> None:
    """What an activity names: issues and target groups by their place in the lists, purposes by word."""
    issues, groups = await work.issues.list_all(), await work.target_groups.list_of(arena_id)
    named: list[dict[str, Any]] = [
        *({"issue_id": issues[place].id} for place in data.get("issues", ())),
        *({"purpose": purpose} for purpose in data.get("purposes", ())),
        *({"target_group_id": groups[place].id} for place in data.get("groups", ())),
    ]
    for columns in named:
        await work.aims.add(activity_id=activity_id, named_by=GivenBy.ACTOR, named_at=now, **columns)
