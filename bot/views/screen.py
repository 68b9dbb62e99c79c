"""Typed content of a message, rendered in the reader's language: replies, reminders and announcements alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, TypeAlias

from bot.domain.frozen import dataclass
from bot.texts import Html, escape, fill
from bot.views.press import Press
from bot.views.times import Time


@dataclass(frozen=True, slots=True)
class T:
    """A text of the catalogue with its fields, not yet in a language."""

    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class L:
    """Words that coordinators keep in several languages; Swedish stands in for a missing one."""

    words: Mapping[str, str]


Words: TypeAlias = T | L | Time | Html | str | int
Line: TypeAlias = Words | None


def t(key: str, /, **fields: Any) -> T:
    """A text of the catalogue; fields may be texts, times, words in several languages, or sequences of these."""
    return T(key, fields)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom something is rendered: their language, and the present time (UTC), which decides what needs a year."""

    language: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Button:
    """A label with what it does: a press, or a link (`url`), or text to copy."""

    label: Words
    press: Press | None = None
    url: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file made when it is sent: its maker's name and ids."""

    maker: str
    ids: Mapping[str, Any]
    photo: bool = False
    caption: Words | None = None
    cache_key: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that Telegram has already, by the id that came with it."""

    file_id: str
    photo: bool = False
    caption: Words | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """A point on the map."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: lines (None is left out, "" is a blank line), rows of buttons, what comes above and below it."""

    lines: Sequence[Line]
    rows: Sequence[Sequence[Button]] = ()
    above: Sequence[File] = ()
    below: Sequence[File | Kept | Venue] = ()


def button(label: Words | str, press: Press) -> Button:
    """A button that is pressed."""
    return Button(label, press=press)


def columns(buttons: Iterable[Button], width: int) -> list[list[Button]]:
    """Buttons in rows of `width`."""
    row: list[Button] = []
    rows: list[list[Button]] = []
    for each in buttons:
        row.append(each)
        if len(row) == width:
            rows.append(row)
            row = []
    return [*rows, row] if row else rows


def words(value: Any, reader: Reader) -> Html:
    """Any content in the reader's language, escaped."""
    match value:
        case str() | int() | float():
            return escape(value)
        case T(key, fields):
            return fill(reader.language, key, fields.get("n"), {name: words(v, reader) for name, v in fields.items()})
        case L(by_language):
            return escape(
                by_language.get(reader.language) or by_language.get("sv") or next(iter(by_language.values()), "")
            )
        case Time():
            return escape(value.say(reader.language, reader.now))
        case list() | tuple():
            return Html(", ".join(words(v, reader) for v in value))
        case None:
            return Html()
    raise TypeError(f"{value!r} says nothing to a reader")


def plain(value: Any, reader: Reader) -> str:
    """Content where no markup is understood: labels, toasts, file names."""
    return words(value, reader).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def keyboard(rows: Sequence[Sequence[Button]], reader: Reader) -> dict[str, Any]:
    """Rows of buttons as Telegram's reply_markup."""
    return {"inline_keyboard": [[_key(b, reader) for b in row] for row in rows if row]}


def _key(b: Button, reader: Reader) -> dict[str, Any]:
    key: dict[str, Any] = {"text": plain(b.label, reader)}
    if b.press is not None:
        key["callback_data"] = b.press.pack()
    elif b.copy is not None:
        key["copy_text"] = {"text": b.copy}
    else:
        key["url"] = b.url
    return key


def message(screen: Screen, reader: Reader) -> dict[str, Any]:
    """The parameters of sendMessage or editMessageText, less the ids."""
    lines = [words(line, reader) for line in screen.lines if line is not None]
    params: dict[str, Any] = {
        "text": "\n".join(lines).strip(),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if any(screen.rows):
        params["reply_markup"] = keyboard(screen.rows, reader)
    return params
