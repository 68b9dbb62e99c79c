"""Formatted text by Telegram's rules: HTML, explicit entities, found links and commands. Offsets are UTF-16 units."""

import re

from bot.sandbox.errors import BadRequest
from bot.sandbox.formatted import Entity, FormattedText, utf16_length
from bot.sandbox.hypertext import parse_html
from bot.sandbox.markdown import parse_markdown

__all__ = ["FormattedText", "plain_text", "read_text", "utf16_length", "with_found"]

_FOUND = re.compile(
    r"(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})"
    r"|(?P<url>(?<![\w@.])(?:https?://[^\s<>\"'«»]+|(?:[\w-]+\.)+(?:com|org|net|se|no|nu|eu|fi|info|io|me)\b(?:/[^\s<>\"'«»]*)?))"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{2,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<phone_number>(?<![\w+])\+[1-9](?:[ ().-]{0,2}[0-9]){7,14}(?!\w))"
    r"|(?P<cashtag>(?<![\w$])\$[A-Z]{1,8}(?![\w$]))"
    r"|(?P<hashtag>(?<![\w\u200c·#])#(?=[\w\u200c·]*[^\W\d_])[\w\u200c·]{1,256})",
    re.IGNORECASE,
)
_FINDABLE = re.compile(r"[@/#+$.](?=\S)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_UNPRINTABLE = {code: " " for code in range(32) if chr(code) != "\n"} | {13: None}


def read_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> FormattedText:
    """What a bot's text means; raises BadRequest in Telegram's words where it cannot be parsed."""
    mode = (parse_mode or "").lower()
    if not text.isprintable() and _CONTROL.search(text):
        text = text.translate(_UNPRINTABLE)
    if mode == "html":
        parsed = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        parsed = FormattedText(*parse_markdown(text, legacy=mode == "markdown"))
    elif mode:
        raise BadRequest("unsupported parse_mode")
    else:
        parsed = FormattedText(text, _explicit(text, entities) if entities else [])
    return with_found(_trimmed(parsed))


def plain_text(text: str) -> FormattedText:
    """What a person wrote: odd signs as Telegram's own apps send them, commands and links found."""
    cleaned = text.translate(_UNPRINTABLE).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return with_found(_trimmed(FormattedText(cleaned)))


def with_found(formatted: FormattedText) -> FormattedText:
    """Adds links, addresses, mentions, hashtags and commands that the text itself shows."""
    text = formatted.text
    if not _FINDABLE.search(text):
        return formatted
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in formatted.entities]
    for match in _FOUND.finditer(text):
        value = match[0].rstrip(".,;:!?)") if match.lastgroup == "url" else match[0]
        start = utf16_length(text[: match.start()])
        end = start + utf16_length(value)
        if all(end <= first or last <= start for first, last in taken):
            formatted.entities.append({"type": match.lastgroup, "offset": start, "length": end - start})
    formatted.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return formatted


def _explicit(text: str, entities: list[Entity]) -> list[Entity]:
    length = utf16_length(text)
    kept = []
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise BadRequest("can't parse entities: entity beyond the end of the text")
        if entity["length"] > 0:
            kept.append(entity)
    return kept


def _trimmed(formatted: FormattedText) -> FormattedText:
    text = formatted.text.rstrip()
    if not formatted.entities:
        return FormattedText(text.lstrip())
    lead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.lstrip()
    length = utf16_length(text)
    kept = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return FormattedText(text, kept)
