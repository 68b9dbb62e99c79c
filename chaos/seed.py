"""The database and the people that a run begins with."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import seed
from bot.domain.announcements import Audience, AudienceKind, State
from bot.domain.model import ActorKind, BookingState, Edition
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import plans
from chaos.plan import A_DAY, A_PERSON, A_RECIPIENT, A_SLOT, COORDINATOR, DAYS, MARKER, TO_AN_EDITION, Plan
from storage import migrate
from storage.engine import open_database
from storage.units import DatabaseUnits


def edition_of(number: int) -> str:
    """The name of the edition that a person books in."""
    return f"Upplaga {number // TO_AN_EDITION}"


def write_people(plan: Plan, path: Path) -> None:
    """Everyone whom the local Telegram knows, all of whom have started the bot."""
    ids = [COORDINATOR, MARKER]
    ids += range(A_PERSON, A_PERSON + plan.people)
    ids += range(A_RECIPIENT, A_RECIPIENT + plan.recipients)
    people = [{"id": n, "first_name": f"P{n}", "language_code": "sv", "started": True} for n in ids]
    path.write_text(json.dumps(people), encoding="utf-8")


async def fill(url: str, plan: Plan) -> None:
    """Migrate an empty database and store the run's world."""
    await migrate.upgrade(url)
    database = await open_database(url)
    try:
        async with DatabaseUnits(database).begin() as work:
            arena = (await seed.install(work))[0]
            coordinator = await _person(work, COORDINATOR, plan.now)
            await _person(work, MARKER, plan.now)
            await work.coordinators.add(person_id=coordinator, arena_id=None, granted_at=plan.now)
            for number in range(plan.editions):
                edition = await _edition(work, arena.id, f"Upplaga {number}", plan.now)
                await _slots(work, edition)
            for number in range(plan.people):
                person = await _person(work, A_PERSON + number, plan.now)
                await _member(
                    work, await _actor(work, f"Kommun {number}", ActorKind.MUNICIPALITY, plan.now), person, plan
                )
            await _recipients(work, arena.id, plan)
            for number in range(plan.announcements):
                after = timedelta(seconds=number * plan.spread / plan.announcements)
                await _announcement(work, coordinator, number, plan.now + after)
    finally:
        await database.close()


async def announce(url: str, number: int, at: datetime) -> None:
    """One announcement more, while the bot works."""
    database = await open_database(url)
    try:
        async with DatabaseUnits(database).begin() as work:
            coordinator = (await work.coordinators.list_all())[0]
            await _announcement(work, coordinator.person_id, number, at)
    finally:
        await database.close()


async def _person(work: UnitOfWork, user_id: int, now: datetime) -> int:
    person = await work.people.add(
        user_id=user_id,
        name=f"P{user_id}",
        language="sv",
        language_chosen=True,
        contact_asked_at=now,
        muted=frozenset(),
        created_at=now,
    )
    return person.id


async def _actor(work: UnitOfWork, name: str, kind: ActorKind, now: datetime) -> int:
    return (await work.actors.add(name=name, kind=kind, aliases=(), state="active", created_at=now)).id


async def _member(work: UnitOfWork, actor_id: int, person_id: int, plan: Plan) -> None:
    await work.members.add(actor_id=actor_id, person_id=person_id, state="active", since_at=plan.now)


async def _edition(work: UnitOfWork, arena_id: int, name: str, now: datetime, **fields: Any) -> Edition:
    return await work.editions.add(
        **{
            "arena_id": arena_id,
            "name": {"sv": name, "en": name},
            "year": 2027,
            "preliminary": False,
            "place": {"sv": "Luleå", "en": "Luleå"},
            "zone": "Europe/Stockholm",
            "allocation": "first_come",
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=300),
            "official_programme": False,
            "published": True,
            "on_site": {},
            **fields,
        }
    )


async def _slots(work: UnitOfWork, edition: Edition) -> None:
    stage = await work.stages.add(edition_id=edition.id, name="Scenen", address="Storgatan 1")
    for day in range(DAYS):
        for number in range(A_DAY):
            start = datetime(2027, 12, 1 + day, 9, tzinfo=edition.tz) + number * A_SLOT
            await work.slots.add(stage_id=stage.id, starts_at=start, ends_at=start + A_SLOT, state="open")


async def _recipients(work: UnitOfWork, arena_id: int, plan: Plan) -> None:
    """The first of them have a booking each whose reminder falls due, the rest only get announcements."""
    edition = await _edition(work, arena_id, "Nu", plan.now, published=False, allocation="none")
    crowd = await _actor(work, "Alla", ActorKind.COMPANY, plan.now)
    for number in range(plan.recipients):
        person = await _person(work, A_RECIPIENT + number, plan.now)
        if number >= plan.reminders:
            await _member(work, crowd, person, plan)
            continue
        actor = await _actor(work, f"Bolag {number}", ActorKind.COMPANY, plan.now)
        await _member(work, actor, person, plan)
        due = plan.now + timedelta(seconds=5 + number * plan.spread / plan.reminders)
        await _reminded(work, edition, actor, person, f"Påminnelse {number}", due + timedelta(hours=1), plan.now)


async def _reminded(
    work: UnitOfWork, edition: Edition, actor: int, person: int, title: str, starts_at: datetime, now: datetime
) -> None:
    stage = await work.stages.add(edition_id=edition.id, name=title, address="Storgatan 1")
    ends_at = starts_at + timedelta(minutes=45)
    slot = await work.slots.add(stage_id=stage.id, starts_at=starts_at, ends_at=ends_at, state="open")
    activity = await work.activities.add(
        edition_id=edition.id,
        actor_id=actor,
        title=title,
        kind="seminar",
        answers={},
        unlocked=frozenset(),
        reported="unknown",
        uid=f"{title}@chaos",
        sequence=0,
    )
    await work.activities.follow(activity.id, person)
    booking = await work.bookings.add(
        activity_id=activity.id, slot_id=slot.id, person_id=person, state=BookingState.BOOKED, rank=1, created_at=now
    )
    await plans.replan(work, booking.id, now=now)


async def _announcement(work: UnitOfWork, coordinator: int, number: int, at: datetime) -> None:
    content = {"method": "sendMessage", "params": {"text": f"Utskick {number}"}}
    await work.announcements.add(
        created_by=coordinator,
        content={"sv": content, "en": content},
        audience=Audience(AudienceKind.KINDS, actor_kinds=(ActorKind.COMPANY,)).stored(),
        receipts=False,
        state=State.SCHEDULED,
        send_at=at,
    )
