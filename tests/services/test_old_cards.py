"""What cards that are left from before may no longer do."""

from datetime import timedelta

import pytest

from bot.domain import policy
from bot.domain.errors import Outdated
from bot.domain.model import Actor, BookingState, Edition, MemberState, Person
from bot.domain.results.booking import WhichDay
from bot.domain.seat import Seat
from bot.services import applications, booking, bookings, confirming, endings, holding
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, do_due


async def acting(world: World) -> tuple[Actor, Person, Seat]:
    """Luleå kommun, its contact person and where they sit."""
    actor, anna = await world.actor("Luleå kommun"), await world.person("Anna")
    await world.work.members.add(actor_id=actor.id, person_id=anna.id, state=MemberState.ACTIVE, since_at=NOW)
    return actor, anna, await world.seat(anna)


async def draft_of(work: SqlUnitOfWork, seat: Seat, edition: Edition) -> int:
    begun = await booking.start_booking(work, seat, edition.id, None, now=NOW)
    assert isinstance(begun, WhichDay)
    return begun.draft.id


async def test_a_slot_of_another_edition_is_not_held(work: SqlUnitOfWork, world: World) -> None:
    _, _, seat = await acting(world)
    opened, closed = await world.edition(), await world.edition(opens_at=NOW + timedelta(days=9))
    [foreign] = await world.slots(closed, 1)
    with pytest.raises(policy.SlotNotBookable):
        await holding.hold_slot(work, seat, await draft_of(work, seat, opened), foreign, now=NOW)


async def test_a_hold_that_ran_out_is_not_taken_again_beside_another(work: SqlUnitOfWork, world: World) -> None:
    _, _, seat = await acting(world)
    edition = await world.edition()
    first, second = await world.slots(edition, 2)
    old = await draft_of(work, seat, edition)
    await holding.hold_slot(work, seat, old, first, now=NOW)
    later = NOW + policy.HOLD
    await do_due(work, endings.list_due, endings.end_due, now=later)
    await holding.hold_slot(work, seat, await draft_of(work, seat, edition), second, now=later)
    with pytest.raises(policy.HoldLimitReached):
        await confirming.confirm(work, seat, old, now=later)


async def test_a_move_begun_before_closing_is_refused_after(work: SqlUnitOfWork, world: World) -> None:
    actor, anna, seat = await acting(world)
    edition = await world.edition()
    first, second = await world.slots(edition, 2)
    mine = await world.booking(edition, actor, first, anna, BookingState.BOOKED)
    with pytest.raises(policy.BookingClosed):
        await bookings.move(work, seat, mine.id, second, now=NOW + timedelta(days=61))


async def test_what_is_over_is_not_moved(work: SqlUnitOfWork, world: World) -> None:
    actor, anna, seat = await acting(world)
    edition = await world.edition()
    first, second = await world.slots(edition, 2)
    mine = await world.booking(edition, actor, first, anna, BookingState.ENDED)
    with pytest.raises(Outdated):
        await bookings.move(work, seat, mine.id, second, now=NOW)


async def test_an_activity_that_was_given_its_slot_asks_for_no_second_one(work: SqlUnitOfWork, world: World) -> None:
    actor, anna, seat = await acting(world)
    edition = await world.edition(allocation="application")
    first, second = await world.slots(edition, 2)
    mine = await world.booking(edition, actor, first, anna, BookingState.APPLIED)
    choosing = await booking.second_choice(work, seat, mine.id, now=NOW)
    await holding.hold_slot(work, seat, choosing.draft.id, second, now=NOW)
    await applications.grant(work, await world.coordinator(), mine.id, mine.revision, now=NOW)
    with pytest.raises(Outdated):
        await confirming.confirm(work, seat, choosing.draft.id, now=NOW)
    with pytest.raises(Outdated):
        await booking.second_choice(work, seat, mine.id, now=NOW)
