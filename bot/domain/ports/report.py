"""What the report is made of, and what coordinators enter for it."""

from typing import Protocol

from bot.domain.figures.source import Source
from bot.domain.model import Financing, Outturn, ResultComment
from bot.domain.ports.records import Repository


class ReportRepository(Protocol):
    """What figures are made of."""

    async def source(self, *parts: str) -> Source:
        """All rows that figures are made of, in one snapshot; or only those of some parts."""


class FinancingRepository(Repository[Financing], Protocol):
    """The project's frame."""

    async def list_all(self) -> list[Financing]:
        """By first year."""


class OutturnRepository(Repository[Outturn], Protocol):
    """What editions cost."""

    async def of(self, edition_id: int) -> Outturn | None:
        """An edition's."""


class ResultCommentRepository(Repository[ResultComment], Protocol):
    """Coordinators' comments."""

    async def of(self, scope: str, result: int) -> ResultComment | None:
        """The comment on a result in a scope."""

    async def list_of(self, scope: str) -> list[ResultComment]:
        """A scope's comments, by result."""
