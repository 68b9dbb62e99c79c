"""The local Telegram as a server on loopback."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from bot.sandbox.botapi import BotApi
from bot.sandbox.control import Control, person_fields
from bot.sandbox.errors import ControlError
from bot.sandbox.parsing import MAX_REQUEST_BYTES
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.walks import read_walks
from bot.sandbox.world import World

_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sandbox:
    """One local Telegram: `start` it, talk to its address, `stop` it."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.address = ""
        self._world: World | None = None
        self._runner: web.AppRunner | None = None
        self._delivering: asyncio.Task[None] | None = None

    async def start(self) -> str:
        """Opens the state and listens; the address, as `http://127.0.0.1:8080`.

        Raises OSError when the port is in use, the state unusable (StateUnusable) or the file of people unreadable,
        ValueError when that file holds no people or the host is not loopback.
        """
        _check_loopback(self.settings.host)
        people = _read_people(self.settings.people)
        world = self._world = World(self.settings)
        try:
            _add_people(world, people)
            await self._listen(world)
        except BaseException:
            await self.stop()
            raise
        return self.address

    async def _listen(self, world: World) -> None:
        api = BotApi(world)
        runner = self._runner = web.AppRunner(
            build_app(world, api), access_log=None, handler_cancellation=True, shutdown_timeout=0.5
        )
        await runner.setup()
        site = web.TCPSite(runner, self.settings.host, self.settings.port)
        await site.start()
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        self.address = f"http://{host}:{runner.addresses[0][1]}"
        self._delivering = asyncio.create_task(world.webhooks.run(api.carry_out))

    async def polled(self) -> None:
        """Waits until the bot has asked for updates."""
        if self._world is not None:
            await self._world.updates.polled.wait()

    async def stop(self) -> None:
        """Ends what waits, closes the connections and the state."""
        if self._world is not None:
            self._world.events.close()
            await self._world.moves.cancel()
        if self._delivering is not None:
            self._delivering.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivering
            self._delivering = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._world is not None:
            self._world.close()
            self._world = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


async def serve(settings: SandboxSettings, ready: Callable[[str], None] | None = None) -> None:
    """Serves until it is cancelled; `ready` is told the address. Raises as `Sandbox.start`."""
    async with Sandbox(settings) as sandbox:
        if ready is not None:
            ready(sandbox.address)
        await asyncio.Event().wait()


def build_app(world: World, api: BotApi) -> web.Application:
    """Every route, behind the check of Host and Origin."""
    app = web.Application(client_max_size=MAX_REQUEST_BYTES, middlewares=[_guard])
    app.add_routes(
        [
            web.route("*", "/bot{token}/{method}", api.handle),
            web.get("/file/bot{token}/{path:.+}", api.fetch),
            web.get("/", _page),
            *Control(world).routes(),
        ]
    )
    if _STATIC.is_dir():
        app.router.add_static("/static/", _STATIC)
    app.on_response_prepare.append(_protect)
    return app


async def _page(_request: web.Request) -> web.StreamResponse:
    page = _STATIC / "index.html"
    if not page.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(page)


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    if not request.path.startswith("/bot"):
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only loopback names, and no page of another site: against DNS rebinding and forged requests."""
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    if not _is_loopback(host) or (origin is not None and origin.lower() != f"http://{host.lower()}"):
        return web.json_response({"error": "this server answers its own page and local programs only"}, status=403)
    return await handler(request)


def _is_loopback(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").lower()
    if name in {"127.0.0.1", "localhost"} or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _check_loopback(host: str) -> None:
    if not _is_loopback(f"[{host}]" if ":" in host else host):
        raise ValueError(f"the local Telegram listens on loopback only, not on {host}")


def _read_people(path: Path | None) -> list[dict[str, Any]]:
    if path is None:
        return []
    try:
        people = json.loads(path.read_text(encoding="utf-8"))
        people = people["people"] if isinstance(people, dict) else people
        read_walks(path)
        return [person_fields(person, new=True) for person in people]
    except (ValueError, TypeError, KeyError, AttributeError, ControlError) as error:
        raise ValueError(f"{path} holds no list of people: {error}") from error


def _add_people(world: World, people: list[dict[str, Any]]) -> None:
    """Those of the file who are not there yet; a restart changes nobody."""
    with world.transaction():
        known = {person["id"] for person in world.chats.people()}
        names = {(person["first_name"], person["last_name"]) for person in world.chats.people()}
        for fields in people:
            by_id = fields.get("id")
            if by_id in known or (by_id is None and (fields["first_name"], fields.get("last_name")) in names):
                continue
            world.chats.new_person(fields)
