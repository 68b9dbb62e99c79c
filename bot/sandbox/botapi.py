"""The Bot API over HTTP: from a request to the answer in its envelope."""

import asyncio
import time
from typing import Any

from aiohttp import web

from bot.sandbox.errors import BadRequest, BotApiError
from bot.sandbox.facts import Field, Reading
from bot.sandbox.faults import Fault
from bot.sandbox.files import Source
from bot.sandbox.methods import served
from bot.sandbox.methods.call import Call
from bot.sandbox.parsing import RawRequest, Upload, read_request
from bot.sandbox.store import packed
from bot.sandbox.world import World

_LOGGED_OUT_SECONDS = 600
_LOGGED_TEXT = 2_000
_LOGGED_ITEMS = 10
_OLDER = {
    "reply_to_message_id": Field(required=False, types=("Integer",)),
    "allow_sending_without_reply": Field(required=False, types=("Boolean",)),
    "disable_web_page_preview": Field(required=False, types=("Boolean",)),
}
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
    "media": "there are no messages to send",
}
_SENT_FILES = {f"send{kind.capitalize()}": kind for kind in ("photo", "document", "voice", "video", "audio")}


class BotApi:
    """Answers what the bot asks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods = served()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request to `/bot<token>/<method>`."""
        if request.match_info["token"] != self._world.settings.token:
            return _answered(BotApiError(401, "Unauthorized").envelope())
        method = self._world.facts.method_names.get(request.match_info["method"].lower())
        if method is None:
            return _answered(BotApiError(404, "Not Found").envelope())
        fault = self._world.faults.take(method)
        if fault is not None and (refused := await self._before(request, fault)):
            return refused
        raw = RawRequest()
        try:
            raw = await read_request(request)
        except BotApiError as error:
            answer = error.envelope()
            self._log(method, raw, answer, 0.0, [])
        else:
            answer = await self.answer(method, raw, fault.refusal() if fault else None)
        if fault is not None and fault.lost:
            return _closed(request)
        return _answered(answer)

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """One request to `/file/bot<token>/<file_path>`."""
        if request.match_info["token"] != self._world.settings.token:
            return _answered(BotApiError(401, "Unauthorized").envelope())
        found = self._world.files.content(request.match_info["path"])
        if found is None:
            return _answered(BotApiError(404, "Not Found").envelope())
        return web.Response(body=found[0], content_type="application/octet-stream")

    async def _before(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        if fault.reset:
            return _closed(request)
        if fault.hang:
            await asyncio.sleep(fault.hang)
            return _closed(request)
        if fault.latency:
            await asyncio.sleep(fault.latency)
        return None

    async def carry_out(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """A call that came in a webhook's answer."""
        known = self._world.facts.method_names.get(method.lower())
        if known is None:
            return BotApiError(404, "Not Found").envelope()
        return await self.answer(known, RawRequest(parameters), None)

    async def answer(self, method: str, raw: RawRequest, refusal: BotApiError | None) -> dict[str, Any]:
        """The envelope for a call, logged."""
        started = time.perf_counter()
        reading = Reading(self._world.facts)
        answer: dict[str, Any]
        try:
            if refusal is not None:
                raise refusal
            answer = {"ok": True, "result": await self._result(method, raw, reading)}
        except BotApiError as error:
            answer = error.envelope()
        self._log(method, raw, answer, (time.perf_counter() - started) * 1000, reading.unknown)
        return answer

    async def _result(self, method: str, raw: RawRequest, reading: Reading) -> Any:
        self._check_session()
        if method not in self._methods and method != "getUpdates":
            raise BadRequest(f"the local Telegram does not serve {method}")
        parameters = self._read(method, raw, reading)
        if method == "getUpdates":
            return await self._world.updates.poll(parameters)
        call = Call(self._world, method, parameters, await self._sources(method, parameters, raw.files))
        with self._world.transaction():
            return self._methods[method](call)

    def _check_session(self) -> None:
        world = self._world
        if world.logged_out_at is not None:
            if (world.clock.now() - world.logged_out_at).total_seconds() < _LOGGED_OUT_SECONDS:
                raise BotApiError(400, "Logged out")
            world.logged_out_at = None

    def _read(self, method: str, raw: RawRequest, reading: Reading) -> dict[str, Any]:
        older = {
            name: reading.value(raw.parameters[name], known.types, name)
            for name, known in _OLDER.items()
            if raw.parameters.get(name)
        }
        given = {name: value for name, value in raw.parameters.items() if name not in _OLDER}
        parameters = reading.parameters(method, given)
        fields = self._world.facts.methods[method]
        if self._world.limits.settings.strict and reading.unknown:
            raise BadRequest(f"unknown parameters: {', '.join(reading.unknown)}")
        for name in self._world.facts.required[method]:
            if name not in parameters and name not in raw.files:
                _check_missing(method, name)
        _translate(older, fields, parameters)
        return parameters

    async def _sources(self, method: str, parameters: dict[str, Any], uploads: dict[str, Upload]) -> list[Source]:
        files = self._world.files
        if (kind := _SENT_FILES.get(method)) is not None:
            return [await files.source(kind, parameters.get(kind), uploads, kind)]
        if method == "editMessageMedia":
            media = parameters["media"]
            return [await files.source(_kind(media), media["media"], uploads, "media")]
        if method == "sendMediaGroup":
            return [await files.source(_kind(item), item["media"], uploads, "") for item in parameters["media"]]
        return []

    def _log(self, method: str, raw: RawRequest, answer: dict[str, Any], ms: float, unknown: list[str]) -> None:
        world = self._world
        call = {
            "id": world.calls[-1]["id"] + 1 if world.calls else 1,
            "at": world.clock.now().isoformat(),
            "method": method,
            "parameters": {name: _short(value) for name, value in raw.parameters.items()},
            "files": {name: {"name": file.name, "size": len(file.content)} for name, file in raw.files.items()},
            "answer": _logged(answer),
            "ms": round(ms, 2),
            "unknown": unknown,
        }
        world.calls.append(call)
        world.events.publish("call", call)


def _kind(medium: dict[str, Any]) -> str:
    kind: str = medium["type"]
    if kind not in {"photo", "document", "video", "audio", "animation"}:
        raise BadRequest(f'type "{kind}" of media is unsupported')
    return kind


def _translate(older: dict[str, Any], fields: dict[str, Field], parameters: dict[str, Any]) -> None:
    """Parameters of older versions as their successors."""
    if "reply_to_message_id" in older and "reply_parameters" in fields:
        reply = {"message_id": older["reply_to_message_id"]}
        if older.get("allow_sending_without_reply"):
            reply["allow_sending_without_reply"] = True
        parameters.setdefault("reply_parameters", reply)
    if older.get("disable_web_page_preview") and "link_preview_options" in fields:
        parameters.setdefault("link_preview_options", {"is_disabled": True})


def _check_missing(method: str, name: str) -> None:
    if method == "setWebhook":
        return
    if name in _SENT_FILES.values():
        raise BadRequest(f"there is no {name} in the request")
    raise BadRequest(_MISSING.get(name, f'parameter "{name}" is required'))


def _logged(answer: dict[str, Any]) -> dict[str, Any]:
    """Long lists are cut, so that the log of a busy bot stays small."""
    result = answer.get("result")
    if not isinstance(result, list) or len(result) <= _LOGGED_ITEMS:
        return answer
    return {**answer, "result": result[:_LOGGED_ITEMS], "left_out": len(result) - _LOGGED_ITEMS}


def _short(value: Any) -> Any:
    return value[:_LOGGED_TEXT] + "…" if isinstance(value, str) and len(value) > _LOGGED_TEXT else value


def _answered(answer: dict[str, Any]) -> web.Response:
    headers = {}
    if "parameters" in answer and "retry_after" in answer["parameters"]:
        headers["Retry-After"] = str(answer["parameters"]["retry_after"])
    status = 200 if answer["ok"] else answer["error_code"]
    return web.Response(body=packed(answer).encode(), status=status, headers=headers, content_type="application/json")


def _closed(request: web.Request) -> web.Response:
    """Breaks the connection off; the answer goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
