"""What the picture of a year shows, in words and days."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """An edition: its booking window, the days on which it is held (None where not known) and deadlines."""

    name: str
    when: str
    window: tuple[date, date] | None
    held: tuple[date, date] | None
    deadlines: Sequence[date]

    @property
    def days(self) -> list[date]:
        """All days that it shows."""
        return [*(self.window or ()), *(self.held or ()), *self.deadlines]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What `draw` draws. `who` is each actor's name with whether it comes, edition by edition."""

    title: str
    bands: Sequence[Band]
    who: Sequence[tuple[str, Sequence[bool]]]
    months: Sequence[str]
    words: Mapping[str, str]
