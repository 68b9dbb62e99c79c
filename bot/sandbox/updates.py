"""Updates for the bot: kept a day, fetched by long polling or delivered to a webhook."""

import asyncio
import json
import math
import secrets
import time
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import Conflict
from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.world import World

Update = dict[str, Any]

KEPT_SECONDS = 24 * 3600.0
MAX_TIMEOUT_SECONDS = 50
_MAX_LIMIT = 100
_IGNORED_BEYOND = 10
_NUMBERED_ANEW_AFTER_SECONDS = 7 * 24 * 3600.0
_LARGEST_NEW_NUMBER = 1 << 30
_LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_NEXT_OF_LANES = """
SELECT id, lane, json FROM bot_update
WHERE id IN (SELECT min(id) FROM bot_update WHERE created_at >= ? GROUP BY lane) ORDER BY id"""
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_DISPLACED = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """The queue. `handed_out` is the highest `update_id` that the bot was given."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.polled = asyncio.Event()  # set when the bot has asked for updates
        self._fresh = asyncio.Event()
        self._added = False
        self._added_at = math.inf  # whether there was a week without updates is not known at first
        self._poll: asyncio.Future[None] | None = None
        self.handed_out = 0

    def add(self, kind: str, payload: dict[str, Any], *, lane: int) -> None:
        """Queues an update of a kind that the bot wants; order is kept within a `lane`."""
        wanted = self._world.store.setting("allowed_updates", [])
        if kind in wanted or (not wanted and kind not in _LEFT_OUT_BY_DEFAULT):
            self._insert({"update_id": self._next_id(), kind: payload}, lane)

    def inject(self, update: Update) -> Update:
        """Queues an update as it is; without an `update_id` it is given the next."""
        if "update_id" in update:
            counter = self._world.store.counter("update")
            self._world.store.set_counter("update", max(counter, update["update_id"]))
        else:
            update = {"update_id": self._next_id(), **update}
        self._insert(update, 0)
        return update

    def _next_id(self) -> int:
        """The next number, or after a week without updates any number, as Telegram says that it may be."""
        store = self._world.store
        if self._world.clock.timestamp() - self._added_at > _NUMBERED_ANEW_AFTER_SECONDS:
            self.forget_all()
            self.handed_out = 0
            store.set_counter("update", secrets.randbelow(_LARGEST_NEW_NUMBER))
        return store.next_id("update")

    def _insert(self, update: Update, lane: int) -> None:
        now = self._added_at = self._world.clock.timestamp()
        self._world.store.execute(
            "INSERT OR REPLACE INTO bot_update VALUES (?, ?, ?, ?)", update["update_id"], now, lane, packed(update)
        )
        self._added = True

    def wake(self) -> None:
        """Ends waiting for what a kept transaction has added."""
        if self._added:
            self._added = False
            fresh, self._fresh = self._fresh, asyncio.Event()
            fresh.set()

    @property
    def fresh(self) -> asyncio.Event:
        """Set when something is added; ask for it before looking."""
        return self._fresh

    def unhandled(self, handled: int) -> int | None:
        """The last that the bot was given or still has to fetch, unless it has handled it, as its last number says."""
        store = self._world.store
        row = store.row("SELECT max(id) FROM bot_update")
        last = max(self.handed_out, (row and row[0]) or 0)
        return None if last <= handled <= store.counter("update") else last

    def next_of_lanes(self) -> list[tuple[int, int, bytes]]:
        """What waits longest in each lane, as id, lane and JSON; older than a day is forgotten."""
        oldest = self._world.clock.timestamp() - KEPT_SECONDS
        return self._world.store.rows(_NEXT_OF_LANES, oldest)

    def count(self) -> int:
        """How many wait."""
        row = self._world.store.row("SELECT count(*) FROM bot_update")
        return int(row[0]) if row else 0

    def delivered(self, update_id: int) -> None:
        """A webhook took it."""
        self.handed_out = max(self.handed_out, update_id)
        with self._world.transaction():
            self._world.store.execute("DELETE FROM bot_update WHERE id = ?", update_id)

    def forget_all(self) -> None:
        """Drops what waits."""
        self._world.store.execute("DELETE FROM bot_update")

    def allow(self, kinds: list[str] | None) -> None:
        """Remembers which kinds are wanted from now on; an empty list is the default, None changes nothing."""
        if kinds is not None and kinds != self._world.store.setting("allowed_updates", []):
            self._world.store.set_setting("allowed_updates", kinds)

    async def poll(self, parameters: dict[str, Any]) -> list[Update]:
        """getUpdates; raises Conflict when a webhook is set or another poll takes over."""
        if self._world.store.setting("webhook"):
            raise Conflict(_WEBHOOK_ACTIVE)
        limit = min(max(parameters.get("limit", _MAX_LIMIT), 1), _MAX_LIMIT)
        timeout = min(max(parameters.get("timeout", 0), 0), MAX_TIMEOUT_SECONDS)
        with self._world.transaction():
            self.allow(parameters.get("allowed_updates"))
            self._confirm(parameters.get("offset", 0))
        self.polled.set()
        fresh = self._fresh
        if (batch := self._batch(limit)) or not timeout:
            return batch
        return await self._wait(limit, timeout, fresh)

    async def _wait(self, limit: int, seconds: float, fresh: asyncio.Event) -> list[Update]:
        self.end_poll(_DISPLACED)
        mine = self._poll = asyncio.get_running_loop().create_future()
        deadline = time.monotonic() + seconds
        try:
            while (left := deadline - time.monotonic()) > 0:
                arrival = asyncio.ensure_future(fresh.wait())
                try:
                    await asyncio.wait({arrival, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    arrival.cancel()
                if mine.done():
                    mine.result()
                fresh = self._fresh
                if batch := self._batch(limit):
                    return batch
            return []
        finally:
            if self._poll is mine:
                self._poll = None
            mine.cancel()

    def end_poll(self, reason: str) -> None:
        """Ends a waiting poll with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Conflict(reason))
            self._poll = None

    def forget_poll(self, reason: str) -> None:
        """Ends a waiting poll, and what was handed out counts no more."""
        self.end_poll(reason)
        self.handed_out = 0

    def _confirm(self, offset: int) -> None:
        store = self._world.store
        store.execute("DELETE FROM bot_update WHERE created_at < ?", self._world.clock.timestamp() - KEPT_SECONDS)
        if offset > 0:
            if offset <= store.counter("update") + 1 + _IGNORED_BEYOND:
                store.execute("DELETE FROM bot_update WHERE id < ?", offset)
        elif offset < 0:
            store.execute(
                "DELETE FROM bot_update WHERE id NOT IN (SELECT id FROM bot_update ORDER BY id DESC LIMIT ?)", -offset
            )

    def _batch(self, limit: int) -> list[Update]:
        rows = self._world.store.rows("SELECT id, json FROM bot_update ORDER BY id LIMIT ?", limit)
        if rows:
            self.handed_out = max(self.handed_out, rows[-1][0])
        return [json.loads(found) for _, found in rows]
