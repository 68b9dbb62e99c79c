"""What waits for the bot's answer for a limited time: presses of inline buttons, and inline queries."""

import json
import secrets
from typing import Any

from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import BadRequest, ControlError
from bot.sandbox.messages import Message, for_bot
from bot.sandbox.store import packed
from bot.sandbox.world import World

ANSWERED_WITHIN_SECONDS = 60.0
KEPT_SECONDS = 2 * 24 * 3600.0
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

Query = dict[str, Any]


def press(world: World, person: Person, message: Message, data: str) -> str:
    """A person presses; the id of the query."""
    query_id = new_id()
    update = {
        "id": query_id,
        "from": world.chats.user(person),
        "chat_instance": str(message["chat"]["id"] * 7919),
        "data": data,
    }
    if "via_bot" in message:
        update["inline_message_id"] = world.inline.message_id(message)
    else:
        update["message"] = for_bot(message)
    state = {"answered": False, "text": None, "show_alert": False, "url": None, "person_id": person["id"]}
    _keep(world, query_id, "callback_query", update, state)
    return query_id


def ask_inline(world: World, person: Person, chat: Chat, query: str, offset: str) -> str:
    """A person writes after the bot's name in a chat; the id of the query."""
    query_id = new_id()
    update = {"id": query_id, "from": world.chats.user(person), "query": query, "offset": offset}
    update["chat_type"] = "sender" if chat.person else chat.shown["type"]
    state = {"answered": False, "results": [], "button": None, "next_offset": "", "person_id": person["id"]}
    _keep(world, query_id, "inline_query", update, state)
    return query_id


def again(world: World, query_id: str) -> None:
    """The same press or query once more under a new `update_id`, as when the person's app was started anew."""
    query = find(world, query_id)
    if query is None:
        raise ControlError(404, "there is no such query")
    world.updates.add(query["kind"], query["update"], lane=query["person_id"])


def find(world: World, query_id: str) -> Query | None:
    """What became of a query, with its `kind` and `update`."""
    row = world.store.row("SELECT json FROM query WHERE id = ?", query_id)
    return json.loads(row[0]) if row else None


def answer_press(world: World, query_id: str | None, parameters: dict[str, Any]) -> None:
    """Keeps the first answer to a press and tells of it; raises BadRequest when nobody waits for it any more."""
    query = _waiting(world, query_id, "callback_query")
    answered = {
        "text": parameters.get("text"),
        "show_alert": parameters.get("show_alert", False),
        "url": parameters.get("url"),
    }
    _answer(world, str(query_id), query, answered)


def answer_inline(world: World, query_id: str | None, answered: dict[str, Any]) -> None:
    """Keeps the first answer to an inline query and tells of it; raises BadRequest as above."""
    _answer(world, str(query_id), _waiting(world, query_id, "inline_query"), answered)


def seen(query: Query) -> dict[str, Any]:
    """As the control interface tells it."""
    return {name: value for name, value in query.items() if name not in {"kind", "update", "person_id"}}


def new_id() -> str:
    """A number of Telegram's size."""
    return str(secrets.randbits(62) + (1 << 62))


def _keep(world: World, query_id: str, kind: str, update: dict[str, Any], state: dict[str, Any]) -> None:
    now = world.clock.timestamp()
    world.store.execute("DELETE FROM query WHERE created_at < ?", now - KEPT_SECONDS)
    kept = packed({**state, "kind": kind, "update": update})
    world.store.execute("INSERT INTO query VALUES (?, ?, ?)", query_id, now, kept)
    world.updates.add(kind, update, lane=state["person_id"])


def _waiting(world: World, query_id: str | None, kind: str) -> Query:
    row = world.store.row("SELECT json, created_at FROM query WHERE id = ?", query_id)
    if row is None or world.clock.timestamp() - row[1] > ANSWERED_WITHIN_SECONDS:
        raise BadRequest(_TOO_OLD)
    query: Query = json.loads(row[0])
    if query.get("kind", kind) != kind:
        raise BadRequest(_TOO_OLD)
    return query


def _answer(world: World, query_id: str, query: Query, answered: dict[str, Any]) -> None:
    if query["answered"]:
        return
    query |= {"answered": True, **answered}
    world.store.execute("UPDATE query SET json = ? WHERE id = ?", packed(query), query_id)
    world.tell("answered", {"callback_query_id": query_id, "person_id": query["person_id"], **seen(query)})
