"""What coordinators may have reports of, and what they enter for them."""

from datetime import date
from typing import Any

import pytest

from bot.domain.attributes import UnknownOption
from bot.domain.errors import NotAllowed, NotFound, Outdated
from bot.domain.membership import TextTooLong
from bot.domain.model import Draft, Edition, Person
from bot.domain.report import TooManyYears
from bot.domain.results.report import Commenting, Comments, EditionOutturn
from bot.domain.years import NotYears
from bot.services import editing, report, report_comments, report_money
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

OF_YEAR = "years:2027-2027"


@pytest.fixture
async def almedalen(world: World) -> Edition:
    return await world.edition(starts_on=date(2027, 6, 28), ends_on=date(2027, 6, 30))


@pytest.fixture
async def talks(world: World) -> Edition:
    return await world.edition(name={"sv": "Arctic Talks 2026"}, year=2026, starts_on=date(2026, 2, 5))


@pytest.fixture
async def karin(world: World) -> Person:
    """Coordinates all arenas."""
    return await world.coordinator()


@pytest.fixture
async def nils(world: World, talks: Edition) -> Person:
    """Coordinates Arctic Talks alone."""
    return await world.coordinator("Nils", talks.arena_id)


async def awaited(work: SqlUnitOfWork, person: Person) -> Draft:
    draft = await work.drafts.awaiting_text(person.user_id, person.id)
    assert draft is not None
    return draft


async def ordered(work: SqlUnitOfWork) -> list[tuple[str, int]]:
    rows = await work.session.rows(schema.outbox.select().order_by(schema.outbox.c.id))
    return [(row.payload["scope"], row.person_id) for row in rows if row.kind == "report"]


async def acts(work: SqlUnitOfWork) -> list[tuple[str, str, Any]]:
    rows = await work.session.rows(schema.acts.select().order_by(schema.acts.c.id))
    return [(row.act, row.subject, row.detail) for row in rows]


# Which report


async def test_a_coordinator_of_all_arenas_may_have_editions_and_years_latest_first(
    work: SqlUnitOfWork, karin: Person, almedalen: Edition, talks: Edition
) -> None:
    result = await report.list_reports(work, karin)
    assert ([e.id for e in result.editions.items], result.years, result.all_arenas) == (
        [almedalen.id, talks.id],
        [2027, 2026],
        True,
    )


async def test_a_coordinator_of_one_arena_may_have_its_editions_alone(
    work: SqlUnitOfWork, world: World, nils: Person, almedalen: Edition, talks: Edition
) -> None:
    result = await report.list_reports(work, nils)
    assert ([e.id for e in result.editions.items], result.years, result.all_arenas) == ([talks.id], [], False)
    seat = await world.seat(nils)
    for code in (f"edition:{almedalen.id}", OF_YEAR, "years:2026-2028"):
        with pytest.raises(NotAllowed):
            await report.order(work, seat, code)
    for asking in (report.ask_years(work, seat, now=NOW), report.order_years(work, seat, "2027")):
        with pytest.raises(NotAllowed):
            await asking
    await report.order(work, seat, f"edition:{talks.id}")
    assert await ordered(work) == [(f"edition:{talks.id}", nils.id)]


async def test_outturns_are_listed_of_the_arenas_that_one_runs(
    work: SqlUnitOfWork, karin: Person, nils: Person, almedalen: Edition, talks: Edition
) -> None:
    outturn = await work.outturns.add(
        edition_id=talks.id, amount=310_000, source="bokslut", person_id=karin.id, entered_at=NOW
    )
    listed = await report_money.list_outturns(work, karin)
    assert listed.items == [EditionOutturn(almedalen, None), EditionOutturn(talks, outturn)]
    assert (await report_money.list_outturns(work, nils)).items == [EditionOutturn(talks, outturn)]


async def test_nobody_else_may_have_any(work: SqlUnitOfWork, world: World, talks: Edition) -> None:
    anna = await world.person("Anna")
    for listing in (report.list_reports(work, anna), report_money.list_outturns(work, anna)):
        with pytest.raises(NotAllowed):
            await listing
    with pytest.raises(NotAllowed):
        await report.order(work, await world.seat(anna), f"edition:{talks.id}")


