"""Methods that send messages."""

import secrets
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import BadRequest
from bot.sandbox.messages import Message
from bot.sandbox.methods.call import Call

_GROUP = range(2, 11)
_ALONE_IN_GROUPS = {"document", "audio"}
_CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "sticker",
    "animation",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "location",
    "venue",
    "contact",
)
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "record_audio",
        "upload_audio",
    }
)


def send_message(call: Call) -> Message:
    """Serves sendMessage."""
    return call.send(call.text())


def send_file(call: Call) -> Message:
    """sendPhoto, sendDocument and the like: one file with a caption."""
    kind = call.method.removeprefix("send").lower()
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
    person = call.recipient(len(media))
    common = call.around(person) | {"media_group_id": str(secrets.randbits(56))}
    return [
        call.world.messages.from_bot(person, common | call.world.files.part(item["type"], source, item) | caption)
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
    person = call.world.chats.writable(call.get("chat_id"))
    call.world.tell("typing", {"chat_id": person["id"], "action": action})
    return True


def _original(call: Call, action: str) -> Message:
    source = call.world.chats.known(call.get("from_chat_id"))
    original = call.world.messages.find(source["id"], call.get("message_id"))
    if original is None:
        raise BadRequest(f"message to {action} not found")
    return original


def copy_message(call: Call) -> dict[str, Any]:
    """copyMessage: the content anew, with another caption if one is given."""
    original = _original(call, "copy")
    content = {name: original[name] for name in _CONTENT if name in original}
    if not content:
        raise BadRequest("message can't be copied")
    if "caption" in call.parameters and "text" not in content:
        for name in ("caption", "caption_entities"):
            content.pop(name, None)
        content |= call.caption()
    return {"message_id": call.send(content)["message_id"]}


def forward_message(call: Call) -> Message:
    """Serves forwardMessage."""
    original = _original(call, "forward")
    content = {name: original[name] for name in _CONTENT if name in original}
    if not content or original.get("has_protected_content"):
        raise BadRequest("message can't be forwarded")
    origin = original.get("forward_origin") or {
        "type": "user",
        "date": original["date"],
        "sender_user": original["from"],
    }
    if "inline_keyboard" in original.get("reply_markup", {}) and original["from"]["is_bot"]:
        kept = [[button for button in row if "url" in button] for row in original["reply_markup"]["inline_keyboard"]]
        if markup := keyboards.checked({"inline_keyboard": kept}):
            content["reply_markup"] = markup
    return call.send({"forward_origin": origin, **content})
