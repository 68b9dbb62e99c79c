"""What is asked of the control interface, read and checked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiohttp import web

from bot.sandbox.errors import BotApiError, ControlError
from bot.sandbox.parsing import parsed_json
from bot.sandbox.routing import Handler, Path, Route

Body: TypeAlias = dict[str, Any]

_LARGEST = 1 << 62


@dataclass(frozen=True)
class Asked:
    """One request: `path` holds what stood in its places. What it asks for raises ControlError where it is wrong."""

    request: web.BaseRequest
    path: Path
    body: Body

    def number(self, name: str) -> int:
        """A whole number of the body."""
        return whole(self.body.get(name))

    def optional_number(self, name: str) -> int | None:
        """One that may be left out."""
        return None if self.body.get(name) is None else self.number(name)

    def text(self, name: str) -> str:
        """A text of the body that is not empty."""
        return text_of(self.body, name)

    def optional_text(self, name: str) -> str | None:
        """One that may be left out."""
        return None if self.body.get(name) is None else text_of(self.body, name, empty=True)

    def queried(self, name: str) -> int | None:
        """A whole number of the query, if it is there."""
        return whole(self.request.query[name]) if self.request.query.get(name) else None

    def degrees(self, name: str) -> float:
        """A part of a place."""
        given = self.body.get(name)
        if not isinstance(given, (int, float)) or not -180 <= given <= 180:  # noqa: PLR2004 - the globe's degrees
            raise ControlError(400, f"{name} must be a number of degrees")
        return float(given)


Answer: TypeAlias = Callable[[Asked], Awaitable[Any]]
"""From what is asked to what is told as JSON; a response is sent as it is."""


def route(method: str, path: str, answer: Answer) -> Route:
    """A route under `/control/`."""
    return Route(method, f"/control/{path}", handler(answer))


def handler(answer: Answer) -> Handler:
    """Answers in JSON, refusals as `{"error": …}`."""

    async def handle(request: web.BaseRequest, path: Path) -> web.StreamResponse:
        try:
            found = await answer(Asked(request, path, await _body(request)))
        except ControlError as error:
            return web.json_response({"error": error.reason}, status=error.status)
        except BotApiError as error:
            return web.json_response({"error": error.description}, status=400)
        return found if isinstance(found, web.StreamResponse) else web.json_response(found)

    return handle


async def _body(request: web.BaseRequest) -> Body:
    is_form = request.headers.get("Content-Type", "").startswith("multipart/")
    if request.method in {"GET", "DELETE"} or is_form or not request.can_read_body:
        return {}
    try:
        body = parsed_json((await request.read()).decode())
    except ValueError:
        raise ControlError(400, "the body is no JSON") from None
    if not isinstance(body, dict):
        raise ControlError(400, "the body is no JSON object")
    return body


def whole(value: Any) -> int:
    """A whole number of a bearable size; raises ControlError."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise ControlError(400, f"not a whole number: {value!r}") from None
    if abs(number) >= _LARGEST:
        raise ControlError(400, "that number is too large")
    return number


def text_of(body: Body, name: str, *, empty: bool = False) -> str:
    """A text; raises ControlError."""
    value = body.get(name)
    if not isinstance(value, str) or not (value or empty):
        raise ControlError(400, f"{name} must be a text")
    return value


def person_fields(body: Body, *, new: bool) -> Body:
    """The fields of a person that were given, checked; raises ControlError."""
    fields: Body = {}
    if new or "first_name" in body:
        fields["first_name"] = text_of(body, "first_name")
    for name in ("last_name", "username", "language_code", "note"):
        if name in body:
            kept = body[name] is None or (name == "note" and _in_languages(body[name]))
            fields[name] = body[name] if kept else text_of(body, name, empty=True)
    for name in ("blocked", "deactivated"):
        if name in body:
            fields[name] = bool(body[name])
    if new:
        if body.get("id") is not None:
            fields["id"] = whole(body["id"])
            if fields["id"] <= 0:
                raise ControlError(400, "a person's id is above 0")
        if body.get("started"):
            fields["started"] = True
    return fields


def _in_languages(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
