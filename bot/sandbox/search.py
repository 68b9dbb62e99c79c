"""Looking for words in a chat."""

import json
from typing import Any

from bot.sandbox.store import Store

MOST_FOUND = 500


def holding(store: Store, chat_id: int, words: str) -> list[int]:
    """The ids of a chat's messages that hold the words, case aside, in what is written on them; the newest first."""
    wanted, found = words.casefold(), []
    for message_id, kept in store.rows(
        "SELECT message_id, json FROM message WHERE chat_id = ? ORDER BY message_id DESC", chat_id
    ):
        if wanted in _words(json.loads(kept)).casefold():
            found.append(message_id)
            if len(found) == MOST_FOUND:
                break
    return found


def _words(message: dict[str, Any]) -> str:
    venue, document = message.get("venue", {}), message.get("document", {})
    words = (message.get("text"), message.get("caption"), document.get("file_name"), venue.get("title"))
    return "\n".join(word for word in (*words, venue.get("address")) if word)
