"""A thousand people race for sixty slots, through services, in four processes."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta

from sqlalchemy import text

from storage.engine import Database
from storage.units import DatabaseUnits
from tests.services.racer import NOW

PEOPLE, SLOTS, PROCESSES = 1000, 60, 4
WORDS = {"sv": "x", "en": "x"}


async def _prepare(database: Database) -> int:
    """An open edition with its slots, and people who each act for an actor of their own."""
    async with DatabaseUnits(database).begin() as work:
        arena = await work.arenas.add(
            key="a", name=WORDS, goal=WORDS, target_groups=WORDS, place=WORDS, cost=WORDS, criteria=WORDS,
            conditions=WORDS, partners=WORDS, zone="Europe/Stockholm", position=0,
        )  # fmt: skip
        edition = await work.editions.add(
            arena_id=arena.id, name=WORDS, year=2027, preliminary=False, place=WORDS, zone="Europe/Stockholm",
            allocation="first_come", opens_at=NOW, closes_at=NOW + timedelta(days=30), official_programme=False,
            published=True, on_site={},
        )  # fmt: skip
        stage = await work.stages.add(edition_id=edition.id, name="Scen", address="Gatan 1")
        for number in range(SLOTS):
            start = NOW + timedelta(days=100, hours=number)
            await work.slots.add(stage_id=stage.id, starts_at=start, ends_at=start + timedelta(hours=1), state="open")
        for number in range(PEOPLE):
            person = await work.people.add(
                user_id=number + 1, name="x", language="sv", language_chosen=False, muted=(), created_at=NOW
            )
            actor = await work.actors.add(
                name=f"Aktör {number}", kind="company", aliases=(), state="active", created_at=NOW
            )
            await work.members.add(actor_id=actor.id, person_id=person.id, state="active", since_at=NOW)
        return edition.id


async def _race(url: str, guard: str) -> int:
    """How many people were told that they have a slot."""
    share = PEOPLE // PROCESSES
    racers = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.services.racer",
            url,
            str(1 + n * share),
            str(share),
            guard,
            stdin=PIPE,
            stdout=PIPE,
        )
        for n in range(PROCESSES)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert await racer.stdout.readline() == b"ready\n"
    results = await asyncio.gather(*(racer.communicate(b"go\n") for racer in racers))
    assert [racer.returncode for racer in racers] == [0] * PROCESSES
    return sum(int(out) for out, _ in results)


async def _booked(database: Database, edition_id: int) -> list[int]:
    """The slot of each booking that stands."""
    async with DatabaseUnits(database).read() as work:
        return [view.slot.id for view in await work.bookings.list_of_edition(edition_id)]


async def test_a_thousand_people_racing_for_sixty_slots_get_exactly_sixty(
    database: Database, database_url: str
) -> None:
    edition_id = await _prepare(database)
    told = await _race(database_url, "guarded")
    booked = await _booked(database, edition_id)
    assert (told, len(booked), len(set(booked))) == (SLOTS, SLOTS, SLOTS)


async def test_with_the_guard_off_the_same_race_is_seen_to_overbook(database: Database, database_url: str) -> None:
    edition_id = await _prepare(database)
    async with database.begin() as session:
        await session.run(text("DROP INDEX uq_bookings_slot_taken"))
    told = await _race(database_url, "unguarded")
    booked = await _booked(database, edition_id)
    assert told == len(booked)
    assert len(booked) > SLOTS
