"""The local Telegram as a server on loopback."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from bot.sandbox.botapi import BotApi
from bot.sandbox.control import control_routes, person_fields
from bot.sandbox.errors import ControlError
from bot.sandbox.parsing import MAX_REQUEST_BYTES
from bot.sandbox.routing import Path as Places
from bot.sandbox.routing import Route, Routes
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.walks import checked
from bot.sandbox.world import World

_LAST_PORT = 65_535
_MAX_LINE_BYTES = 1 << 18  # some clients write all parameters into the query
_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Sandbox:
    """One local Telegram: `start` it, talk to its address, `stop` it."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.address = ""
        self._world: World | None = None
        self._runner: web.ServerRunner | None = None
        self._delivering: asyncio.Task[None] | None = None

    async def start(self) -> str:
        """Opens the state and listens; the address, as `http://127.0.0.1:8080`.

        Raises OSError when the port is in use, the state unusable (StateUnusable) or the file of people unreadable,
        ValueError when that file holds no people, the host is not loopback or the port is none.
        """
        _check_place(self.settings.host, self.settings.port)
        people, walks = _read_people(self.settings.people)
        world = self._world = World(self.settings, walks)
        try:
            _add_people(world, people)
            await self._listen(world)
        except BaseException:
            await self.stop()
            raise
        return self.address

    async def _listen(self, world: World) -> None:
        api = BotApi(world)
        served = web.Server(
            _Front(world, api).answer,
            request_factory=partial(
                web.BaseRequest, loop=asyncio.get_running_loop(), client_max_size=MAX_REQUEST_BYTES
            ),
            access_log=None,
            handler_cancellation=True,
            max_line_size=_MAX_LINE_BYTES,
        )
        runner = self._runner = web.ServerRunner(served, shutdown_timeout=0.5)
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


class _Front:
    """Takes every request: behind the check of Host and Origin, the bot's go the short way."""

    def __init__(self, world: World, api: BotApi) -> None:
        self._api = api
        self._routes = Routes(
            [Route("GET", "/", _page), Route("GET", "/static/{name}", _static), *control_routes(world)]
        )

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Whatever it asks for."""
        if _is_foreign(request):
            return web.json_response({"error": "this server answers its own page and local programs only"}, status=403)
        path = request.path
        if path.startswith("/bot"):
            return await self._api.handle(request, path)
        if path.startswith("/file/bot"):
            return await self._api.fetch(request, path)
        try:
            handler, places = self._routes.find(request.method, request.rel_url.raw_path)
        except web.HTTPException as error:
            return web.json_response({"error": error.reason}, status=error.status)
        response = await handler(request, places)
        if not response.prepared:
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
        return response


async def _page(_request: web.BaseRequest, _places: Places) -> web.StreamResponse:
    return _file("index.html")


async def _static(_request: web.BaseRequest, places: Places) -> web.StreamResponse:
    return _file(places["name"])


def _file(name: str) -> web.FileResponse:
    for file in _STATIC.iterdir():
        if file.name == name:
            return web.FileResponse(file)
    raise web.HTTPNotFound


def _is_foreign(request: web.BaseRequest) -> bool:
    """Against DNS rebinding, and requests that a page of another site forges; links to the page itself may be followed."""
    headers = request.headers
    host, origin = headers.get("Host", ""), headers.get("Origin")
    if not _is_loopback(host) or (origin is not None and origin.lower() != f"http://{host.lower()}"):
        return True
    return headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and (request.method, request.path) != (
        "GET",
        "/",
    )


@lru_cache
def _is_loopback(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").lower()
    if name in {"127.0.0.1", "localhost"} or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _check_place(host: str, port: int) -> None:
    if not _is_loopback(f"[{host}]" if ":" in host else host):
        raise ValueError(f"the local Telegram listens on loopback only, not on {host}")
    if not 0 <= port <= _LAST_PORT:
        raise ValueError(f"a port is 0 to {_LAST_PORT}, not {port}")


def _read_people(path: Path | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The people of a file, and the walks that it may come with."""
    if path is None:
        return [], []
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        people, walks = (read["people"], read.get("walks", [])) if isinstance(read, dict) else (read, [])
        return [person_fields(person, new=True) for person in people], checked(walks)
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
