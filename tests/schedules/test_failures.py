"""One thing that is due and fails stops nothing else, is told of, and is done when it can be."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.announcements import Audience, AudienceKind, State
from bot.domain.errors import DatabaseUnavailable
from bot.domain.model import Announcement, BookingState, Edition, Person
from bot.domain.outgoing import Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import endings, personal, plans, reminders, replanning, sending
from bot.services.edition_rules import EditionRules
from bot.services.health import look
from bot.views.health import lines
from bot.views.screen import Reader, plain
from handlers import sending as announcing
from schedules.due import Due, each_due
from storage import schema
from storage.announcements import RecipientRecords
from storage.engine import Database, open_database
from storage.outbox import OutboxRecords
from storage.personal import PersonalRecords
from storage.units import DatabaseUnits
from tests.schedules.test_due import crowd
from tests.services.conftest import NOW, World

REMINDERS = Due("reminder", reminders.list_due, reminders.send_due)
MANY = 250
_sent = select(schema.outbox.c.person_id).where(schema.outbox.c.kind == "notice")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Here both."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture(params=["the bot's", "the database's"])
def poisonous(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """People to whom nothing can be written; the error is the bot's, or the database's, which loses the transaction."""
    people: set[int] = set()
    add = OutboxRecords.add

    async def adds(self: OutboxRecords, row: Outgoing) -> Any:
        if row.person_id not in people:
            return await add(self, row)
        if request.param == "the bot's":
            raise ValueError("Anna Ek")
        return await add(self, replace(row, kind=None))  # type: ignore[arg-type]  # which it refuses

    monkeypatch.setattr(OutboxRecords, "add", adds)
    return people


async def people_of(database: Database) -> list[int]:
    async with database.read() as session:
        return sorted(row.person_id for row in await session.rows(_sent))


async def due_people(units: DatabaseUnits, due_at: datetime) -> list[int]:
    async with units.read() as work:
        return [r.person_id or 0 for r in await work.reminders.list_due(due_at, limit=2 * MANY)]


async def failing(units: DatabaseUnits) -> tuple[int, list[str]]:
    """What `/halsa` and `arenabot doctor` say of it."""
    async with units.read() as work:
        health = await look(work, now=NOW)
    backlog = health.backlog
    said = {plain(line, Reader("en", NOW)) for line in lines(health) if line is not None}
    assert ("Nothing has gone wrong in the last day." in said) == (not backlog.failing)
    assert any(f"{backlog.failing} thing" in line for line in said) == bool(backlog.failing)
    return backlog.failing, [f"{fault.kind}: {fault.why}" for fault in backlog.faults]


async def test_one_reminder_that_fails_stops_no_other_is_told_of_and_comes_when_it_can(
    database: Database, poisonous: set[int], caplog: pytest.LogCaptureFixture
) -> None:
    due_at, units = await crowd(database, MANY), DatabaseUnits(database)
    everybody = await due_people(units, due_at)
    victim = everybody[MANY // 2]
    poisonous.add(victim)
    for _ in range(2):
        await each_due(units, REMINDERS)(due_at)
    assert await people_of(database) == sorted(set(everybody) - {victim})
    assert await due_people(units, due_at) == [victim]
    async with units.read() as work:
        (left,) = await work.reminders.list_due(due_at, limit=9)
    count, (fault,) = await failing(units)
    assert (count, fault.split(": ")[0]) == (1, f"reminder {left.id}")
    told = [r for r in caplog.records if r.name == "schedules.due" and r.levelname == "ERROR"]
    assert [r.getMessage() for r in told] == [f"reminder {left.id} failed; it is tried again at each tick"]
    poisonous.clear()
    await each_due(units, REMINDERS)(due_at)
    assert await people_of(database) == sorted(everybody)
    assert (await due_people(units, due_at), await failing(units)) == ([], (0, []))


async def test_what_failed_goes_after_all_else_however_much_it_is(
    database: Database, poisonous: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "PART", 5)
    due_at, units = await crowd(database, 40), DatabaseUnits(database)
    everybody = await due_people(units, due_at)
    poisonous.update(everybody[:20])
    await each_due(units, REMINDERS)(due_at)
    assert await people_of(database) == sorted(everybody[20:])
    async with units.begin() as work:
        await work.session.run(
            schema.reminders.update().where(schema.reminders.c.person_id == everybody[30]).values(state="planned")
        )
        await work.session.run(schema.outbox.delete())
    order: list[int] = []

    async def send(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
        order.extend(each.person_id or 0 for each in await work.reminders.list_some(ids))
        return await reminders.send_due(work, ids, now=now)

    await each_due(units, replace(REMINDERS, do=send))(due_at)
    assert order[0] == everybody[30]
    assert sorted(order[1:]) == sorted(everybody[:20])
    assert (await failing(units))[0] == 20


async def test_one_booking_that_cannot_end_keeps_no_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        world = World(work)
        edition, actor, person = await world.edition(), await world.actor("Luleå kommun"), await world.person("Anna")
        made = [
            await world.booking(edition, actor, slot_id, person, BookingState.HELD)
            for slot_id in await world.slots(edition, 4)
        ]
        due_at = await work.bookings.next_due_at()
        assert due_at is not None
    replan = plans.replan

    async def fails(work: UnitOfWork, booking_id: int, *, now: datetime) -> None:
        if booking_id == made[1].id:
            raise ValueError
        await replan(work, booking_id, now=now)

    monkeypatch.setattr(plans, "replan", fails)
    run = each_due(units, Due("ending", endings.list_due, endings.end_due))
    await run(due_at)
    assert await held(units, due_at) == [made[1].id]
    assert await failing(units) == (1, [f"ending {made[1].id}: ValueError"])
    monkeypatch.setattr(plans, "replan", replan)
    await run(due_at)
    assert (await held(units, due_at), await failing(units)) == ([], (0, []))


async def held(units: DatabaseUnits, due_at: datetime) -> list[int]:
    async with units.read() as work:
        return [booking.id for booking in await work.bookings.list_due(due_at, limit=9)]


async def test_what_fails_and_is_due_no_more_is_told_no_more(database: Database) -> None:
    units, due = DatabaseUnits(database), [1, 2, 3]

    async def find(_work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:  # as it is asked
        return [each for each in due if each not in but]

    async def do(_work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:  # likewise
        if 2 in ids:
            raise KeyError
        return False  # they stay due, and another look is not asked for

    run = each_due(units, Due("odd", find, do))
    await run(NOW)
    assert await failing(units) == (1, ["odd 2: KeyError"])
    due.remove(2)
    await run(NOW)
    assert await failing(units) == (0, [])


async def test_a_database_that_is_away_fails_nothing(database: Database) -> None:
    units = DatabaseUnits(database)

    async def find(_work: UnitOfWork, *, now: datetime, but: Collection[int]) -> list[int]:  # as it is asked
        return [1]

    async def do(_work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:  # likewise
        raise DatabaseUnavailable("away")

    with pytest.raises(DatabaseUnavailable):
        await each_due(units, Due("odd", find, do))(NOW)
    assert await failing(units) == (0, [])


async def test_one_announcement_that_fails_keeps_no_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        creator = await World(work).coordinator()
        first, second = [
            await work.announcements.add(
                created_by=creator.id,
                arena_id=None,
                content={"sv": {"method": "sendMessage", "params": {"text": "Hej"}}},
                audience=Audience(AudienceKind.AMBASSADORS).stored(),
                receipts=False,
                state=State.SCHEDULED,
                send_at=NOW,
                card_id=None,
            )
            for _ in range(2)
        ]
    freeze = RecipientRecords.freeze_people

    async def fails(self: RecipientRecords, announcement_id: int, person_ids: Collection[int]) -> None:
        if announcement_id == first.id:
            raise ValueError
        await freeze(self, announcement_id, person_ids)

    monkeypatch.setattr(RecipientRecords, "freeze_people", fails)
    run = each_due(units, Due("announcement", sending.list_due, announcing.tick))
    await run(NOW)
    assert await states(units, first, second) == [State.SCHEDULED, State.DONE]
    assert await failing(units) == (1, [f"announcement {first.id}: ValueError"])
    monkeypatch.setattr(RecipientRecords, "freeze_people", freeze)
    await run(NOW)
    assert (await states(units, first, second), await failing(units)) == ([State.DONE, State.DONE], (0, []))


async def states(units: DatabaseUnits, *announcements: Announcement) -> list[str]:
    async with units.read() as work:
        return [(await work.announcements.get(each.id)).state for each in announcements]


async def test_one_edition_that_cannot_be_planned_keeps_no_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        world = World(work)
        editions = [(await world.edition(ends_on=date(2027, 6, 30))).id for _ in range(4)]
    wanted = EditionRules.wanted

    async def fails(self: EditionRules, work: UnitOfWork, about: Edition, now: datetime, **options: Any) -> Any:
        if about.id == editions[1]:
            raise ValueError
        return await wanted(self, work, about, now, **options)

    monkeypatch.setattr(EditionRules, "wanted", fails)
    run = each_due(units, Due("edition", replanning.list_unplanned, replanning.plan_editions))
    for _ in range(2):
        await run(NOW)
        assert await unplanned(units) == [editions[1]]
        assert await failing(units) == (1, [f"edition {editions[1]}: ValueError"])
    monkeypatch.setattr(EditionRules, "wanted", wanted)
    await run(NOW)
    assert (await unplanned(units), await failing(units)) == ([], (0, []))


async def unplanned(units: DatabaseUnits) -> list[int]:
    async with units.read() as work:
        return await replanning.list_unplanned(work, now=NOW, but=())


async def test_one_erasure_that_fails_keeps_no_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    units = DatabaseUnits(database)
    async with units.begin() as work:
        world = World(work)
        anna, bo, eva = [await world.person(name, forget_at=NOW) for name in ("Anna", "Bo", "Eva")]
    erase = PersonalRecords.erase

    async def fails(self: PersonalRecords, person: Person, *, keep: frozenset[str], now: datetime) -> dict[str, int]:
        if person.id == bo.id:
            raise ValueError("Bo")
        return await erase(self, person, keep=keep, now=now)

    monkeypatch.setattr(PersonalRecords, "erase", fails)
    run = each_due(units, Due("erasure", personal.list_due, partial(personal.erase_due, kept_by_law=frozenset())))
    await run(NOW)
    async with units.read() as work:
        assert [person.id for person in await work.personal.list_to_forget()] == [bo.id]
    assert await failing(units) == (1, [f"erasure {bo.id}: ValueError"])
    monkeypatch.setattr(PersonalRecords, "erase", erase)
    await run(NOW)
    async with units.read() as work:
        assert await work.personal.list_to_forget() == []
        assert all([(await work.people.get(each.id)).erased_at for each in (anna, bo, eva)])
    assert await failing(units) == (0, [])
