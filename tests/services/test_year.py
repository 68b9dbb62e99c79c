"""The year of arenas: who is told whom two editions at once want."""

from datetime import date

from bot.domain.model import BookingState, MemberState
from bot.services import year
from bot.views import year as views
from bot.views.screen import Reader, plain
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

READER = Reader("sv", NOW)


async def test_who_is_booked_on_both_is_named_to_a_coordinator_of_either_and_to_nobody_else(
    work: SqlUnitOfWork, world: World
) -> None:
    talks = await world.edition(name={"sv": "Arctic Talks"}, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 6))
    frontiers = await world.edition(
        name={"sv": "Arctic Frontiers"}, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 4)
    )
    elsewhere = await world.edition(starts_on=date(2027, 6, 28))
    asa, bo, cia = [await world.person(name) for name in ("Åsa Kvist", "Bo Ek", "Cia Dal")]
    boden, kiruna, gallivare = [await world.actor(name) for name in ("Boden", "Kiruna", "Gällivare")]
    for person, actor in ((asa, boden), (asa, kiruna), (bo, boden), (cia, gallivare)):
        await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
    for edition, actors in ((talks, (boden, gallivare)), (frontiers, (kiruna,))):
        for slot_id, actor in zip(await world.slots(edition, len(actors)), actors, strict=True):
            await world.booking(edition, actor, slot_id, asa, BookingState.BOOKED)
    readers = {
        "all": await world.coordinator("Karin"),
        "talks": await world.coordinator("Eva", talks.arena_id),
        "frontiers": await world.coordinator("Lars", frontiers.arena_id),
        "elsewhere": await world.coordinator("Sten", elsewhere.arena_id),
        "themselves": asa,
        "actor": cia,
    }
    said = {
        name: [
            plain(line, READER)
            for line in views.year(await year.year_of_arenas(work, person, 2027, now=NOW)).lines
            if line
        ]
        for name, person in readers.items()
    }
    named = {name: [line for line in lines if "Kvist" in line] for name, lines in said.items()}
    told = ["Bokade på båda: Åsa Kvist."]
    assert named == {"all": told, "talks": told, "frontiers": told, "elsewhere": [], "themselves": [], "actor": []}
    assert {
        name for name, lines in said.items() if "Arctic Frontiers och Arctic Talks krockar 4 februari." not in lines
    } == set()
    assert [line for lines in said.values() for line in lines if "Ek" in line or "Dal" in line] == []
