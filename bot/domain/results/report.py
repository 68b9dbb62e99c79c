"""What asking for reports, and entering what stands in them, has come to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.domain.figures import Scope, money
from bot.domain.frozen import dataclass
from bot.domain.model import Draft, Edition, Financing, Outturn, ResultComment
from bot.domain.results.pages import Page


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: an edition, or years."""

    scope: Scope
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class Reports:
    """What a person may have reports of: editions, and with the right to all arenas years."""

    editions: Page[Edition]
    years: Sequence[int]
    all_arenas: bool


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A report to be made: the scope's code, the language of its summary and pictures, and as of when."""

    scope: str
    language: str
    now: datetime


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report. `name` is what its files are called, less the ending; `summary` is in HTML."""

    name: str
    summary: str
    pictures: tuple[bytes, ...]
    pdf: bytes
    xlsx: bytes


@dataclass(frozen=True, slots=True)
class Comments:
    """What coordinators say of each result in a report; `saved` is the one that was just written or taken away."""

    about: About
    by_result: Mapping[int, ResultComment]
    saved: int | None = None


@dataclass(frozen=True, slots=True)
class Commenting:
    """A comment on a result is awaited. `comment` stands there now; `overtaken` when somebody else wrote it meanwhile."""

    about: About
    result: int
    comment: ResultComment | None
    draft: Draft
    overtaken: bool = False


Commented: TypeAlias = Comments | Commenting
"""What a written comment can lead to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Who pays how much for which years; `removed` was just taken away."""

    financings: Sequence[Financing]
    removed: Financing | None = None

    @property
    def total(self) -> int | None:
        """What they pay together; None where there is nobody."""
        return money.total(self.financings)


@dataclass(frozen=True, slots=True)
class EditionOutturn:
    """What an edition cost, where it is known; `removed` was just taken away."""

    edition: Edition
    outturn: Outturn | None
    removed: Outturn | None = None
