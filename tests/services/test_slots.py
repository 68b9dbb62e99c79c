import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.dates import EndsBeforeStart
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.grid import NotAGrid
from bot.domain.model import Actor, Booking, BookingState, Draft, Edition, Person, SlotState
from bot.domain.policy import SlotTaken
from bot.domain.results.slots import Act, AskedReason, AskedWhen, Changed, Confirming
from bot.domain.seat import Seat
from bot.domain.slot_lines import OutsideEdition, SlotClash, SlotInPast
from bot.services import editing, slot_changes, slot_news, slots
from bot.services.slot_changes import SlotHasBegun
from bot.services.slots import StageInUse
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

DAYS = {"starts_on": date(2027, 6, 28), "ends_on": date(2027, 6, 30)}
GRID = "28–30 juni, 07.30–17.30, 60 min, 15 min mellan"


async def draft_of(work: SqlUnitOfWork, seat: Seat) -> Draft:
    draft = await work.drafts.awaiting_text(seat.chat_id, seat.person.id)
    assert draft is not None
    return draft


class Stage:
    """A stage with a coordinator at it, and an actor with a person in Telegram."""

    def __init__(self, work: SqlUnitOfWork, world: World, edition: Edition, seat: Seat, ids: list[int]) -> None:
        self.work, self.world, self.edition, self.seat, self.ids = work, world, edition, seat, ids

    async def stage_id(self) -> int:
        return (await self.work.slots.get(self.ids[0])).stage_id

    async def offers(self, text: str) -> list[tuple[datetime, datetime]]:
        await slots.ask_slots(self.work, self.seat, await self.stage_id(), now=NOW)
        shown = await slots.preview_slots(self.work, self.seat, await draft_of(self.work, self.seat), text, now=NOW)
        await slots.save_slots(self.work, self.seat, shown.draft.id, now=NOW)
        return [(span.starts_at, span.ends_at) for span in shown.spans]

    async def member(self, name: str = "Kiruna kommun") -> tuple[Actor, Person]:
        actor, person = await self.world.actor(name), await self.world.person(f"Anna på {name}")
        await self.work.members.add(actor_id=actor.id, person_id=person.id, state="active", since_at=NOW)
        return actor, person

    async def booked(
        self, slot: int, actor: Actor, person: Person, state: BookingState = BookingState.BOOKED
    ) -> Booking:
        booking = await self.world.booking(self.edition, actor, self.ids[slot], person, state)
        await self.work.activities.follow(booking.activity_id, person.id)
        return booking

    async def writes(self, text: str) -> AskedReason | Confirming | Changed:
        return await slot_changes.take(self.work, self.seat, await draft_of(self.work, self.seat), text, now=NOW)

    async def told(self) -> list[tuple[str, int]]:
        rows = await self.work.session.rows(
            select(schema.outbox.c.payload, schema.outbox.c.person_id).order_by(schema.outbox.c.id)
        )
        return [(row.payload["name"], row.person_id) for row in rows]


@pytest.fixture
async def stage(work: SqlUnitOfWork, world: World) -> Stage:
    """Slots on 29 June 08.00–08.45, 09.00–09.45 and 10.00–10.45 local."""
    edition = await world.edition(**DAYS)
    ids = await world.slots(edition, 3)
    return Stage(work, world, edition, await world.seat(await world.coordinator()), ids)


@pytest.fixture
async def empty(work: SqlUnitOfWork, world: World) -> Stage:
    """A stage without slots."""
    edition = await world.edition(**DAYS)
    seat = await world.seat(await world.coordinator())
    await slots.ask_stage(work, seat, edition.id, now=NOW)
    await slots.add_stage(work, seat, await draft_of(work, seat), "Norra scen, Fiskargränd 5", now=NOW)
    stage = Stage(work, world, edition, seat, [])
    [made] = await work.stages.list_of(edition.id)
    stage.stage_id = lambda: _as_awaited(made.id)  # type: ignore[method-assign]  # it has no slot to ask
    return stage


async def _as_awaited(number: int) -> int:
    return number


