"""The control interface over HTTP, and waiting for what happens."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

import aiohttp

DEADLINE_SECONDS: Final = 10.0
LOOK_SECONDS: Final = 0.2
"""Between looks at what no event tells of: something outside the local Telegram, or its stream is connecting anew."""


class RequestRefused(Exception):
    """The server refused a request of the control interface."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


class Connection:
    """To the local Telegram at an address. `deadline` is in seconds of real time."""

    def __init__(self, address: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        self.address = address.rstrip("/")
        self.deadline = deadline
        self._session: aiohttp.ClientSession | None = None
        self._happened = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=5))
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        if self._session is not None:
            await self._session.close()

    async def until(self, found: Callable[[], Awaitable[Any]], deadline: float | None = None) -> Any:
        """Asks again with every event until the answer is true; None when the deadline passes first."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.deadline if deadline is None else deadline):
                while True:
                    happened = self._happened
                    if answer := await found():
                        return answer
                    with suppress(TimeoutError):
                        await asyncio.wait_for(happened.wait(), LOOK_SECONDS)
        return None

    async def get(self, path: str) -> Any:
        """GET under `/control/`; raises RequestRefused."""
        return await self._request("GET", path)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """POST under `/control/`; raises RequestRefused."""
        return await self._request("POST", path, json=body)

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        """PATCH under `/control/`; raises RequestRefused."""
        return await self._request("PATCH", path, json=body)

    async def delete(self, path: str) -> Any:
        """DELETE under `/control/`; raises RequestRefused."""
        return await self._request("DELETE", path)

    async def upload(self, path: str, form: aiohttp.FormData) -> Any:
        """POST of a form under `/control/`; raises RequestRefused."""
        return await self._request("POST", path, data=form)

    async def content(self, path: str) -> bytes:
        """The bytes of a file under `/control/`; raises RequestRefused."""
        async with self._opened().get(f"{self.address}/control/{path}") as answer:
            if not answer.ok:
                raise RequestRefused(answer.status, await answer.text())
            return await answer.read()

    async def _request(self, method: str, path: str, **content: Any) -> Any:
        async with self._opened().request(method, f"{self.address}/control/{path}", **content) as answer:
            body = await answer.json(content_type=None)
            if not answer.ok:
                raise RequestRefused(answer.status, body.get("error", "") if isinstance(body, dict) else "")
            return body

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use `async with Telegram(address)`")
        return self._session

    async def _listen(self) -> None:
        """Wakes whoever waits whenever something happens; connects again for as long as it takes."""
        while True:
            with suppress(aiohttp.ClientError, OSError):
                async with self._opened().get(f"{self.address}/control/events") as stream:
                    self._wake()
                    async for _ in stream.content.iter_any():
                        self._wake()
            self._wake()
            await asyncio.sleep(0.1)

    def _wake(self) -> None:
        happened, self._happened = self._happened, asyncio.Event()
        happened.set()
