"""A fresh database with the fewest things that use cases need."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.model import Actor, ActorKind, ActorState, Booking, BookingState, Edition, Person
from bot.domain.seat import Seat
from schedules.due import Do, Find
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
async def on_both_databases(database: Database) -> AsyncIterator[SqlUnitOfWork]:
    """The same on SQLite and on PostgreSQL, for a file that says `work = on_both_databases`."""
    async with database.begin() as session:
        yield SqlUnitOfWork(session)


class World:
    """Makes what a test begins with."""

    def __init__(self, work: SqlUnitOfWork) -> None:
        self.work = work
        self.made = 0

    async def person(self, name: str, **fields: Any) -> Person:
        self.made += 1
        values = {"language": "sv", "language_chosen": False, "muted": frozenset(), "created_at": NOW} | fields
        return await self.work.people.add(user_id=700 + self.made, name=name, **values)

    async def seat(self, person: Person) -> Seat:
        return Seat(person, person.user_id, await self.work.chats.add_card(person.user_id))

    async def coordinator(self, name: str = "Karin", arena_id: int | None = None) -> Person:
        person = await self.person(name)
        await self.work.coordinators.add(person_id=person.id, arena_id=arena_id, granted_at=NOW)
        return person

    async def actor(self, name: str, state: ActorState = ActorState.ACTIVE, aliases: tuple[str, ...] = ()) -> Actor:
        return await self.work.actors.add(
            name=name, kind=ActorKind.MUNICIPALITY, aliases=aliases, state=state, created_at=NOW
        )

    async def edition(self, **fields: Any) -> Edition:
        keys = ("name", "goal", "target_groups", "place", "cost", "criteria", "conditions", "partners")
        texts = {key: {"sv": "Almedalen"} for key in keys}
        self.made += 1
        arena = await self.work.arenas.add(key=f"arena{self.made}", zone="Europe/Stockholm", position=1, **texts)
        values = {
            "name": {"sv": "Norrbotten i Almedalen 2027"},
            "year": 2027,
            "preliminary": False,
            "place": {"sv": "Visby"},
            "zone": "Europe/Stockholm",
            "allocation": "first_come",
            "opens_at": NOW - timedelta(days=1),
            "closes_at": NOW + timedelta(days=60),
            "official_programme": False,
            "published": True,
            "on_site": {},
        } | fields
        return await self.work.editions.add(arena_id=arena.id, **values)

    async def slots(self, edition: Edition, count: int) -> list[int]:
        stage = await self.work.stages.add(edition_id=edition.id, name="Norra scen", address="Fiskargränd 5")
        start = datetime(2027, 6, 29, 6, 0, tzinfo=UTC)
        made = [
            await self.work.slots.add(
                stage_id=stage.id,
                starts_at=start + timedelta(hours=hour),
                ends_at=start + timedelta(hours=hour, minutes=45),
                state="open",
            )
            for hour in range(count)
        ]
        return [slot.id for slot in made]

    async def booking(
        self, edition: Edition, actor: Actor, slot_id: int, person: Person, state: BookingState
    ) -> Booking:
        self.made += 1
        activity = await self.work.activities.add(
            edition_id=edition.id,
            actor_id=actor.id,
            title=f"Samtal {self.made}",
            answers={},
            unlocked=frozenset(),
            reported="unknown",
            uid=f"{self.made}@tests",
            sequence=0,
        )
        return await self.work.bookings.add(
            activity_id=activity.id,
            slot_id=slot_id,
            person_id=person.id,
            state=state,
            rank=1,
            until_at=NOW + timedelta(hours=48) if state is not BookingState.BOOKED else None,
            created_at=NOW,
        )


async def do_due(work: SqlUnitOfWork, find: Find, do: Do, *, now: datetime) -> Any:
    """The first part of what is due at once, as a tick does it."""
    return await do(work, await find(work, now=now, but=()), now=now)


@pytest.fixture
def world(work: SqlUnitOfWork) -> World:
    """What a test begins with, made on demand."""
    return World(work)
