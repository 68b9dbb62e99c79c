"""What coordinators enter for the report: how long it may be, and how it is read from a line."""

import re
from typing import Final

from bot.domain.attributes import line_within
from bot.domain.errors import DomainError
from bot.domain.money import NotAnAmount, amount_first
from bot.domain.text import one_line
from bot.domain.years import NotYears, read_years

RESULTS: Final = (1, 2, 3, 4, 5, 6)
"""The expected results of the decision."""
COMMENT_MAX: Final = 600
FINANCIER_MAX, SOURCE_MAX = 100, 200
_AMOUNT_NEXT: Final = re.compile(r"[,;:]\s*(?=\d)")
_YEARS_NEXT: Final = re.compile(
    r"(?:för\s+|for\s+)?(?P<years>2\d{3}(?:\s*(?:[-–—]|till|to)\s*\d{2,4})?)(?!\d)[\s,;:.]*", re.IGNORECASE
)


class TooManyYears(DomainError):
    """More years than one report takes: `limit`."""


class NotAFinancing(DomainError):
    """No financier, sum, years and source could be read; `text` is what was written."""


class SourceMissing(DomainError):
    """A sum is kept with where it stands, and nothing was written after it."""


def read_financing(text: str) -> dict[str, str | int]:
    """A financing's columns: "Region Norrbotten, 4 350 000 kr, 2026–2028, beslut 2025-11-12".

    Raises NotAFinancing, TextTooLong.
    """
    line = one_line(text)
    for at in _AMOUNT_NEXT.finditer(line):
        try:
            amount, rest = amount_first(line[at.end() :])
            years = _YEARS_NEXT.match(rest)
            first, last = read_years(years["years"]) if years else (0, 0)
        except (NotAnAmount, NotYears):
            continue
        if years is not None and at.start() and (source := rest[years.end() :]):
            return {
                "financier": line_within(line[: at.start()], FINANCIER_MAX),
                "amount": amount,
                "from_year": first,
                "to_year": last,
                "source": line_within(source, SOURCE_MAX),
            }
    raise NotAFinancing(text=line[:100])


def read_outturn(text: str) -> tuple[int, str]:
    """What an edition cost, and where that stands: "1 215 000 kr, bokslut 2027".

    Raises NotAnAmount, SourceMissing, TextTooLong.
    """
    amount, source = amount_first(text)
    if not source:
        raise SourceMissing
    return amount, line_within(source, SOURCE_MAX)
