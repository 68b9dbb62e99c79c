"""Moves of the clock, step by step, at the pace of the bots that follow it."""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import ControlError

if TYPE_CHECKING:
    from bot.sandbox.world import World

POLL_SECONDS = 20.0
SILENT_SECONDS = 30.0
_TOLD_KEPT = 32


@dataclass
class Agent:
    """A bot that follows the clock, as it last reported."""

    name: str
    seen_generation: int = -1
    next_at: datetime | None = None
    busy: bool = True
    handled: int | None = None
    heard_at: float = 0.0
    polls: int = 0
    newest: asyncio.Event = field(default_factory=asyncio.Event)
    told: OrderedDict[datetime, int] = field(default_factory=OrderedDict)

    def silent_for(self) -> float:
        """Real seconds since it was last heard of; 0 while its poll waits."""
        return 0.0 if self.polls else time.monotonic() - self.heard_at


class Moves:
    """The agents, and the move that runs, if any."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._agents: dict[str, Agent] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.moving_to: datetime | None = None

    def state(self) -> dict[str, Any]:
        """The clock as the control interface tells it."""
        clock = self._world.clock
        return {
            "now": clock.now().isoformat(),
            "running": clock.running,
            "moving_to": self.moving_to.isoformat() if self.moving_to else None,
            "waiting_for": self._unsettled() if self.moving_to else [],
            "agents": sorted(self._agents),
        }

    @property
    def under_way(self) -> bool:
        """Whether a move runs."""
        return self._task is not None

    # ------------------------------------------------------------------ agents

    async def report(self, body: dict[str, Any]) -> dict[str, Any]:
        """An agent's report; answers when the clock has been moved from what it has seen, or after 20 s."""
        agent = self._heard(body)
        agent.newest.set()
        mine = agent.newest = asyncio.Event()
        agent.polls += 1
        self._notify()
        try:
            await self._until_moved(agent, mine)
        finally:
            agent.polls -= 1
            agent.heard_at = time.monotonic()
        return self._tell(agent)

    def _heard(self, body: dict[str, Any]) -> Agent:
        name = body.get("agent")
        if not isinstance(name, str) or not name:
            raise ControlError(400, "agent must be a name")
        seen = read_time(body["seen"]) if body.get("seen") else None
        due = body.get("next")
        next_at = read_time(due) if due and due != "now" else None
        is_new = name not in self._agents
        agent = self._agents.setdefault(name, Agent(name))
        agent.seen_generation = agent.told.get(seen, -1) if seen else -1
        agent.busy, agent.next_at, agent.handled = due == "now", next_at, body.get("handled")
        agent.heard_at = time.monotonic()
        if is_new:
            self._world.events.publish("clock", self.state())
        return agent

    async def _until_moved(self, agent: Agent, mine: asyncio.Event) -> None:
        deadline = time.monotonic() + POLL_SECONDS
        while agent.seen_generation == self._world.clock.generation and not mine.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return
            waits = [asyncio.ensure_future(self._changed.wait()), asyncio.ensure_future(mine.wait())]
            try:
                await asyncio.wait(waits, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()

    def _tell(self, agent: Agent) -> dict[str, Any]:
        clock = self._world.clock
        now = clock.now()
        agent.told[now] = clock.generation
        while len(agent.told) > _TOLD_KEPT:
            agent.told.popitem(last=False)
        return {"now": now.isoformat(), "running": clock.running}

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def clock_changed(self) -> None:
        """Tells agents and watchers that the clock was moved, stopped or let go."""
        self._world.save_clock()
        self._notify()

    # ------------------------------------------------------------------- moves

    def begin(self, target: datetime | None) -> asyncio.Task[None]:
        """Starts a move to `target`, or to the next thing due when it is None; raises ControlError."""
        if self._task is not None:
            raise ControlError(409, "a move is under way")
        now = self._world.clock.now()
        if target is not None and target < now:
            raise ControlError(400, "a move goes forward only; set jumps back")
        self.moving_to = target or now
        self._task = asyncio.create_task(self._move(target))
        return self._task

    async def cancel(self) -> None:
        """Ends a move where it stands."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _move(self, target: datetime | None) -> None:
        clock = self._world.clock
        was_running = clock.running
        clock.freeze()
        self.clock_changed()
        try:
            await self._settled()
            if target is None:
                target = self._earliest() or clock.now()
                self.moving_to = target
            while clock.now() < target:
                clock.set(min(target, max(self._earliest() or target, clock.now())))
                self.clock_changed()
                await self._settled()
        finally:
            self._task = None
            self.moving_to = None
            if was_running:
                clock.run()
            self.clock_changed()

    async def _settled(self) -> None:
        """Waits until nobody has anything to do at the present time."""
        while True:
            changed = self._changed
            if not self._unsettled():
                return
            try:
                # Time limits so that an agent that has fallen silent is seen to have.
                await asyncio.wait_for(changed.wait(), 1.0)
            except TimeoutError:
                continue

    def _unsettled(self) -> list[dict[str, Any]]:
        """What a move waits for: `why`, and which `agent` or `update_id`."""
        for name in [name for name, agent in self._agents.items() if agent.silent_for() > SILENT_SECONDS]:
            del self._agents[name]
        reasons: list[dict[str, Any]] = [
            {"why": why, "agent": agent.name} for agent in self._agents.values() if (why := self._holding_up(agent))
        ]
        handled = [agent.handled for agent in self._agents.values() if agent.handled is not None]
        if handled and (update_id := self._world.updates.unhandled(max(handled))) is not None:
            reasons.append({"why": "unhandled", "update_id": update_id})
        return reasons

    def _holding_up(self, agent: Agent) -> str:
        if agent.seen_generation != self._world.clock.generation:
            return "unseen"
        if agent.busy or (agent.next_at is not None and agent.next_at <= self._world.clock.now()):
            return "busy"
        return ""

    def _earliest(self) -> datetime | None:
        return min((agent.next_at for agent in self._agents.values() if agent.next_at is not None), default=None)


def read_time(value: Any) -> datetime:
    """An ISO time with its zone, as UTC; raises ControlError."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ControlError(400, f"not an ISO time: {value!r}") from None
    if moment.tzinfo is None:
        raise ControlError(400, f"a time needs its zone: {value}")
    return moment.astimezone(UTC)
