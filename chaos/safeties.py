"""The bot's safeties, each taken off for a negative control: the harness must see what is lost then."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

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


def booking() -> None:
    """Whoever presses has the slot (the harness has dropped the index)."""

    def require_bookable(status: SlotStatus, edition: Edition, now: datetime) -> None:
        """Anything goes."""

    policy.require_bookable = require_bookable


def inbox() -> None:
    """Updates are confirmed while they are still in memory, as libraries do it."""
    store, tasks = Receiver.store, set[asyncio.Task[None]]()

    async def later(self: Receiver, receipts: Sequence[Receipt]) -> None:
        await asyncio.sleep(MEMORY_SECONDS)
        await store(self, receipts)

    async def at_once(self: Receiver, receipts: Sequence[Receipt]) -> None:
        task = asyncio.create_task(later(self, receipts))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    Receiver.store = at_once  # type: ignore[method-assign]  # that is the point


def outbox() -> None:
    """Rows count as sent as soon as somebody has taken them to send."""
    claim = OutboxRecords.claim

    async def forgotten(
        self: OutboxRecords, claimed_by: str, priority: Priority, limit: int, *, except_chats: Collection[int]
    ) -> list[Delivery]:
        rows = await claim(self, claimed_by, priority, limit, except_chats=except_chats)
        await self.session.run(_DONE, ids=[row.id for row in rows])
        return rows

    OutboxRecords.claim = forgotten  # type: ignore[method-assign]  # that is the point


def undo() -> None:
    """«Ångra» says that all is as before, and does nothing."""

    async def nothing(work: UnitOfWork, seat: Seat, booking_id: int, *, now: datetime) -> BookingCard:
        return await bookings.show(work, seat, booking_id, now=now)

    bookings.undo = nothing


OFF: Final[Mapping[str, Callable[[], None]]] = {"booking": booking, "inbox": inbox, "outbox": outbox, "undo": undo}