async def test_a_grid_in_one_line_fills_three_days(work: SqlUnitOfWork, empty: Stage) -> None:
    [made] = await work.stages.list_of(empty.edition.id)
    assert (made.name, made.address) == ("Norra scen", "Fiskargränd 5")
    spans = await empty.offers(GRID)
    assert len(spans) == 24
    assert [(s.slot.starts_at, s.slot.ends_at) for s in await work.slots.list_of(empty.edition.id)] == spans
    assert spans[0] == (datetime(2027, 6, 28, 5, 30, tzinfo=UTC), datetime(2027, 6, 28, 6, 30, tzinfo=UTC))


async def test_single_slots_of_any_length_stand_between(work: SqlUnitOfWork, stage: Stage) -> None:
    await stage.offers("tis 29 juni 08.45–09.00")
    await stage.offers("28–30 juni 12.00–12.25")
    await stage.offers("mån 28 juni 13.00–14.30\n\nons 30 juni 13.00–15.00\n30 juni 16.00–17.00, 20 min")
    assert len(await work.slots.list_of(stage.edition.id)) == 12


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("tis 29 juni 08.30–09.30", SlotClash),
        (GRID, SlotClash),
        ("tis 29 juni 14.00–13.00", EndsBeforeStart),
        ("29 juni 2026 13.00–14.00", SlotInPast),
        ("1 juli 13.00–14.00", OutsideEdition),
        ("en hel del tider", NotAGrid),
    ],
)
async def test_impossible_slots_are_refused(stage: Stage, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await stage.offers(text)


async def test_a_clash_names_the_slot_and_its_stage(stage: Stage) -> None:
    with pytest.raises(SlotClash) as raised:
        await stage.offers("tis 29 juni 08.30–09.00")
    assert raised.value.fields == {
        "starts_at": datetime(2027, 6, 29, 6, tzinfo=UTC),
        "zone": "Europe/Stockholm",
        "stage": "Norra scen",
    }


async def test_a_grid_that_came_to_overlap_since_it_was_shown_is_refused(work: SqlUnitOfWork, empty: Stage) -> None:
    stage_id = await empty.stage_id()
    await slots.ask_slots(work, empty.seat, stage_id, now=NOW)
    shown = await slots.preview_slots(work, empty.seat, await draft_of(work, empty.seat), GRID, now=NOW)
    starts_at = datetime(2027, 6, 28, 5, tzinfo=UTC)
    await work.slots.add(
        stage_id=stage_id, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), state=SlotState.OPEN
    )
    with pytest.raises(SlotClash):
        await slots.save_slots(work, empty.seat, shown.draft.id, now=NOW)


async def test_pressing_save_twice_saves_once(work: SqlUnitOfWork, empty: Stage) -> None:
    await slots.ask_slots(work, empty.seat, await empty.stage_id(), now=NOW)
    shown = await slots.preview_slots(work, empty.seat, await draft_of(work, empty.seat), GRID, now=NOW)
    await slots.save_slots(work, empty.seat, shown.draft.id, now=NOW)
    with pytest.raises(NotFound):
        await slots.save_slots(work, empty.seat, shown.draft.id, now=NOW)
    assert len(await work.slots.list_of(empty.edition.id)) == 24


async def test_a_free_slot_moves_at_once(work: SqlUnitOfWork, stage: Stage) -> None:
    await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    assert isinstance(await stage.writes("14.00"), Changed)
    slot = await work.slots.get(stage.ids[0])
    assert (slot.starts_at, slot.ends_at) == (
        datetime(2027, 6, 29, 12, tzinfo=UTC),
        datetime(2027, 6, 29, 12, 45, tzinfo=UTC),
    )


async def test_a_slot_does_not_move_onto_another(work: SqlUnitOfWork, stage: Stage) -> None:
    await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    with pytest.raises(SlotClash):
        await stage.writes("09.15")


