"""Screens as rows for the outbox."""

from typing import Any

from bot.domain.outgoing import Outgoing, Priority
from bot.views.screen import File, Kept, Reader, Screen, Venue, message, words


def _attached(item: File | Kept | Venue, reader: Reader, *, chat_id: int, priority: Priority) -> Outgoing:
    if isinstance(item, Venue):
        params: dict[str, Any] = {
            "chat_id": chat_id,
            "latitude": item.latitude,
            "longitude": item.longitude,
            "title": item.title,
            "address": item.address,
        }
        return Outgoing("call", {"method": "sendVenue", "params": params}, chat_id=chat_id, priority=priority)
    params = {"chat_id": chat_id}
    if item.caption is not None:
        params |= {"caption": words(item.caption, reader), "parse_mode": "HTML"}
    method, field = ("sendPhoto", "photo") if item.photo else ("sendDocument", "document")
    if isinstance(item, Kept):
        call = {"method": method, "params": params | {field: item.file_id}}
        return Outgoing("call", call, chat_id=chat_id, priority=priority)
    payload = {
        "method": method,
        "field": field,
        "params": params,
        "file": {"maker": item.maker, "language": reader.language, **item.ids},
        "cache_key": item.cache_key and f"{item.cache_key}:{reader.language}",
    }
    return Outgoing("file", payload, chat_id=chat_id, priority=priority)


def card(
    screen: Screen, reader: Reader, *, chat_id: int, card_id: int, priority: Priority = Priority.REPLY
) -> list[Outgoing]:
    """A screen on a dialogue's card: pictures above it, the card itself (edited or sent anew, as the sender sees
    fit), files below.
    """
    return [
        *(_attached(item, reader, chat_id=chat_id, priority=priority) for item in screen.above),
        Outgoing("card", {"params": message(screen, reader)}, chat_id=chat_id, card_id=card_id, priority=priority),
        *(_attached(item, reader, chat_id=chat_id, priority=priority) for item in screen.below),
    ]


def separate(
    screen: Screen, reader: Reader, *, chat_id: int, priority: Priority = Priority.REPLY, reply_to: int | None = None
) -> list[Outgoing]:
    """A screen as a message of its own."""
    params = message(screen, reader) | {"chat_id": chat_id}
    if reply_to is not None:
        params["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return [
        *(_attached(item, reader, chat_id=chat_id, priority=priority) for item in screen.above),
        Outgoing("call", {"method": "sendMessage", "params": params}, chat_id=chat_id, priority=priority),
        *(_attached(item, reader, chat_id=chat_id, priority=priority) for item in screen.below),
    ]
