"""A network between the bot and the local Telegram that delays what passes and breaks off, while it is told to."""

import asyncio
import random
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

DROPPED = 0.02
DELAY_SECONDS = 0.2


class Proxy:
    """Listens at `address`. `dropped` counts answers that it broke off: the bot cannot know what was done."""

    def __init__(self, target: str, chance: random.Random) -> None:
        self._target = urlsplit(target)
        self._chance = chance
        self._server: asyncio.Server | None = None
        self.is_bad = False
        self.dropped = 0
        self.address = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            back, forth = await asyncio.open_connection(self._target.hostname, self._target.port)
            both = [
                asyncio.create_task(self._pass(reader, forth)),
                asyncio.create_task(self._pass(back, writer, answers=True)),
            ]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            forth.transport.abort()
        writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False) -> None:
        while chunk := await reader.read(65536):
            if self.is_bad and answers:
                if self._chance.random() < DROPPED:
                    self.dropped += 1
                    return
                await asyncio.sleep(self._chance.uniform(0, DELAY_SECONDS))
            writer.write(chunk)
            await writer.drain()