async def test_a_report_that_there_is_none_of_is_not_found(work: SqlUnitOfWork, world: World, karin: Person) -> None:
    seat = await world.seat(karin)
    for code in ("edition:99", "years:2029-2027", "years:2027-2099", "x", ""):
        with pytest.raises(NotFound):
            await report.order(work, seat, code)


async def test_a_report_that_is_being_made_is_not_made_twice(work: SqlUnitOfWork, world: World, karin: Person) -> None:
    seat = await world.seat(karin)
    for _ in range(2):
        await report.order(work, seat, OF_YEAR)
    assert await ordered(work) == [(OF_YEAR, karin.id)]
    [row] = [row for row in await work.session.rows(schema.outbox.select()) if row.kind == "report"]
    await work.outbox.free_key(row.id)  # it has come
    await report.order(work, seat, OF_YEAR)
    assert await ordered(work) == [(OF_YEAR, karin.id)] * 2


async def test_several_years_are_written(work: SqlUnitOfWork, world: World, karin: Person) -> None:
    seat = await world.seat(karin)
    await report.ask_years(work, seat, now=NOW)
    await report.take_years(work, seat, await awaited(work, karin), "2026–28", now=NOW)
    assert await ordered(work) == [("years:2026-2028", karin.id)]
    with pytest.raises(TooManyYears):
        await report.order_years(work, seat, "2020–2030")
    with pytest.raises(NotYears):
        await report.order_years(work, seat, "i år")


# Comments


async def says(work: SqlUnitOfWork, world: World, person: Person, text: str, code: str = OF_YEAR) -> Any:
    await report_comments.ask_comment(work, await world.seat(person), code, 2, now=NOW)
    return await report_comments.take_comment(work, person, await awaited(work, person), text, now=NOW)


async def test_a_comment_is_written_changed_and_taken_away_and_each_is_noted(
    work: SqlUnitOfWork, world: World, karin: Person
) -> None:
    for text in ("Bra år.", "Ett bra år.\nFler kom."):
        result = await says(work, world, karin, text)
        assert isinstance(result, Comments)
        assert [(n, c.text, c.person_id) for n, c in result.by_result.items()] == [(2, text, karin.id)]
    assert (await report_comments.remove_comment(work, karin, OF_YEAR, 2, now=NOW)).by_result == {}
    assert (await report_comments.remove_comment(work, karin, OF_YEAR, 2, now=NOW)).by_result == {}
    assert await acts(work) == [
        ("result_comments.written", OF_YEAR, {"result": 2}),
        ("result_comments.written", OF_YEAR, {"result": 2}),
        ("result_comments.removed", OF_YEAR, {"result": 2}),
    ]


async def test_a_comment_stands_in_its_own_report_alone(
    work: SqlUnitOfWork, world: World, karin: Person, talks: Edition
) -> None:
    await says(work, world, karin, "Om året")
    assert (await report_comments.list_comments(work, karin, f"edition:{talks.id}")).by_result == {}


async def test_who_was_overtaken_sees_what_the_other_wrote_and_may_write_again(
    work: SqlUnitOfWork, world: World, karin: Person
) -> None:
    maria = await world.coordinator("Maria")
    await report_comments.ask_comment(work, await world.seat(karin), OF_YEAR, 2, now=NOW)
    await says(work, world, maria, "Marias")
    shown = await report_comments.take_comment(work, karin, await awaited(work, karin), "Karins", now=NOW)
    assert isinstance(shown, Commenting)
    assert (shown.overtaken, shown.comment and shown.comment.text) == (True, "Marias")
    kept = await report_comments.take_comment(work, karin, await awaited(work, karin), "Bådas", now=NOW)
    assert isinstance(kept, Comments)
    assert kept.by_result[2].text == "Bådas"


