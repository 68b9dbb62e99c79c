"""Plain text with entities, and how Telegram counts it."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Entity: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class FormattedText:
    """Plain text and its entities."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """How long Telegram says that a text is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
