"""The control interface: JSON over HTTP for the page, tests and demos."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import queries
from bot.sandbox.acts import Acts
from bot.sandbox.chats import Person
from bot.sandbox.errors import BotApiError, ControlError
from bot.sandbox.files import looked_into
from bot.sandbox.limits import LimitSettings
from bot.sandbox.methods.profile import commands_shown
from bot.sandbox.moves import read_time
from bot.sandbox.parsing import RawRequest, read_multipart
from bot.sandbox.search import holding
from bot.sandbox.walks import read_walks
from bot.sandbox.world import World

Body = dict[str, Any]
Answer = Callable[[web.Request, Body], Awaitable[Any]]

_KINDS = {"photo", "document", "voice", "audio", "video", "sticker"}
_INLINE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
HEARTBEAT_SECONDS = 15.0


class Control:
    """Answers under `/control/`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)

    def routes(self) -> list[web.RouteDef]:
        """Every path of the interface."""
        return [
            web.get("/control/state", self._json(self._state)),
            web.get("/control/walks", self._json(self._walks)),
            web.get("/control/chats/{chat_id}/messages", self._json(self._messages)),
            web.get("/control/chats/{chat_id}/messages/{message_id}/media", self._media),
            web.get("/control/chats/{chat_id}/search", self._json(self._search)),
            web.get("/control/chats/{chat_id}/commands", self._json(self._commands)),
            web.get("/control/events", self._events),
            web.post("/control/people", self._json(self._create)),
            web.patch("/control/people/{id}", self._json(self._change)),
            web.post("/control/people/{id}/start", self._json(self._start)),
            web.post("/control/people/{id}/send", self._json(self._send)),
            web.post("/control/people/{id}/upload", self._upload),
            web.post("/control/people/{id}/location", self._json(self._location)),
            web.post("/control/people/{id}/contact", self._json(self._contact)),
            web.post("/control/people/{id}/edit", self._json(self._edit)),
            web.post("/control/people/{id}/press", self._json(self._press)),
            web.post("/control/people/{id}/read", self._json(self._read)),
            web.get("/control/queries/{id}", self._json(self._query)),
            web.get("/control/calls", self._json(self._calls)),
            web.get("/control/clock", self._json(self._clock)),
            web.post("/control/clock/move", self._json(self._move)),
            web.post("/control/clock/set", self._json(self._set_clock)),
            web.post("/control/clock/freeze", self._json(self._freeze)),
            web.post("/control/clock/run", self._json(self._run)),
            web.post("/control/clock/agent", self._json(self._agent)),
            web.post("/control/faults", self._json(self._add_fault)),
            web.get("/control/faults", self._json(self._list_faults)),
            web.delete("/control/faults", self._json(self._forget_faults)),
            web.post("/control/limits", self._json(self._limits)),
            web.post("/control/updates", self._json(self._inject)),
            web.post("/control/reset", self._json(self._reset)),
            web.get("/control/snapshot", self._json(self._snapshot)),
        ]

    def _json(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            try:
                return web.json_response(await answer(request, await _body(request)))
            except ControlError as error:
                return refused(error)

        return handle

    # ------------------------------------------------------------------- seeing

    async def _state(self, _request: web.Request, _body: Body) -> Any:
        people = self._world.chats.people()
        clock = self._world.moves.state()
        return {
            "now": clock["now"],
            "clock": {"running": clock["running"], "moving_to": clock["moving_to"]},
            "limits": self._world.limits.settings.as_dict(),
            "bot": self._world.bot_user(),
            "people": people,
            "chats": [self._world.chats.summary(person) for person in people if person["started"]],
            "event_id": self._world.events.last_id,
        }

    async def _walks(self, _request: web.Request, _body: Body) -> Any:
        return {"walks": read_walks(self._world.settings.people)}

    async def _messages(self, request: web.Request, _body: Body) -> Any:
        chat_id = _number(request.match_info["chat_id"])
        page = self._world.messages.page(
            chat_id,
            before=_asked(request, "before"),
            after=_asked(request, "after"),
            limit=_asked(request, "limit") or 100,
        )
        return {"messages": page}

    async def _search(self, request: web.Request, _body: Body) -> Any:
        chat_id, words = _number(request.match_info["chat_id"]), request.query.get("text", "").strip()
        return {"message_ids": holding(self._world.store, chat_id, words) if words else []}

    async def _media(self, request: web.Request) -> web.Response:
        try:
            person = self._person(request.match_info["chat_id"])
            message = self._acts.message(person, _number(request.match_info["message_id"]))
            return self._file_of(message)
        except ControlError as error:
            return refused(error)

    def _file_of(self, message: dict[str, Any]) -> web.Response:
        for kind in (*_KINDS, "animation"):
            if kind in message:
                part = message[kind][-1] if kind == "photo" else message[kind]
                kept = self._world.files.find(part["file_id"])
                found = self._world.files.content(kept["path"]) if kept else None
                if found:
                    return _bytes(found, part.get("file_name") or f"{kind}_{message['message_id']}")
        raise ControlError(404, "the message holds no file")

    async def _commands(self, request: web.Request, _body: Body) -> Any:
        return {"commands": commands_shown(self._world, self._person(request.match_info["chat_id"]))}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            asked = request.headers.get("Last-Event-ID") or request.query.get("after")
            after = _number(asked) if asked else None
        except ControlError as error:
            return refused(error)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b": here\n\n")
        async for event in self._world.events.stream(after, HEARTBEAT_SECONDS):
            await response.write(event.encoded() if event else b": still here\n\n")
        return response

    async def _query(self, request: web.Request, _body: Body) -> Any:
        found = queries.find(self._world, request.match_info["id"])
        if found is None:
            raise ControlError(404, "there is no such query")
        return {name: found[name] for name in ("answered", "text", "show_alert", "url")}

    async def _calls(self, request: web.Request, _body: Body) -> Any:
        after, limit = _asked(request, "after") or 0, _asked(request, "limit") or 100
        found = [call for call in self._world.calls if call["id"] > after]
        return {"calls": found[:limit] if after else found[-limit:]}

    async def _snapshot(self, _request: web.Request, _body: Body) -> Any:
        return self._world.snapshot()

    # ------------------------------------------------------------------- people

    def _person(self, text: Any) -> Person:
        person = self._world.chats.person(_number(text))
        if person is None:
            raise ControlError(404, "there is no such person")
        return person

    async def _create(self, _request: web.Request, body: Body) -> Any:
        fields = person_fields(body, new=True)
        with self._world.transaction():
            if "id" in fields and self._world.chats.person(fields["id"]):
                raise ControlError(409, "there is a person with that id")
            return self._world.chats.new_person(fields)

    async def _change(self, request: web.Request, body: Body) -> Any:
        fields = person_fields(body, new=False)
        with self._world.transaction():
            return self._acts.change(self._person(request.match_info["id"]), fields)

    async def _start(self, request: web.Request, body: Body) -> Any:
        with self._world.transaction():
            return self._acts.start(
                self._person(request.match_info["id"]), _text(body, "payload", optional=True) or None
            )

    async def _send(self, request: web.Request, body: Body) -> Any:
        text = _text(body, "text")
        with self._world.transaction():
            person = self._person(request.match_info["id"])
            if body.get("chat_id") not in (None, person["id"]):
                raise ControlError(404, "there is no such chat")
            reply_to = body.get("reply_to_message_id")
            return self._acts.send(person, text or "", None if reply_to is None else _number(reply_to))

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            raw = RawRequest()
            read_multipart(raw, request.headers.get("Content-Type", ""), await request.read())
            return web.json_response(await self._uploaded(request.match_info["id"], raw))
        except ControlError as error:
            return refused(error)
        except BotApiError as error:
            return refused(ControlError(400, error.description))

    async def _uploaded(self, person_id: str, raw: RawRequest) -> Any:
        kind, file = raw.parameters.get("kind", "document"), raw.files.get("file")
        if kind not in _KINDS or file is None:
            raise ControlError(400, "an upload needs a kind and a file")
        source = await looked_into(kind, file)
        told = {"duration": _number(raw.parameters.get("duration", 0))}
        with self._world.transaction():
            person = self._person(person_id)
            return self._acts.upload(person, kind, source, raw.parameters.get("caption", ""), told)

    async def _location(self, request: web.Request, body: Body) -> Any:
        place = {name: _degrees(body, name) for name in ("latitude", "longitude")}
        with self._world.transaction():
            return self._acts.content(self._person(request.match_info["id"]), {"location": place})

    async def _contact(self, request: web.Request, body: Body) -> Any:
        contact = {name: _text(body, name) for name in ("phone_number", "first_name")}
        with self._world.transaction():
            person = self._person(request.match_info["id"])
            return self._acts.content(person, {"contact": {**contact, "user_id": person["id"]}})

    async def _edit(self, request: web.Request, body: Body) -> Any:
        text = _text(body, "text")
        with self._world.transaction():
            return self._acts.edit(self._person(request.match_info["id"]), _number(body.get("message_id")), text or "")

    async def _press(self, request: web.Request, body: Body) -> Any:
        data, label = _text(body, "data", optional=True), _text(body, "text", optional=True)
        with self._world.transaction():
            person = self._person(request.match_info["id"])
            return {"callback_query_id": self._acts.press(person, _number(body.get("message_id")), data, label)}

    async def _read(self, request: web.Request, body: Body) -> Any:
        with self._world.transaction():
            self._acts.read(self._person(request.match_info["id"]), _number(body.get("message_id")))
        return {}

    # -------------------------------------------------------------------- clock

    async def _clock(self, _request: web.Request, _body: Body) -> Any:
        return self._world.moves.state()

    async def _move(self, _request: web.Request, body: Body) -> Any:
        target = None
        if "to" in body:
            target = read_time(body["to"])
        elif "by_seconds" in body:
            target = _later(self._world.clock.now(), body["by_seconds"])
        elif not body.get("to_next"):
            raise ControlError(400, "a move needs to, by_seconds or to_next")
        moving = self._world.moves.begin(target)
        if body.get("wait"):
            await asyncio.wait({moving})
        return self._world.moves.state()

    async def _set_clock(self, _request: web.Request, body: Body) -> Any:
        now = read_time(body.get("now"))
        await self._world.moves.cancel()
        self._world.clock.set(now)
        return self._clock_changed()

    async def _freeze(self, _request: web.Request, _body: Body) -> Any:
        await self._world.moves.cancel()
        self._world.clock.freeze()
        return self._clock_changed()

    async def _run(self, _request: web.Request, _body: Body) -> Any:
        await self._world.moves.cancel()
        self._world.clock.run()
        return self._clock_changed()

    def _clock_changed(self) -> Any:
        self._world.moves.clock_changed()
        return self._world.moves.state()

    async def _agent(self, _request: web.Request, body: Body) -> Any:
        return await self._world.moves.report(body)

    # ---------------------------------------------------------- faults and more

    async def _add_fault(self, _request: web.Request, body: Body) -> Any:
        return self._world.faults.add(body).as_dict()

    async def _list_faults(self, _request: web.Request, _body: Body) -> Any:
        faults = self._world.faults
        return {"faults": [fault.as_dict() for fault in faults.waiting], "ambiguous": faults.ambiguous}

    async def _forget_faults(self, _request: web.Request, _body: Body) -> Any:
        self._world.faults.waiting.clear()
        return {"faults": []}

    async def _limits(self, _request: web.Request, body: Body) -> Any:
        current = self._world.limits.settings.as_dict()
        if unknown := set(body) - set(current):
            raise ControlError(400, f"unknown limits: {', '.join(sorted(unknown))}")
        changed = {name: body.get(name, value) for name, value in current.items()}
        try:
            settings = LimitSettings(
                enabled=bool(changed["enabled"]),
                per_second=min(max(0.1, float(changed["per_second"])), 1e9),
                per_chat_burst=max(1, int(changed["per_chat_burst"])),
                strict=bool(changed["strict"]),
            )
        except (TypeError, ValueError, OverflowError):
            raise ControlError(400, "limits are numbers") from None
        self._world.change_limits(settings)
        return settings.as_dict()

    async def _inject(self, _request: web.Request, body: Body) -> Any:
        if "update_id" in body and _number(body["update_id"]) != body["update_id"]:
            raise ControlError(400, "update_id must be a whole number, or left out")
        with self._world.transaction():
            return self._world.updates.inject(body)

    async def _reset(self, _request: web.Request, _body: Body) -> Any:
        await self._world.moves.cancel()
        self._world.reset()
        return {}


