"""What people read: keys and plurals in `<language>/<area>.po`, read by Babel at start."""

import html
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.pofile import read_po

LANGUAGES = ("sv", "en")
"""The languages that are whole, the first being the one to fall back on."""


class Html(str):
    """Text that is markup already; `{field:cap}` begins it with a capital."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Understand `cap`."""
        return self[:1].upper() + self[1:] if spec == "cap" else str(self)


def escape(value: object) -> Html:
    """A value as text in a message; markup passes, all else is escaped."""
    return value if isinstance(value, Html) else Html(html.escape(str(value), quote=False))


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every key of a language with its sentence, or its singular and plural. Raises ValueError on a key given twice."""
    sentences: dict[str, tuple[str, ...]] = {}
    for file in sorted(files(__package__).joinpath(language).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".po"):
            continue
        with file.open("rb") as po:
            for message in read_po(po, locale=language):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key in sentences:
                    raise ValueError(f"{language}: {key} stands twice")
                strings = message.string or ""
                sentences[key] = (strings,) if isinstance(strings, str) else tuple(strings)
    return sentences


def render(language: str, key: str, /, **fields: Any) -> Html:
    """The sentence of a key with its fields escaped; `n` chooses between singular and plural. Raises KeyError."""
    return fill(language, key, fields.get("n"), {name: escape(value) for name, value in fields.items()})


def fill(language: str, key: str, n: object, fields: Mapping[str, Html]) -> Html:
    """The sentence of a key with fields that are markup already, in the singular where `n` is 1. Raises KeyError."""
    sentences = catalogue(language if language in LANGUAGES else LANGUAGES[0])[key]
    sentence = sentences[-1] if len(sentences) > 1 and n != 1 else sentences[0]
    return Html(sentence.format_map(fields))
