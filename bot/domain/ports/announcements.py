"""Announcements, whom they go to, and how it went."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.frozen import dataclass
from bot.domain.model import Actor, Announcement, Person, Recipient
from bot.domain.ports.records import Repository


@dataclass(frozen=True, slots=True)
class Tally:
    """How many recipients are in each state: `planned` have no row in the outbox, `queued` have one. `read` have
    acknowledged it.
    """

    planned: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0
    read: int = 0

    @property
    def total(self) -> int:
        """All recipients."""
        return self.planned + self.queued + self.sent + self.failed

    @property
    def done(self) -> int:
        """Those whose message was sent or cannot be."""
        return self.sent + self.failed

    @property
    def unread(self) -> int:
        """Those whom it has reached and who have not acknowledged it."""
        return self.sent - self.read


class AnnouncementRepository(Repository[Announcement], Protocol):
    """What coordinators send to many."""

    async def list_under_way(self) -> list[Announcement]:
        """Those that are not at their end, by when they are to be sent."""

    async def list_all(self) -> list[Announcement]:
        """Every announcement, latest first."""


class RecipientRepository(Repository[Recipient], Protocol):
    """Whom an announcement goes to, and how it went.

    `own` says that it is about the actors' own bookings: newcomers get it too, and so do those who have turned other
    announcements off.
    """

    async def count_by_language(self, actor_ids: Collection[int], *, own: bool) -> dict[str, int]:
        """How many people of the actors would get it, by language."""

    async def count_muted(self, actor_ids: Collection[int], *, own: bool) -> int:
        """How many people of the actors have turned such announcements off."""

    async def list_reachable(self, actor_ids: Collection[int], *, own: bool) -> set[int]:
        """Those of the actors that have somebody in Telegram."""

    async def list_refused(self, edition_id: int) -> set[int]:
        """Actors whose application to an edition was refused."""

    async def freeze(self, announcement_id: int, actor_ids: Collection[int], *, own: bool) -> int:
        """Make everybody who is meant a recipient, once; gives how many."""

    async def freeze_unread(self, announcement_id: int, of_id: int) -> int:
        """Make those recipients who got another announcement and have not acknowledged it."""

    async def freeze_people(self, announcement_id: int, person_ids: Collection[int]) -> int:
        """Make these people recipients, once; gives how many."""

    async def keep_only(self, announcement_id: int, person_ids: Collection[int]) -> None:
        """Make those to whom nothing is under way yet recipients no longer, but for these people."""

    async def spare(self, announcement_id: int, person_id: int) -> None:
        """Make a person to whom nothing was sent yet a recipient no longer."""

    async def feed(self, announcement_id: int, limit: int) -> int:
        """Give the outbox rows for the next recipients; gives how many."""

    async def withdraw(self, announcement_id: int) -> None:
        """Take rows that nobody has claimed back out of the outbox."""

    async def correct(self, announcement_id: int, language: str, number: int) -> int:
        """Give the outbox rows that correct what readers of a language got; gives how many."""

    async def mark(
        self,
        announcement_id: int,
        person_id: int,
        state: str,
        *,
        reason: str | None,
        message_id: int | None,
        at: datetime,
    ) -> None:
        """Write how it went with a recipient."""

    async def move(self, announcement_id: int, person_id: int, message_id: int) -> None:
        """A recipient's message was sent anew."""

    async def put_back(self, announcement_id: int, person_id: int, row_id: int) -> None:
        """A claimed row was held back: it is as if it had never been in the outbox."""

    async def acknowledge(self, announcement_id: int, person_id: int, at: datetime) -> bool:
        """Note that a recipient has read it; False when it was noted before, or the person is none."""

    async def tally(self, announcement_id: int) -> Tally:
        """How many there are in each state."""

    async def of(self, announcement_id: int, person_id: int) -> Recipient | None:
        """A person as recipient."""

    async def list_failed(self, announcement_id: int, *, skip: int, limit: int) -> list[tuple[Recipient, Person]]:
        """Whom it did not reach, by name."""

    async def list_unread(self, announcement_id: int, *, skip: int, limit: int) -> list[tuple[Recipient, Person]]:
        """Who got it and has not acknowledged it, by name."""

    async def actors_of(self, person_ids: Sequence[int]) -> dict[int, list[Actor]]:
        """Whom each of these people acts for."""

    async def forget(self, before: datetime) -> int:
        """Forget the messages of announcements that ended before an instant; gives how many."""
