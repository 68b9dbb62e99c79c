from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.attributes import DateInPast, NotAPoint, UnknownOption
from bot.domain.dates import EndsBeforeStart
from bot.domain.edition_rules import ClosesBeforeOpening, FieldAnswered, ZoneInUse
from bot.domain.errors import NotAllowed
from bot.domain.membership import TextTooLong
from bot.domain.model import Allocation, BookingState, Draft, FieldKind, SlotState
from bot.domain.results.editions import EditionCard, FeeList, FieldList, SheetCard
from bot.domain.results.overview import Overview, Today, Waiting
from bot.domain.seat import Seat
from bot.domain.standard import fields_for
from bot.services import editing, editions, overview
from bot.views import coordinate
from bot.views.screen import Reader, plain
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

DAYS = {"starts_on": date(2027, 6, 28), "ends_on": date(2027, 6, 30)}


async def draft_of(work: SqlUnitOfWork, seat: Seat) -> Draft:
    draft = await work.drafts.awaiting_text(seat.chat_id, seat.person.id)
    assert draft is not None
    return draft


async def write(work: SqlUnitOfWork, seat: Seat, text: str) -> SheetCard | EditionCard | FieldList | FeeList:
    return await editing.take(work, seat, await draft_of(work, seat), text, now=NOW)


async def test_an_edition_made_from_last_years_has_its_dates_moved(work: SqlUnitOfWork, world: World) -> None:
    source = await world.edition(**DAYS, official_programme=True)
    slot_ids = await world.slots(source, 2)
    await work.slots.change(await work.slots.get(slot_ids[1]), state=SlotState.BLOCKED, reason="Regionens mottagning")
    deadline = datetime(2027, 4, 15, 21, 59, tzinfo=UTC)
    await work.fee_steps.add(edition_id=source.id, until_at=deadline, amount=500, preliminary=False)
    seat = await world.seat(await world.coordinator())
    await editions.ask_dates(work, seat, source.arena_id, source.id, now=NOW)
    card = await write(work, seat, "26–28 juni")
    assert isinstance(card, EditionCard)
    made = card.edition
    assert (made.name, made.starts_on, made.ends_on, made.year, made.published) == (
        {"sv": "Norrbotten i Almedalen 2028"},
        date(2028, 6, 26),
        date(2028, 6, 28),
        2028,
        False,
    )
    assert source.closes_at is not None
    assert made.closes_at == source.closes_at + timedelta(days=364)
    assert [(s.slot.starts_at, s.slot.state, s.slot.reason) for s in await work.slots.list_of(made.id)] == [
        (datetime(2028, 6, 27, 6, tzinfo=UTC), SlotState.OPEN, None),
        (datetime(2028, 6, 27, 7, tzinfo=UTC), SlotState.BLOCKED, "Regionens mottagning"),
    ]
    assert [(f.until_at, f.amount, f.preliminary) for f in await work.fee_steps.list_of(made.id)] == [
        (datetime(2028, 4, 13, 21, 59, tzinfo=UTC), 500, True)
    ]


async def test_a_deadline_moved_past_a_change_of_summer_time_keeps_its_hour(work: SqlUnitOfWork, world: World) -> None:
    source = await world.edition(
        starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 6), closes_at=datetime(2027, 1, 20, 22, 59, tzinfo=UTC)
    )
    seat = await world.seat(await world.coordinator())
    await editions.ask_dates(work, seat, source.arena_id, source.id, now=NOW)
    card = await write(work, seat, "10 juli 2028")
    assert isinstance(card, EditionCard)
    assert card.edition.closes_at == datetime(2028, 6, 25, 21, 59, tzinfo=UTC)


async def test_an_edition_from_nothing_without_dates_has_the_standard_fields(work: SqlUnitOfWork, world: World) -> None:
    old = await world.edition()
    seat = await world.seat(await world.coordinator())
    asked = await editions.ask_dates(work, seat, old.arena_id, None, now=NOW)
    card = await editions.make_without_dates(work, seat, asked.draft.id, now=NOW)
    made = card.edition
    assert (made.starts_on, made.preliminary, made.allocation, made.year) == (None, True, Allocation.FIRST_COME, 2028)
    assert [f.key for f in await work.fields.list_of(made.id)][:3] == [
        f.key for f in fields_for(official_programme=False)
    ][:3]


