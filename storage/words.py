"""A person's name, numbers and addresses as they may stand in a column: found, and taken out."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

EMPTIED: Final = "–"
"""Stands where a person's name or number was."""


def like(word: str) -> dict[str, str]:
    """A word as it may stand in a column: in words, and in JSON as it is written now and where that cannot be."""
    written = {
        "plain": word,
        "quoted": json.dumps(word, ensure_ascii=False)[1:-1],
        "escaped": json.dumps(word)[1:-1],
    }
    return {name: re.sub(r"([%_\\])", r"\\\1", text) for name, text in written.items()}


def certain(words: Sequence[str]) -> list[str]:
    """Those that tell one person wherever they stand: numbers, addresses and full names; a first name alone does not."""
    return [word for word in words if not word.isalpha()]


def without(value: Any, words: Sequence[str]) -> Any:
    """A value, however deep, with these words taken out wherever they stand as words."""
    if isinstance(value, str):
        for word in words:
            value = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", EMPTIED, value)
        return value
    if isinstance(value, Mapping):
        return {key: without(each, words) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without(each, words) for each in value]
    return EMPTIED if isinstance(value, int) and str(value) in words else value


def own(values: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """Those values that are one of the words and nothing more, however cased and spaced, one level deep.

    A namesake's number beside the name is not among them, nor is a word that stands in somebody else's address.
    """
    same = {_bare(word) for word in words}
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str) and _bare(value) in same:
            found[key] = value
        elif isinstance(value, Mapping) and (inner := own(value, words)):
            found[key] = inner
    return found


def _bare(word: str) -> str:
    return re.sub(r"[\s()/–-]", "", word.casefold())
