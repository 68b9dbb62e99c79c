"""What coordinators enter for the report: the project's frame, what editions cost, and comments."""

from datetime import datetime

from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Financing:
    """Who pays how much (SEK) for which years, and where that stands."""

    id: int
    financier: str
    amount: int
    from_year: int
    to_year: int
    source: str
    revision: int


@dataclass(frozen=True, slots=True)
class Outturn:
    """What an edition cost, in SEK, and where that stands."""

    id: int
    edition_id: int
    amount: int
    source: str
    person_id: int | None
    entered_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class ResultComment:
    """What coordinators say of a result (1–6) in a scope, as it stands in the report."""

    id: int
    scope: str
    result: int
    text: str
    person_id: int | None
    written_at: datetime
    revision: int
