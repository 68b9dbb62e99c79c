"""Sums in kronor, as people write them."""

import re
from decimal import Decimal
from typing import Final

from bot.domain.errors import DomainError
from bot.domain.text import one_line

AMOUNT_MAX: Final = 999_999_999_999
_SPACED: Final = r"\d{1,3}(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'’]\d{3})+(?!\d)"
_KRONOR: Final = re.compile(
    rf"(?P<number>{_SPACED}|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)"
    r"(?P<kr>\s*(?:kronor|kr|sek)(?!\w)|:-)?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    rf"(?P<number>(?:{_SPACED}|\d+)(?:[.,]\d+)?)\s*"
    r"(?:(?P<million>miljon(?:er)?|million|milj\.?|mnkr|mkr|mn|msek)|tusen|tkr|kkr|tsek)(?!\w)"
    r"(?:\s*(?:kronor|kr|sek)(?!\w))?",
    re.IGNORECASE,
)


class NotAnAmount(DomainError):
    """No sum in whole kronor could be read; `text` is what was written."""


def amount_first(text: str) -> tuple[int, str]:
    """The sum that a line begins with, in kronor, and what comes after it: "4 350 000 kr", "4,35 mnkr", "850 tkr".

    Raises NotAnAmount.
    """
    line = one_line(text)
    short = _SHORT.match(line)
    found = short or _KRONOR.match(line)
    if found is None:
        raise NotAnAmount(text=line[:100])
    rest = line[found.end() :]
    kronor = _number(found["number"], decimals=short is not None)
    if short is not None:
        kronor *= 1_000_000 if short["million"] else 1_000
    elif found["kr"] is None and re.match(r"[.,]\d|\s+\d", rest):
        raise NotAnAmount(text=line[:100])  # where the sum ends is anybody's guess
    if kronor != int(kronor) or kronor > AMOUNT_MAX:
        raise NotAnAmount(text=line[:100])
    return int(kronor), rest.lstrip(" ,;:.")


def _number(written: str, *, decimals: bool) -> Decimal:
    if decimals:
        return Decimal(re.sub(r"[^\d.]", "", written.replace(",", ".")))
    return Decimal(re.sub(r"\D", "", written))


def read_amount(text: str) -> int:
    """A sum alone. Raises NotAnAmount."""
    amount, rest = amount_first(text)
    if rest:
        raise NotAnAmount(text=one_line(text)[:100])
    return amount
