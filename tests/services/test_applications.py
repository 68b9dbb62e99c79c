from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed, Outdated
from bot.domain.membership import NameMissing
from bot.domain.model import Actor, Booking, BookingState, Edition, MemberState, Person
from bot.domain.policy import AlreadyApplied, SlotTaken
from bot.domain.results.applications import Kind, Place
from bot.domain.results.overview import Waiting
from bot.services import application_offers as offers
from bot.services import applications, matters, queue
from bot.services.application_offers import OfferedSlotTaken
from bot.services.applications import NewcomerUnanswered, SlotGiven
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

APPLIED, BOOKED, ENDED = BookingState.APPLIED, BookingState.BOOKED, BookingState.ENDED


async def told(work: SqlUnitOfWork) -> list[tuple[str, int]]:
    rows = await work.session.rows(
        select(schema.outbox.c.payload, schema.outbox.c.person_id).order_by(schema.outbox.c.id)
    )
    return [(row.payload["name"], row.person_id) for row in rows]


class Rivals:
    """Luleå and Kiruna want the first of four slots; Luleå named a second one too."""

    edition: Edition
    slots: list[int]
    karin: Person
    anna: Person
    bo: Person
    lulea: Actor
    kiruna: Actor
    first: Booking
    second: Booking
    rival: Booking

    async def make(self, world: World) -> "Rivals":
        work = world.work
        self.edition = await world.edition(allocation="application")
        self.slots = await world.slots(self.edition, 4)
        self.karin = await world.coordinator("Karin", self.edition.arena_id)
        self.lulea, self.anna = await self.member(world, "Luleå kommun", "Anna")
        self.kiruna, self.bo = await self.member(world, "Kiruna kommun", "Bo")
        self.first = await world.booking(self.edition, self.lulea, self.slots[0], self.anna, APPLIED)
        self.second = await work.bookings.add(
            activity_id=self.first.activity_id,
            slot_id=self.slots[1],
            person_id=self.anna.id,
            state=APPLIED,
            rank=2,
            created_at=NOW,
        )
        self.rival = await world.booking(self.edition, self.kiruna, self.slots[0], self.bo, APPLIED)
        return self

    async def member(self, world: World, actor: str, person: str) -> tuple[Actor, Person]:
        made, who = await world.actor(actor), await world.person(person)
        await world.work.members.add(actor_id=made.id, person_id=who.id, state=MemberState.ACTIVE, since_at=NOW)
        return made, who


@pytest.fixture
async def rivals(world: World) -> Rivals:
    return await Rivals().make(world)


async def states(work: SqlUnitOfWork, *bookings: Booking) -> list[tuple[BookingState, str | None]]:
    found = [await work.bookings.get(booking.id) for booking in bookings]
    return [(booking.state, booking.ended_why) for booking in found]


async def test_a_yes_books_ends_other_choices_and_refuses_the_rivals(work: SqlUnitOfWork, rivals: Rivals) -> None:
    granted = await applications.grant(work, rivals.karin, rivals.first.id, rivals.first.revision, now=NOW)
    assert [view.actor.name for view in granted.refused] == ["Kiruna kommun"]
    assert await states(work, rivals.first, rivals.second, rivals.rival) == [
        (BOOKED, None),
        (ENDED, "other_choice"),
        (ENDED, "refused"),
    ]
    assert (await work.bookings.get(rivals.first.id)).booked_at == NOW
    assert await told(work) == [("application_granted", rivals.anna.id), ("application_refused", rivals.bo.id)]


async def test_who_is_refused_is_offered_the_three_nearest_free_slots(work: SqlUnitOfWork, rivals: Rivals) -> None:
    await applications.grant(work, rivals.karin, rivals.first.id, rivals.first.revision, now=NOW)
    offer = await offers.offer(work, rivals.rival.id, None, "Luleå kommun", now=NOW)
    assert offer is not None
    assert [status.slot.id for status in offer.nearest] == rivals.slots[1:]
    assert (offer.winner, list(offer.left)) == ("Luleå kommun", [])


