"""The local Telegram as a process, what it tells, and what people do there."""

import asyncio
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import aiohttp

from chaos.plan import MARKER
from chaos.record import Events, Record

AT_ONCE: Final = 32
STOP_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.02
STILL_SECONDS: Final = 0.1


class Refused(Exception):
    """The local Telegram does not let a person do that."""


class LocalTelegram:
    """`python -m bot sandbox`, with `record` fed from its events."""

    def __init__(self, folder: Path, record: Record, now: datetime) -> None:
        self._folder = folder
        self._record = record
        self._now = now
        self._places = asyncio.Semaphore(AT_ONCE)
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        with (self._folder / "telegram.log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "sandbox", "--port", "0", "--no-limits"),
                *("--state", str(self._folder / "telegram.db"), "--people", str(self._folder / "people.json")),
                *("--now", self._now.isoformat()),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None  # noqa: S101  # asked for above
        self.address = (await self._process.stdout.readline()).decode().strip().rstrip("/")
        self._session = aiohttp.ClientSession(
            f"{self.address}/control/", timeout=aiohttp.ClientTimeout(total=None, sock_connect=5)
        )
        self._listening = asyncio.create_task(self._listen(self._session))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """End it; what it keeps is whole in its file then."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        if self._session is not None:
            await self._session.close()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        events = Events(self._record.take)
        while True:
            headers = {"Last-Event-ID": events.last_id} if events.last_id else {}
            with suppress(aiohttp.ClientError):
                async with session.get("events", headers=headers) as stream:
                    async for chunk in stream.content.iter_any():
                        events.feed(chunk)

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request of the control interface. Raises Refused."""
        assert self._session is not None  # noqa: S101  # it is entered
        async with self._places, self._session.request(method, path, json=body) as response:
            answer = await response.json()
            if response.status >= 400:  # noqa: PLR2004  # HTTP's refusals
                raise Refused(f"{path}: {answer}")
            return answer

    async def send(self, person: int, text: str) -> int:
        """Write to the bot; the message's id."""
        return int((await self.ask("POST", f"people/{person}/send", {"text": text}))["message_id"])

    async def press(self, person: int, message_id: int, label: str) -> str:
        """Press a button; the query's id. Raises Refused when it is not there."""
        body = {"message_id": message_id, "text": label}
        return str((await self.ask("POST", f"people/{person}/press", body))["callback_query_id"])

    async def mark(self) -> None:
        """Note in the record that a life of the bot ended here, and wait until the record is as far.

        What the bot had sent may be on its way yet: it is waited for, however slow this machine is.
        """
        heard = -1
        while heard != self._record.count:
            heard = self._record.count
            await asyncio.sleep(STILL_SECONDS)
            await self.now()
        message_id = await self.send(MARKER, f"life {len(self._record.marks)}")
        self._record.marks.append(message_id)
        while self._record.last_id < message_id:  # noqa: ASYNC110  # the record is filled by a stream, not by us
            await asyncio.sleep(LOOK_SECONDS)

    async def now(self) -> datetime:
        """Its time."""
        return datetime.fromisoformat((await self.ask("GET", "clock"))["now"])
