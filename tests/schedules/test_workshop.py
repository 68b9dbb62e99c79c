"""Reports made by another process: one at a time, within a time limit, and kept until they have been sent."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.outgoing import Delivery, Priority, Sent
from bot.domain.ports.delivery import Finished, NotYet
from bot.domain.ports.reports import ReportFailed
from bot.domain.results.report import MadeReport, WantedReport
from schedules.workshop import Workshop
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.report import example
from tests.report.filling import fill

WANTED = WantedReport("years:2027-2027", "sv", example.NOW)
LIMIT = 60


@pytest.fixture
async def workshop_at() -> AsyncIterator[Callable[..., Workshop]]:
    """Makes workshops that are stopped in the end."""
    made: list[Workshop] = []

    def make(database_url: str, **options: Any) -> Workshop:
        made.append(Workshop(database_url, ready=lambda: None, **options))
        return made[-1]

    yield make
    for each in made:
        await each.stop()


async def made(workshop: Workshop, order: int = 1, wanted: WantedReport = WANTED) -> MadeReport:
    async with asyncio.timeout(LIMIT):
        while True:
            try:
                return workshop.report(order, wanted)
            except NotYet:
                await asyncio.sleep(0.02)


def row(order: int) -> Delivery:
    return Delivery(order, "report", {}, 1, 1, None, Priority.REPLY, 0, 0, uncertain=False, expires_at=None)


async def test_a_report_is_made_of_what_the_database_holds_and_kept_until_it_is_sent(
    database: Database, sqlite_url: str, workshop_at: Callable[..., Workshop]
) -> None:
    await fill(database, example.made())
    workshop = workshop_at(sqlite_url)
    report = await made(workshop)
    assert report.name == "Mötesplatser 2027 2027-09-01"
    assert report.summary.startswith("<b>Mötesplatser 2027</b>\nLäget 1 september 2027")
    assert (report.pdf[:5], report.xlsx[:2], len(report.pictures)) == (b"%PDF-", b"PK", 3)
    assert workshop.report(1, WANTED) is report
    names = {"pdf": f"{report.name}.pdf", "xlsx": f"{report.name}.xlsx", "0": f"{report.name} 1.png"}
    assert {part: (workshop.file(1, part) or ("",))[0] for part in names} == names
    async with database.begin() as session:
        await workshop.forget(Finished(row(1), Sent()), SqlUnitOfWork(session))
    assert workshop.file(1, "pdf") is None


async def test_a_report_of_an_empty_database_is_made_too(sqlite_url: str, workshop_at: Callable[..., Workshop]) -> None:
    wanted = WantedReport("years:2027-2027", "en", datetime(2027, 1, 11, tzinfo=UTC))
    report = await made(workshop_at(sqlite_url), wanted=wanted)
    assert "No activity has been held yet." in report.summary
    assert report.pictures == ()


@pytest.mark.parametrize("scope", ["edition:99", "years:2029-2027"])
async def test_what_cannot_be_made_fails_for_each_who_looks_and_says_why_in_the_log(
    sqlite_url: str, workshop_at: Callable[..., Workshop], caplog: pytest.LogCaptureFixture, scope: str
) -> None:
    workshop = workshop_at(sqlite_url)
    for _ in range(2):
        with pytest.raises(ReportFailed):
            await made(workshop, wanted=WantedReport(scope, "sv", example.NOW))
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"report 1 ({scope}) was not made: Traceback" in record.getMessage()


async def test_what_takes_too_long_is_ended(sqlite_url: str, workshop_at: Callable[..., Workshop]) -> None:
    with pytest.raises(ReportFailed):
        await made(workshop_at(sqlite_url, time_limit=0.05))


async def test_a_stop_ends_what_is_being_made(sqlite_url: str, workshop_at: Callable[..., Workshop]) -> None:
    workshop = workshop_at(sqlite_url)
    for order in (1, 2):
        with pytest.raises(NotYet):
            workshop.report(order, WANTED)
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await workshop.stop()
    with pytest.raises(asyncio.CancelledError):
        workshop.report(1, WANTED)
