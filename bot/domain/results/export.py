"""An edition with all that is known of it, for the workbook."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.frozen import dataclass
from bot.domain.model import BookingView, Edition, Field, Person
from bot.domain.ports.arenas import SlotStatus


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot, or an application for one, with whom to reach."""

    status: SlotStatus
    view: BookingView | None
    lacking: Sequence[Field]
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class EditionExport:
    """The edition as it is at `made_at` (UTC)."""

    edition: Edition
    fields: Sequence[Field]
    slots: Sequence[SlotRow]
    applications: Sequence[SlotRow]
    made_at: datetime
