"""A booking's life in any order that people, coordinators and time may come upon: what holds after every step."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from itertools import combinations, count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text

from bot.domain.errors import DomainError
from bot.domain.model import TAKING, BookingState, Person
from bot.domain.outgoing import Delivery, Priority
from bot.domain.seat import Seat
from bot.services import applications, booking, bookings, confirming, endings, holding, plans, reminders
from bot.services.reminding import AGAIN, PLANNED
from handlers import registry
from handlers.system import Notices
from storage import schema
from storage.engine import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits
from tests.services.conftest import NOW, World, do_due

ACTORS, SLOTS = 3, 4
COORDINATOR = ACTORS
ALIVE = {BookingState.HELD, BookingState.BOOKED}
STANDS = {BookingState.BOOKED, BookingState.REQUESTED, BookingState.CANCELLING, BookingState.APPLIED, BookingState.HELD}
MAY_SAY = {
    "booking_offered": {BookingState.CANCELLING},
    "booking_moved": STANDS,
    "booking_moved_staff": STANDS,
    "booking_cancelled": {BookingState.ENDED},
    "booking_cancelled_staff": {BookingState.ENDED},
    "application_granted": {BookingState.BOOKED},
    "application_refused": {BookingState.ENDED},
}
"""In which states of its booking a notice may still be said."""

Use = Callable[[SqlUnitOfWork], Awaitable[object]]
anybody = st.integers(0, ACTORS - 1)
any_slot = st.integers(0, SLOTS - 1)
any_index = st.integers(0, 30)


class Life(RuleBasedStateMachine):
    """Everything happens through services, each in a transaction of its own, as the bot does it."""

    make_url: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.url = type(self).make_url()
        self.now = NOW
        self.database: Database = self.run(open_database(self.url))

    def run(self, what: Awaitable[Any]) -> Any:
        async def awaited() -> Any:
            return await what

        return self.runner.run(awaited())

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()

    async def _use(self, use: Use) -> object:
        """One transaction; what a rule refuses is undone."""
        with suppress(DomainError):
            async with DatabaseUnits(self.database).begin() as work:
                return await use(work)
        return None

    def do(self, use: Use) -> object:
        return self.run(self._use(use))

    @initialize()
    def begin(self) -> None:
        async def build(work: SqlUnitOfWork) -> None:
            world = World(work)
            self.people = [await world.person(f"Person {n}") for n in range(ACTORS)]
            self.people.append(await world.coordinator())
            self.actors = [await world.actor(f"Aktör {n}") for n in range(ACTORS)]
            for actor, person in zip(self.actors, self.people, strict=False):
                await work.members.add(actor_id=actor.id, person_id=person.id, state="active", since_at=NOW)
            self.editions = [await world.edition(), await world.edition(allocation="application")]
            self.slots = [await world.slots(edition, SLOTS) for edition in self.editions]
            for number, slot_id in enumerate(slot_id for slots in self.slots for slot_id in slots):
                start = NOW + timedelta(days=9, hours=number)
                slot = await work.slots.get(slot_id)
                await work.slots.change(slot, starts_at=start, ends_at=start + timedelta(minutes=45))

        self.do(build)

    async def _seat(self, work: SqlUnitOfWork, who: int) -> Seat:
        person: Person = await work.people.get(self.people[who].id)
        return Seat(person, person.user_id, await work.chats.add_card(person.user_id))

    async def _bookings(self, work: SqlUnitOfWork, *states: BookingState) -> list[Any]:
        rows = await work.session.rows(select(schema.bookings).order_by(schema.bookings.c.id))
        return [row for row in rows if not states or row.state in states]

    def on_booking(
        self,
        which: int,
        who: int | None,
        act: Callable[[SqlUnitOfWork, Seat, Any], Awaitable[object]],
        *states: BookingState,
    ) -> None:
        """Let somebody do something to one of the bookings: its own person unless somebody else is named."""

        async def use(work: SqlUnitOfWork) -> object:
            found = await self._bookings(work, *states)
            if not found:
                return None
            row = found[which % len(found)]
            owner = next(n for n, person in enumerate(self.people) if person.id == row.person_id)
            return await act(work, await self._seat(work, owner if who is None else who), row)

        self.do(use)

    # What people do

    async def _hold(self, who: int, edition: int, slot: int) -> object:
        async def use(work: SqlUnitOfWork) -> None:
            seat = await self._seat(work, who)
            begun = await booking.start_booking(
                work, seat, self.editions[edition].id, self.actors[who].id, now=self.now
            )
            draft = getattr(begun, "draft", None) or begun.progress.draft  # type: ignore[union-attr]  # a day, or what is unfinished
            await holding.hold_slot(work, seat, draft.id, self.slots[edition][slot], now=self.now)

        return await self._use(use)

    @rule(who=anybody, slot=any_slot)
    def hold(self, who: int, slot: int) -> None:
        self.run(self._hold(who, 0, slot))

    @rule(who=anybody, slot=any_slot)
    def book(self, who: int, slot: int) -> None:
        self.run(self._hold(who, 0, slot))
        self.answer(who, "Vem äger vinden?")
        self.answer(who, "")
        self.confirm(who)

    @rule(who=anybody, slot=any_slot)
    def apply(self, who: int, slot: int) -> None:
        self.run(self._hold(who, 1, slot))
        self.confirm(who)

    @rule(slot=any_slot, edition=st.integers(0, 1))
    def race(self, slot: int, edition: int) -> None:
        async def all_at_once() -> None:
            await asyncio.gather(*(self._hold(who, edition, slot) for who in range(ACTORS)))

        self.run(all_at_once())

    @rule(who=anybody, title=st.sampled_from(["Vem äger vinden?", "x" * 200]))
    def answer(self, who: int, title: str) -> None:
        async def use(work: SqlUnitOfWork) -> None:
            seat = await self._seat(work, who)
            for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
                if draft.step == "title":
                    await confirming.answer_title(work, seat, draft, title, now=self.now)
                elif draft.step == "kind":
                    await confirming.choose_kind(work, seat, draft.id, None, now=self.now)

        self.do(use)

    @rule(who=anybody)
    def confirm(self, who: int) -> None:
        async def use(work: SqlUnitOfWork) -> None:
            seat = await self._seat(work, who)
            for draft in await work.drafts.list_open(seat.chat_id, seat.person.id):
                if draft.data.get("slot_id") and draft.step != "move":
                    await confirming.confirm(work, seat, draft.id, now=self.now)
                    return

        self.do(use)

    @rule(who=anybody, slot=any_slot, after=st.sampled_from([0, 3 * 24 * 60]), waits=st.booleans())
    def change_mind(self, who: int, slot: int, after: int, waits: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
        """Booked and cancelled, also when the first reminder has come, and the ten minutes are over or not."""
        self.book(who, slot)
        self.expire(after, late=False)
        self.cancel(-1)
        if waits:
            self.expire(11, late=False)

    @rule(which=any_index, slot=any_slot)
    def move(self, which: int, slot: int) -> None:
        async def act(work: SqlUnitOfWork, seat: Seat, row: Any) -> object:
            return await bookings.move(work, seat, row.id, self.slots[0][slot], now=self.now)

        self.on_booking(which, None, act, BookingState.BOOKED)

    @rule(which=any_index)
    def cancel(self, which: int) -> None:
        async def act(work: SqlUnitOfWork, seat: Seat, row: Any) -> object:
            return await bookings.cancel(work, seat, row.id, row.revision, now=self.now)

        self.on_booking(which, None, act, BookingState.BOOKED, BookingState.APPLIED)

    @rule(which=any_index)
    def undo(self, which: int) -> None:
        async def act(work: SqlUnitOfWork, seat: Seat, row: Any) -> object:
            return await bookings.undo(work, seat, row.id, now=self.now)

        self.on_booking(which, None, act)

    @rule(which=any_index, who=anybody)
    def invite(self, which: int, who: int) -> None:
        async def act(work: SqlUnitOfWork, _: Seat, row: Any) -> object:
            invited = {"activity_id": row.activity_id, "actor_id": self.actors[who].id}
            if await work.co_organisers.between(**invited) is None and self.people[who].id != row.person_id:
                await work.co_organisers.add(**invited, name=None, state="accepted")
                await plans.replan_activity(work, row.activity_id, now=self.now)
            return None

        self.on_booking(which, None, act, BookingState.BOOKED)

    @rule(which=any_index, who=anybody, takes=st.booleans())
    def inherit(self, which: int, who: int, takes: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
        async def act(work: SqlUnitOfWork, seat: Seat, row: Any) -> object:
            answer = bookings.take_over if takes else bookings.decline
            return await answer(work, seat, row.id, now=self.now)

        self.on_booking(which, who, act, BookingState.CANCELLING)

    # What coordinators do

    @rule(which=any_index, yes=st.booleans())
    def grant(self, which: int, yes: bool) -> None:  # noqa: FBT001  # likewise
        async def act(work: SqlUnitOfWork, seat: Seat, row: Any) -> object:
            if yes:
                return await applications.grant(work, seat.person, row.id, row.revision, now=self.now)
            return await applications.refuse(work, seat.person, row.id, row.revision, "Fullt", now=self.now)

        self.on_booking(which, COORDINATOR, act, BookingState.APPLIED)

    # What time and the machine do

    @rule(
        minutes=st.sampled_from([11, 13, 16, 3, 9 * 60, 25 * 60, 3 * 24 * 60]),
        late=st.sampled_from([False, False, True]),
    )
    def expire(self, minutes: int, late: bool) -> None:  # noqa: FBT001  # likewise
        """Time passes, and the ticks see it or are late."""
        self.now += timedelta(minutes=minutes)
        if not late:
            self.do(lambda work: do_due(work, endings.list_due, endings.end_due, now=self.now))
            self.do(lambda work: do_due(work, reminders.list_due, reminders.send_due, now=self.now))

    @rule()
    def restart(self) -> None:
        self.run(self.database.close())
        self.database = self.run(open_database(self.url))

    # What holds

    def read(self, look: Callable[[SqlUnitOfWork], Awaitable[Any]]) -> Any:
        async def read() -> Any:
            async with DatabaseUnits(self.database).read() as work:
                return await look(work)

        return self.run(read())

    @invariant()
    def no_two_bookings_on_one_stage_overlap(self) -> None:
        async def look(work: SqlUnitOfWork) -> list[Any]:
            taken = await self._bookings(work, *TAKING)
            return await work.bookings.list_views([row.id for row in taken])

        views = self.read(look)
        for one, other in combinations(views, 2):
            apart = one.slot.ends_at <= other.slot.starts_at or other.slot.ends_at <= one.slot.starts_at
            assert one.stage.id != other.stage.id or apart

    @invariant()
    def no_reminder_is_an_orphan(self) -> None:
        async def look(work: SqlUnitOfWork) -> list[tuple[str, str]]:
            states = {row.id: row.state for row in await self._bookings(work)}
            planned = await work.session.rows(select(schema.reminders).where(schema.reminders.c.state == PLANNED))
            return [(row.kind, states[plans.booking_of(row.subject)]) for row in planned]

        for kind, state in self.read(look):
            kept = kind.startswith(AGAIN) and state == BookingState.CANCELLING  # comes back with «Ångra»
            assert state in ALIVE or kept

    @invariant()
    def no_message_is_about_a_state_that_is_over(self) -> None:
        async def look(work: SqlUnitOfWork) -> list[tuple[str, set[str], bool]]:
            states = {row.id: row.state for row in await self._bookings(work)}
            told = []
            for row in await work.session.rows(select(schema.outbox).where(schema.outbox.c.kind == "notice")):
                name = row.payload["name"]
                if name == "reminder":
                    subjects = await work.reminders.list_some(row.payload["ids"])
                    about = {states[plans.booking_of(reminder.subject)] for reminder in subjects}
                elif name in MAY_SAY:
                    about = {states[row.payload["booking_id"]]}
                else:
                    continue
                told.append((name, about, await self._says_something(work, row)))
            return told

        for name, about, says in self.read(look):
            assert not says or about & MAY_SAY.get(name, ALIVE), name

    async def _says_something(self, work: SqlUnitOfWork, row: Any) -> bool:
        delivery = Delivery(
            id=row.id,
            kind=row.kind,
            payload=row.payload,
            chat_id=row.chat_id,
            person_id=row.person_id,
            card_id=None,
            priority=Priority(row.priority),
            attempts=0,
            steps=0,
            uncertain=False,
            expires_at=row.expires_at,
        )
        return await Notices(registry.ROUTES.notices).render(delivery, work, self.now) is not None


def live(make_url: Callable[[], str], examples: int) -> None:
    """Try so many lives."""
    machine = type("Lived", (Life,), {"make_url": staticmethod(make_url)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_bookings_life_keeps_its_promises_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    number = count()

    def make_url() -> str:
        path = tmp_path / f"{next(number)}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    live(make_url, 18)


def test_a_bookings_life_keeps_its_promises_on_postgresql(postgresql_url: str) -> None:
    async def emptied() -> None:
        database = await open_database(postgresql_url)
        names = ", ".join(table.name for table in schema.metadata.sorted_tables)
        async with database.begin() as session:
            await session.run(text(f"TRUNCATE {names} CASCADE"))
        await database.close()

    def make_url() -> str:
        asyncio.run(emptied())
        return postgresql_url

    live(make_url, 6)
