"""The bot's safeties, each taken off for a negative control: the harness must see what is lost then."""

import asyncio
import functools
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import update

from bot.domain import policy
from bot.domain.model import Edition
from bot.domain.outgoing import Delivery, Priority
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.delivery import Receipt
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.bookings import BookingCard
from bot.domain.seat import Seat
from bot.services import bookings
from schedules.receipt import Receiver
from storage import schema
from storage.engine import in_list
from storage.outbox import OutboxRecords

MEMORY_SECONDS: Final = 0.5
_DONE = update(schema.outbox).where(in_list(schema.outbox.c.id, "ids")).values(state="done")

Reached: TypeAlias = Callable[[], object]
"""Called whenever the bot comes upon what stands in a safety's place."""


def _replace(owner: Any, name: str, new: Callable[..., Any], reached: Reached) -> None:
    """Put something in a function's place, also for modules that have taken it by its name.

    Raises AttributeError when there is no such function: then the control has to follow the bot.
    """
    old = getattr(owner, name)

    @functools.wraps(old)
    def noted(*args: Any, **fields: Any) -> Any:
        reached()
        return new(*args, **fields)

    setattr(owner, name, noted)
    for module in list(sys.modules.values()):
        for known_as in [key for key, value in getattr(module, "__dict__", {}).items() if value is old]:
            setattr(module, known_as, noted)


def booking(reached: Reached) -> None:
    """Whoever presses has the slot (the harness has dropped the index)."""

    def require_bookable(status: SlotStatus, edition: Edition, now: datetime) -> None:
        """Anything goes."""

    _replace(policy, "require_bookable", require_bookable, reached)


def inbox(reached: Reached) -> None:
    """Updates are confirmed while they are still in memory, as libraries do it."""
    store, tasks = Receiver.store, set[asyncio.Task[None]]()

    async def later(self: Receiver, receipts: Sequence[Receipt]) -> None:
        await asyncio.sleep(MEMORY_SECONDS)
        await store(self, receipts)

    async def at_once(self: Receiver, receipts: Sequence[Receipt]) -> None:
        task = asyncio.create_task(later(self, receipts))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    _replace(Receiver, "store", at_once, reached)


def outbox(reached: Reached) -> None:
    """Rows count as sent as soon as somebody has taken them to send."""
    claim = OutboxRecords.claim

    async def forgotten(
        self: OutboxRecords, claimed_by: str, priority: Priority, limit: int, *, except_chats: Collection[int]
    ) -> list[Delivery]:
        rows = await claim(self, claimed_by, priority, limit, except_chats=except_chats)
        await self.session.run(_DONE, ids=[row.id for row in rows])
        return rows

    _replace(OutboxRecords, "claim", forgotten, reached)


def undo(reached: Reached) -> None:
    """«Ångra» says that all is as before, and does nothing."""

    async def nothing(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingCard:
        return await bookings.show(work, seat, booking_id, now=now)

    _replace(bookings, "undo", nothing, reached)


OFF: Final[Mapping[str, Callable[[Reached], None]]] = {
    "booking": booking,
    "inbox": inbox,
    "outbox": outbox,
    "undo": undo,
}
