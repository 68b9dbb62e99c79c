"""Years from one to another, as people write them."""

import re
from typing import Final

from bot.domain.errors import DomainError
from bot.domain.text import one_line

FIRST_YEAR, LAST_YEAR = 2018, 2100
"""Years that anything here is about: the project began in 2018."""
_YEARS: Final = re.compile(r"(?P<first>2\d{3})(?:\s*(?:[-–—]|till|to)\s*(?P<last>2\d{3}|\d{2}))?", re.IGNORECASE)


class NotYears(DomainError):
    """No year, or no years from one to a later one; `text` is what was written."""


def read_years(text: str) -> tuple[int, int]:
    """The first and the last year, both included: "2027", "2026–2028", "2026-28". Raises NotYears."""
    line = one_line(text)
    found = _YEARS.fullmatch(line)
    if found is None:
        raise NotYears(text=line[:100])
    first, last = int(found["first"]), found["last"] or found["first"]
    to = int(last if len(last) > 2 else found["first"][:2] + last)  # noqa: PLR2004  # digits of a year without its century
    if not FIRST_YEAR <= first <= to <= LAST_YEAR:
        raise NotYears(text=line[:100])
    return first, to
