"""The Bot API over HTTP: from a request to the answer in its envelope."""

import asyncio
import time
from typing import Any

from aiohttp import web

from bot.sandbox.answers import answered
from bot.sandbox.errors import BadRequest, BotApiError, NotServed
from bot.sandbox.faults import Fault
from bot.sandbox.files import Source
from bot.sandbox.left_out import REFUSED
from bot.sandbox.methods import served
from bot.sandbox.methods.call import Call
from bot.sandbox.methods.sending import SENT_FILES
from bot.sandbox.parsing import RawRequest, Upload, read_request
from bot.sandbox.store import packed
from bot.sandbox.world import World

_LOGGED_OUT_SECONDS = 600
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "media": "there are no messages to send",
    "user_id": "invalid user_id specified",
}
_WITH_FILES = frozenset({*SENT_FILES, "editMessageMedia", "sendMediaGroup"})
_FILE_PARAMETERS = frozenset(SENT_FILES.values())
_MEDIA_KINDS = frozenset({"photo", "document", "video", "audio", "animation"})


class BotApi:
    """Answers what the bot asks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods = served()
        self._prefix = f"/bot{world.settings.token}/"

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """One request to `/bot<token>/<method>`."""
        if not path.startswith(self._prefix):
            is_call = path.count("/") > 1
            return _refused(request, _UNAUTHORIZED if is_call else _NOT_FOUND)
        method = self._world.facts.method_names.get(path[len(self._prefix) :].lower())
        if method is None:
            return _refused(request, _NOT_FOUND)
        fault = self._world.faults.take(method)
        if fault is not None and (refused := await _before(request, fault)):
            return refused
        try:
            raw = await read_request(request)
        except BotApiError as error:
            answer = error.envelope()
            body = self._log(method, RawRequest(), answer, 0.0, [])
        else:
            answer, body = await self._answer(method, raw, fault.refusal() if fault else None)
        if fault is not None and fault.lost:
            return _closed(request)
        return _response(request, answer, body)

    async def fetch(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """One request to `/file/bot<token>/<file_path>`."""
        prefix = f"/file{self._prefix}"
        if not path.startswith(prefix):
            return _refused(request, _UNAUTHORIZED)
        found = self._world.files.content(path[len(prefix) :])
        if found is None:
            return _refused(request, _NOT_FOUND)
        return web.Response(body=found[0], content_type="application/octet-stream")

    async def carry_out(self, method: str, raw: RawRequest) -> None:
        """A call that came in a webhook's answer."""
        if (known := self._world.facts.method_names.get(method.lower())) is not None:
            await self._answer(known, raw, None)

    async def _answer(self, method: str, raw: RawRequest, refusal: BotApiError | None) -> tuple[dict[str, Any], bytes]:
        """The envelope for a call, also as JSON; logged."""
        started = time.perf_counter()
        unknown: list[str] = []
        answer: dict[str, Any]
        try:
            if refusal is not None:
                raise refusal
            answer = {"ok": True, "result": await self._result(method, raw, unknown)}
        except BotApiError as error:
            answer = error.envelope()
        return answer, self._log(method, raw, answer, (time.perf_counter() - started) * 1000, unknown)

    async def _result(self, method: str, raw: RawRequest, unknown: list[str]) -> Any:
        self._check_session()
        carry_out = self._methods.get(method)
        if carry_out is None and method != "getUpdates":
            raise NotServed(method)
        parameters = self._read(method, raw, unknown)
        if carry_out is None:
            return await self._world.updates.poll(parameters)
        sources = await self._sources(method, parameters, raw.files) if method in _WITH_FILES else []
        call = Call(self._world, method, parameters, sources)
        with self._world.transaction():
            return carry_out(call)

    def _check_session(self) -> None:
        world = self._world
        if world.logged_out_at is not None:
            if (world.clock.now() - world.logged_out_at).total_seconds() < _LOGGED_OUT_SECONDS:
                raise BotApiError(400, "Logged out")
            world.logged_out_at = None

    def _read(self, method: str, raw: RawRequest, unknown: list[str]) -> dict[str, Any]:
        parameters = self._world.readers.parameters(method, raw.parameters, unknown)
        if raw.files and (refused := raw.files.keys() & REFUSED):
            raise NotServed(min(refused))
        if unknown and self._world.limits.settings.strict:
            raise BadRequest(f"unknown parameters: {', '.join(unknown)}")
        for name in self._world.facts.required[method]:
            if name not in parameters and name not in raw.files:
                _check_missing(method, name)
        return parameters

    async def _sources(self, method: str, parameters: dict[str, Any], uploads: dict[str, Upload]) -> list[Source]:
        files = self._world.files
        if (kind := SENT_FILES.get(method)) is not None:
            return [await files.source(kind, parameters.get(kind), uploads, kind)]
        if method == "editMessageMedia":
            media = parameters["media"]
            return [await files.source(_kind(media), media["media"], uploads, "media")]
        return [await files.source(_kind(item), item["media"], uploads, "") for item in parameters["media"]]

    def _log(self, method: str, raw: RawRequest, answer: dict[str, Any], ms: float, unknown: list[str]) -> bytes:
        """Writes the call down; the answer as JSON, which is rendered once for the bot and the log."""
        world, ok = self._world, answer["ok"]
        came = world.messages.as_json(answer["result"]) if ok else packed(answer)
        touched = tuple(world.messages.touched) if ok and method != "getUpdates" else ()
        call = world.calls.add(
            world.clock.timestamp(), method, raw, came, is_result=ok, ms=ms, unknown=unknown, messages=touched
        )
        world.events.publish("call", call)
        return b'{"ok":true,"result":%b}' % came if ok else came


_UNAUTHORIZED = BotApiError(401, "Unauthorized")
_NOT_FOUND = BotApiError(404, "Not Found")


def _kind(medium: dict[str, Any]) -> str:
    kind: str = medium["type"]
    if kind not in _MEDIA_KINDS:
        raise BadRequest(f'type "{kind}" of media is unsupported')
    return kind


def _check_missing(method: str, name: str) -> None:
    if method == "setWebhook":
        return
    if name in _FILE_PARAMETERS:
        raise BadRequest(f"there is no {name} in the request")
    raise BadRequest(_MISSING.get(name, f'parameter "{name}" is required'))


async def _before(request: web.BaseRequest, fault: Fault) -> web.StreamResponse | None:
    if fault.reset:
        return _closed(request)
    if fault.hang:
        await asyncio.sleep(fault.hang)
        return _closed(request)
    if fault.latency:
        await asyncio.sleep(fault.latency)
    return None


def _refused(request: web.BaseRequest, error: BotApiError) -> web.StreamResponse:
    answer = error.envelope()
    return _response(request, answer, packed(answer))


def _response(request: web.BaseRequest, answer: dict[str, Any], body: bytes) -> web.StreamResponse:
    if answer["ok"]:
        return answered(request, body)
    retry_after = answer.get("parameters", {}).get("retry_after")
    return answered(request, body, status=answer["error_code"], retry_after=retry_after)


def _closed(request: web.BaseRequest) -> web.Response:
    """Breaks the connection off; the answer goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