async def test_the_second_yes_for_a_slot_is_outdated_and_changes_nothing(work: SqlUnitOfWork, rivals: Rivals) -> None:
    await applications.grant(work, rivals.karin, rivals.first.id, rivals.first.revision, now=NOW)
    with pytest.raises(Outdated) as refused:
        await applications.grant(work, rivals.karin, rivals.rival.id, rivals.rival.revision, now=NOW)
    assert refused.value.fields == {"what": "applications", "id": rivals.slots[0]}


async def test_a_slot_that_somebody_has_is_not_given(work: SqlUnitOfWork, world: World, rivals: Rivals) -> None:
    await world.booking(rivals.edition, await world.actor("LKAB"), rivals.slots[0], rivals.anna, BOOKED)
    with pytest.raises(SlotGiven):
        await applications.grant(work, rivals.karin, rivals.first.id, rivals.first.revision, now=NOW)
    assert await states(work, rivals.first, rivals.rival) == [(APPLIED, None), (APPLIED, None)]


async def test_a_hold_that_ran_out_keeps_nobody_from_the_slot(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    held = await world.booking(
        rivals.edition, await world.actor("LKAB"), rivals.slots[0], rivals.anna, BookingState.HELD
    )
    later = NOW + timedelta(hours=49)
    await applications.grant(work, rivals.karin, rivals.first.id, rivals.first.revision, now=later)
    assert await states(work, held, rivals.first) == [(ENDED, "expired"), (BOOKED, None)]


async def test_a_coordinator_of_another_arena_decides_nothing(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    other = await world.coordinator("Lars", (await world.edition()).arena_id)
    with pytest.raises(NotAllowed):
        await applications.grant(work, other, rivals.first.id, rivals.first.revision, now=NOW)
    assert await queue.list_waiting(work, other, now=NOW) == []


async def test_a_newcomers_application_waits_for_the_answer_about_the_newcomer(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    sara, actor = await world.person("Sara"), await world.actor("Svemin")
    tie = await work.members.add(actor_id=actor.id, person_id=sara.id, state=MemberState.REQUESTED, since_at=NOW)
    asked = await world.booking(rivals.edition, actor, rivals.slots[2], sara, APPLIED)
    with pytest.raises(NewcomerUnanswered) as refused:
        await applications.grant(work, rivals.karin, asked.id, asked.revision, now=NOW)
    assert refused.value.fields == {"member_id": tie.id}


async def test_a_granted_move_ends_the_old_booking_and_changes_the_calendar_file(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    old = await world.booking(rivals.edition, rivals.kiruna, rivals.slots[3], rivals.bo, BOOKED)
    wish = await work.bookings.add(
        activity_id=old.activity_id,
        slot_id=rivals.slots[2],
        person_id=rivals.bo.id,
        state=APPLIED,
        rank=1,
        replaces_id=old.id,
        created_at=NOW,
    )
    contest = await applications.show_contest(work, rivals.karin, rivals.slots[2], now=NOW)
    assert [a.replaces.booking.id for a in contest.applicants if a.replaces] == [old.id]
    await applications.grant(work, rivals.karin, wish.id, wish.revision, now=NOW)
    assert await states(work, old, wish) == [(ENDED, "moved"), (BOOKED, None)]
    assert (await work.activities.get(old.activity_id)).sequence == 1


async def test_a_no_needs_a_reason_and_leaves_the_others(work: SqlUnitOfWork, rivals: Rivals) -> None:
    with pytest.raises(NameMissing):
        await applications.refuse(work, rivals.karin, rivals.rival.id, rivals.rival.revision, " \u200b ", now=NOW)
    await applications.refuse(work, rivals.karin, rivals.rival.id, rivals.rival.revision, "För lika", now=NOW)
    assert await states(work, rivals.first, rivals.rival) == [(APPLIED, None), (ENDED, "refused")]
    assert await told(work) == [("application_refused", rivals.bo.id)]


async def test_who_has_nobody_in_telegram_is_told_by_hand(work: SqlUnitOfWork, world: World, rivals: Rivals) -> None:
    alvsbyn = await world.actor("Älvsbyns kommun")
    asked = await world.booking(rivals.edition, alvsbyn, rivals.slots[2], rivals.karin, APPLIED)
    await applications.grant(work, rivals.karin, asked.id, asked.revision, now=NOW)
    waiting = await queue.list_waiting(work, rivals.karin, now=NOW)
    errand = (await work.errands.list_open())[0]
    assert (errand.kind, errand.actor_id, errand.booking_id) == ("application_granted", alvsbyn.id, asked.id)
    assert Place(Kind.ERRAND, errand.id) in waiting


async def test_all_who_want_the_same_slot_are_one_card_of_the_queue(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    matter = await matters.open_matter(
        work, rivals.anna, "question", now=NOW, text="Servering?", arena_id=rivals.edition.arena_id
    )
    assert await queue.list_waiting(work, rivals.karin, now=NOW) == [
        Place(Kind.MATTER, matter.id),
        Place(Kind.SLOT, rivals.slots[0]),
        Place(Kind.SLOT, rivals.slots[1]),
    ]
    assert await queue.count_waiting(work, rivals.karin, now=NOW) == Waiting(2, 0, 1, 0)
    after = await queue.next_card(work, rivals.karin, Place(Kind.MATTER, matter.id), now=NOW)
    assert (after.place, after.number, after.count) == (Place(Kind.SLOT, rivals.slots[0]), 2, 3)
    last = await queue.next_card(work, rivals.karin, Place(Kind.SLOT, rivals.slots[1]), now=NOW)
    assert (last.item, last.count) == (None, 3)


async def test_a_slot_in_the_past_waits_for_nobody(work: SqlUnitOfWork, rivals: Rivals) -> None:
    assert await queue.list_waiting(work, rivals.karin, now=NOW + timedelta(days=365)) == []


async def test_a_refused_applicant_may_take_another_slot_after_booking_has_closed(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    await applications.refuse(work, rivals.karin, rivals.rival.id, rivals.rival.revision, "För lika", now=NOW)
    closed = NOW + timedelta(days=61)
    seat = await world.seat(rivals.bo)
    done = await offers.take_instead(work, seat, rivals.rival.id, rivals.slots[1], now=closed)
    taken = done.view.booking
    assert (taken.state, taken.activity_id, done.rivals) == (APPLIED, rivals.rival.activity_id, 1)
    with pytest.raises(AlreadyApplied):
        await offers.take_instead(work, seat, rivals.rival.id, rivals.slots[1], now=closed)


async def test_an_offered_slot_that_went_meanwhile_is_said_so(
    work: SqlUnitOfWork, world: World, rivals: Rivals
) -> None:
    await applications.refuse(work, rivals.karin, rivals.rival.id, rivals.rival.revision, "För lika", now=NOW)
    await world.booking(rivals.edition, await world.actor("LKAB"), rivals.slots[2], rivals.anna, BOOKED)
    with pytest.raises(OfferedSlotTaken):
        await offers.take_instead(work, await world.seat(rivals.bo), rivals.rival.id, rivals.slots[2], now=NOW)


async def test_only_the_refused_take_an_offered_slot(work: SqlUnitOfWork, world: World, rivals: Rivals) -> None:
    with pytest.raises(Outdated):
        await offers.take_instead(work, await world.seat(rivals.bo), rivals.rival.id, rivals.slots[2], now=NOW)
    with pytest.raises(NotAllowed):
        await offers.take_instead(work, await world.seat(rivals.anna), rivals.rival.id, rivals.slots[2], now=NOW)


@pytest.fixture
async def either(database: Database) -> AsyncIterator[World]:
    async with database.begin() as session:
        yield World(SqlUnitOfWork(session))


@pytest.mark.parametrize("act", ["add", "change"])
async def test_the_last_guard_speaks_of_a_slot_taken_and_the_transaction_lives_on(either: World, act: str) -> None:
    work, edition = either.work, await either.edition()
    slot_id, other_id = await either.slots(edition, 2)
    actor, anna = await either.actor("Luleå kommun"), await either.person("Anna")
    await either.booking(edition, actor, slot_id, anna, BOOKED)
    free = await either.booking(edition, actor, other_id, anna, BOOKED)

    async def take() -> Any:
        if act == "add":
            return await either.booking(edition, actor, slot_id, anna, BOOKED)
        return await work.bookings.change(free, slot_id=slot_id)

    with pytest.raises(SlotTaken) as taken:
        await take()
    assert taken.value.fields == {"slot_id": slot_id}
    assert (await work.bookings.get(free.id)).slot_id == other_id
