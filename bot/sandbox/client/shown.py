"""What people see: messages, as text too, and an inline query's results."""

from dataclasses import dataclass
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]

_KINDS = ("photo", "document", "voice", "audio", "video", "sticker", "location", "contact")


@dataclass(frozen=True)
class InlineQuery:
    """An answered inline query."""

    id: str
    results: list[dict[str, Any]]
    next_offset: str
    button: dict[str, Any] | None


def shown_text(message: Message) -> str:
    """The words of a message: text, caption, or the venue's title and address."""
    venue = message.get("venue", {})
    words = [message.get("text"), message.get("caption"), venue.get("title"), venue.get("address")]
    return "\n".join(word for word in words if word)


def shown(message: Message) -> str:
    """A message as text: its words, what is attached, and a line for each row of buttons, as `[Ja] [Nej]`."""
    lines = [shown_text(message)]
    for kind in (kind for kind in _KINDS if kind in message):
        name = message[kind].get("file_name", "") if isinstance(message[kind], dict) else ""
        lines.append(f"({kind}{': ' + name if name else ''})")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines += [" ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(line for line in lines if line)