async def test_moving_what_is_booked_asks_why_and_tells(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    booking = await stage.booked(0, actor, person)
    await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    asked = await stage.writes("08.10–08.50")
    assert isinstance(asked, AskedReason)
    assert [(t.view.booking.id, [p.id for p in t.people], t.unreachable) for t in asked.change.touched] == [
        (booking.id, [person.id], [])
    ]
    confirming = await stage.writes("försenad installation")
    assert isinstance(confirming, Confirming)
    assert (await work.slots.get(stage.ids[0])).starts_at == datetime(2027, 6, 29, 6, tzinfo=UTC)
    assert isinstance(await slot_changes.confirm(work, stage.seat, confirming.draft.id, now=NOW), Changed)
    view = await work.bookings.view(booking.id)
    assert (view.slot.starts_at, view.activity.sequence, view.booking.state) == (
        datetime(2027, 6, 29, 6, 10, tzinfo=UTC),
        1,
        BookingState.BOOKED,
    )
    assert await stage.told() == [("slot_moved", person.id)]
    planned = await work.reminders.list_planned(f"booking:{booking.id}")
    assert datetime(2027, 6, 29, 5, 10, tzinfo=UTC) in {reminder.due_at for reminder in planned}


async def test_what_is_booked_moves_to_a_free_slot_and_leaves_its_own_free(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    booking = await stage.booked(0, actor, person)
    asked = await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    assert isinstance(asked, AskedWhen)
    assert [s.slot.id for s in asked.free] == stage.ids[1:]
    await slot_changes.move_to_slot(work, stage.seat, asked.draft.id, stage.ids[2], now=NOW)
    confirming = await stage.writes("krock med en talare")
    await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)
    assert (await work.bookings.get(booking.id)).slot_id == stage.ids[2]
    assert (await work.slots.status(stage.ids[0])).is_free
    assert await stage.told() == [("slot_moved", person.id)]


def confirming_id(result: AskedReason | Confirming | Changed) -> int:
    assert isinstance(result, Confirming)
    return result.draft.id


async def test_a_free_slot_taken_meanwhile_is_not_moved_to(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    await stage.booked(0, actor, person)
    asked = await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    assert isinstance(asked, AskedWhen)
    await slot_changes.move_to_slot(work, stage.seat, asked.draft.id, stage.ids[2], now=NOW)
    confirming = await stage.writes("krock med en talare")
    await stage.booked(2, actor, person)
    with pytest.raises(SlotTaken):
        await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)


async def test_a_free_slot_is_removed_at_once_and_can_be_put_back(work: SqlUnitOfWork, stage: Stage) -> None:
    assert isinstance(await slot_changes.begin(work, stage.seat, stage.ids[0], Act.CANCEL, now=NOW), Changed)
    assert [s.slot.id for s in await work.slots.list_of(stage.edition.id)] == stage.ids[1:]
    slot = await work.slots.get(stage.ids[0])
    await slots.reopen(work, stage.seat.person, slot.id, slot.revision, now=NOW)
    assert [s.slot.id for s in await work.slots.list_of(stage.edition.id)] == stage.ids


async def test_a_blocked_slot_has_a_reason_until_it_is_opened(work: SqlUnitOfWork, stage: Stage) -> None:
    assert isinstance(await slot_changes.begin(work, stage.seat, stage.ids[0], Act.BLOCK, now=NOW), AskedReason)
    assert isinstance(await stage.writes("Regionens mottagning"), Changed)
    slot = await work.slots.get(stage.ids[0])
    assert (slot.state, slot.reason) == (SlotState.BLOCKED, "Regionens mottagning")
    card = await slots.reopen(work, stage.seat.person, slot.id, slot.revision, now=NOW)
    assert (card.status.slot.state, card.status.slot.reason) == (SlotState.OPEN, None)


@pytest.mark.parametrize(("act", "why"), [(Act.CANCEL, "slot_cancelled"), (Act.BLOCK, "slot_blocked")])
async def test_calling_off_ends_the_booking_and_tells(work: SqlUnitOfWork, stage: Stage, act: Act, why: str) -> None:
    actor, person = await stage.member()
    booking = await stage.booked(0, actor, person)
    await slot_changes.begin(work, stage.seat, stage.ids[0], act, now=NOW)
    confirming = await stage.writes("scenen byggs om")
    await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)
    ended = await work.bookings.get(booking.id)
    assert (ended.state, ended.ended_why) == (BookingState.ENDED, why)
    assert (await work.activities.get(booking.activity_id)).sequence == 1
    assert await work.reminders.list_planned(f"booking:{booking.id}") == []
    assert await stage.told() == [("slot_cancelled", person.id)]
    ids = {"booking_id": booking.id, "was_starts_at": "2027-06-29T06:00:00+00:00", "was_stage": "Norra scen"}
    told = await slot_news.told_of_end(work, {**ids, "reason": "scenen byggs om"}, now=NOW)
    assert [s.slot.id for s in told.free] == stage.ids[1:]


