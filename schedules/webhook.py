"""Updates delivered by Telegram: stored first, and answered 200 only then."""

import asyncio
import hmac
import logging
import time
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from aiohttp import web

from bot import json_text
from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import Receipt
from schedules.receipt import Receiver, an_id, part

log = logging.getLogger(__name__)
LARGEST_BODY: Final = 1024 * 1024
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
BACKLOG_SECONDS: Final = 60.0
STORE_SECONDS: Final = 20.0
SHUTDOWN_SECONDS: Final = 1.0
"""How long a delivery that is under way may keep a stop waiting; Telegram delivers it again."""

Stored: TypeAlias = "asyncio.Future[None]"


class Webhook:
    """The other source of the inbox. It has no meaning without a secret: anybody could deliver.

    Deliveries that come together are stored together, in the order in which they came. Raises ValueError without a
    secret; `start` raises OSError when the port is taken.
    """

    def __init__(self, receiver: Receiver, *, secret: str, path: str, host: str, port: int) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._receiver = receiver
        self._secret = secret.encode()
        self._host, self._port = host, port
        self._started_at = time.monotonic()
        self._delivered: list[tuple[Sequence[Receipt], Stored]] = []
        self._arrived = asyncio.Event()
        self._stopping = False
        self.app = web.Application(client_max_size=LARGEST_BODY)
        self.app.router.add_post(path, self._deliver)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)

    async def start(self) -> int:
        """Listen; gives the port. Raises OSError."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._started_at = time.monotonic()
        return int(self._runner.addresses[0][1])

    async def run(self) -> None:
        """Store what is delivered until stopped; `start` comes first."""
        while not self._stopping or self._delivered:
            await self._arrived.wait()
            self._arrived.clear()
            if self._delivered:
                batch, self._delivered = self._delivered, []
                await self._store(batch)

    async def stop(self) -> None:
        """Receive no more; deliveries under way are finished."""
        await self._runner.cleanup()
        self._stopping = True
        self._arrived.set()

    async def _store(self, batch: Sequence[tuple[Sequence[Receipt], Stored]]) -> None:
        failure: DatabaseUnavailable | None = None
        try:
            await self._receiver.store([receipt for receipts, _ in batch for receipt in receipts])
        except DatabaseUnavailable as error:
            failure = error
        for _, stored in batch:
            if stored.done():
                continue  # it has been answered 503, and comes again
            if failure is None:
                stored.set_result(None)
            else:
                stored.set_exception(failure)

    async def _deliver(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("a delivery without the right secret was refused")
            return web.Response(status=403)
        try:
            update = json_text.read(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if an_id(part(update, "update_id")) is None:
            return web.Response(status=400)
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._kept(update)
        except (DatabaseUnavailable, TimeoutError) as error:
            log.warning("a delivery could not be stored (%s)", error)
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()

    async def _kept(self, update: Any) -> None:
        """Return when the update has been stored. Raises DatabaseUnavailable."""
        backlog = time.monotonic() - self._started_at < BACKLOG_SECONDS
        stored: Stored = asyncio.get_running_loop().create_future()
        self._delivered.append((self._receiver.receive([update], backlog=backlog), stored))
        self._arrived.set()
        await stored
