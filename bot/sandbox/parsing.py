"""Reads a Bot API request the way Telegram does, however it was sent."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import BadRequest, BotApiError

_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^\s;,]+))', re.IGNORECASE)
_DISPOSITION = re.compile(r';\s*([a-z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.IGNORECASE)
MAX_REQUEST_BYTES = 64 * 1024 * 1024
_MAX_DEPTH = 100
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class RawRequest:
    """Parameters as they came (text, or JSON values) and uploaded files by field name; `size` is in bytes."""

    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    size: int = 0

    def add(self, name: str, value: Any) -> None:
        """The first value of a parameter wins."""
        self.parameters.setdefault(name, value)


async def read_request(request: web.BaseRequest) -> RawRequest:
    """Query first, then the body by its content type; raises BadRequest where the body cannot be read."""
    raw = RawRequest()
    if "?" in request.raw_path:
        raw.size = len(request.query_string)
        for name, value in request.query.items():
            raw.add(name, value)
    if request.method == "GET" or not request.can_read_body:
        return raw
    try:
        body = await _body(request)
    except web.HTTPRequestEntityTooLarge:
        raise BotApiError(413, "Request Entity Too Large") from None
    raw.size += len(body)
    content_type = request.headers.get("Content-Type", "")
    kind = _kind(content_type)
    if kind == "application/json":
        _read_json(raw, body)
    elif kind == "multipart/form-data":
        read_multipart(raw, content_type, body)
    else:
        _read_form(raw, body)
    return raw


async def _body(request: web.BaseRequest) -> bytes:
    content = request.content
    if content.is_eof():  # it came along with its head, as a call's mostly does
        return content.read_nowait()
    return await request.read()


@lru_cache
def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def parsed_json(text: str) -> Any:
    """What a text in JSON holds; raises ValueError, also where it is nested deeper than Telegram reads."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if text.count("[") + text.count("{") > _MAX_DEPTH and _is_deeper(value, _MAX_DEPTH):
        raise ValueError("nested too deep")
    return value


def _is_deeper(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [inner for outer in level if isinstance(outer, (dict, list)) for inner in _within(outer)]
    return bool(level)


def _within(outer: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return outer.values() if isinstance(outer, dict) else outer


def _read_json(raw: RawRequest, body: bytes) -> None:
    if not body or body.isspace():
        return
    try:
        values = parsed_json(body.decode())
    except ValueError:
        raise BadRequest("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise BadRequest("JSON object expected")
    raw.parameters = values | raw.parameters if raw.parameters else values


def _read_form(raw: RawRequest, body: bytes) -> None:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise BadRequest("strings must be encoded in UTF-8") from None
    for name, value in pairs:
        raw.add(name, value)


def read_multipart(raw: RawRequest, content_type: str, body: bytes) -> None:
    """Splits a multipart body itself, since clients send file names unquoted and beyond ASCII."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise BadRequest("can't find boundary of the multipart body")
    mark = b"--" + (found[1] or found[2]).encode()
    for part in (b"\r\n" + body).split(b"\r\n" + mark)[1:]:
        if part.startswith(b"--"):
            return
        head, parted, content = part.partition(b"\r\n\r\n")
        if parted:
            _add_part(raw, head, content)
    raise BadRequest("unexpected end of the multipart body")


def _add_part(raw: RawRequest, head: bytes, content: bytes) -> None:
    headers: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        headers[name.decode("latin-1").strip().lower()] = value.decode("utf-8", "replace").strip()
    said = {
        name.lower(): (quoted or plain).strip()
        for name, quoted, plain in _DISPOSITION.findall(headers.get("content-disposition", ""))
    }
    name = said.get("name", "")
    if "filename" in said or "filename*" in said:
        kind = headers.get("content-type", "application/octet-stream")
        raw.files.setdefault(name, Upload(said.get("filename", "") or "file", kind, content))
        return
    try:
        raw.add(name, content.decode())
    except UnicodeDecodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None
