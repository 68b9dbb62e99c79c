"""The bot's answers on the wire."""

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter

_OK = 200
_PLAIN_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Answer(web.Response):
    """An answer in JSON that is written in one piece: aiohttp's own way takes a sixth of the time for a message."""

    def __init__(self, body: str, *, status: int = 200, retry_after: int | None = None) -> None:
        super().__init__(status=status, content_type="application/json")
        self.body = self._content = body.encode()
        self._is_written = False
        self._is_plain = status == _OK and retry_after is None
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Writes head and body, unless the client is one that aiohttp knows better."""
        if request.version != HttpVersion11 or not request.keep_alive or request.method == "HEAD":
            return await super().prepare(request)
        if request.transport is None or request.transport.is_closing():
            raise ConnectionResetError("nobody waits for the answer")
        request.transport.write(self._head() + self._content)
        self._is_written = True
        return None

    def _head(self) -> bytes:
        if self._is_plain:
            return _PLAIN_HEAD % len(self._content)
        headers = "".join([f"{name}: {value}\r\n" for name, value in self.headers.items()])
        length = len(self._content)
        return f"HTTP/1.1 {self.status} {self.reason}\r\n{headers}Content-Length: {length}\r\n\r\n".encode()

    async def write_eof(self, data: bytes = b"") -> None:
        """What was written in one piece has ended."""
        if not self._is_written:
            await super().write_eof(data)

    @property
    def keep_alive(self) -> bool | None:
        """Whether the connection goes on."""
        return True if self._is_written else super().keep_alive
