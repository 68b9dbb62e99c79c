"""The bot's answers on the wire."""

from http import HTTPStatus

from aiohttp import HttpVersion11, web

_PLAIN_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


def answered(
    request: web.BaseRequest, body: bytes, *, status: int = 200, retry_after: int | None = None
) -> web.StreamResponse:
    """Writes an answer in JSON in one piece: aiohttp's own way, left to clients that need it, takes a sixth of a message's time."""
    if request.version != HttpVersion11 or not request.keep_alive or request.method == "HEAD":
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return web.Response(body=body, status=status, headers=headers, content_type="application/json")
    if request.transport is not None:
        plain = status == HTTPStatus.OK and retry_after is None
        request.transport.write(_PLAIN_HEAD % (len(body), body) if plain else _head(status, retry_after, body) + body)
    return _WRITTEN


def _head(status: int, retry_after: int | None, body: bytes) -> bytes:
    reason = HTTPStatus(status).phrase if status in _STATUSES else ""
    waiting = "" if retry_after is None else f"Retry-After: {retry_after}\r\n"
    plain = f"Content-Type: application/json\r\n{waiting}Content-Length: {len(body)}"
    return f"HTTP/1.1 {status} {reason}\r\n{plain}\r\n\r\n".encode()


class _Written(web.StreamResponse):
    """Says that nothing is left to write."""

    async def prepare(self, _request: web.BaseRequest) -> None:
        """It is done."""

    async def write_eof(self, _data: bytes = b"") -> None:
        """It has ended."""

    @property
    def keep_alive(self) -> bool:
        """The connection goes on."""
        return True


_STATUSES = frozenset(HTTPStatus)
_WRITTEN = _Written()
