"""Arenas, editions, stages and slots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Arena, Booking, Edition, FeeStep, Field, Slot, Stage
from bot.domain.ports.records import Repository


@dataclass(frozen=True, slots=True)
class SlotStatus:
    """A slot with who has it (a booking that takes it, its actor and title) and how many actors apply for it."""

    slot: Slot
    stage: Stage
    booking: Booking | None
    actor: Actor | None
    title: str | None
    applicants: int

    @property
    def is_free(self) -> bool:
        """Nobody has booked or holds it, and it can be booked."""
        return self.booking is None and self.slot.state == "open"


class ArenaRepository(Repository[Arena], Protocol):
    """The region's arenas."""

    async def list_all(self) -> list[Arena]:
        """Every arena in its order."""


class EditionRepository(Repository[Edition], Protocol):
    """Years of arenas."""

    async def list_of(self, arena_id: int) -> list[Edition]:
        """An arena's editions, latest first."""

    async def list_all(self) -> list[Edition]:
        """All editions, drafts too, by start (unknown last)."""

    async def list_published(self) -> list[Edition]:
        """All published editions, by start (unknown last)."""


class FieldRepository(Repository[Field], Protocol):
    """Questions about an edition's activities."""

    async def list_of(self, edition_id: int) -> list[Field]:
        """Those in use, in their order."""

    async def list_every(self, edition_id: int) -> list[Field]:
        """Those put away too, in their order."""


class FeeStepRepository(Repository[FeeStep], Protocol):
    """The official programme's fees."""

    async def list_of(self, edition_id: int) -> list[FeeStep]:
        """In order of time."""


class StageRepository(Repository[Stage], Protocol):
    """What the region provides on site."""

    async def list_of(self, edition_id: int) -> list[Stage]:
        """An edition's stages."""


class SlotRepository(Repository[Slot], Protocol):
    """Times on stages."""

    async def list_of(self, edition_id: int) -> list[SlotStatus]:
        """An edition's slots that are not cancelled, with who has them, by start."""

    async def list_free(self, edition_id: int, now: datetime) -> list[SlotStatus]:
        """Open slots of an edition that begin later and that nobody has, or somebody no longer than until now, by start."""

    async def status(self, slot_id: int) -> SlotStatus:
        """One slot with who has it. Raises NotFound."""

    async def list_overlapping(self, stage_id: int, starts_at: datetime, ends_at: datetime) -> Sequence[Slot]:
        """Slots of a stage, not cancelled, that share time with a span."""

    async def list_of_stage(self, stage_id: int) -> list[Slot]:
        """All slots of a stage, the cancelled ones too."""

    async def any_booked(self, stage_id: int) -> bool:
        """Whether any slot of a stage has ever been booked, held or applied for."""
