import asyncio
from collections.abc import Sequence
from typing import Any

from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import NotSent, Receipt, Refused
from schedules.polling import ALLOWED, Polling
from schedules.receipt import Receiver
from storage.engine import Database
from storage.units import DatabaseUnits
from tests.schedules.conftest import Handlers, StandingClock


class Script:
    """Answers to getUpdates in turn, then silence; keeps the offsets asked for."""

    def __init__(self, *answers: list[Any] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.over = asyncio.Event()

    async def updates(
        self, offset: int | None, *, wait_seconds: int, allowed: Sequence[str], limit: int = 100
    ) -> list[Any]:
        assert (wait_seconds, allowed, limit) == (25, ALLOWED, 100)
        self.offsets.append(offset)
        if not self.answers:
            self.over.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Kept(Receiver):
    """Keeps what is stored; the first `failures` times the database is away."""

    def __init__(self, database: Database, failures: int = 0) -> None:
        super().__init__(
            DatabaseUnits(database),
            StandingClock(),
            flood=None,
            tell_flooded=Handlers().tell_flooded,
            wake=lambda: None,
        )
        self.failures = failures
        self.events: list[str] = []
        self.backlog: list[bool] = []

    def receive(self, updates: Sequence[Any], *, backlog: bool) -> list[Receipt]:
        self.backlog.append(backlog)
        return super().receive(updates, backlog=backlog)

    async def store(self, receipts: Sequence[Receipt]) -> None:
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailable("away")
        await super().store(receipts)
        self.events.append(f"stored {[receipt.update_id for receipt in receipts]}")


def numbered(*numbers: int) -> list[Any]:
    return [{"update_id": number} for number in numbers]


async def polled(script: Script, receiver: Kept) -> None:
    polling = Polling(script, receiver)
    task = asyncio.create_task(polling.run())
    async with asyncio.timeout(10):
        await script.over.wait()
        await polling.stop()
        await task


async def test_updates_are_confirmed_only_after_they_are_stored(database: Database) -> None:
    script, receiver = Script(numbered(7, 8), numbered(9)), Kept(database, failures=2)
    await polled(script, receiver)
    assert (script.offsets, receiver.events) == ([None, 9, 10], ["stored [7, 8]", "stored [9]"])


async def test_numbers_may_begin_again_lower(database: Database) -> None:
    script = Script(numbered(900), numbered(5), [])
    await polled(script, Kept(database))
    assert script.offsets == [None, 901, 6, 6]


async def test_a_failed_fetch_is_tried_again(database: Database) -> None:
    script = Script(NotSent("x"), Refused(409, "Conflict"), numbered(1))
    await polled(script, Kept(database))
    assert script.offsets == [None, None, None, 2]


async def test_an_update_without_a_number_stops_nothing(database: Database) -> None:
    script, receiver = Script([None, *numbered(4)], [{"x": 1}], numbered(5)), Kept(database)
    await polled(script, receiver)
    assert receiver.events == ["stored [4]", "stored []", "stored [5]"]


async def test_what_waited_ends_with_the_first_batch_that_is_not_full_and_comes_again_with_each_failed_fetch(
    database: Database,
) -> None:
    full, few = numbered(*range(1, 101)), numbered(101, 102)
    script, receiver = Script(full, full, few, full, few, NotSent("x"), few, few), Kept(database)
    await polled(script, receiver)
    assert receiver.backlog == [True, True, True, False, False, True, False]
