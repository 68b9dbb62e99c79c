"""What people do in Telegram's apps, as updates."""

import itertools
import time
from typing import Any, Final

from benchmarks.telegram import ME
from benchmarks.world import CARD

_message_ids: Final = itertools.count(CARD + 1)
_query_ids: Final = itertools.count(1)


def writes(user_id: int, text: str) -> dict[str, Any]:
    """A message to the bot."""
    message = {"message_id": next(_message_ids), "date": int(time.time()), **_place(user_id), "from": _user(user_id)}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    return {"message": {**message, "text": text, **({"entities": entities} if entities else {})}}


def presses(user_id: int, data: str) -> tuple[str, dict[str, Any]]:
    """A press on the person's card, with its query's id."""
    query_id = str(next(_query_ids))
    card = {"message_id": CARD, "date": int(time.time()), **_place(user_id), "from": ME, "text": "Vilken dag?"}
    query = {"id": query_id, "from": _user(user_id), "message": card, "chat_instance": "1", "data": data}
    return query_id, {"callback_query": query}


def _user(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": f"P{user_id}", "language_code": "sv"}


def _place(user_id: int) -> dict[str, Any]:
    return {"chat": {"id": user_id, "type": "private", "first_name": f"P{user_id}"}}
