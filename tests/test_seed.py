"""What the demo begins with: a past that is worth a report, and that nobody is reminded of."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot import seed
from bot.demo import DEMO_START
from bot.domain.figures import named, of_years
from bot.domain.figures.report import compute
from bot.seed.data import data_of
from storage.engine import open_database
from storage.unit_of_work import SqlUnitOfWork


@pytest.fixture
async def work(sqlite_url: str) -> AsyncIterator[SqlUnitOfWork]:
    """A transaction on the demo's data, as on its first day."""
    database = await open_database(sqlite_url)
    try:
        async with database.begin() as session:
            work = SqlUnitOfWork(session)
            assert await seed.demo(work, now=DEMO_START)
            await seed.past(work)
            yield work
    finally:
        await database.close()


async def test_on_the_first_day_a_report_has_something_to_say_in_every_figure_that_answers_make(
    work: SqlUnitOfWork,
) -> None:
    source = await work.report.source()
    for scope in (named("almedalen-2025", source), named("almedalen-2026", source), of_years(2025, 2026)):
        report = compute(source, scope, now=DEMO_START)
        lacking = [f.key for f in report.figures.values() if f.value is None or f.withheld]
        assert lacking == (["contacts.exchanged"] if scope.from_year == scope.to_year == 2025 else [])
        assert report.comment(1) == data_of("demo_past.json")["comment"]


async def test_a_past_edition_is_marked_as_an_example_and_nobody_is_reminded_of_it(work: SqlUnitOfWork) -> None:
    over = [edition for edition in await work.editions.list_published() if edition.year < DEMO_START.year]
    assert [edition.name["sv"] for edition in over] == [
        "Norrbotten i Almedalen 2025 (exempel)",
        "Norrbotten i Almedalen 2026 (exempel)",
    ]
    subjects = {f"edition:{edition.id}" for edition in over}
    for edition in over:
        subjects |= {f"booking:{view.booking.id}" for view in await work.bookings.list_of_edition(edition.id)}
    planned = await work.reminders.list_due(datetime(2030, 1, 1, tzinfo=UTC), limit=1000)
    assert subjects & {reminder.subject for reminder in planned} == set()
    assert planned != []


async def test_an_arena_of_an_earlier_release_learns_whom_it_is_to_reach(work: SqlUnitOfWork) -> None:
    for arena in await work.arenas.list_all():
        await work.arenas.change(arena, level=None)
    assert [arena.level for arena in await seed.install(work)] == [
        "national",
        "national",
        "regional",
        "international",
    ]
    assert not await seed.demo(work, now=DEMO_START)
