"""The local Telegram: its requests for a second against a bare aiohttp server's, and what many messages do to it."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from benchmarks import client
from benchmarks.figures import Figures, note
from bot.sandbox import SandboxSettings
from bot.sandbox.client import Telegram

TOKEN: Final = SandboxSettings().token
A_PERSON: Final = 1_000_000
TEXT: Final = "Scenen i Stora tältet har flyttats till Norra hamnen."
CHATS, CONNECTIONS, RUNS, REQUESTS = 1_000, 32, 5, 10_000
MANY, PARTS = 100_000, 10
READY_SECONDS, LOOK_SECONDS = 30.0, 0.05


class Caller(asyncio.Protocol):
    """A connection that sends the next message as soon as the one before is answered."""

    def __init__(self, calls: Iterator[bytes]) -> None:
        self._calls = calls
        self._answer = b""
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._call()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, parted, body = self._answer.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if parted and len(body) >= int(length):
            assert json.loads(body)["ok"], body
            self._answer = b""
            self._call()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("closed before all was answered"))

    def _call(self) -> None:
        assert self._transport is not None
        if (call := next(self._calls, None)) is not None:
            self._transport.write(call)
        elif not self.done.done():
            self.done.set_result(None)
            self._transport.close()


async def measure(folder: Path) -> Figures:
    """sandbox_vs_bare_aiohttp, the median of five runs' ratios; sandbox_100000_messages_…, of one run."""
    ratios = []
    for run in range(RUNS):
        async with _bare(folder / f"bare{run}.log") as (address, _):
            bare = await _rate(address)
        async with _ours(folder / f"ours{run}.log") as (address, _):
            ours = await _rate(address)
        note(f"requests for a second: ours {ours:.0f}, a bare aiohttp server {bare:.0f}")
        ratios.append(ours / bare)
    return {"sandbox_vs_bare_aiohttp": median(ratios), **await _many(folder)}


async def _many(folder: Path) -> Figures:
    """What 100,000 messages take in memory, and how much slower the last tenth of them is than the first."""
    async with _ours(folder / "many.log") as (address, process):
        seconds = [await _send(address, MANY // PARTS) for _ in range(PARTS)]
        held = process.resident_bytes() / 1e6
    note(f"{MANY} messages in {CHATS} chats: a tenth in {', '.join(f'{one:.2f}' for one in seconds)} s; {held:.0f} MB")
    return {"sandbox_100000_messages_mb": held, "sandbox_last_tenth_over_first": seconds[-1] / seconds[0]}


@asynccontextmanager
async def _bare(log: Path) -> AsyncIterator[tuple[str, client.Client]]:
    """On the interpreter and the aiohttp that ours runs on."""
    with client.Client([sys.executable, "benchmarks/peers/aiohttp_bare.py"], os.environ, log) as process:
        yield await _address(process), process


@asynccontextmanager
async def _ours(log: Path) -> AsyncIterator[tuple[str, client.Client]]:
    """As its command starts it: strict, and with limits that are counted and never reached."""
    command = [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--strict"]
    with client.Client(command, os.environ, log) as process:
        address = await _address(process)
        async with Telegram(address) as telegram:
            await telegram.limits(per_second=1e9, per_chat_burst=1 << 30)
            for number in range(CHATS):
                await telegram.new_person("P", id=A_PERSON + number, started=True)
        yield address, process


async def _address(process: client.Client) -> str:
    """What a server prints once it listens."""
    async with asyncio.timeout(READY_SECONDS):
        while not (said := process.log.read_text(encoding="utf-8")).endswith("\n"):  # noqa: ASYNC110  # a file tells nobody
            await asyncio.sleep(LOOK_SECONDS)
    return said.strip()


async def _rate(address: str) -> float:
    """Requests for a second, once it is warm."""
    await _send(address, CHATS)
    return REQUESTS / await _send(address, REQUESTS)


async def _send(address: str, count: int) -> float:
    """Seconds until so many messages are sent, over several connections at once."""
    where, calls = urlsplit(address), _calls(count)
    loop, begun = asyncio.get_running_loop(), time.perf_counter()
    callers = [
        (await loop.create_connection(lambda: Caller(calls), where.hostname or "", where.port or 0))[1]
        for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(caller.done for caller in callers))
    return time.perf_counter() - begun


def _calls(count: int) -> Iterator[bytes]:
    """`sendMessage` to one chat after the other."""
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for number in range(count):
        body = json.dumps({"chat_id": A_PERSON + number % CHATS, "text": TEXT})
        yield f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
