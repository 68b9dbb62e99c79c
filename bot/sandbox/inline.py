"""Inline mode: results that a person chooses from, and the messages that they become."""

import base64
import hashlib
import struct
from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import read_text, utf16_length
from bot.sandbox.errors import BadRequest, ControlError

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, Person
    from bot.sandbox.messages import Message
    from bot.sandbox.world import World

Result = dict[str, Any]

_MAX_RESULTS = 50
_MAX_ID_BYTES = 64
_MAX_TEXT = 4096
_PLACE = ("latitude", "longitude")
_VENUE = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
_CONTACT = ("phone_number", "first_name", "last_name", "vcard")
CACHED_KINDS = ("photo", "document", "video", "audio", "voice", "gif", "sticker")


class Inline:
    """Checks results, and writes the message of the one that is chosen."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def checked(self, results: list[Result]) -> list[Result]:
        """The results of an answer; raises BadRequest in Telegram's words."""
        if len(results) > _MAX_RESULTS:
            raise BadRequest("RESULTS_TOO_MUCH")
        seen = set()
        for result in results:
            if not 1 <= len(result["id"].encode()) <= _MAX_ID_BYTES:
                raise BadRequest("RESULT_ID_INVALID")
            if result["id"] in seen:
                raise BadRequest("RESULT_ID_DUPLICATE")
            seen.add(result["id"])
            if "message_text" in result.get("input_message_content", {}):
                _text(result["input_message_content"])
        return results

    def message(self, chat: "Chat", person: "Person", result: Result) -> "Message":
        """Sends a result into a chat in a person's name; as people see it."""
        content = self._content(result) | {"via_bot": self._world.bot_user()}
        if "reply_markup" in result:
            content["reply_markup"] = result["reply_markup"]
        return self._world.messages.from_person(chat, person, content)

    def _content(self, result: Result) -> "Message":
        given = result.get("input_message_content")
        if given is not None:
            return _text(given) if "message_text" in given else _placed(given)
        kind = result["type"]
        if kind in {"location", "venue", "contact"}:
            return _placed(result)
        file_id = result.get(f"{kind}_file_id")
        known = self._world.files.find(file_id) if kind in CACHED_KINDS and isinstance(file_id, str) else None
        if known is None:
            raise ControlError(400, f"the local Telegram does not send a chosen result of type {kind}")
        content: Message = {known["kind"]: known["part"]}
        caption = read_text(result.get("caption", ""), result.get("parse_mode"), result.get("caption_entities"))
        if caption.text:
            content["caption"] = caption.text
        return content

    def message_id(self, message: "Message") -> str:
        """The identifier by which the bot can edit what was sent through it."""
        place = struct.pack(">qq", message["chat"]["id"], message["message_id"])
        return base64.urlsafe_b64encode(place + self._mark(place)).decode()

    def find(self, inline_message_id: str) -> "Message | None":
        """The message of such an identifier."""
        try:
            packed = base64.urlsafe_b64decode(inline_message_id)
            chat_id, message_id = struct.unpack(">qq", packed[:16])
        except (ValueError, struct.error):
            return None
        found = self._world.messages.find(chat_id, message_id) if packed[16:] == self._mark(packed[:16]) else None
        return found if found is not None and "via_bot" in found else None

    def _mark(self, place: bytes) -> bytes:
        return hashlib.blake2s(place, key=self._world.settings.token.encode()[:32], digest_size=8).digest()


def _text(given: Result) -> "Message":
    formatted = read_text(given["message_text"], given.get("parse_mode"), given.get("entities"))
    if not formatted.text:
        raise BadRequest("message text is empty")
    if utf16_length(formatted.text) > _MAX_TEXT:
        raise BadRequest("message is too long")
    return {"text": formatted.text} | ({"entities": formatted.entities} if formatted.entities else {})


def _placed(given: Result) -> "Message":
    if "phone_number" in given:
        return {"contact": {name: given[name] for name in _CONTACT if name in given}}
    place = {name: given[name] for name in _PLACE}
    if "address" in given:
        return {
            "location": place,
            "venue": {"location": place} | {name: given[name] for name in _VENUE if name in given},
        }
    return {"location": place}
