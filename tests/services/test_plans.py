"""What a booking calls for and to whom, on both databases, recomputed when anything moves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.model import Actor, Booking, BookingState, CoOrganiserState, Edition, FieldKind, MemberState, Person
from bot.domain.remind import Kind
from bot.services import bookings, co_organisers, form, members, plans, reminder_answers, reminding
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, on_both_databases

WEEK, DAY, HOUR, AFTER = (
    (Kind.SLOT_WEEK, datetime(2027, 6, 22, 7, tzinfo=UTC)),
    (Kind.SLOT_DAY, datetime(2027, 6, 28, 7, tzinfo=UTC)),
    (Kind.SLOT_HOUR, datetime(2027, 6, 29, 5, tzinfo=UTC)),
    (Kind.EVALUATION, datetime(2027, 6, 30, 8, tzinfo=UTC)),
)
LACKING = (
    (Kind.DEADLINE_WEEK, datetime(2027, 4, 8, 7, tzinfo=UTC)),
    (Kind.DEADLINE_DAY, datetime(2027, 4, 14, 7, tzinfo=UTC)),
)
FEES = (
    (Kind.FEE_WEEK, datetime(2027, 3, 4, 8, tzinfo=UTC)),
    (Kind.FEE_DAY, datetime(2027, 3, 10, 8, tzinfo=UTC)),
)
DEADLINE = datetime(2027, 4, 15, 21, 59, tzinfo=UTC)
STEP = datetime(2027, 3, 11, 22, 59, tzinfo=UTC)

work = on_both_databases


async def member(work: SqlUnitOfWork, world: World, actor: Actor, name: str) -> Person:
    person = await world.person(name)
    await work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
    return person


async def planned(work: SqlUnitOfWork, booking: Booking) -> dict[int | None, list[tuple[str, datetime]]]:
    found: dict[int | None, list[tuple[str, datetime]]] = {}
    for reminder in await work.reminders.list_planned(plans.subject_of(booking.id)):
        found.setdefault(reminder.person_id, []).append((reminder.kind, reminder.due_at))
    return found


class Fair:
    """A slot on 29 June 08.00 local, booked by Anna for Luleå, where Bo works too; nothing lacks."""

    def __init__(
        self, edition: Edition, actor: Actor, anna: Person, bo: Person, booking: Booking, slots: list[int]
    ) -> None:
        self.edition, self.actor, self.anna, self.bo = edition, actor, anna, bo
        self.booking, self.slots = booking, slots


@pytest.fixture
async def fair(work: SqlUnitOfWork, world: World) -> Fair:
    edition = await world.edition(starts_on=date(2027, 6, 28), ends_on=date(2027, 6, 30))
    actor = await world.actor("Luleå kommun")
    anna, bo = await member(work, world, actor, "Anna"), await member(work, world, actor, "Bo")
    slots = await world.slots(edition, 3)
    booking = await world.booking(edition, actor, slots[0], anna, BookingState.BOOKED)
    await work.activities.follow(booking.activity_id, anna.id)
    await plans.replan(work, booking.id, now=NOW)
    return Fair(edition, actor, anna, bo, booking, slots)


async def add_description(work: SqlUnitOfWork, edition: Edition) -> int:
    field = await work.fields.add(
        edition_id=edition.id,
        key="description",
        label={"sv": "Beskrivning"},
        kind=FieldKind.TEXT,
        max_length=300,
        choices=[],
        deadline_at=DEADLINE,
        official=False,
        required=True,
        position=1,
        archived=False,
    )
    return field.id


async def test_who_follows_is_reminded_and_all_when_nobody_does(work: SqlUnitOfWork, fair: Fair) -> None:
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, HOUR, AFTER]}
    await work.activities.unfollow(fair.booking.activity_id, fair.anna.id)
    await plans.replan(work, fair.booking.id, now=NOW)
    everybody = [WEEK, DAY, HOUR, AFTER]
    assert await planned(work, fair.booking) == {fair.anna.id: everybody, fair.bo.id: everybody}


async def test_co_organisers_hear_of_the_slot_and_the_owner_of_the_rest(
    work: SqlUnitOfWork, world: World, fair: Fair
) -> None:
    other = await world.actor("LTU")
    cilla = await member(work, world, other, "Cilla")
    await add_description(work, fair.edition)
    asked = await work.co_organisers.add(
        activity_id=fair.booking.activity_id, actor_id=other.id, state=CoOrganiserState.INVITED
    )
    seat = await world.seat(cilla)
    await co_organisers.answer(work, seat, asked.id, asked.revision, accepts=True, now=NOW)
    both = {fair.anna.id: [*LACKING, WEEK, DAY, HOUR, AFTER], cilla.id: [WEEK, DAY, HOUR]}
    assert await planned(work, fair.booking) == both
    await co_organisers.toggle_helper(work, seat, fair.booking.id, fair.bo.id, now=NOW)
    assert await planned(work, fair.booking) == {**both, fair.bo.id: both[fair.anna.id]}
    await co_organisers.remove(work, await world.seat(fair.anna), asked.id, now=NOW)
    assert await planned(work, fair.booking) == {fair.anna.id: both[fair.anna.id], fair.bo.id: both[fair.anna.id]}


async def test_what_is_filled_in_is_reminded_of_no_more(work: SqlUnitOfWork, world: World, fair: Fair) -> None:
    field_id = await add_description(work, fair.edition)
    await plans.replan_edition(work, fair.edition.id, now=NOW)
    lacking = {fair.anna.id: [*LACKING, WEEK, DAY, HOUR, AFTER]}
    assert await planned(work, fair.booking) == lacking
    seat = await world.seat(fair.anna)
    asked = await form.ask(work, seat, fair.booking.id, field_id, now=NOW)
    await form.write(work, seat, asked.draft, "Om el", now=NOW)
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, HOUR, AFTER]}
    again = await form.ask(work, seat, fair.booking.id, field_id, now=NOW)
    await form.clear(work, seat, again.draft.id, now=NOW)
    assert await planned(work, fair.booking) == lacking


async def test_fee_steps_are_asked_about_until_it_is_reported(work: SqlUnitOfWork, world: World, fair: Fair) -> None:
    edition = await work.editions.change(fair.edition, official_programme=True)
    await work.fee_steps.add(edition_id=edition.id, until_at=STEP, amount=0, preliminary=True)
    await plans.replan_edition(work, edition.id, now=NOW)
    assert await planned(work, fair.booking) == {fair.anna.id: [*FEES, WEEK, DAY, HOUR, AFTER]}
    await reminder_answers.report(work, fair.anna, fair.booking.id, "yes", now=NOW)
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, HOUR, AFTER]}
    await reminder_answers.report(work, fair.anna, fair.booking.id, "unknown", now=NOW)
    assert await planned(work, fair.booking) == {fair.anna.id: [*FEES, WEEK, DAY, HOUR, AFTER]}


async def test_a_kind_that_is_turned_off_goes_and_comes_back(work: SqlUnitOfWork, fair: Fair) -> None:
    off = await reminder_answers.turn(work, fair.anna, "slot", on=False, now=NOW)
    assert (off.muted, [coming.topic for coming in off.coming]) == (frozenset({"slot"}), ["evaluation"])
    assert await planned(work, fair.booking) == {fair.anna.id: [AFTER]}
    again = await reminder_answers.turn(work, fair.anna, "slot", on=False, now=NOW)
    assert again == off
    on = await reminder_answers.turn(work, fair.anna, "slot", on=True, now=NOW)
    assert (on.muted, len(on.coming)) == (frozenset(), 4)
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, HOUR, AFTER]}


async def test_a_cancelled_booking_is_silent_and_an_undone_one_speaks_again(
    work: SqlUnitOfWork, world: World, fair: Fair
) -> None:
    seat = await world.seat(fair.anna)
    before = WEEK[1] - timedelta(minutes=4)
    await work.editions.change(fair.edition, closes_at=None)
    await bookings.cancel(work, seat, fair.booking.id, fair.booking.revision, now=before)
    assert await planned(work, fair.booking) == {}
    await bookings.undo(work, seat, fair.booking.id, now=before + timedelta(minutes=8))
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, HOUR, AFTER]}


async def test_undoing_repeats_nothing_that_was_sent(work: SqlUnitOfWork, world: World, fair: Fair) -> None:
    seat = await world.seat(fair.anna)
    [week, *_] = await work.reminders.list_planned(plans.subject_of(fair.booking.id))
    await work.reminders.change(week, state=reminding.SENT)
    await work.editions.change(fair.edition, closes_at=None)
    at = WEEK[1] + timedelta(minutes=1)
    await bookings.cancel(work, seat, fair.booking.id, fair.booking.revision, now=at)
    await bookings.undo(work, seat, fair.booking.id, now=at)
    assert await planned(work, fair.booking) == {fair.anna.id: [DAY, HOUR, AFTER]}


async def test_a_moved_booking_is_reminded_of_at_its_new_time(work: SqlUnitOfWork, world: World, fair: Fair) -> None:
    await bookings.move(work, await world.seat(fair.anna), fair.booking.id, fair.slots[2], now=NOW)
    hour = (Kind.SLOT_HOUR, HOUR[1] + timedelta(hours=2))
    assert await planned(work, fair.booking) == {fair.anna.id: [WEEK, DAY, hour, AFTER]}


async def test_what_nobody_could_be_told_passes_to_who_joins_and_from_who_leaves(
    work: SqlUnitOfWork, world: World, fair: Fair
) -> None:
    actor = await world.actor("Kiruna kommun")
    booking = await world.booking(fair.edition, actor, fair.slots[1], fair.anna, BookingState.BOOKED)
    await plans.replan(work, booking.id, now=NOW)
    hour = (Kind.SLOT_HOUR, HOUR[1] + timedelta(hours=1))
    everything = [WEEK, DAY, hour, AFTER]
    nobody = [*everything, (Kind.EVALUATION_AGAIN, datetime(2027, 7, 28, 8, tzinfo=UTC))]
    assert await planned(work, booking) == {None: nobody}
    person = await world.person("Doris")
    joined = await members.set_member(work, None, actor, person, MemberState.ACTIVE, by=None, now=NOW)
    assert await planned(work, booking) == {person.id: everything}
    await members.set_member(work, joined, actor, person, MemberState.ENDED, by=None, now=NOW)
    assert await planned(work, booking) == {None: nobody}


async def test_a_hold_is_its_holders(work: SqlUnitOfWork, world: World, fair: Fair) -> None:
    held = await world.booking(fair.edition, fair.actor, fair.slots[1], fair.bo, BookingState.HELD)
    held = await work.bookings.change(held, until_at=NOW + timedelta(minutes=15))
    await plans.replan(work, held.id, now=NOW)
    assert await planned(work, held) == {fair.bo.id: [(Kind.HOLD_ENDS, NOW + timedelta(minutes=12))]}


@pytest.mark.parametrize(
    ("zone", "starts_at", "day", "hour"),
    [
        # 09.00 local on the Sunday when summer time begins, and when it ends, in two zones
        (
            "Europe/Oslo",
            datetime(2027, 3, 28, 7, tzinfo=UTC),
            datetime(2027, 3, 27, 8, tzinfo=UTC),
            datetime(2027, 3, 28, 6, tzinfo=UTC),
        ),
        (
            "Europe/Helsinki",
            datetime(2027, 3, 28, 6, tzinfo=UTC),
            datetime(2027, 3, 27, 7, tzinfo=UTC),
            datetime(2027, 3, 28, 5, tzinfo=UTC),
        ),
        (
            "Europe/Oslo",
            datetime(2027, 10, 31, 8, tzinfo=UTC),
            datetime(2027, 10, 30, 7, tzinfo=UTC),
            datetime(2027, 10, 31, 7, tzinfo=UTC),
        ),
    ],
)
async def test_mornings_are_local_on_both_nights_when_summer_time_changes(
    work: SqlUnitOfWork, world: World, fair: Fair, zone: str, starts_at: datetime, day: datetime, hour: datetime
) -> None:
    edition = await world.edition(zone=zone)
    [slot_id] = await world.slots(edition, 1)
    slot = await work.slots.get(slot_id)
    await work.slots.change(slot, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    booking = await world.booking(edition, fair.actor, slot_id, fair.anna, BookingState.BOOKED)
    await work.activities.follow(booking.activity_id, fair.anna.id)
    await plans.replan(work, booking.id, now=NOW)
    due = dict((await planned(work, booking))[fair.anna.id])
    assert (due[Kind.SLOT_DAY], due[Kind.SLOT_HOUR]) == (day, hour)
