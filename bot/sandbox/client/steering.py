"""The server's clock and faults."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.client.connection import Connection


@dataclass(frozen=True)
class Clock:
    """The server's movable clock."""

    connection: Connection

    async def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromisoformat((await self.connection.get("clock"))["now"])

    async def told(self) -> dict[str, Any]:
        """What `GET /control/clock` tells: also where it moves to, what it waits for, and which bots follow it."""
        told: dict[str, Any] = await self.connection.get("clock")
        return told

    async def move(self, *, to: datetime | None = None, by: timedelta | None = None, to_next: bool = False) -> datetime:
        """Moves step by step, and waits until the move is over; the time then."""
        body: dict[str, Any] = {"wait": True}
        if to is not None:
            body["to"] = to.isoformat()
        elif by is not None:
            body["by_seconds"] = by.total_seconds()
        else:
            body["to_next"] = to_next
        return datetime.fromisoformat((await self.connection.post("clock/move", body))["now"])

    async def set(self, now: datetime) -> None:
        """Jumps without steps."""
        await self.connection.post("clock/set", {"now": now.isoformat()})

    async def freeze(self) -> None:
        """Stops the clock."""
        await self.connection.post("clock/freeze", {})

    async def run(self) -> None:
        """Lets it go on."""
        await self.connection.post("clock/run", {})


@dataclass(frozen=True)
class FaultList:
    """What is to go wrong."""

    connection: Connection

    async def add(self, method: str = "*", *, times: int = 1, **what: Any) -> None:
        """A fault for the next calls of a method; `what` as `POST /control/faults` takes it."""
        await self.connection.post("faults", {"method": method, "times": times, **what})

    async def storm(self, times: int, *, method: str = "*", retry_after: int = 1) -> None:
        """The next calls are answered 429."""
        answer = {"error_code": 429, "parameters": {"retry_after": retry_after}}
        await self.add(method, times=times, answer=answer)

    async def waiting(self) -> list[dict[str, Any]]:
        """Those that have not happened yet."""
        faults: list[dict[str, Any]] = (await self.connection.get("faults"))["faults"]
        return faults

    async def ambiguous(self) -> int:
        """How many answers left the bot not knowing what was done."""
        count: int = (await self.connection.get("faults"))["ambiguous"]
        return count

    async def clear(self) -> None:
        """Forgets them."""
        await self.connection.delete("faults")