def person_fields(body: Body, *, new: bool) -> Body:
    """The fields of a person that were given, checked; raises ControlError."""
    fields: Body = {}
    for name in ("first_name", "last_name", "username", "language_code", "note"):
        if name in body:
            fields[name] = _text(body, name, optional=name != "first_name")
    for name in ("blocked", "deactivated"):
        if name in body:
            fields[name] = bool(body[name])
    if new:
        if body.get("id") is not None:
            fields["id"] = _number(body["id"])
        if body.get("started"):
            fields["started"] = True
        _text(body, "first_name")
    return fields


def refused(error: ControlError) -> web.Response:
    """A refusal as JSON."""
    return web.json_response({"error": error.reason}, status=error.status)


async def _body(request: web.Request) -> Body:
    if request.method in {"GET", "DELETE"} or not request.can_read_body:
        return {}
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise ControlError(400, "the body is no JSON") from None
    if not isinstance(body, dict):
        raise ControlError(400, "the body is no JSON object")
    return body


def _asked(request: web.Request, name: str) -> int | None:
    return _number(request.query[name]) if request.query.get(name) else None


def _number(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise ControlError(400, f"not a whole number: {value!r}") from None
    if abs(number) >= 1 << 62:
        raise ControlError(400, "that number is too large")
    return number


def _later(now: datetime, seconds: Any) -> datetime:
    try:
        return now + timedelta(seconds=float(seconds))
    except (TypeError, ValueError, OverflowError):
        raise ControlError(400, f"not a number of seconds: {seconds!r}") from None


def _degrees(body: Body, name: str) -> float:
    given = body.get(name)
    if not isinstance(given, (int, float)) or not -180 <= given <= 180:  # noqa: PLR2004 - the globe's degrees
        raise ControlError(400, f"{name} must be a number of degrees")
    return float(given)


def _text(body: Body, name: str, *, optional: bool = False) -> str | None:
    value = body.get(name)
    if value is None and optional:
        return None
    if not isinstance(value, str) or (not optional and not value):
        raise ControlError(400, f"{name} must be a text")
    return value


def _bytes(found: tuple[bytes, str], name: str) -> web.Response:
    content, kind = found
    shown = kind in _INLINE_TYPES
    response = web.Response(body=content, content_type=kind if shown else "application/octet-stream")
    response.headers["Content-Disposition"] = _disposition("inline" if shown else "attachment", name)
    return response


def _disposition(kind: str, name: str) -> str:
    return f"{kind}; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
