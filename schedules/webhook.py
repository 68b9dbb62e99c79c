"""Updates delivered by Telegram: stored first, and answered 200 only then."""

import asyncio
import hmac
import json
import logging
import time
from typing import Final

from aiohttp import web

from bot.domain.errors import DatabaseUnavailable
from schedules.receipt import Receiver, an_id, part

log = logging.getLogger(__name__)
LARGEST_BODY: Final = 1024 * 1024
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
BACKLOG_SECONDS: Final = 60.0
STORE_SECONDS: Final = 20.0


class Webhook:
    """The other source of the inbox. It has no meaning without a secret: anybody could deliver.

    Raises ValueError without one; `start` raises OSError when the port is taken.
    """

    def __init__(self, receiver: Receiver, *, secret: str, path: str, host: str, port: int) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._receiver = receiver
        self._secret = secret.encode()
        self._host, self._port = host, port
        self._started_at = time.monotonic()
        self._stopped = asyncio.Event()
        self.app = web.Application(client_max_size=LARGEST_BODY)
        self.app.router.add_post(path, self._deliver)
        self._runner = web.AppRunner(self.app, access_log=None)

    async def start(self) -> int:
        """Listen; gives the port. Raises OSError."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._started_at = time.monotonic()
        return int(self._runner.addresses[0][1])

    async def run(self) -> None:
        """Receive until stopped; `start` comes first."""
        await self._stopped.wait()

    async def stop(self) -> None:
        """Receive no more; deliveries under way are finished."""
        await self._runner.cleanup()
        self._stopped.set()

    async def _deliver(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("a delivery without the right secret was refused")
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if an_id(part(update, "update_id")) is None:
            return web.Response(status=400)
        backlog = time.monotonic() - self._started_at < BACKLOG_SECONDS
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._receiver.store(self._receiver.receive([update], backlog=backlog))
        except (DatabaseUnavailable, TimeoutError) as error:
            log.warning("a delivery could not be stored (%s)", error)
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()
