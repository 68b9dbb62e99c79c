"""One of four processes in which people race for slots; the parent starts all at once by a line on standard input.

    python -m tests.services.racer URL FIRST COUNT guarded|unguarded

Prints how many of its people were told that they have a slot. Unguarded, the same check is made on what was read before
the transaction, as a program does that reads, thinks and writes.
"""

import asyncio
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from unittest import mock

from bot.domain import policy
from bot.domain.errors import DatabaseUnavailable
from bot.domain.model import Edition, Person
from bot.domain.policy import SlotNotBookable, SlotTaken
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.booking import Done
from bot.domain.seat import Seat
from bot.services import booking, confirming, holding
from storage.engine import open_database
from storage.units import DatabaseUnits

NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
AT_ONCE = 8
read_before: ContextVar[SlotStatus] = ContextVar("read_before")


async def _free(units: DatabaseUnits, edition_id: int) -> list[SlotStatus]:
    async with units.read() as work:
        return [s for s in await work.slots.list_of(edition_id) if s.is_free]


async def _attempt(units: DatabaseUnits, person: Person, edition_id: int, status: SlotStatus) -> bool:
    async with units.begin() as work:
        seat = Seat(person, person.user_id, await work.chats.add_card(person.user_id))
        begun = await booking.start_booking(work, seat, edition_id, None, now=NOW)
        progress = await holding.hold_slot(work, seat, begun.draft.id, status.slot.id, now=NOW)  # type: ignore[union-attr]  # one actor, one edition: the days are asked for
        return isinstance(await confirming.confirm(work, seat, progress.draft.id, now=NOW), Done)


async def _race(units: DatabaseUnits, person: Person, edition_id: int, chance: random.Random) -> bool:
    while free := await _free(units, edition_id):
        status = chance.choice(free)
        read_before.set(status)
        with suppress(SlotTaken, SlotNotBookable, DatabaseUnavailable):
            return await _attempt(units, person, edition_id, status)
    return False


def _stale(check: Callable[..., None]) -> Callable[..., None]:
    """The check, made on what this task read before its transaction."""

    def require_bookable(_: SlotStatus, edition: Edition, now: datetime) -> None:
        check(read_before.get(), edition, now)

    return require_bookable


async def main(url: str, first: int, count: int, *, guarded: bool) -> int:
    """Let `count` people race, some at once; gives how many have a slot."""
    database = await open_database(url)
    units = DatabaseUnits(database)
    async with units.read() as work:
        people = [await work.people.with_user_id(user_id) for user_id in range(first, first + count)]
        edition = (await work.editions.list_published())[0]
    chance = random.Random(first)
    places = asyncio.Semaphore(AT_ONCE)

    async def one(person: Person) -> bool:
        async with places:
            return await _race(units, person, edition.id, chance)

    print("ready", flush=True)  # noqa: T201  # the parent waits for it
    await asyncio.to_thread(sys.stdin.readline)
    guard = policy.require_bookable if guarded else _stale(policy.require_bookable)
    with mock.patch.object(policy, "require_bookable", guard):
        won = await asyncio.gather(*(one(person) for person in people if person is not None))
    await database.close()
    return sum(won)


if __name__ == "__main__":
    print(asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), guarded=sys.argv[4] == "guarded")))  # noqa: T201  # likewise
