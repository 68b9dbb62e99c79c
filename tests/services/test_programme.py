from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import NotFound, Outdated
from bot.domain.model import BookingState, Edition
from bot.domain.results.programme import Programme, WhichProgramme
from bot.services import programme
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

FIRST_AT = datetime(2027, 6, 29, 6, 0, tzinfo=UTC)  # the world's first slot, 08.00 in Visby
DAYS = {"starts_on": date(2027, 6, 28), "ends_on": date(2027, 6, 30)}


async def with_bookings(world: World, *states: BookingState) -> tuple[Edition, list[int]]:
    edition = await world.edition(**DAYS)
    actor, person = await world.actor("Luleå kommun"), await world.person("Anna")
    slots = await world.slots(edition, len(states))
    bookings = [
        await world.booking(edition, actor, slot, person, state) for slot, state in zip(slots, states, strict=True)
    ]
    return edition, [booking.id for booking in bookings]


async def test_only_confirmed_activities_are_in_the_programme(work: SqlUnitOfWork, world: World) -> None:
    states = (BookingState.BOOKED, BookingState.HELD, BookingState.REQUESTED, BookingState.APPLIED)
    edition, ids = await with_bookings(world, *states, BookingState.CANCELLING, BookingState.BOOKED)
    shown = await programme.show_programme(work, edition.id, None, now=NOW)
    assert [item.view and item.view.booking.id for item in shown.items] == [ids[0], ids[-1]]


async def test_a_blocked_slot_is_the_regions_own_time(work: SqlUnitOfWork, world: World) -> None:
    edition, ids = await with_bookings(world, BookingState.BOOKED)
    stage = (await work.stages.list_of(edition.id))[0]
    ends_at = FIRST_AT - timedelta(minutes=15)
    await work.slots.add(
        stage_id=stage.id, starts_at=ends_at - timedelta(hours=1), ends_at=ends_at, state="blocked", reason="Fika"
    )
    shown = await programme.show_programme(work, edition.id, None, now=NOW)
    assert [item.view and item.view.booking.id for item in shown.items] == [None, ids[0]]


async def test_one_edition_is_not_asked_about_and_several_are(work: SqlUnitOfWork, world: World) -> None:
    first, _ = await with_bookings(world, BookingState.BOOKED)
    opened = await programme.open_programme(work, now=NOW)
    assert isinstance(opened, Programme)
    assert (opened.edition.id, opened.day, opened.several_editions) == (first.id, date(2027, 6, 29), False)
    second, _ = await with_bookings(world, BookingState.BOOKED)
    assert await programme.open_programme(work, now=NOW) == WhichProgramme([first, second])


async def test_when_all_is_over_the_latest_programme_is_shown(work: SqlUnitOfWork, world: World) -> None:
    edition, _ = await with_bookings(world, BookingState.BOOKED)
    opened = await programme.open_programme(work, now=NOW + timedelta(days=400))
    assert isinstance(opened, Programme)
    assert (opened.edition.id, opened.under_way) == (edition.id, False)


async def test_an_edition_that_is_not_published_is_nobodys_to_see(work: SqlUnitOfWork, world: World) -> None:
    edition, (booking_id,) = await with_bookings(world, BookingState.BOOKED)
    await work.editions.change(edition, published=False)
    for look in (
        programme.show_programme(work, edition.id, None, now=NOW),
        programme.now_and_next(work, edition.id, now=NOW),
        programme.show_activity(work, booking_id),
    ):
        with pytest.raises(NotFound):
            await look


async def test_an_activity_that_left_the_programme_is_outdated(work: SqlUnitOfWork, world: World) -> None:
    edition, (booking_id,) = await with_bookings(world, BookingState.CANCELLING)
    with pytest.raises(Outdated) as told:
        await programme.show_activity(work, booking_id)
    assert told.value.fields == {"what": "programme", "id": edition.id}


@pytest.mark.parametrize(
    ("minutes", "present", "coming"),
    [(-1, None, 0), (0, 0, 1), (44, 0, 1), (45, None, 1), (60, 1, None), (600, None, None)],
)
async def test_what_is_on_follows_the_clock(
    work: SqlUnitOfWork, world: World, minutes: int, present: int | None, coming: int | None
) -> None:
    edition, ids = await with_bookings(world, BookingState.BOOKED, BookingState.BOOKED)
    result = await programme.now_and_next(work, edition.id, now=FIRST_AT + timedelta(minutes=minutes))
    found = [
        (
            stage.now and stage.now.view and stage.now.view.booking.id,
            stage.next and stage.next.view and stage.next.view.booking.id,
        )
        for stage in result.stages
    ]
    assert found == [(None if present is None else ids[present], None if coming is None else ids[coming])]
