"""Telegram's HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.errors import BadRequest
from bot.sandbox.formatted import Entity, FormattedText, utf16_length

_TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot);|&#(?:x[0-9a-fA-F]{1,6}|[0-9]{1,7});?")


def parse_html(source: str) -> FormattedText:
    """Plain text and entities; raises BadRequest with the byte offset of what is wrong."""
    return _Html(source).parse() if "<" in source or "&" in source else FormattedText(source)


@dataclass
class _Open:
    tag: str
    offset: int
    argument: str
    at: int


class _Html:
    """One text in Telegram's HTML. Errors tell byte offsets in UTF-8, as Telegram does."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> FormattedText:
        """The whole of it."""
        source = self.source
        while self.position < len(source):
            start = source.find("<", self.position)
            self._add(_characters(source[self.position : start if start >= 0 else None]))
            if start < 0:
                break
            self.position = start
            if source.startswith("</", start):
                self._close_tag(start)
            else:
                self._open_tag(start)
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return FormattedText("".join(self.pieces), self.entities)

    def _add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.offset += utf16_length(text)

    def _refuse(self, reason: str, position: int, rest: str = "") -> BadRequest:
        return _unparsable(f"{reason} at byte offset {len(self.source[:position].encode())}{rest}")

    def _word(self, stops: str) -> str:
        start = self.position
        while self.position < len(self.source) and self.source[self.position] not in stops:
            self.position += 1
        return self.source[start : self.position]

    def _blank(self) -> None:
        while self.position < len(self.source) and self.source[self.position] in " \t\r\n\v\f":
            self.position += 1

    def _open_tag(self, start: int) -> None:
        self.position = start + 1
        tag = self._word(" \t\r\n>").lower()
        if self.position >= len(self.source):
            raise self._refuse("Unclosed start tag", start)
        if tag not in _TAGS:
            raise self._refuse(f'Unsupported start tag "{tag}"', start)
        argument = ""
        for name, value in self._attributes(tag, start):
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "tg-spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', start)
        self.open.append(_Open(tag, self.offset, argument, sum(map(len, self.pieces))))
        self.position += 1

    def _attributes(self, tag: str, start: int) -> Iterator[tuple[str, str]]:
        while True:
            self._blank()
            if self.position >= len(self.source):
                raise self._refuse(f'Unclosed start tag "{tag}"', start)
            if self.source[self.position] == ">":
                return
            name = self._word(" \t\r\n=>").lower()
            if not name:
                raise self._refuse(f'Empty attribute name in the tag "{tag}"', self.position)
            self._blank()
            if self.source[self.position : self.position + 1] == "=":
                self.position += 1
                self._blank()
                yield name, self._attribute_value(start)
            elif tag == "blockquote" and name == "expandable":
                yield name, name
            else:
                raise self._refuse(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"', self.position
                )

    def _attribute_value(self, start: int) -> str:
        quote = self.source[self.position : self.position + 1]
        if quote in {'"', "'"}:
            end = self.source.find(quote, self.position + 1)
            if end < 0:
                raise self._refuse("Unclosed start tag", start)
            value = self.source[self.position + 1 : end]
            self.position = end + 1
            return _characters(value)
        begin = self.position
        value = self._word(" \t\r\n>")
        if not re.fullmatch(r"[\w.-]*", value, re.ASCII):
            raise self._refuse("Unexpected end of name token", begin)
        return value.lower()

    def _close_tag(self, start: int) -> None:
        if not self.open:
            raise self._refuse("Unexpected end tag", start)
        self.position = start + 2
        tag = self._word(" \t\r\n>").lower()
        self._blank()
        if self.source[self.position : self.position + 1] != ">":
            raise self._refuse("Unclosed end tag", start)
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise self._refuse("Unmatched end tag", start, f', expected "</{opened.tag}>", found "</{tag}>"')
        self.position += 1
        length = self.offset - opened.offset
        if length > 0:
            self._add_entity(opened, length)

    def _add_entity(self, opened: _Open, length: int) -> None:
        entity: Entity = {"type": _TAGS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            url = opened.argument or "".join(self.pieces)[opened.at :]
            if not (target := _link(url)):
                return
            entity |= target
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument and self.open and self.open[-1].tag == "pre":
            self.open[-1].argument = opened.argument
            return
        elif opened.tag == "pre":
            if opened.argument:
                entity["language"] = opened.argument
            self._drop_within(opened.offset)
        elif opened.tag == "code":
            self._drop_within(opened.offset)
        self.entities.append(entity)

    def _drop_within(self, offset: int) -> None:
        self.entities = [entity for entity in self.entities if entity["offset"] < offset]


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("blockquote", "expandable"), ("span", "class")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return ""


def _link(url: str) -> Entity | None:
    """The fields of a link; None where Telegram drops it and keeps the text."""
    if found := re.fullmatch(r"tg://user\?id=(\d+)", url):
        return {"type": "text_mention", "user": {"id": int(found[1]), "is_bot": False, "first_name": ""}}
    if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE) is None:
        url = f"http://{url}"
    found = re.fullmatch(r"(https?)://([^\s/?#]+\.[^\s/?#]+|localhost(?::\d+)?)([/?#].*)?", url, re.IGNORECASE)
    if found is None:
        return {"type": "text_link", "url": url} if url.startswith("tg://") else None
    return {"type": "text_link", "url": f"{found[1].lower()}://{found[2]}{found[3] or '/'}"}


def _characters(text: str) -> str:
    return _CHARACTER.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    written = match[0]
    if written in _NAMED:
        return _NAMED[written]
    digits = written.strip("&#;")
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_sign = 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - the bounds of Unicode
    return chr(code) if is_sign else written


def _unparsable(reason: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {reason}")
