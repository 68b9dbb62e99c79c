"""The log of the bot's calls. What is told of a call is rendered when somebody looks; what was asked and answered is
kept as JSON, which takes a fifth of the memory: a busy bot's log then fits beside the program in the processor's cache.
"""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.sandbox.parsing import RawRequest
from bot.sandbox.store import packed

CALLS_KEPT = 2_000
_LOGGED_TEXT = 2_000
_LOGGED_ITEMS = 10
_NO_FILES: dict[str, dict[str, Any]] = {}
_LOGGED_RESULT = 2_000


class LoggedCall(NamedTuple):
    """One request of the bot and what came of it: the result alone, or a refusal and what was cut in their envelope.

    `at` is in Unix seconds; `messages` it wrote, as (chat_id, message_id).
    """

    id: int
    at: float
    method: str
    parameters: bytes
    files: dict[str, dict[str, Any]]
    came: bytes
    is_result: bool
    ms: float
    unknown: tuple[str, ...]
    messages: tuple[tuple[int, int], ...]

    def as_json(self) -> bytes:
        """As an event tells it."""
        return packed(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """As the control interface tells it."""
        came = json.loads(self.came)
        return {
            "id": self.id,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(),
            "method": self.method,
            "parameters": json.loads(self.parameters),
            "files": self.files,
            "answer": {"ok": True, "result": came} if self.is_result else came,
            "ms": round(self.ms, 2),
            "unknown": self.unknown,
            "messages": [{"chat_id": chat_id, "message_id": message_id} for chat_id, message_id in self.messages],
        }


@dataclass
class CallLog:
    """The last calls."""

    kept: deque[LoggedCall] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    last_id: int = 0

    def add(
        self,
        at: float,
        method: str,
        raw: RawRequest,
        came: bytes,
        *,
        is_result: bool,
        ms: float,
        unknown: list[str],
        messages: tuple[tuple[int, int], ...] = (),
    ) -> LoggedCall:
        """Writes one down with what came of it in JSON; what is long is cut, so that a busy bot's log stays small."""
        self.last_id += 1
        files = {name: {"name": file.name, "size": len(file.content)} for name, file in raw.files.items()} or _NO_FILES
        if is_result and len(came) > _LOGGED_RESULT and (cut := _shortened(json.loads(came))):
            came, is_result = cut, False
        call = LoggedCall(self.last_id, at, method, _kept(raw), files, came, is_result, ms, tuple(unknown), messages)
        self.kept.append(call)
        return call

    def after(self, call_id: int) -> Iterator[LoggedCall]:
        """Those with higher numbers, oldest first."""
        return (call for call in self.kept if call.id > call_id)

    def about(self, chat_id: int, message_id: int) -> Iterator[LoggedCall]:
        """Those that wrote a message: sent it, changed it, removed it."""
        return (call for call in self.kept if (chat_id, message_id) in call.messages)

    def clear(self) -> None:
        """Forgets them; numbers go on."""
        self.kept.clear()


def _shortened(result: Any) -> bytes | None:
    """The envelope of a list that is too long for the log."""
    if not isinstance(result, list) or len(result) <= _LOGGED_ITEMS:
        return None
    return packed({"ok": True, "result": result[:_LOGGED_ITEMS], "left_out": len(result) - _LOGGED_ITEMS})


def _kept(raw: RawRequest) -> bytes:
    """The parameters, what is long cut."""
    if raw.size <= _LOGGED_TEXT:
        return packed(raw.parameters)
    return packed({name: _short(value) for name, value in raw.parameters.items()})


def _short(value: Any) -> Any:
    text = value if isinstance(value, str) else packed(value).decode()
    return f"{text[:_LOGGED_TEXT]}…" if len(text) > _LOGGED_TEXT else value
