"""A thousand reminders that fall due together: nobody waits for all of them, none is lost and none comes twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.errors import DatabaseUnavailable
from bot.domain.model import BookingState, MemberState
from bot.domain.outgoing import Response
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import endings, reminders
from bot.services.plans import replan
from schedules.due import Do, Due, each_due
from schedules.jobs import Run
from schedules.polling import BATCH
from storage import schema
from storage.engine import Database, open_database
from storage.units import DatabaseUnits
from tests.schedules.conftest import Bot, Handlers, compose
from tests.services.conftest import NOW, World

DUE = 1000
SLOTS = 10
_sent = select(schema.outbox.c.person_id, schema.outbox.c.payload).where(schema.outbox.c.kind == "notice")
_left = select(func.count().label("n")).select_from(schema.reminders).where(schema.reminders.c.state == "planned")
_held = select(func.count().label("n")).select_from(schema.bookings).where(schema.bookings.c.state == "held")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Here both."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


async def crowd(database: Database, size: int = DUE) -> datetime:
    """So many people follow one of ten activities each; gives when all have one reminder due."""
    async with DatabaseUnits(database).begin() as work:
        world = World(work)
        edition, actor = await world.edition(), await world.actor("Luleå kommun")
        slots = await world.slots(edition, SLOTS)
        people = [await world.person(f"P{number}") for number in range(size)]
        for number, slot_id in enumerate(slots):
            followers = people[number::SLOTS]
            booking = await world.booking(edition, actor, slot_id, followers[0], BookingState.BOOKED)
            for person in followers:
                await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
                await work.activities.follow(booking.activity_id, person.id)
            await replan(work, booking.id, now=NOW)
        due_at = await work.reminders.next_due_at()
        assert due_at is not None
        assert len(await work.reminders.list_due(due_at, limit=2 * size)) == size
        return due_at


async def count(database: Database, statement: Any) -> int:
    async with database.read() as session:
        row = await session.row(statement)
    assert row is not None
    return int(row.n)


@dataclass
class Press:
    """One update, which comes when it may."""

    may_come: asyncio.Event = field(default_factory=asyncio.Event)
    came: bool = False

    async def updates(
        self,
        offset: int | None,  # noqa: ARG002  # as a source is asked
        *,
        wait_seconds: int,  # noqa: ARG002  # likewise
        allowed: Sequence[str],  # noqa: ARG002  # likewise
        limit: int = BATCH,  # noqa: ARG002  # likewise
    ) -> list[Any]:
        await self.may_come.wait()
        if self.came:
            await asyncio.Event().wait()
        self.came = True
        return [{"update_id": 1, "message": {"chat": {"id": 7}, "from": {"id": 7}, "message_id": 1}}]


@dataclass
class Looking(Handlers):
    """Notes how many reminders are still planned when the press is handled."""

    left: int | None = None
    was_handled: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, update: Mapping[str, Any], work: UnitOfWork, received_at: datetime) -> Response:  # noqa: ARG002  # as handlers are called
        row = await work.session.row(_left)  # type: ignore[attr-defined]  # it is the database's own
        self.left = int(row.n)
        self.was_handled.set()
        return Response()


async def test_a_press_is_handled_before_a_thousand_reminders_that_fall_due_together_are_done(
    database: Database,
) -> None:
    due_at, press, handlers = await crowd(database), Press(), Looking()
    planned = await count(database, _left)
    bot: Bot = compose(database, press, handlers=handlers)

    async def send(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
        press.may_come.set()
        return await reminders.send_due(work, ids, now=now)

    taking = asyncio.create_task(bot.polling.run())
    await sending(bot.units, send)(due_at)
    async with asyncio.timeout(10):
        await handlers.was_handled.wait()
    await bot.polling.stop()
    await taking
    assert await count(database, _left) == planned - DUE
    assert handlers.left is not None
    assert handlers.left > planned - DUE


def sending(units: DatabaseUnits, send: Do = reminders.send_due) -> Run:
    return each_due(units, Due("reminder", reminders.list_due, send))


def cut_short(how: str, at_part: int) -> Do:
    """Sending that is cut short in a part, before it is stored."""
    parts = 0

    async def send(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
        nonlocal parts
        parts += 1
        done = await reminders.send_due(work, ids, now=now)
        if parts == at_part and how == "cancelled":
            task = asyncio.current_task()
            assert task is not None
            task.cancel()
            await asyncio.sleep(0)
        elif parts == at_part:
            raise DatabaseUnavailable("away")
        return done

    return send


@pytest.mark.parametrize("how", ["cancelled", "away"])
async def test_what_is_cut_short_between_its_parts_goes_on_and_each_reminder_comes_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(reminders, "PART", 10)
    size = 100
    due_at, units = await crowd(database, size), DatabaseUnits(database)
    planned = await count(database, _left)
    done = []
    for at_part in (1, 4):
        with pytest.raises((asyncio.CancelledError, DatabaseUnavailable)):
            await asyncio.create_task(_run(sending(units, cut_short(how, at_part)), due_at))
        done.append(planned - await count(database, _left))
    await sending(units)(due_at)
    async with database.read() as session:
        sent = await session.rows(_sent)
    assert done == [0, 30]
    assert len({row.person_id for row in sent}) == len(sent) == size
    assert len({number for row in sent for number in row.payload["ids"]}) == size
    assert await count(database, _left) == planned - size


async def _run(run: Callable[[datetime], Awaitable[object]], at: datetime) -> None:
    await run(at)


async def test_all_that_is_due_to_one_person_is_one_message_however_much_is_due(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "PART", 1)
    units = DatabaseUnits(database)
    async with units.begin() as work:
        world = World(work)
        edition, actor = await world.edition(), await world.actor("Luleå kommun")
        slots = await world.slots(edition, 2)
        anna, bo = await world.person("Anna"), await world.person("Bo")
        for person in (anna, bo):
            await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        for slot_id in slots:
            booking = await world.booking(edition, actor, slot_id, anna, BookingState.BOOKED)
            for person in (anna, bo):
                await work.activities.follow(booking.activity_id, person.id)
            await replan(work, booking.id, now=NOW)
        due_at = await work.reminders.next_due_at()
        assert due_at is not None
    await sending(units)(due_at)
    async with database.read() as session:
        sent = sorted((row.person_id, len(row.payload["ids"])) for row in await session.rows(_sent))
    assert sent == [(anna.id, 2), (bo.id, 2)]


async def test_bookings_that_run_out_together_all_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "PART", 3)
    units = DatabaseUnits(database)
    async with units.begin() as work:
        world = World(work)
        edition, actor, person = await world.edition(), await world.actor("Luleå kommun"), await world.person("Anna")
        for slot_id in await world.slots(edition, SLOTS):
            await world.booking(edition, actor, slot_id, person, BookingState.HELD)
        due_at = await work.bookings.next_due_at()
        assert due_at is not None
    held = []

    async def end(work: UnitOfWork, ids: Sequence[int], *, now: datetime) -> bool:
        held.append(await count(database, _held))
        return await endings.end_due(work, ids, now=now)

    await each_due(units, Due("ending", endings.list_due, end))(due_at)
    assert (held, await count(database, _held)) == ([10, 7, 4, 1], 0)
