"""What falls due is sent once, on both databases, while a clock passes; and what is answered to it."""

import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed, Outdated
from bot.domain.model import Actor, Booking, BookingState, Edition, FieldKind, MemberState, Person
from bot.domain.outgoing import Dead, Priority
from bot.domain.policy import TooLateToWait
from bot.domain.ports.delivery import Finished
from bot.domain.remind import Kind
from bot.domain.results.reminders import FeeAhead, HoldEnding, Lacking, Reminded, SlotAhead
from bot.services import bookings, endings, members, plans, reminder_answers, reminders, reminding
from bot.services.reminding import AGAIN
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, do_due, on_both_databases

DEADLINE = datetime(2027, 4, 15, 21, 59, tzinfo=UTC)
AFTERWARDS = datetime(2027, 7, 1, tzinfo=UTC)

work = on_both_databases


def stockholm(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A local time of 2027 in Stockholm as UTC."""
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


class Days:
    """Lets time pass from one due thing to the next, and notes which messages went to whom, and when."""

    def __init__(self, work: SqlUnitOfWork) -> None:
        self.work = work
        self.now = NOW
        self.seen = 0

    async def sweep(self, now: datetime) -> list[tuple[datetime, int, list[str]]]:
        self.now = now
        await do_due(self.work, reminders.list_due, reminders.send_due, now=now)
        statement = select(schema.outbox).where(schema.outbox.c.id > self.seen).order_by(schema.outbox.c.id)
        sent = []
        for row in await self.work.session.rows(statement):
            self.seen = row.id
            if row.payload["name"] == "reminder":
                kinds = [reminder.kind for reminder in await self.work.reminders.list_some(row.payload["ids"])]
                sent.append((now, row.person_id, kinds))
        return sent

    async def pass_until(self, until: datetime) -> list[tuple[datetime, int, list[str]]]:
        sent = []
        while (due_at := await self.work.reminders.next_due_at()) is not None and due_at <= until:
            sent += await self.sweep(max(self.now, due_at))
        self.now = until
        return sent


class Fair:
    """Anna's booking of 29 June 08.00 for Luleå, where Bo works too."""

    def __init__(self, work: SqlUnitOfWork, world: World, edition: Edition, actor: Actor, slots: list[int]) -> None:
        self.work, self.world, self.edition, self.actor, self.slots = work, world, edition, actor, slots

    async def person(self, name: str, actor: Actor | None = None) -> Person:
        person = await self.world.person(name)
        actor_id = (actor or self.actor).id
        await self.work.members.add(actor_id=actor_id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        return person

    async def books(self, slot: int, person: Person, actor: Actor | None = None) -> Booking:
        booking = await self.world.booking(
            self.edition, actor or self.actor, self.slots[slot], person, BookingState.BOOKED
        )
        await self.work.activities.follow(booking.activity_id, person.id)
        await plans.replan(self.work, booking.id, now=NOW)
        return booking

    async def asks_for(self, key: str, deadline_at: datetime = DEADLINE) -> None:
        await self.work.fields.add(
            edition_id=self.edition.id,
            key=key,
            label={"sv": key},
            kind=FieldKind.TEXT,
            choices=[],
            deadline_at=deadline_at,
            official=False,
            required=True,
            position=1,
            archived=False,
        )

    async def costs(self, *steps: tuple[datetime, int]) -> None:
        self.edition = await self.work.editions.change(self.edition, official_programme=True)
        for until_at, amount in steps:
            await self.work.fee_steps.add(
                edition_id=self.edition.id, until_at=until_at, amount=amount, preliminary=True
            )

    async def errands(self) -> list[tuple[int, int | None, dict[str, object]]]:
        return [(e.actor_id, e.booking_id, dict(e.detail)) for e in await self.work.errands.list_open()]


@pytest.fixture
async def fair(work: SqlUnitOfWork, world: World) -> Fair:
    edition = await world.edition(starts_on=date(2027, 6, 28), ends_on=date(2027, 6, 30), closes_at=None)
    return Fair(work, world, edition, await world.actor("Luleå kommun"), await world.slots(edition, 4))


@pytest.fixture
def days(work: SqlUnitOfWork) -> Days:
    return Days(work)


async def test_each_reminder_comes_once_while_the_clock_runs(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    await fair.asks_for("description")
    await fair.books(0, anna)
    assert await days.pass_until(AFTERWARDS) == [
        (stockholm(4, 8, 9), anna.id, ["deadline_week"]),
        (stockholm(4, 14, 9), anna.id, ["deadline_day"]),
        (stockholm(6, 22, 9), anna.id, ["slot_week"]),
        (stockholm(6, 28, 9), anna.id, ["slot_day"]),
        (stockholm(6, 29, 7), anna.id, ["slot_hour"]),
        (stockholm(6, 30, 10), anna.id, ["evaluation"]),
    ]
    assert await days.sweep(AFTERWARDS) == []


async def test_what_falls_due_to_one_person_at_one_time_is_one_message(fair: Fair, days: Days) -> None:
    anna, bo = await fair.person("Anna"), await fair.person("Bo")
    await fair.asks_for("description")
    await fair.costs((DEADLINE, 500))
    first, second = await fair.books(0, anna), await fair.books(1, anna)
    await fair.books(2, bo)
    sent = await days.pass_until(stockholm(4, 8, 9))
    assert sorted((person_id, sorted(kinds)) for _, person_id, kinds in sent) == [
        (anna.id, ["deadline_week", "deadline_week", "fee_week", "fee_week"]),
        (bo.id, ["deadline_week", "fee_week"]),
    ]
    [step] = await fair.work.fee_steps.list_of(fair.edition.id)
    [field] = await fair.work.fields.list_of(fair.edition.id)
    standing = await reminders.what_stands_of(fair.work, anna, first.id, now=days.now)
    assert standing is not None
    assert [type(item) for item in standing.items] == [Lacking, FeeAhead]
    lacking, fee = standing.items
    assert isinstance(lacking, Lacking)
    assert isinstance(fee, FeeAhead)
    assert [(at, [q.field for q in questions]) for at, questions in lacking.by_deadline] == [(DEADLINE, [field])]
    assert (fee.view.booking.id, fee) == (first.id, FeeAhead(fee.view, step, None))
    assert (await reminders.what_stands_of(fair.work, anna, second.id, now=days.now)) is not None


async def test_what_fell_due_while_the_bot_was_down_is_sent_once_if_it_still_helps(
    fair: Fair, days: Days, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await fair.person("Anna")
    await fair.books(0, anna)
    caplog.set_level(logging.INFO, "bot.services.reminders")
    # down from before the week's reminder until the afternoon before the slot
    assert await days.sweep(stockholm(6, 28, 15)) == [(stockholm(6, 28, 15), anna.id, ["slot_day"])]
    [dropped] = [record.getMessage() for record in caplog.records]
    assert "(slot_week of booking:" in dropped
    assert await days.sweep(stockholm(6, 28, 16)) == []


async def test_in_the_night_only_what_cannot_wait_is_sent(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    await fair.books(0, anna)
    assert await days.sweep(stockholm(6, 25, 2)) == []
    assert await fair.work.reminders.next_due_at() == stockholm(6, 25, 7)
    assert await days.pass_until(stockholm(6, 25, 7)) == [(stockholm(6, 25, 7), anna.id, [AGAIN + "slot_week"])]
    assert await days.sweep(stockholm(6, 25, 8)) == []
    early = await fair.work.slots.get(fair.slots[3])
    await fair.work.slots.change(early, starts_at=stockholm(6, 30, 5), ends_at=stockholm(6, 30, 6))
    await fair.books(3, anna)
    sent = await days.pass_until(stockholm(6, 30, 4))
    assert sent[-1] == (stockholm(6, 30, 4), anna.id, ["slot_hour"])


async def test_a_night_that_outlasts_its_use_drops_a_reminder(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    await fair.books(0, anna)
    assert await days.sweep(stockholm(6, 29, 2)) == []  # the day before's, held by the night until 07.00
    assert await days.pass_until(stockholm(6, 29, 8)) == [(stockholm(6, 29, 7), anna.id, ["slot_hour"])]


async def test_cancelled_says_nothing_even_when_it_was_on_its_way(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    booking = await fair.books(0, anna)
    await days.pass_until(stockholm(6, 22, 9))
    ids = [r.id for r in await fair.work.reminders.list_of(plans.subject_of(booking.id)) if r.state == reminding.SENT]
    standing = await reminders.what_stands(fair.work, anna, ids, now=days.now)
    view = await fair.work.bookings.view(booking.id)
    assert standing == Reminded([SlotAhead(view, Kind.SLOT_WEEK)], several_actors=False)
    await bookings.cancel(fair.work, await fair.world.seat(anna), booking.id, booking.revision, now=days.now)
    assert await reminders.what_stands(fair.work, anna, ids, now=days.now) is None
    assert await days.pass_until(AFTERWARDS) == []


async def test_what_falls_due_to_an_actor_with_nobody_waits_for_a_coordinator(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    alone = await fair.world.actor("Älvsbyns kommun")
    booking = await fair.books(0, anna, alone)
    assert await days.pass_until(stockholm(6, 22, 9)) == []
    assert await fair.errands() == [(alone.id, booking.id, {"reminder": "slot_week"})]
    assert await days.pass_until(stockholm(6, 28, 9)) == []
    assert await fair.errands() == [(alone.id, booking.id, {"reminder": "slot_day"})]
    assert await days.pass_until(stockholm(6, 30, 10)) == []
    assert await fair.errands() == [(alone.id, booking.id, {"reminder": "evaluation"})]


async def test_nobody_writes_about_what_is_cancelled_for_good(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    alone = await fair.world.actor("Älvsbyns kommun")
    booking = await fair.books(0, anna, alone)
    await days.pass_until(stockholm(6, 22, 9))
    seat = await fair.world.seat(await fair.world.coordinator())
    await bookings.cancel(fair.work, seat, booking.id, booking.revision, now=days.now)
    assert len(await fair.errands()) == 1
    await do_due(fair.work, endings.list_due, endings.end_due, now=days.now + timedelta(minutes=10))
    assert [errand for errand in await fair.errands() if "reminder" in errand[2]] == []


async def test_who_came_to_the_actor_meanwhile_gets_what_waited_for_nobody(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    alone = await fair.world.actor("Älvsbyns kommun")
    await fair.books(0, anna, alone)
    doris = await fair.person("Doris", alone)  # unknown to the plan
    assert await days.pass_until(stockholm(6, 22, 9)) == [(stockholm(6, 22, 9), doris.id, ["slot_week"])]
    assert await fair.errands() == []


async def test_who_has_blocked_the_bot_is_replaced_by_a_colleague_or_a_coordinator(fair: Fair, days: Days) -> None:
    anna, bo = await fair.person("Anna"), await fair.person("Bo")
    booking = await fair.books(0, anna)
    await fair.work.chats.lost(anna.user_id, "blocked")
    assert await days.pass_until(stockholm(6, 22, 9)) == [(stockholm(6, 22, 9), bo.id, ["slot_week"])]
    await fair.work.chats.lost(bo.user_id, "blocked")
    assert await days.pass_until(stockholm(6, 28, 9)) == []
    assert await fair.errands() == [(fair.actor.id, booking.id, {"reminder": "slot_day"})]
    await fair.work.chats.reached(anna.user_id)
    assert await days.pass_until(stockholm(6, 29, 7)) == [(stockholm(6, 29, 7), anna.id, ["slot_hour"])]


async def test_what_could_not_be_delivered_passes_to_a_colleague_once(fair: Fair, days: Days) -> None:
    anna, bo = await fair.person("Anna"), await fair.person("Bo")
    await fair.books(0, anna)
    assert await days.pass_until(stockholm(6, 22, 9)) == [(stockholm(6, 22, 9), anna.id, ["slot_week"])]
    [row] = await fair.work.outbox.claim("me", Priority.NOTICE, 10, except_chats=())
    [ended] = await fair.work.outbox.record([Finished(row, Dead("403 blocked", unreachable=True))], now=days.now)
    await reminders.undelivered(ended, fair.work, now=days.now)
    assert await days.sweep(days.now) == [(days.now, bo.id, ["slot_week"])]
    assert await days.sweep(days.now) == []


async def test_an_organiser_without_anybody_is_told_by_hand_while_the_other_is_told_in_chat(
    fair: Fair, days: Days
) -> None:
    anna = await fair.person("Anna")
    other = await fair.world.actor("LTU")
    booking = await fair.books(0, anna)
    await fair.work.co_organisers.add(activity_id=booking.activity_id, actor_id=other.id, state="accepted")
    await plans.replan(fair.work, booking.id, now=NOW)
    assert await days.pass_until(stockholm(6, 22, 9)) == [(stockholm(6, 22, 9), anna.id, ["slot_week"])]
    assert await fair.errands() == [(other.id, booking.id, {"reminder": "slot_week"})]


async def test_not_yet_is_silent_until_the_next_step_and_only_for_who_said_it(fair: Fair, days: Days) -> None:
    anna, bo = await fair.person("Anna"), await fair.person("Bo")
    await fair.costs((stockholm(3, 11, 23, 59), 0), (stockholm(4, 15, 23, 59), 500))
    booking = await fair.books(0, anna)
    await fair.work.activities.follow(booking.activity_id, bo.id)
    await plans.replan(fair.work, booking.id, now=NOW)
    await days.pass_until(stockholm(3, 4, 9))
    noted = await reminder_answers.not_yet(fair.work, anna, booking.id, now=days.now)
    assert (noted.said, noted.again_at, noted.rest) == ("not_yet", stockholm(4, 8, 9), None)
    await plans.replan(fair.work, booking.id, now=days.now)  # whatever moves, it stays silent
    assert await days.pass_until(stockholm(3, 10, 9)) == [(stockholm(3, 10, 9), bo.id, ["fee_day"])]
    assert sorted(person_id for _, person_id, _ in await days.pass_until(stockholm(4, 8, 9))) == [anna.id, bo.id]
    settled = await reminder_answers.report(fair.work, bo, booking.id, "no", now=days.now)
    assert (settled.said, settled.view.activity.reported, settled.rest) == ("reported_no", "no", None)
    assert await days.pass_until(stockholm(6, 1, 9)) == []


async def test_what_lacks_comes_again_tomorrow_and_with_the_last_call_only_once(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    await fair.asks_for("description")
    booking = await fair.books(0, anna)
    await days.pass_until(stockholm(4, 8, 9))
    noted = await reminder_answers.snooze(fair.work, anna, booking.id, now=stockholm(4, 8, 12))
    assert (noted.again_at, noted.rest) == (stockholm(4, 9, 9), None)
    again = [AGAIN + "deadline_day"]
    assert await days.pass_until(stockholm(4, 9, 9)) == [(stockholm(4, 9, 9), anna.id, again)]
    await reminder_answers.snooze(fair.work, anna, booking.id, now=stockholm(4, 13, 12))
    [(at, person_id, kinds)] = await days.pass_until(stockholm(4, 14, 9))
    assert (at, person_id, sorted(kinds)) == (stockholm(4, 14, 9), anna.id, sorted([*again, "deadline_day"]))
    standing = await reminders.what_stands_of(fair.work, anna, booking.id, now=days.now)
    assert standing is not None
    assert [type(item) for item in standing.items] == [Lacking]
    await reminder_answers.snooze(fair.work, anna, booking.id, now=days.now)  # the last day itself still helps
    with pytest.raises(TooLateToWait):
        await reminder_answers.snooze(fair.work, anna, booking.id, now=stockholm(4, 15, 12))


async def test_who_has_left_is_not_reminded_again(fair: Fair, days: Days) -> None:
    anna, bo = await fair.person("Anna"), await fair.person("Bo")
    await fair.asks_for("description")
    booking = await fair.books(0, anna)
    await days.pass_until(stockholm(4, 8, 9))
    await reminder_answers.snooze(fair.work, anna, booking.id, now=days.now)
    tie = await fair.work.members.between(fair.actor.id, anna.id)
    await members.set_member(fair.work, tie, fair.actor, anna, MemberState.ENDED, by=None, now=days.now)
    assert await days.pass_until(stockholm(4, 14, 9)) == [(stockholm(4, 14, 9), bo.id, ["deadline_day"])]
    with pytest.raises(NotAllowed):
        await reminder_answers.snooze(fair.work, anna, booking.id, now=days.now)


async def test_a_hold_about_to_end_is_said_also_at_night_and_not_when_it_was_let_go(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    at = stockholm(2, 1, 23)
    held = await fair.world.booking(fair.edition, fair.actor, fair.slots[0], anna, BookingState.HELD)
    held = await fair.work.bookings.change(held, until_at=at + timedelta(minutes=15))
    await plans.replan(fair.work, held.id, now=at)
    due_at = at + timedelta(minutes=12)
    assert await days.pass_until(due_at) == [(due_at, anna.id, ["hold_ends"])]
    standing = await reminders.what_stands_of(fair.work, anna, held.id, now=due_at)
    assert standing == Reminded([HoldEnding(await fair.work.bookings.view(held.id), None)], several_actors=False)
    over = await reminders.what_stands_of(fair.work, anna, held.id, now=at + timedelta(minutes=15))
    assert over is None


async def test_all_is_ready_is_kept_and_a_cancelled_booking_takes_no_answer(fair: Fair, days: Days) -> None:
    anna = await fair.person("Anna")
    booking = await fair.books(0, anna)
    await days.pass_until(stockholm(6, 28, 9))
    noted = await reminder_answers.say_ready(fair.work, anna, booking.id, now=days.now)
    later = await reminder_answers.say_ready(fair.work, anna, booking.id, now=days.now + timedelta(hours=1))
    assert (noted.view.activity.ready_at, later.view.activity.ready_at) == (days.now, days.now)
    assert noted.rest == Reminded([SlotAhead(noted.view, Kind.SLOT_DAY)], several_actors=False)
    await bookings.cancel(fair.work, await fair.world.seat(anna), booking.id, booking.revision, now=days.now)
    with pytest.raises(Outdated):
        await reminder_answers.say_ready(fair.work, anna, booking.id, now=days.now)


async def test_a_moved_time_that_does_not_suit_is_one_matter_to_which_the_why_is_added(fair: Fair) -> None:
    anna = await fair.person("Anna")
    booking = await fair.books(0, anna)
    seat = await fair.world.seat(anna)
    asked = await reminder_answers.refuse_move(fair.work, seat, booking.id, now=NOW)
    again = await reminder_answers.refuse_move(fair.work, seat, booking.id, now=NOW)
    assert asked.matter is not None
    assert asked.matter == again.matter
    said = await reminder_answers.take_change(fair.work, anna, again.draft, "Vi reser då", message_id=7, now=NOW)
    assert said.said == "passed_on"
    waiting = [(m.kind, m.text, m.message_id, m.booking_id) for m in await fair.work.matters.list_open()]
    assert waiting == [("cannot", "Vi reser då", 7, booking.id)]
    change = await reminder_answers.ask_change(fair.work, seat, booking.id, now=NOW)
    await reminder_answers.take_change(fair.work, anna, change.draft, "Ny talare", message_id=9, now=NOW)
    assert [m.kind for m in await fair.work.matters.list_open()] == ["cannot", "changed"]
