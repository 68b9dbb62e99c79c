"""Sums and years as people write them, and what must not be guessed."""

import pytest

from bot.domain.money import NotAnAmount, amount_first, read_amount
from bot.domain.report import NotAFinancing, SourceMissing, read_financing, read_outturn
from bot.domain.years import NotYears, read_years


@pytest.mark.parametrize(
    ("written", "kronor"),
    [
        ("4350000", 4_350_000),
        ("4 350 000", 4_350_000),
        ("4\N{NO-BREAK SPACE}350\N{NARROW NO-BREAK SPACE}000 kr", 4_350_000),
        ("4.350.000 kronor", 4_350_000),
        ("4,350,000 SEK", 4_350_000),
        ("4'350'000:-", 4_350_000),
        ("4,35 mnkr", 4_350_000),
        ("4.35 miljoner kronor", 4_350_000),
        ("1 miljon", 1_000_000),
        ("850 tkr", 850_000),
        ("1 215 tkr", 1_215_000),
        ("0", 0),
    ],
)
def test_a_sum_is_read_as_people_write_it(written: str, kronor: int) -> None:
    assert read_amount(written) == kronor


@pytest.mark.parametrize(
    "written",
    ["", "mycket", "-5", "4,35", "4 35 000", "1 2 3", "4 350 000,50", "1 215 000 2027", "9" * 40, "4 350 000 euro"],
)
def test_a_sum_that_has_to_be_guessed_is_refused(written: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(written)


def test_what_comes_after_a_sum_is_left() -> None:
    assert amount_first("1 215 000 kr, bokslut 2027") == (1_215_000, "bokslut 2027")


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2027", (2027, 2027)),
        ("2026–2028", (2026, 2028)),
        (" 2026 - 2028 ", (2026, 2028)),
        ("2026-28", (2026, 2028)),
        ("2026 till 2028", (2026, 2028)),
        ("2026 to 2028", (2026, 2028)),
    ],
)
def test_years_are_read_as_people_write_them(written: str, years: tuple[int, int]) -> None:
    assert read_years(written) == years


@pytest.mark.parametrize("written", ["", "i fjol", "2028–2026", "1999", "2101", "2026, 2028", "20267"])
def test_what_is_no_years_is_refused(written: str) -> None:
    with pytest.raises(NotYears):
        read_years(written)


@pytest.mark.parametrize(
    ("written", "financier", "years", "source"),
    [
        ("ERUF, 4 350 000 kr, 2026–2028, beslut 2025-11-12", "ERUF", (2026, 2028), "beslut 2025-11-12"),
        ("Regionen, 1:1, 4,35 mnkr för 2026-28, nämndens beslut", "Regionen, 1:1", (2026, 2028), "nämndens beslut"),
        ("ERUF: 4 350 000, 2026, beslut", "ERUF", (2026, 2026), "beslut"),
    ],
)
def test_a_financing_is_read_from_a_line(written: str, financier: str, years: tuple[int, int], source: str) -> None:
    expected = {"financier": financier, "amount": 4_350_000, "from_year": years[0], "to_year": years[1]}
    assert read_financing(written) == expected | {"source": source}


@pytest.mark.parametrize("written", ["", "ERUF", "ERUF, 4 350 000", "ERUF 2026", ", 4 000, 2026, x", "ERUF, 4, 2026"])
def test_a_financing_that_lacks_a_part_is_refused(written: str) -> None:
    with pytest.raises(NotAFinancing):
        read_financing(written)


def test_an_outturn_comes_with_where_it_stands() -> None:
    assert read_outturn("1 215 000 kr, bokslut 2027") == (1_215_000, "bokslut 2027")
    with pytest.raises(SourceMissing):
        read_outturn("1 215 000 kr")
