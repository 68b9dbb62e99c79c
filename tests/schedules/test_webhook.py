import asyncio
import hmac
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import Receipt
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from schedules import webhook
from schedules.receipt import Receiver
from schedules.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from storage.engine import Database
from storage.units import DatabaseUnits
from tests.schedules.conftest import Handlers, StandingClock

SECRET = "a-secret-of-tests"


def receiver(units: Units) -> Receiver:
    return Receiver(units, StandingClock(), flood=None, tell_flooded=Handlers().tell_flooded, wake=lambda: None)


@asynccontextmanager
async def receiving(units: Units, receives: Receiver | None = None) -> AsyncIterator[str]:
    source = Webhook(receives or receiver(units), secret=SECRET, path="/telegram", host="127.0.0.1", port=0)
    port = await source.start()
    storing = asyncio.create_task(source.run())
    try:
        yield f"http://127.0.0.1:{port}/telegram"
    finally:
        await source.stop()
        await storing


async def deliver(url: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with aiohttp.ClientSession() as http, http.post(url, data=io.BytesIO(body), headers=headers) as answer:
        return answer.status


async def waiting(database: Database) -> list[int]:
    async with DatabaseUnits(database).read() as work:
        return [row.update_id for row in await work.inbox.list_waiting(10)]


async def test_a_delivery_is_stored_once_and_then_answered(database: Database) -> None:
    async with receiving(DatabaseUnits(database)) as url:
        body = json.dumps({"update_id": 4, "message": {}}).encode()
        assert [await deliver(url, body) for _ in range(2)] == [200, 200]
    assert await waiting(database) == [4]


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", "å" * 300])
async def test_a_delivery_without_the_secret_is_refused(
    database: Database, secret: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with receiving(DatabaseUnits(database)) as url:
        assert await deliver(url, b'{"update_id": 4}', secret) == 403
    assert await waiting(database) == []
    assert "without the right secret" in caplog.text
    assert SECRET not in caplog.text
    assert not secret or secret not in caplog.text


async def test_the_secret_is_compared_in_constant_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[set[bytes]] = []

    def compare(given: bytes, secret: bytes) -> bool:
        compared.append({given, secret})
        return False

    monkeypatch.setattr(hmac, "compare_digest", compare)
    async with receiving(DatabaseUnits(database)) as url:
        assert await deliver(url, b'{"update_id": 4}') == 403
    assert compared == [{SECRET.encode()}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "4"}', 400),
        (b"[" * 100_000, 400),
        (b" " * (LARGEST_BODY + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(database: Database, body: bytes, status: int) -> None:
    async with receiving(DatabaseUnits(database)) as url:
        assert await deliver(url, body) == status
    assert await waiting(database) == []


class Unavailable:
    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[UnitOfWork]:
        if urgent:
            raise DatabaseUnavailable("full")
        yield NotImplemented

    read = begin


async def test_what_cannot_be_stored_is_answered_503(database: Database) -> None:
    async with receiving(Unavailable()) as url:
        assert await deliver(url, b'{"update_id": 4}') == 503


class Counting(Receiver):
    """Counts what comes and how often it is stored."""

    def __init__(self, units: Units) -> None:
        super().__init__(units, StandingClock(), flood=None, tell_flooded=Handlers().tell_flooded, wake=lambda: None)
        self.stored: list[list[int]] = []
        self.backlog: list[bool] = []
        self.received = 0
        self.came = asyncio.Event()

    def receive(self, updates: Sequence[Any], *, backlog: bool) -> list[Receipt]:
        self.received += 1
        self.backlog.append(backlog)
        self.came.set()
        return super().receive(updates, backlog=backlog)

    async def store(self, receipts: Sequence[Receipt]) -> None:
        await super().store(receipts)
        self.stored.append([receipt.update_id for receipt in receipts])

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while self.received < count:
                self.came.clear()
                await self.came.wait()


async def test_deliveries_that_come_together_are_stored_together_in_their_order(database: Database) -> None:
    counting = Counting(DatabaseUnits(database))
    async with receiving(DatabaseUnits(database), counting) as url:
        answers = []
        async with database.begin(urgent=True):  # the writing connection is taken, and deliveries gather behind it
            for number in range(1, 5):
                body = json.dumps({"update_id": number, "message": {}}).encode()
                answers.append(asyncio.create_task(deliver(url, body)))
                await counting.until(number)
        assert await asyncio.gather(*answers) == [200] * 4
    assert counting.stored == [[1], [2, 3, 4]]


async def test_what_is_delivered_in_the_first_minute_waited_before_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(DatabaseUnits(database))
    async with receiving(DatabaseUnits(database), counting) as url:
        await deliver(url, b'{"update_id": 4}')
        real, after = time.monotonic, webhook.BACKLOG_SECONDS
        monkeypatch.setattr(webhook, "time", SimpleNamespace(monotonic=lambda: real() + after))
        await deliver(url, b'{"update_id": 5}')
    assert (counting.backlog, after) == ([True, False], 60)


async def test_there_is_no_webhook_without_a_secret(database: Database) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(receiver(DatabaseUnits(database)), secret="", path="/", host="127.0.0.1", port=0)