async def test_all_who_apply_are_touched(work: SqlUnitOfWork, stage: Stage) -> None:
    first, second = await stage.member("Kiruna kommun"), await stage.member("Pajala kommun")
    bookings = [await stage.booked(0, *who, BookingState.APPLIED) for who in (first, second)]
    asked = await slot_changes.begin(work, stage.seat, stage.ids[0], Act.CANCEL, now=NOW)
    assert isinstance(asked, AskedReason)
    assert asked.change.touched_ids == [booking.id for booking in bookings]
    confirming = await stage.writes("scenen byggs om")
    await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)
    assert await stage.told() == [("slot_cancelled", first[1].id), ("slot_cancelled", second[1].id)]


async def test_an_actor_with_nobody_in_telegram_becomes_an_errand(work: SqlUnitOfWork, stage: Stage) -> None:
    actor = await stage.world.actor("Älvsbyns kommun")
    booking = await stage.world.booking(stage.edition, actor, stage.ids[0], stage.seat.person, BookingState.BOOKED)
    await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    asked = await stage.writes("14.00")
    assert isinstance(asked, AskedReason)
    assert [t.unreachable for t in asked.change.touched] == [["Älvsbyns kommun"]]
    confirming = await stage.writes("försenad installation")
    await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)
    [errand] = await work.errands.list_open()
    assert (errand.kind, errand.actor_id, errand.booking_id, errand.arena_id, errand.detail["reason"]) == (
        "slot_moved",
        actor.id,
        booking.id,
        stage.edition.arena_id,
        "försenad installation",
    )
    assert await stage.told() == []


