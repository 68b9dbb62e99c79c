"""What an announcement says: a call of the Bot API, made from a message that was sent to the bot."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from bot.domain.errors import DomainError
from bot.domain.text import telegram_length

TEXT_MAX: Final = 4096
CAPTION_MAX: Final = 1024

Content: TypeAlias = Mapping[str, Any]
"""A method of the Bot API and its parameters, less the chat: `{"method", "params"}`."""


class ContentUnsupported(DomainError):
    """Neither text, picture, file nor place."""


class AlbumUnsupported(DomainError):
    """Several pictures in one message: each would have to be sent by itself."""


class ContentEmpty(DomainError):
    """Nothing was left of the text."""


class ContentTooLong(DomainError):
    """More characters than Telegram takes in such a message: `n`, `limit`."""


class TextWantedHere(DomainError):
    """A correction is words; the picture or file stays."""


_FORMATS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
    }
)
"""Entities that carry formatting; links, mentions and the like are found anew in the text."""
_MEDIA = {
    "animation": "sendAnimation",
    "video": "sendVideo",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "document": "sendDocument",
}
_VENUE = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
_PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")


def content_of(message: Mapping[str, Any]) -> Content:
    """The call that says the same as a message of the Bot API.

    Raises ContentUnsupported, AlbumUnsupported, ContentEmpty, ContentTooLong.
    """
    if message.get("media_group_id"):
        raise AlbumUnsupported
    if message.get("text") is not None:
        return _text(message)
    if venue := message.get("venue"):
        params = _point(venue["location"]) | {"title": venue["title"], "address": venue["address"]}
        return {"method": "sendVenue", "params": params | {k: venue[k] for k in _VENUE if venue.get(k)}}
    if location := message.get("location"):
        return {"method": "sendLocation", "params": _point(location)}
    if photos := message.get("photo"):
        largest = max(photos, key=lambda size: int(size["width"]) * int(size["height"]))
        return {"method": "sendPhoto", "params": {"photo": largest["file_id"], **_caption(message)}}
    for field, method in _MEDIA.items():
        if media := message.get(field):
            return {"method": method, "params": {field: media["file_id"], **_caption(message)}}
    raise ContentUnsupported


def _text(message: Mapping[str, Any]) -> Content:
    text, entities = tidy(str(message["text"]), message.get("entities") or ())
    if not text:
        raise ContentEmpty
    _require_short(text, TEXT_MAX)
    params: dict[str, Any] = {"text": text, "entities": entities}
    options = message.get("link_preview_options") or {}
    if kept := {name: options[name] for name in _PREVIEW if options.get(name)}:
        params["link_preview_options"] = kept
    return {"method": "sendMessage", "params": params}


def _caption(message: Mapping[str, Any]) -> dict[str, Any]:
    text, entities = tidy(str(message.get("caption") or ""), message.get("caption_entities") or ())
    _require_short(text, CAPTION_MAX)
    params: dict[str, Any] = {"caption": text, "caption_entities": entities} if text else {}
    if message.get("show_caption_above_media"):
        params["show_caption_above_media"] = True
    if message.get("has_media_spoiler"):
        params["has_spoiler"] = True
    return params


def _point(location: Mapping[str, Any]) -> dict[str, Any]:
    return {"latitude": location["latitude"], "longitude": location["longitude"]}


def _require_short(text: str, limit: int) -> None:
    if telegram_length(text) > limit:
        raise ContentTooLong(n=telegram_length(text), limit=limit)


def tidy(text: str, entities: Iterable[Mapping[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Text that can be stored and sent, with its formatting where it belongs.

    No NUL, control characters or lone surrogates, no outer space; offsets are UTF-16 units before and after.
    """
    places = [0]
    kept: list[str] = []
    for char in text:
        is_kept = char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
        units = telegram_length(char)
        if is_kept:
            kept.append(char)
        places += [places[-1]] * (units - 1) + [places[-1] + (units if is_kept else 0)]
    cleaned = "".join(kept)
    lead = len(cleaned) - len(cleaned.lstrip())
    whole = cleaned.strip()
    end = telegram_length(whole)
    return whole, [
        {**_format(entity), "offset": start, "length": stop - start}
        for entity in entities
        if _is_format(entity)
        for start, stop in (_within(entity, places, lead, end),)
        if stop > start
    ]


def _within(entity: Mapping[str, Any], places: Sequence[int], lead: int, end: int) -> tuple[int, int]:
    """Where an entity starts and stops in the tidied text; leading space is one unit a sign."""
    last = len(places) - 1
    first = min(max(int(entity["offset"]), 0), last)
    after = min(first + max(int(entity["length"]), 0), last)
    return max(places[first] - lead, 0), min(places[after] - lead, end)


def _is_format(entity: Mapping[str, Any]) -> bool:
    kind = entity.get("type")
    if kind == "text_mention":
        return bool((entity.get("user") or {}).get("id"))
    return kind in _FORMATS and (kind != "text_link" or bool(entity.get("url")))


def _format(entity: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: entity[name] for name in ("type", "url", "language") if entity.get(name)}
    if entity["type"] == "text_mention":
        # the whole user: a bot's entity is refused without the required fields of a User
        kept["user"] = {name: entity["user"][name] for name in ("id", "is_bot", "first_name") if name in entity["user"]}
    return kept


def words_of(content: Content) -> str:
    """An announcement's words without formatting: text, caption, or the place's name."""
    params = content["params"]
    if content["method"] == "sendVenue":
        return f"{params['title']}\n{params['address']}"
    return str(params.get("text") or params.get("caption") or "")


def is_correctable(content: Content) -> bool:
    """Whether its words can be changed in the chats; a place has none."""
    return content["method"] not in {"sendVenue", "sendLocation"}


def corrected(content: Content, message: Mapping[str, Any]) -> Content:
    """The content with the words of a new message. Raises TextWantedHere, ContentEmpty, ContentTooLong."""
    if message.get("text") is None:
        raise TextWantedHere
    params = {k: v for k, v in content["params"].items() if k not in {"caption", "caption_entities"}}
    if content["method"] == "sendMessage":
        return _text(message)
    said = {"caption": message["text"], "caption_entities": message.get("entities") or ()}
    caption = _caption(said)
    if not caption:
        raise ContentEmpty
    return {"method": content["method"], "params": params | caption}


def correction(content: Content, message_id: int) -> Content:
    """The call that gives a sent message these words."""
    params = content["params"]
    if content["method"] == "sendMessage":
        kept = ("text", "entities", "link_preview_options")
        method = "editMessageText"
    else:
        kept = ("caption", "caption_entities", "show_caption_above_media")
        method = "editMessageCaption"
    return {"method": method, "params": {k: params[k] for k in kept if k in params} | {"message_id": message_id}}


def in_language(contents: Mapping[str, Content], language: str) -> Content:
    """The content for a reader: in their language, else in Swedish, else as it is."""
    return contents.get(language) or contents.get("sv") or next(iter(contents.values()))
