"""Text at the border: what people send, made storable and sendable."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_SPACE = re.compile(r"\s+")
# marks that turn the direction of text around them, byte order marks and interlinear annotation
_UNWANTED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb")
# letters by category that show nothing: Hangul fillers and the blank Braille pattern
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_DANGLING = " \t\n,;:–—-(«\"'/&"


def _is_kept(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in _UNWANTED)


def _shows(char: str) -> bool:
    return char not in _INVISIBLE and unicodedata.category(char) not in {"Cf", "Zs", "Zl", "Zp", "Cc", "Mn", "Me"}


def clean(text: str) -> str:
    """Text that both databases store and Telegram takes.

    No NUL, control characters or lone surrogates, line feeds for newlines, composed (NFC), no outer space, at most two
    blank lines in a row; empty when nothing of it would show. Tabs stay, for rows pasted from a spreadsheet.
    """
    text = "".join(filter(_is_kept, _NEWLINES.sub("\n", text)))
    text = _BLANK_LINES.sub("\n\n\n", unicodedata.normalize("NFC", text)).strip()
    return text if any(map(_shows, text)) else ""


def one_line(text: str) -> str:
    """Clean text on one line, with single spaces: titles and names."""
    return _SPACE.sub(" ", clean(text))


def length(text: str) -> int:
    """Characters, as people and the official programme's limits count them (code points of clean text)."""
    return len(text)


def telegram_length(text: str) -> int:
    """UTF-16 code units, as Telegram's limits and entity offsets count (a family emoji is 11)."""
    return len(text) + sum(char > "\uffff" for char in text)


def _joins(text: str, at: int) -> bool:
    """Whether a cut before `at` would part what is seen as one character."""
    after, before = text[at], text[at - 1]
    return bool(unicodedata.combining(after)) or "\u200d" in {after, before} or after in "\ufe0e\ufe0f"


def cut_at_word(text: str, limit: int, *, measure: Callable[[str], int] = length) -> str:
    """The longest beginning within `limit` that ends with a whole word; within the word if the first is longer.

    `measure` is `length` or `telegram_length`.
    """
    if measure(text) <= limit:
        return text
    end = bisect_right(range(1, len(text)), limit, key=lambda at: measure(text[:at]))
    words = end
    while words and not (text[words].isspace() or text[words - 1].isspace()):
        words -= 1
    if cut := text[:words].rstrip(_DANGLING):
        return cut
    while end and _joins(text, end):
        end -= 1
    return text[:end].rstrip()


def shortened(text: str, limit: int, *, measure: Callable[[str], int] = length) -> str:
    """The text; when it is longer than the limit, its beginning by `cut_at_word` and a sign that more follows."""
    cut = cut_at_word(text, limit, measure=measure)
    return text if cut == text else f"{cut} …"


_LAST_LETTERS = str.maketrans("åäö", "{|}")
"""The three last letters of the Swedish alphabet, as the signs that come after z."""


def swedish_order(text: str) -> str:
    """A key that sorts names as a Swedish list does: å, ä and ö last, capitals and small letters alike."""
    return text.casefold().translate(_LAST_LETTERS)
