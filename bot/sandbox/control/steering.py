"""Steering the server: its clock, faults, limits, the bot's settings, raw updates, a reset."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.control.asked import Asked, route
from bot.sandbox.errors import ControlError
from bot.sandbox.limits import LimitSettings
from bot.sandbox.moves import read_time
from bot.sandbox.routing import Route
from bot.sandbox.world import BOT_SETTINGS, World


class Steering:
    """Answers under `/control/clock`, `/control/faults` and the like."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Its paths."""
        return [
            route("GET", "clock", self._clock),
            route("POST", "clock/move", self._move),
            route("POST", "clock/set", self._set_clock),
            route("POST", "clock/freeze", self._freeze),
            route("POST", "clock/run", self._run),
            route("POST", "clock/agent", self._agent),
            route("POST", "faults", self._add_fault),
            route("GET", "faults", self._list_faults),
            route("DELETE", "faults", self._forget_faults),
            route("POST", "limits", self._limits),
            route("POST", "bot", self._bot),
            route("POST", "updates", self._inject),
            route("GET", "walks", self._walks),
            route("POST", "reset", self._reset),
        ]

    # -------------------------------------------------------------------- clock

    async def _clock(self, _asked: Asked) -> Any:
        return self._world.moves.state()

    async def _move(self, asked: Asked) -> Any:
        target = None
        if "to" in asked.body:
            target = read_time(asked.body["to"])
        elif "by_seconds" in asked.body:
            target = _later(self._world.clock.now(), asked.body["by_seconds"])
        elif not asked.body.get("to_next"):
            raise ControlError(400, "a move needs to, by_seconds or to_next")
        moving = self._world.moves.begin(target)
        if asked.body.get("wait"):
            await asyncio.wait({moving})
        return self._world.moves.state()

    async def _set_clock(self, asked: Asked) -> Any:
        now = read_time(asked.body.get("now"))
        await self._world.moves.cancel()
        self._world.clock.set(now)
        return self._clock_changed()

    async def _freeze(self, _asked: Asked) -> Any:
        await self._world.moves.cancel()
        self._world.clock.freeze()
        return self._clock_changed()

    async def _run(self, _asked: Asked) -> Any:
        await self._world.moves.cancel()
        self._world.clock.run()
        return self._clock_changed()

    def _clock_changed(self) -> Any:
        self._world.moves.clock_changed()
        return self._world.moves.state()

    async def _agent(self, asked: Asked) -> Any:
        return await self._world.moves.report(asked.body | {"handled": asked.optional_number("handled")})

    # ---------------------------------------------------------- faults and more

    async def _add_fault(self, asked: Asked) -> Any:
        return self._world.faults.add(asked.body).as_dict()

    async def _list_faults(self, _asked: Asked) -> Any:
        faults = self._world.faults
        return {"faults": [fault.as_dict() for fault in faults.waiting], "ambiguous": faults.ambiguous}

    async def _forget_faults(self, _asked: Asked) -> Any:
        self._world.faults.waiting.clear()
        return {"faults": []}

    async def _limits(self, asked: Asked) -> Any:
        current = self._world.limits.settings.as_dict()
        if unknown := set(asked.body) - set(current):
            raise ControlError(400, f"unknown limits: {', '.join(sorted(unknown))}")
        settings = LimitSettings.read(current | asked.body)
        self._world.change_limits(settings)
        return settings.as_dict()

    async def _bot(self, asked: Asked) -> Any:
        if unknown := set(asked.body) - set(BOT_SETTINGS):
            raise ControlError(400, f"unknown settings of a bot: {', '.join(sorted(unknown))}")
        settings = self._world.bot_settings() | {name: bool(value) for name, value in asked.body.items()}
        with self._world.transaction():
            self._world.store.set_setting("bot", settings)
        return self._world.bot_user() | settings

    async def _inject(self, asked: Asked) -> Any:
        numbered = {"update_id": asked.number("update_id")} if "update_id" in asked.body else {}
        with self._world.transaction():
            return self._world.updates.inject(asked.body | numbered)

    async def _walks(self, _asked: Asked) -> Any:
        return {"walks": self._world.walks}

    async def _reset(self, _asked: Asked) -> Any:
        await self._world.moves.cancel()
        self._world.reset()
        return {}


def _later(now: datetime, seconds: Any) -> datetime:
    try:
        return now + timedelta(seconds=float(seconds))
    except (TypeError, ValueError, OverflowError):
        raise ControlError(400, f"not a number of seconds: {seconds!r}") from None
