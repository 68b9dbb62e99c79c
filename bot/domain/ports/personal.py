"""A person's own, in everything that is stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from bot.domain.frozen import dataclass
from bot.domain.model import Person

RENAMED: Final = "person.renamed"
"""The act by which somebody's name changed: its detail has the one that `was`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of one table that are about a person, less what is somebody else's."""

    table: str
    column: str
    """The column by which the rows are theirs."""
    rows: Sequence[Mapping[str, Any]]


class PersonalRepository(Protocol):
    """What is kept about people, and how it ends."""

    async def kept_of(self, person: Person) -> list[Kept]:
        """All that is kept about a person, by table."""

    async def list_to_forget(self) -> list[Person]:
        """Those who asked to be forgotten and are not yet."""

    async def is_silent(self, person: Person) -> bool:
        """Whether nothing of the person's waits to be handled and nothing to be sent to them."""

    async def erase(self, person: Person, *, keep: frozenset[str], now: datetime) -> dict[str, int]:
        """Take a person out of every table but those in `keep`; gives how many rows were touched, by table."""

    async def expire(
        self, *, requests_before: datetime, lines_before: datetime, keep: frozenset[str], now: datetime
    ) -> int:
        """Empty contact requests and free lines older than they are kept; gives how many."""
