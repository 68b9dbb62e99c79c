"""An edition of the demo, with its stage, slots and bookings."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.model import Activity, Actor, Arena, BookingState, Edition, GivenBy, Slot, SlotState
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.standard import fields_for
from bot.seed.data import data_of

INSTANTS: Final = ("opens_at", "closes_at", "answers_at", "evaluated_at", "evaluation_reminded_at")


def edition_name(arena_key: str, year: int) -> dict[str, str]:
    """What an arena's edition is called until a coordinator says otherwise, by language."""
    for arena in data_of("arenas.json"):
        if arena["key"] == arena_key:
            return {language: f"{name} {year}" for language, name in arena["edition_name"].items()}
    return {"sv": f"{arena_key} {year}", "en": f"{arena_key} {year}"}


def at(local: str, zone: str) -> datetime:
    """A wall time of a zone as the data has it."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def add_edition(
    work: UnitOfWork, data: dict[str, Any], arena: Arena, actors: dict[str, Actor], *, now: datetime
) -> Edition:
    """Store an edition with what it has; `now` is when its slots were booked."""
    zone = data.get("zone", arena.zone)
    edition = await work.editions.add(
        arena_id=arena.id,
        name=data.get("name") or edition_name(arena.key, data["year"]),
        zone=zone,
        starts_on=data["starts_on"] and date.fromisoformat(data["starts_on"]),
        ends_on=data["ends_on"] and date.fromisoformat(data["ends_on"]),
        on_site=data.get("on_site", {}),
        published=True,
        evaluated_together=True if "evaluated_at" in data else None,
        **{name: at(data[name], zone) for name in INSTANTS if name in data},
        **{
            k: data[k]
            for k in ("year", "preliminary", "place", "latitude", "longitude", "allocation", "official_programme")
        },
    )
    if "fields_by" in data:
        await _fields(work, data, edition)
    if "stage" in data:
        slots = await _slots(work, data, edition)
        for booking in data["bookings"]:
            await _booking(work, booking, edition, slots[booking["day"]][booking["slot"]], actors, now=now)
    return edition


async def _fields(work: UnitOfWork, data: dict[str, Any], edition: Edition) -> None:
    for position, standard in enumerate(fields_for(official_programme=edition.official_programme)):
        await work.fields.add(
            edition_id=edition.id,
            position=position,
            deadline_at=at(data["fields_by"], edition.zone),
            **standard.columns(),
        )
    for until, amount in data["fees"]:
        await work.fee_steps.add(
            edition_id=edition.id, until_at=at(until, edition.zone), amount=amount, preliminary=True
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
    by = GivenBy(data.get("by", GivenBy.ACTOR))
    for columns in named:
        await work.aims.add(activity_id=activity_id, named_by=by, named_at=now, **columns)
