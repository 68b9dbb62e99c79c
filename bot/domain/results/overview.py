"""What a coordinator opens on."""

from collections.abc import Sequence
from typing import TypeAlias

from bot.domain.frozen import dataclass
from bot.domain.model import BookingView, Edition, Stage
from bot.domain.ports.arenas import SlotStatus


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for an answer or a hand, in the arenas that a person runs."""

    applications: int
    newcomers: int
    matters: int
    errands: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.applications + self.newcomers + self.matters + self.errands


@dataclass(frozen=True, slots=True)
class EditionState:
    """An edition in figures: slots that can be booked, booked ones, what waits for an answer, who lacks something."""

    edition: Edition
    stages: Sequence[Stage]
    slots: int
    booked: int
    waiting: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits, and the editions to come."""

    waiting: Waiting
    editions: Sequence[EditionState]


@dataclass(frozen=True, slots=True)
class OnSite:
    """A slot of today: with its booking, or blocked. `phone` is whom to ring on site."""

    status: SlotStatus
    view: BookingView | None
    technology: str | None
    on_site: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Today:
    """An edition's day as it happens. `others` are under way at the same time."""

    waiting: Waiting
    edition: Edition
    several_stages: bool
    slots: Sequence[OnSite]
    others: Sequence[Edition] = ()


Opening: TypeAlias = Overview | Today
