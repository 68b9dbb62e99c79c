"""Matters, errands, reminders and the record of acts."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.model import Act, Errand, Matter, Reminder
from bot.domain.ports.records import Repository


class MatterRepository(Repository[Matter], Protocol):
    """What waits for a coordinator."""

    async def list_open(self) -> list[Matter]:
        """Those not answered, oldest first."""


class ErrandRepository(Repository[Errand], Protocol):
    """What a coordinator does by mail or phone for actors with nobody in Telegram."""

    async def list_open(self) -> list[Errand]:
        """Those not ticked off, oldest first."""

    async def add_once(
        self,
        *,
        key: str,
        kind: str,
        actor_id: int,
        arena_id: int | None,
        booking_id: int | None,
        detail: dict[str, object],
        created_at: datetime,
    ) -> None:
        """Store an errand unless one with this key is there."""


class ReminderRepository(Repository[Reminder], Protocol):
    """What is planned to be said by the bot itself."""

    async def plan(self, *, kind: str, subject: str, person_id: int | None, due_at: datetime) -> None:
        """Plan a reminder; the same one twice changes nothing, a dropped one stays dropped."""

    async def list_due(self, now: datetime, *, limit: int, but: Collection[int] = ()) -> list[Reminder]:
        """The first planned reminders whose time has come, less these, by time."""

    async def list_due_with(self, ids: Collection[int], now: datetime) -> list[Reminder]:
        """What of these is due, and all that is due to the same people, by time."""

    async def list_some(self, ids: Collection[int]) -> list[Reminder]:
        """These, by time."""

    async def list_of_person(self, person_id: int) -> list[Reminder]:
        """A person's planned ones, by time."""

    async def list_of(self, subject: str) -> list[Reminder]:
        """All reminders of one subject, sent and dropped ones too, by time."""

    async def list_planned(self, subject: str) -> list[Reminder]:
        """Planned reminders of one subject."""

    async def next_due_at(self) -> datetime | None:
        """When the earliest planned one is due."""


class ActRepository(Repository[Act], Protocol):
    """Who did what, for whom."""
