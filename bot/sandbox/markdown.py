"""MarkdownV2, and the older Markdown, by Telegram's rules."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import BadRequest

_MARKS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
}
_RESERVED = "_*[]()~`>#+-=|{}.!"


def parse_markdown(source: str, *, legacy: bool) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities (offsets in UTF-16 units); raises BadRequest with the byte offset of what is wrong."""
    return _Markdown(source, legacy=legacy).parse()


@dataclass
class _Open:
    mark: str
    offset: int
    at: int
    language: str = ""


@dataclass
class _Markdown:
    source: str
    legacy: bool
    position: int = 0
    offset: int = 0
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.position < len(self.source):
            self._step()
        if self.open:
            last = self.open[-1]
            kind = "text_link" if last.mark == "[" else _MARKS[last.mark]
            raise self._refuse(f"Can't find end of {_spoken(kind)} entity", last.at)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), self.entities

    def _step(self) -> None:
        sign = self.source[self.position]
        within_code = bool(self.open) and self.open[-1].mark in {"`", "```"}
        if sign == "\\" and self._escapes(within_code=within_code):
            self._add(self.source[self.position + 1], 2)
        elif within_code:
            self._within_code()
        elif mark := self._mark():
            self._toggle(mark)
        elif sign == "[":
            self.open.append(_Open("[", self.offset, self.position))
            self.position += 1
        elif sign == "]" and any(opened.mark == "[" for opened in self.open):
            self._link()
        elif not self.legacy and sign in _RESERVED:
            raise BadRequest(
                f"can't parse entities: Character '{sign}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._add(sign, 1)

    def _escapes(self, *, within_code: bool) -> bool:
        following = self.source[self.position + 1 : self.position + 2]
        if not following:
            return False
        if self.legacy:
            return following in "_*`[" and not within_code
        return following in "`\\" if within_code else ord(following) in range(1, 127)

    def _mark(self) -> str:
        rest = self.source[self.position : self.position + 3]
        known = ("```", "`", "*", "_") if self.legacy else ("```", "`", "||", "__", "*", "_", "~")
        return next((mark for mark in known if rest.startswith(mark)), "")

    def _within_code(self) -> None:
        mark = self.open[-1].mark
        if self.source.startswith(mark, self.position):
            self._toggle(mark)
        else:
            self._add(self.source[self.position], 1)

    def _toggle(self, mark: str) -> None:
        at = self.position
        self.position += len(mark)
        if self.open and self.open[-1].mark == mark:
            self._close(self.open.pop())
            return
        if any(opened.mark == mark for opened in self.open):
            raise self._refuse(f"Can't find end of {_spoken(_MARKS[self.open[-1].mark])} entity", self.open[-1].at)
        opened = _Open(mark, self.offset, at)
        if mark == "```":
            line, parted, _ = self.source[self.position :].partition("\n")
            if parted and "`" not in line and " " not in line:
                opened.language = line
                self.position += len(line) + 1
        self.open.append(opened)

    def _close(self, opened: _Open) -> None:
        if self.offset > opened.offset:
            entity = {"type": _MARKS[opened.mark], "offset": opened.offset, "length": self.offset - opened.offset}
            if opened.language:
                entity["language"] = opened.language
            self.entities.append(entity)

    def _link(self) -> None:
        opened = self.open.pop()
        if opened.mark != "[":
            raise self._refuse(f"Can't find end of {_spoken(_MARKS[opened.mark])} entity", opened.at)
        end = self.source.find(")", self.position)
        self.position += 1
        if self.source[self.position : self.position + 1] != "(" or end < 0:
            return
        url = self.source[self.position + 1 : end].replace("\\", "")
        self.position = end + 1
        if self.offset > opened.offset and "." in url:
            self.entities.append(
                {"type": "text_link", "offset": opened.offset, "length": self.offset - opened.offset, "url": url}
            )

    def _add(self, text: str, taken: int) -> None:
        self.pieces.append(text)
        self.offset += len(text.encode("utf-16-le")) // 2
        self.position += taken

    def _refuse(self, reason: str, position: int) -> BadRequest:
        offset = len(self.source[:position].encode())
        return BadRequest(f"can't parse entities: {reason} at byte offset {offset}")


def _spoken(kind: str) -> str:
    names = {"text_link": "TextUrl", "pre": "Pre", "code": "Code"}
    return names.get(kind, kind.capitalize())
