"""The log of the bot's calls. What is told of a call is rendered when somebody looks; answers are kept as JSON,
so that the garbage collector has nothing to look through.
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
_LOGGED_ANSWER = 2_000


class LoggedCall(NamedTuple):
    """One request of the bot and its answer. `at` is in Unix seconds; `messages` it wrote, as (chat_id, message_id)."""

    id: int
    at: float
    method: str
    parameters: dict[str, Any]
    files: dict[str, dict[str, Any]]
    answer: str
    ms: float
    unknown: tuple[str, ...]
    messages: tuple[tuple[int, int], ...]

    def as_dict(self) -> dict[str, Any]:
        """As the control interface tells it."""
        return {
            "id": self.id,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(),
            "method": self.method,
            "parameters": self.parameters,
            "files": self.files,
            "answer": json.loads(self.answer),
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
        answer: str,
        *,
        ms: float = 0.0,
        unknown: list[str],
        messages: tuple[tuple[int, int], ...] = (),
    ) -> LoggedCall:
        """Writes one down with its answer in JSON; what is long is cut, so that the log of a busy bot stays small."""
        self.last_id += 1
        files = {name: {"name": file.name, "size": len(file.content)} for name, file in raw.files.items()}
        answer = _shortened(answer) if len(answer) > _LOGGED_ANSWER else answer
        call = LoggedCall(self.last_id, at, method, _kept(raw), files, answer, ms, tuple(unknown), messages)
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


def _shortened(answer: str) -> str:
    """Long lists are cut."""
    read = json.loads(answer)
    result = read.get("result")
    if not isinstance(result, list) or len(result) <= _LOGGED_ITEMS:
        return answer
    return json.dumps({**read, "result": result[:_LOGGED_ITEMS], "left_out": len(result) - _LOGGED_ITEMS})


def _kept(raw: RawRequest) -> dict[str, Any]:
    """The parameters, what is long cut."""
    if raw.size <= _LOGGED_TEXT:
        return raw.parameters
    return {name: _short(value) for name, value in raw.parameters.items()}


def _short(value: Any) -> Any:
    text = value if isinstance(value, str) else packed(value)
    return f"{text[:_LOGGED_TEXT]}…" if len(text) > _LOGGED_TEXT else value