@pytest.mark.parametrize(("text", "error"), [("28–30 juni 2026", DateInPast), ("30–28 juni 2027", EndsBeforeStart)])
async def test_an_edition_on_impossible_dates_is_refused(
    work: SqlUnitOfWork, world: World, text: str, error: type[Exception]
) -> None:
    old = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editions.ask_dates(work, seat, old.arena_id, None, now=NOW)
    with pytest.raises(error):
        await write(work, seat, text)


async def test_who_runs_another_arena_may_neither_see_nor_edit(work: SqlUnitOfWork, world: World) -> None:
    own, other = await world.edition(), await world.edition()
    person = await world.coordinator(arena_id=own.arena_id)
    assert [a.arena.id for a in await editions.list_editions(work, person)] == [own.arena_id]
    with pytest.raises(NotAllowed):
        await editing.put(work, person, "rules", "published", other.id, "0", now=NOW)
    with pytest.raises(NotAllowed):
        await editing.open_sheet(work, person, "arena", other.arena_id)


async def test_a_right_taken_away_is_gone_at_the_next_answer(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editing.ask(work, seat, "place", "name", edition.id, "sv", now=NOW)
    for right in await work.coordinators.list_of(seat.person.id):
        await work.coordinators.remove(right.id)
    with pytest.raises(NotAllowed):
        await write(work, seat, "Nytt namn")


@pytest.mark.parametrize(
    ("sheet", "name", "text", "expected"),
    [
        (
            "place",
            "dates",
            "29 juni–1 juli, preliminärt",
            {"starts_on": date(2027, 6, 29), "ends_on": date(2027, 7, 1)},
        ),
        ("place", "name", "Norrbotten på Gotland", {"name": {"sv": "Norrbotten på Gotland"}}),
        ("place", "point", "57.6406, 18.2916", {"latitude": 57.6406, "longitude": 18.2916}),
        ("place", "point", "57,6406 18,2916", {"latitude": 57.6406, "longitude": 18.2916}),
        ("place", "zone", "oslo", {"zone": "Europe/Oslo"}),
        ("rules", "closes_at", "31 mars", {"closes_at": datetime(2027, 3, 31, 21, 59, tzinfo=UTC)}),
        ("rules", "opens_at", "1 februari kl 9", {"opens_at": datetime(2027, 2, 1, 8, tzinfo=UTC)}),
        ("rules", "opens_at", "nu", {"opens_at": NOW}),
        ("rules", "phone", "0920-000 00", {"on_site": {"phone": "0920-000 00"}}),
    ],
)
async def test_what_is_written_becomes_the_datum(
    work: SqlUnitOfWork, world: World, sheet: str, name: str, text: str, expected: dict[str, object]
) -> None:
    edition = await world.edition(**DAYS)
    seat = await world.seat(await world.coordinator())
    await editing.ask(work, seat, sheet, name, edition.id, "sv", now=NOW)
    await write(work, seat, text)
    changed = await work.editions.get(edition.id)
    assert {column: getattr(changed, column) for column in expected} == expected


async def test_whom_to_reach_on_site_stands_in_no_record_after_it_has_changed(
    work: SqlUnitOfWork, world: World
) -> None:
    edition, person = await world.edition(**DAYS), await world.coordinator()
    for sheet, name, text in (
        ("rules", "phone", "0920-000 00"),
        ("rules", "name", "Åsa Kvist"),
        ("rules", "phone", None),
        ("place", "name", "Visby"),
    ):
        await editing.put(work, person, sheet, name, edition.id, text, now=NOW)
    acts = await work.session.rows(select(schema.acts.c.detail).order_by(schema.acts.c.id))
    assert [act.detail for act in acts] == [
        {"fields": ["phone"]},
        {"fields": ["name"]},
        {"fields": ["phone"]},
        {"was": {"name": "{'sv': 'Norrbotten i Almedalen 2027'}"}, "is": {"name": "{'sv': 'Visby'}"}},
    ]


async def test_preliminary_written_beside_the_dates_is_understood(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition(**DAYS)
    person = await world.coordinator()
    for text, preliminary in (("28–30 juni prel.", True), ("28–30 juni", False), ("28-30 juni (preliminära)", True)):
        await editing.put(work, person, "place", "dates", edition.id, text, now=NOW)
        assert (await work.editions.get(edition.id)).preliminary is preliminary


async def test_the_english_words_stand_beside_the_swedish(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editing.ask(work, seat, "arena", "goal", edition.arena_id, "en", now=NOW)
    await write(work, seat, "Impact on decisions")
    assert (await work.arenas.get(edition.arena_id)).goal == {"sv": "Almedalen", "en": "Impact on decisions"}
    await editing.put(work, seat.person, "arena", "goal", edition.arena_id, None, now=NOW, language="en")
    assert (await work.arenas.get(edition.arena_id)).goal == {"sv": "Almedalen"}


async def test_impossible_data_are_refused(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition(**DAYS)
    await world.slots(edition, 1)
    person = await world.coordinator()
    for sheet, name, text, error in (
        ("rules", "opens_at", "1 maj 2027", ClosesBeforeOpening),
        ("rules", "closes_at", "1 januari 2027", DateInPast),
        ("place", "zone", "Europe/Oslo", ZoneInUse),
        ("place", "point", "mitt i Visby", NotAPoint),
        ("place", "name", "x" * 61, TextTooLong),
        ("rules", "allocation", "lottery", UnknownOption),
        ("rules", "published", None, UnknownOption),
        ("rules", "revision", "1", UnknownOption),
    ):
        with pytest.raises(error):
            await editing.put(work, person, sheet, name, edition.id, text, now=NOW)
    assert await work.editions.get(edition.id) == edition


async def test_the_official_fields_go_on_and_off_with_the_programme(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    person = await world.coordinator()
    await editing.put(work, person, "rules", "official_programme", edition.id, "1", now=NOW)
    keys = [field.key for field in await work.fields.list_of(edition.id)]
    assert keys == ["more", "topic", "language", "food", "accessibility", "web"]
    await editing.put(work, person, "rules", "official_programme", edition.id, "0", now=NOW)
    assert await work.fields.list_of(edition.id) == []
    await editing.put(work, person, "rules", "official_programme", edition.id, "1", now=NOW)
    assert [field.key for field in await work.fields.list_of(edition.id)] == keys


async def test_an_own_field_is_added_shaped_and_put_away(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editing.ask_new(work, seat, edition.id, "field", now=NOW)
    card = await write(work, seat, "Bord eller rader?")
    assert isinstance(card, SheetCard)
    field_id = card.record.id
    await editing.put(work, seat.person, "field", "kind", field_id, FieldKind.CHOICE, now=NOW)
    await editing.put(work, seat.person, "field", "choices", field_id, "Bord = Tables\nRader = Rows", now=NOW)
    await editing.put(work, seat.person, "field", "choices", field_id, "Rader = Rows\nStående", now=NOW)
    await editing.put(work, seat.person, "field", "required", field_id, "1", now=NOW)
    field = await work.fields.get(field_id)
    assert (field.key, field.label, field.kind, field.required, field.official) == (
        "own1",
        {"sv": "Bord eller rader?"},
        FieldKind.CHOICE,
        True,
        False,
    )
    assert field.choices == ({"key": "2", "sv": "Rader", "en": "Rows"}, {"key": "3", "sv": "Stående"})
    await editing.put(work, seat.person, "field", "archived", field_id, "1", now=NOW)
    listed = await editing.list_fields(work, seat.person, edition.id)
    assert (listed.fields, listed.archived) == ([], 1)


async def test_the_kind_of_an_answered_field_stays(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    person = await world.coordinator()
    booking = await world.booking(
        edition, await world.actor("Kiruna kommun"), (await world.slots(edition, 1))[0], person, BookingState.BOOKED
    )
    await editing.put(work, person, "rules", "official_programme", edition.id, "1", now=NOW)
    activity = await work.activities.get(booking.activity_id)
    await work.activities.change(activity, answers={"web": "https://example.org"})
    field = next(f for f in await work.fields.list_of(edition.id) if f.key == "web")
    with pytest.raises(FieldAnswered):
        await editing.put(work, person, "field", "kind", field.id, FieldKind.NUMBER, now=NOW)


async def test_one_answer_sets_the_last_day_of_all_fields(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editing.put(work, seat.person, "rules", "official_programme", edition.id, "1", now=NOW)
    await editing.ask_new(work, seat, edition.id, "deadline", now=NOW)
    await write(work, seat, "15 april")
    deadline = datetime(2027, 4, 15, 21, 59, tzinfo=UTC)
    assert {field.deadline_at for field in await work.fields.list_of(edition.id)} == {deadline}


async def test_fee_steps_are_written_a_line_each(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition()
    seat = await world.seat(await world.coordinator())
    await editing.ask_new(work, seat, edition.id, "fee", now=NOW)
    await write(work, seat, "gratis till 11 mars\n500 kr till 15 april\n1 000 kr till 20 maj kl 12")
    steps = await work.fee_steps.list_of(edition.id)
    assert [(step.amount, step.until_at) for step in steps] == [
        (0, datetime(2027, 3, 11, 22, 59, tzinfo=UTC)),
        (500, datetime(2027, 4, 15, 21, 59, tzinfo=UTC)),
        (1000, datetime(2027, 5, 20, 10, 0, tzinfo=UTC)),
    ]
    left = await editing.remove_fee(work, seat.person, steps[0].id, now=NOW)
    assert [step.amount for step in left.steps] == [500, 1000]


async def test_a_moved_deadline_moves_the_reminders_ahead_of_it(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition(**DAYS)
    seat = await world.seat(await world.coordinator())
    actor, person = await world.actor("Kiruna kommun"), await world.person("Anna")
    await work.members.add(actor_id=actor.id, person_id=person.id, state="active", since_at=NOW)
    booking = await world.booking(edition, actor, (await world.slots(edition, 1))[0], person, BookingState.BOOKED)
    await editing.ask_new(work, seat, edition.id, "field", now=NOW)
    card = await write(work, seat, "Teknik")
    assert isinstance(card, SheetCard)
    for name, value in (("required", "1"), ("deadline_at", "15 april"), ("deadline_at", "15 maj")):
        await editing.put(work, seat.person, "field", name, card.record.id, value, now=NOW)
    planned = await work.reminders.list_planned(f"booking:{booking.id}")
    assert [r.due_at for r in planned if r.kind.startswith("deadline")] == [
        datetime(2027, 5, 8, 7, tzinfo=UTC),
        datetime(2027, 5, 14, 7, tzinfo=UTC),
    ]


async def test_the_overview_counts_what_waits_in_ones_own_arenas(work: SqlUnitOfWork, world: World) -> None:
    edition, other = await world.edition(**DAYS), await world.edition(**DAYS)
    person = await world.coordinator(arena_id=edition.arena_id)
    actor = await world.actor("Kiruna kommun")
    slots, others = await world.slots(edition, 3), await world.slots(other, 1)
    await world.booking(edition, actor, slots[0], person, BookingState.BOOKED)
    await world.booking(edition, actor, slots[1], person, BookingState.APPLIED)
    await world.booking(other, actor, others[0], person, BookingState.APPLIED)
    newcomer = await world.person("Ny")
    await work.members.add(actor_id=actor.id, person_id=newcomer.id, state="requested", since_at=NOW)
    for arena_id in (edition.arena_id, other.arena_id):
        await work.matters.add(
            kind="question", arena_id=arena_id, person_id=newcomer.id, text="?", detail={}, state="open", created_at=NOW
        )
    opened = await overview.open_work(work, person, now=NOW)
    assert isinstance(opened, Overview)
    assert opened.waiting == Waiting(applications=1, newcomers=1, matters=1, errands=0)
    assert [(s.edition.id, s.slots, s.booked, s.waiting, s.lacking) for s in opened.editions] == [
        (edition.id, 3, 1, 1, 1)
    ]


async def test_on_an_editions_days_the_day_itself_comes_first(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition(**DAYS)
    person = await world.coordinator()
    actor = await world.actor("Kiruna kommun")
    slots = await world.slots(edition, 2)
    booking = await world.booking(edition, actor, slots[1], person, BookingState.BOOKED)
    activity = await work.activities.get(booking.activity_id)
    answers = {"technology": "två mikrofoner", "on_site": "Anna 070-1"}
    await work.activities.change(activity, answers=answers, ready_at=NOW)
    opened = await overview.open_work(work, person, now=datetime(2027, 6, 29, 4, tzinfo=UTC))
    assert isinstance(opened, Today)
    assert [
        (s.status.slot.id, s.view and s.view.booking.id, s.technology, s.on_site, s.phone) for s in opened.slots
    ] == [(slots[0], None, None, None, None), (slots[1], booking.id, "två mikrofoner", "Anna 070-1", None)]
    assert opened.others == []
    clashing = await world.edition(**DAYS)
    both = await overview.open_work(work, person, now=datetime(2027, 6, 29, 4, tzinfo=UTC))
    assert isinstance(both, Today)
    assert (both.edition.id, both.others) == (edition.id, [clashing])
    day_before = await overview.open_work(work, person, now=datetime(2027, 6, 27, 21, 59, tzinfo=UTC))
    assert isinstance(day_before, Overview)


async def test_forged_buttons_change_nothing(work: SqlUnitOfWork, world: World) -> None:
    edition = await world.edition(**DAYS)
    stage_id = (await work.slots.status((await world.slots(edition, 1))[0])).stage.id
    seat = await world.seat(await world.coordinator())
    for forged in (
        editing.put(work, seat.person, "stage", "name", stage_id, None, now=NOW, language="en"),
        editing.put(work, seat.person, "rules", "published", edition.id, None, now=NOW, language="en"),
        editing.put(work, seat.person, "people", "name", 1, "x", now=NOW),
        editing.ask(work, seat, "place", "name", edition.id, "xx", now=NOW),
        editing.ask(work, seat, "place", "id", edition.id, "sv", now=NOW),
        editing.ask_new(work, seat, edition.id, "value", now=NOW),
    ):
        with pytest.raises(UnknownOption):
            await forged
    assert await work.editions.get(edition.id) == edition


async def test_a_clash_is_shown_when_an_edition_is_made_and_when_its_days_are_set_with_drafts_too(
    work: SqlUnitOfWork, world: World
) -> None:
    published = await world.edition(**DAYS, name={"sv": "Arctic Talks"})
    draft = await world.edition(starts_on=date(2027, 6, 30), name={"sv": "Utkastet"}, published=False)
    await world.edition(starts_on=date(2027, 7, 1))
    arena_id = (await world.edition()).arena_id
    seat = await world.seat(await world.coordinator(arena_id=arena_id))
    await editions.ask_dates(work, seat, arena_id, None, now=NOW)
    card = await write(work, seat, "29–30 juni 2027")
    assert isinstance(card, EditionCard)
    days = [(published.id, date(2027, 6, 29), date(2027, 6, 30)), (draft.id, date(2027, 6, 30), date(2027, 6, 30))]
    assert [(c.other.id, c.starts_on, c.ends_on) for c in card.clashes] == days
    with pytest.raises(NotAllowed):
        await editions.open_edition(work, seat.person, draft.id)
    await editing.ask(work, seat, "place", "dates", card.edition.id, "sv", now=NOW)
    moved = await write(work, seat, "30 juni 2027")
    assert isinstance(moved, SheetCard)
    assert [(c.other.id, c.starts_on) for c in moved.clashes] == [
        (published.id, date(2027, 6, 30)),
        (draft.id, date(2027, 6, 30)),
    ]
    said = [plain(line, Reader("sv", NOW)) for line in coordinate.clashes(moved.clashes)]
    assert said == [
        "Krockar med Arctic Talks: 30 juni.",
        "Krockar med Utkastet, som inte är publicerad: 30 juni.",
    ]