async def test_someone_who_booked_meanwhile_is_shown_before_it_is_done(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    await stage.booked(0, actor, person, BookingState.APPLIED)
    await slot_changes.begin(work, stage.seat, stage.ids[0], Act.CANCEL, now=NOW)
    confirming = await stage.writes("scenen byggs om")
    late = await stage.booked(0, actor, person)
    again = await slot_changes.confirm(work, stage.seat, confirming_id(confirming), now=NOW)
    assert isinstance(again, Confirming)
    assert (again.anew, late.id in again.change.touched_ids) == (True, True)
    assert isinstance(await slot_changes.confirm(work, stage.seat, confirming_id(again), now=NOW), Changed)


async def test_a_slot_that_has_begun_stays(work: SqlUnitOfWork, stage: Stage) -> None:
    with pytest.raises(SlotHasBegun):
        await slot_changes.begin(
            work, stage.seat, stage.ids[0], Act.CANCEL, now=datetime(2027, 6, 29, 6, 30, tzinfo=UTC)
        )


async def test_a_slot_moves_to_another_stage_of_its_edition(work: SqlUnitOfWork, stage: Stage) -> None:
    other = await work.stages.add(edition_id=stage.edition.id, name="Södra scen", address="Fiskargränd 7")
    asked = await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    assert isinstance(asked, AskedWhen)
    assert [s.id for s in asked.stages] == [other.id]
    await slot_changes.move_to_stage(work, stage.seat, asked.draft.id, other.id, now=NOW)
    assert (await work.slots.get(stage.ids[0])).stage_id == other.id


async def test_a_days_free_slots_go_together_and_booked_ones_stay(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    await stage.booked(0, actor, person)
    await stage.booked(1, actor, person, BookingState.APPLIED)
    day = date(2027, 6, 29)
    stage_id = await stage.stage_id()
    assert (await slots.removing_free(work, stage.seat.person, stage_id, day)).count == 1
    left = await slots.remove_free(work, stage.seat.person, stage_id, day, now=NOW)
    assert [s.slot.id for s in left.statuses] == stage.ids[:2]


async def test_only_a_stage_that_was_never_booked_is_removed(work: SqlUnitOfWork, stage: Stage, empty: Stage) -> None:
    actor, person = await stage.member()
    await stage.booked(0, actor, person)
    with pytest.raises(StageInUse):
        await slots.remove_stage(work, stage.seat.person, await stage.stage_id(), now=NOW)
    await empty.offers(GRID)
    left = await slots.remove_stage(work, empty.seat.person, await empty.stage_id(), now=NOW)
    assert left.stages == []


async def test_who_runs_another_arena_may_change_nothing(work: SqlUnitOfWork, stage: Stage) -> None:
    seat = await stage.world.seat(await stage.world.coordinator(arena_id=(await stage.world.edition()).arena_id))
    for act in Act:
        if act is not Act.REBOOK:
            with pytest.raises(NotAllowed):
                await slot_changes.begin(work, seat, stage.ids[0], act, now=NOW)
    with pytest.raises(NotAllowed):
        await slots.open_slot(work, seat.person, stage.ids[0])
    with pytest.raises(NotAllowed):
        await slots.ask_slots(work, seat, await stage.stage_id(), now=NOW)


async def test_nothing_moves_to_another_edition(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    await stage.booked(0, actor, person)
    [elsewhere] = await stage.world.slots(await stage.world.edition(**DAYS), 1)
    asked = await slot_changes.begin(work, stage.seat, stage.ids[0], Act.MOVE, now=NOW)
    assert isinstance(asked, AskedWhen)
    with pytest.raises(NotFound):
        await slot_changes.move_to_slot(work, stage.seat, asked.draft.id, elsewhere, now=NOW)
    other = (await work.slots.get(elsewhere)).stage_id
    with pytest.raises(NotFound):
        await slot_changes.move_to_stage(work, stage.seat, asked.draft.id, other, now=NOW)


async def test_two_grids_saved_at_once_do_not_overlap(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        world = World(work)
        edition = await world.edition(**DAYS)
        stage_row = await work.stages.add(edition_id=edition.id, name="Norra scen", address="Fiskargränd 5")
        seats = [await world.seat(await world.coordinator(name)) for name in ("Karin", "Olle")]
        drafts = []
        for seat in seats:
            await slots.ask_slots(work, seat, stage_row.id, now=NOW)
            shown = await slots.preview_slots(work, seat, await draft_of(work, seat), GRID, now=NOW)
            drafts.append(shown.draft.id)

    async def save(seat: Seat, draft_id: int) -> None:
        async with database.begin() as session:
            await slots.save_slots(SqlUnitOfWork(session), seat, draft_id, now=NOW)

    results = await asyncio.gather(*map(save, seats, drafts), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [SlotClash]
    async with database.read() as session:
        assert len(await SqlUnitOfWork(session).slots.list_of(edition.id)) == 24


async def test_a_new_address_reaches_all_who_have_booked(work: SqlUnitOfWork, stage: Stage) -> None:
    actor, person = await stage.member()
    booking = await stage.booked(0, actor, person)
    alone = await stage.world.actor("Älvsbyns kommun")
    await stage.world.booking(stage.edition, alone, stage.ids[1], stage.seat.person, BookingState.BOOKED)
    question = await editing.ask(work, stage.seat, "stage", "address", await stage.stage_id(), "sv", now=NOW)
    assert question.touches == 2
    for _ in range(2):
        await editing.put(work, stage.seat.person, "stage", "address", await stage.stage_id(), "Fiskargränd 7", now=NOW)
    assert await stage.told() == [("place_changed", person.id)]
    assert (await work.activities.get(booking.activity_id)).sequence == 1
    [errand] = await work.errands.list_open()
    assert (errand.kind, errand.actor_id, errand.detail["text"]) == (
        "place_changed",
        alone.id,
        "Norra scen, Fiskargränd 7",
    )
