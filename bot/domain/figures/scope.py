"""What a report is about: an edition, a year, or several years."""

import re
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.domain.figures.source import Arena, Edition, Source
from bot.domain.frozen import dataclass

ZONE: Final = ZoneInfo("Europe/Stockholm")
"""In which a period ends."""
RANGE_MAX: Final = 10
"""Years that one report takes at most."""
_CODE: Final = re.compile(r"edition:(\d{1,18})|years:(\d{4})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Scope:
    """An edition, or the years from one to another, both included."""

    edition_id: int | None
    from_year: int
    to_year: int

    @property
    def code(self) -> str:
        """As comments and buttons name it: `edition:12`, `years:2027-2029`."""
        if self.edition_id is not None:
            return f"edition:{self.edition_id}"
        return f"years:{self.from_year}-{self.to_year}"

    def holds(self, edition: Edition) -> bool:
        """Whether the report is about an edition."""
        if self.edition_id is not None:
            return edition.id == self.edition_id
        return self.from_year <= edition.year <= self.to_year

    @property
    def starts_at(self) -> datetime:
        """The first instant of its first year, Swedish time."""
        return datetime(self.from_year, 1, 1, tzinfo=ZONE)

    @property
    def ends_at(self) -> datetime:
        """The first instant after its last year, Swedish time."""
        return datetime(self.to_year + 1, 1, 1, tzinfo=ZONE)


def of_years(first: int, last: int) -> Scope:
    """Years, both included. Raises ValueError when they are none, or too many."""
    if not (2000 <= first <= last <= 2100 and last - first < RANGE_MAX):  # noqa: PLR2004  # years that arenas have
        raise ValueError(f"{first}-{last}")
    return Scope(None, first, last)


class OfYear(Protocol):
    """An edition."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def year(self) -> int:
        """The year of its arena that it is."""


def of_edition(edition: OfYear) -> Scope:
    """One edition; its period is its calendar year."""
    return Scope(edition.id, edition.year, edition.year)


def read_code(code: str) -> int | Scope:
    """The edition's id, or the years, that a code names. Raises ValueError when it is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(code)
    return int(found[1]) if found[1] is not None else of_years(int(found[2]), int(found[3]))


def from_code(code: str, source: Source) -> Scope:
    """The scope that a code names. Raises ValueError when there is none."""
    read = read_code(code)
    if isinstance(read, Scope):
        return read
    edition = next((e for e in source.editions if e.id == read), None)
    if edition is None:
        raise ValueError(code)
    return of_edition(edition)


def named(words: str, source: Source) -> Scope:
    """The edition that `ARENA-YEAR` names: `almedalen-2027`. Raises ValueError when there is none, or several."""
    key, _, year = words.strip().lower().rpartition("-")
    arenas: dict[int, Arena] = {arena.id: arena for arena in source.arenas}
    wanted = key.replace("-", "_"), year
    found = [e for e in source.editions if (arenas[e.arena_id].key, str(e.year)) == wanted]
    if len(found) != 1:
        raise ValueError(words)
    return of_edition(found[0])
