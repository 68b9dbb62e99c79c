"""Methods that send messages."""

import secrets
from typing import Any, Final

from bot.sandbox import keyboards
from bot.sandbox.errors import BadRequest
from bot.sandbox.messages import Message
from bot.sandbox.methods.call import Call

SENT_FILES: Final = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendVideoNote": "video_note",
}
_GROUP = range(2, 11)
_MAX_AT_ONCE = 100
_ALONE_IN_GROUPS = {"document", "audio"}
_CAPTIONED = ("photo", "document", "voice", "audio", "video", "animation")
_CONTENT = (
    *("text", "entities", "link_preview_options", *_CAPTIONED, "video_note", "sticker", "caption"),
    *("caption_entities", "show_caption_above_media", "has_media_spoiler", "location", "venue", "contact"),
)
_CAPTION = ("caption", "caption_entities")
_ACTIONS = frozenset(
    f"{doing}_{what}"
    for doing, named in {
        "upload": ("photo", "video", "voice", "document", "video_note", "audio"),
        "record": ("video", "voice", "video_note", "audio"),
    }.items()
    for what in named
) | {"typing", "choose_sticker", "find_location"}


def send_message(call: Call) -> Message:
    """Serves sendMessage."""
    return call.send(call.text())


def send_file(call: Call) -> Message:
    """sendPhoto, sendDocument and the like: one file with a caption."""
    kind = SENT_FILES[call.method]
    caption = call.caption()
    call.world.chats.writable(call.get("chat_id"))
    return call.send(call.world.files.part(kind, call.sources[0], call.parameters) | caption)


def send_media_group(call: Call) -> list[Message]:
    """sendMediaGroup: 2 to 10 files as an album."""
    media = call.get("media")
    if len(media) not in _GROUP:
        raise BadRequest("media group must include 2-10 items" if media else "there are no messages to send")
    kinds = {item["type"] for item in media}
    if len(kinds) > 1 and kinds & _ALONE_IN_GROUPS:
        alone = "document" if "document" in kinds else "audio"
        raise BadRequest(f"{alone} can't be mixed with other media types")
    captions = [call.caption(item) for item in media]
    chat = call.recipient(len(media))
    common = call.around(chat) | {"media_group_id": str(secrets.randbits(56))}
    return [
        call.world.messages.from_bot(chat, common | call.world.files.part(item["type"], source, item) | caption)
        for item, source, caption in zip(media, call.sources, captions, strict=True)
    ]


def send_location(call: Call) -> Message:
    """Serves sendLocation."""
    return call.send({"location": _place(call)})


def send_venue(call: Call) -> Message:
    """Serves sendVenue."""
    venue = {"location": _place(call), "title": call.get("title"), "address": call.get("address")}
    venue |= {
        name: call.get(name)
        for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
        if call.get(name)
    }
    return call.send({"location": venue["location"], "venue": venue})


def send_contact(call: Call) -> Message:
    """Serves sendContact."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    return call.send({"contact": {name: call.get(name) for name in names if call.get(name)}})


def _place(call: Call) -> dict[str, Any]:
    latitude, longitude = call.get("latitude"), call.get("longitude")
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:  # noqa: PLR2004 - the globe's degrees
        raise BadRequest("wrong location specified")
    place = {"latitude": latitude, "longitude": longitude}
    return place | {name: call.get(name) for name in ("horizontal_accuracy",) if call.get(name)}


def send_chat_action(call: Call) -> bool:
    """Serves sendChatAction."""
    action = call.get("action")
    if action not in _ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat = call.world.chats.writable(call.get("chat_id"))
    call.world.tell("typing", {"chat_id": chat.id, "action": action})
    return True


def copy_message(call: Call) -> dict[str, Any]:
    """copyMessage: the content anew, with another caption if one is given."""
    original = _original(call, call.get("message_id"))
    if original is None:
        raise BadRequest("message to copy not found")
    content = {name: original[name] for name in _CONTENT if name in original}
    if not content:
        raise BadRequest("message can't be copied")
    if "caption" in call.parameters and any(kind in content for kind in _CAPTIONED):
        content = _without(content, _CAPTION) | call.caption()
    return {"message_id": call.send(content)["message_id"]}


def forward_message(call: Call) -> Message:
    """Serves forwardMessage."""
    original = _original(call, call.get("message_id"))
    if original is None:
        raise BadRequest("message to forward not found")
    content = _forwarded(call, original)
    if content is None:
        raise BadRequest("message can't be forwarded")
    return call.send(content)


def copy_messages(call: Call) -> list[dict[str, Any]]:
    """copyMessages: those that can be, in their order."""
    found = _several(call)
    contents = [{name: one[name] for name in _CONTENT if name in one} for one in found]
    if call.get("remove_caption"):
        contents = [_without(content, _CAPTION) for content in contents]
    return _sent(call, [content for content in contents if content], "there are no messages to copy")


def forward_messages(call: Call) -> list[dict[str, Any]]:
    """forwardMessages: likewise."""
    contents = [_forwarded(call, one) for one in _several(call)]
    return _sent(call, [content for content in contents if content], "there are no messages to forward")


def _sent(call: Call, contents: list[Message], refusal: str) -> list[dict[str, Any]]:
    if not contents:
        raise BadRequest(refusal)
    chat = call.recipient(len(contents))
    common = call.around(chat)
    return [{"message_id": call.world.messages.from_bot(chat, common | content)["message_id"]} for content in contents]


def _without(content: Message, names: tuple[str, ...]) -> Message:
    return {name: value for name, value in content.items() if name not in names}


def _several(call: Call) -> list[Message]:
    asked = call.get("message_ids")
    if len(asked) > _MAX_AT_ONCE:
        raise BadRequest("too many message identifiers specified")
    found = [_original(call, message_id) for message_id in asked]
    return [one for one in found if one is not None]


def _original(call: Call, message_id: int) -> Message | None:
    source = call.world.chats.known(call.get("from_chat_id"))
    return call.world.messages.find(source.id, message_id)


def _forwarded(call: Call, original: Message) -> Message | None:
    """The content with where it comes from; None where it may not be forwarded."""
    content: Message = {name: original[name] for name in _CONTENT if name in original}
    if not content or original.get("has_protected_content"):
        return None
    origin = original.get("forward_origin") or {
        "type": "user",
        "date": original["date"],
        "sender_user": original["from"],
    }
    if "inline_keyboard" in original.get("reply_markup", {}) and original["from"]["id"] == call.world.bot_id:
        kept = [[button for button in row if "url" in button] for row in original["reply_markup"]["inline_keyboard"]]
        if markup := keyboards.checked({"inline_keyboard": kept}):
            content["reply_markup"] = markup
    return {"forward_origin": origin, **content}