async def test_a_comment_needs_the_right_for_its_report_when_it_is_written_too(
    work: SqlUnitOfWork, world: World, nils: Person, almedalen: Edition, talks: Edition
) -> None:
    own = f"edition:{talks.id}"
    await says(work, world, nils, "Kallt och klart", own)
    for code in (f"edition:{almedalen.id}", OF_YEAR):
        for asking in (
            report_comments.list_comments(work, nils, code),
            report_comments.remove_comment(work, nils, code, 1, now=NOW),
            report_comments.ask_comment(work, await world.seat(nils), code, 1, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                await asking
    await report_comments.ask_comment(work, await world.seat(nils), own, 1, now=NOW)
    draft = await awaited(work, nils)
    for right in await work.coordinators.list_of(nils.id):
        await work.coordinators.remove(right.id)
    with pytest.raises(NotAllowed):
        await report_comments.take_comment(work, nils, draft, "För sent", now=NOW)


async def test_a_comment_has_a_longest_length_and_a_result(work: SqlUnitOfWork, world: World, karin: Person) -> None:
    with pytest.raises(TextTooLong):
        await says(work, world, karin, "x" * 601)
    with pytest.raises(UnknownOption):
        await report_comments.ask_comment(work, await world.seat(karin), OF_YEAR, 7, now=NOW)


# The frame


async def pays(work: SqlUnitOfWork, world: World, person: Person, line: str) -> Any:
    await report_money.ask_financing(work, await world.seat(person), now=NOW)
    return (await report_money.take_financing(work, person, await awaited(work, person), line, now=NOW)).record


async def test_a_financing_is_entered_in_a_line_edited_on_its_sheet_and_taken_away(
    work: SqlUnitOfWork, world: World, karin: Person
) -> None:
    financing = await pays(work, world, karin, "ERUF, 4 350 000, 2026–2028, beslut")
    await editing.put(work, karin, "financing", "amount", financing.id, "4,5 mnkr", now=NOW)
    changed = (await editing.put(work, karin, "financing", "years", financing.id, "2026-29", now=NOW)).record
    assert (changed.financier, changed.amount, changed.from_year, changed.to_year) == ("ERUF", 4_500_000, 2026, 2029)
    with pytest.raises(Outdated):
        await report_money.remove_financing(work, karin, financing.id, financing.revision, now=NOW)
    left = await report_money.remove_financing(work, karin, financing.id, changed.revision, now=NOW)
    assert (left.financings, left.removed) == ([], changed)
    noted = ["financings.made", "financings.changed", "financings.changed", "financings.removed"]
    assert [act for act, _, _ in await acts(work)] == noted


async def test_the_frame_is_for_those_with_the_right_to_all_arenas(
    work: SqlUnitOfWork, world: World, karin: Person, nils: Person
) -> None:
    financing = await pays(work, world, karin, "ERUF, 4 350 000, 2026–2028, beslut")
    for asking in (
        report_money.show_frame(work, nils),
        report_money.ask_financing(work, await world.seat(nils), now=NOW),
        report_money.remove_financing(work, nils, financing.id, financing.revision, now=NOW),
        editing.put(work, nils, "financing", "amount", financing.id, "1", now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await asking


# What editions cost


async def costs(work: SqlUnitOfWork, world: World, person: Person, edition: Edition, line: str) -> Any:
    await report_money.ask_outturn(work, await world.seat(person), edition.id, now=NOW)
    return (await report_money.take_outturn(work, person, await awaited(work, person), line, now=NOW)).outturn


async def test_an_outturn_is_entered_changed_and_taken_away_and_each_is_noted(
    work: SqlUnitOfWork, world: World, nils: Person, talks: Edition
) -> None:
    first = await costs(work, world, nils, talks, "1 215 000 kr, preliminärt")
    changed = await costs(work, world, nils, talks, "1,18 mnkr, bokslut 2026")
    assert (first.id, changed.id, changed.amount, changed.source) == (first.id, first.id, 1_180_000, "bokslut 2026")
    gone = await report_money.remove_outturn(work, nils, talks.id, now=NOW)
    assert (gone.outturn, gone.removed) == (None, changed)
    subject = f"editions:{talks.id}"
    assert await acts(work) == [
        ("outturns.entered", subject, {"amount": 1_215_000, "source": "preliminärt", "was": None}),
        ("outturns.entered", subject, {"amount": 1_180_000, "source": "bokslut 2026", "was": 1_215_000}),
        ("outturns.removed", subject, {"amount": 1_180_000, "source": "bokslut 2026"}),
    ]


async def test_an_outturn_is_for_the_arenas_own_coordinators(
    work: SqlUnitOfWork, world: World, nils: Person, almedalen: Edition
) -> None:
    for asking in (
        report_money.show_outturn(work, nils, almedalen.id),
        report_money.ask_outturn(work, await world.seat(nils), almedalen.id, now=NOW),
        report_money.remove_outturn(work, nils, almedalen.id, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await asking
