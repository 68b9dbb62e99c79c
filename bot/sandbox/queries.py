"""Presses of inline buttons: asked by a person, answered by the bot within a limited time."""

import json
import secrets
from datetime import timedelta
from typing import Any

from bot.sandbox.errors import BadRequest
from bot.sandbox.messages import Message, for_bot
from bot.sandbox.store import packed
from bot.sandbox.world import World

ANSWERED_WITHIN = timedelta(minutes=1)
KEPT_FOR = timedelta(days=2)


def ask(world: World, person: dict[str, Any], message: Message, data: str) -> str:
    """A person presses; the id of the query."""
    query_id = str(secrets.randbits(62) + (1 << 62))
    now = world.clock.now()
    state = {"answered": False, "text": None, "show_alert": False, "url": None, "person_id": person["id"]}
    world.store.execute("DELETE FROM query WHERE created_at < ?", (now - KEPT_FOR).timestamp())
    world.store.execute("INSERT INTO query VALUES (?, ?, ?)", query_id, now.timestamp(), packed(state))
    update = {
        "id": query_id,
        "from": world.chats.user(person),
        "message": for_bot(message),
        "chat_instance": str(message["chat"]["id"] * 7919),
        "data": data,
    }
    world.updates.add("callback_query", update, lane=person["id"])
    return query_id


def find(world: World, query_id: str) -> dict[str, Any] | None:
    """What became of a press."""
    row = world.store.row("SELECT json FROM query WHERE id = ?", query_id)
    return json.loads(row[0]) if row else None


def answer(world: World, query_id: str | None, parameters: dict[str, Any]) -> None:
    """Keeps the first answer and tells of it; raises BadRequest when nobody waits for it any more."""
    row = world.store.row("SELECT json, created_at FROM query WHERE id = ?", query_id)
    if row is None or world.clock.now().timestamp() - row[1] > ANSWERED_WITHIN.total_seconds():
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    state = json.loads(row[0])
    if state["answered"]:
        return
    state |= {
        "answered": True,
        "text": parameters.get("text"),
        "show_alert": parameters.get("show_alert", False),
        "url": parameters.get("url"),
    }
    world.store.execute("UPDATE query SET json = ? WHERE id = ?", packed(state), query_id)
    world.tell("answered", {"callback_query_id": query_id, **state})
