"""Everything that there is in one local Telegram, and the transaction in which it changes."""

import time
from datetime import UTC, datetime
from typing import Any, Final

from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chats
from bot.sandbox.clock import MovableClock
from bot.sandbox.events import EventLog
from bot.sandbox.facts import load_facts
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.groups import Groups
from bot.sandbox.inline import Inline
from bot.sandbox.limits import LimitSettings, RateLimits
from bot.sandbox.messages import Messages
from bot.sandbox.moves import Moves
from bot.sandbox.reading import Readers
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.store import TABLES, Store
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhooks

BOT_SETTINGS: Final = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "inline_feedback": False,
}
"""What BotFather sets: privacy mode off, inline mode, whether chosen results are told."""


class World:
    """The state and the parts that work on it. Parts write within `transaction` only, which no other task interrupts."""

    def __init__(self, settings: SandboxSettings, walks: list[dict[str, Any]] | None = None) -> None:
        """Raises StateUnusable when the state file cannot be used."""
        self.settings = settings
        self.bot_id = int(settings.token.partition(":")[0])
        self.walks = walks or []
        self.store = Store(settings.state)
        self.facts = load_facts()
        self.readers = Readers(self.facts)
        self.events = EventLog()
        self.faults = Faults()
        self.calls = CallLog()
        self.clock = MovableClock()
        self._restore_clock()
        self.limits = RateLimits(self._saved_limits())
        self.chats = Chats(self)
        self.groups = Groups(self)
        self.messages = Messages(self)
        self.inline = Inline(self)
        self.files = Files(self)
        self.updates = Updates(self)
        self.moves = Moves(self)
        self.webhooks = Webhooks(self)
        self.started_at = time.monotonic()
        self.logged_out_at: datetime | None = None
        self._told: list[tuple[str, Any]] = []

    def bot_user(self) -> dict[str, Any]:
        """The bot as others see it."""
        names = self.store.setting("names", {})
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": names.get("", "") or self.settings.bot_first_name,
            "username": self.settings.bot_username,
        }

    def bot_description(self) -> str:
        """What somebody reads who has not started the bot."""
        kept: dict[str, str] = self.store.setting("descriptions", {})
        return kept.get("", "")

    def bot_settings(self) -> dict[str, Any]:
        """What BotFather would have been told about the bot."""
        return {**BOT_SETTINGS, **self.store.setting("bot", {})}

    def transaction(self) -> "World":
        """`with world.transaction():` all changes stay or none; only what stays is told to those who watch."""
        return self

    def __enter__(self) -> None:
        self._told.clear()
        self.messages.touched.clear()
        self.store.begin()

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None:
            self.store.undo()
            return
        self.store.keep()
        told, self._told = self._told, []
        for name, data in told:
            self.events.publish(name, data)
        self.updates.wake()

    def tell(self, name: str, data: Any) -> None:
        """Tells those who watch, once the transaction has been kept."""
        self._told.append((name, data))

    def timestamp(self) -> int:
        """The clock in Unix seconds."""
        return int(self.clock.timestamp())

    def save_clock(self) -> None:
        """Keeps the clock through a restart and tells of it."""
        with self.transaction():
            self.store.set_setting("clock", self.clock.saved())
        self.events.publish("clock", self.moves.state())

    def change_limits(self, settings: LimitSettings) -> None:
        """Keeps new limits."""
        with self.transaction():
            self.store.set_setting("limits", settings.as_dict())
        self.limits.change(settings)

    def reset(self) -> None:
        """Forgets everything but people; nobody has started, numbers go on."""
        with self.transaction():
            for table in ("chat", "chat_group", "message", "bot_update", "query", "file", "content"):
                self.store.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            self.store.execute("DELETE FROM setting WHERE name NOT IN ('clock', 'limits', 'bot')")
            for person in self.chats.people():
                person["started"] = False
                self.chats.save_person(person)
        self.store.forget()
        self.faults.waiting.clear()
        self.calls.clear()
        self.logged_out_at = None
        self.updates.forget_poll("terminated by a reset of the local Telegram")
        self.webhooks.look_again()
        self.events.publish("reset", {})

    def snapshot(self) -> dict[str, Any]:
        """The whole state, files without their bytes."""
        rows = {table: self.store.rows(f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608 - names of our own
        return {
            "now": self.clock.now().isoformat(),
            "tables": {name: [list(map(_as_text, row)) for row in found] for name, found in rows.items()},
        }

    def close(self) -> None:
        """Ends what waits and lets go of the state."""
        self.events.close()
        self.store.close()

    def _restore_clock(self) -> None:
        saved = self.store.setting("clock")
        if saved is not None:
            self.clock.restore(saved)
            return
        if self.settings.initial_now is not None:
            self.clock.set(self.settings.initial_now.astimezone(UTC))
        if self.settings.frozen:
            self.clock.freeze()
        self.store.begin()
        self.store.set_setting("clock", self.clock.saved())
        self.store.keep()

    def _saved_limits(self) -> LimitSettings:
        started_with = LimitSettings(enabled=self.settings.limits, strict=self.settings.strict)
        saved = self.store.setting("limits")
        return LimitSettings.read(started_with.as_dict() | saved) if saved else started_with


def _as_text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
