"""Which organisation somebody means: loose matching of names, with acronyms, aliases, typos and åäö written as aao."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

LIKELY = 80
"""From this score on a name is offered."""
SAME = 97
"""From this score on two names are taken for one organisation."""

_PREFIX = 3  # letters that a beginning must have to count
_INFLECTION = 3  # letters of an ending: "universitetet", "Luleås"
_LIGHT = 0.25  # the weight of a word that many organisations share
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss"})
_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(["i", "och", "and", "of", "the", "for", "in", "vid", "pa", "av", "s"])
_FORMS = frozenset(["ab", "aktiebolag", "publ", "hb", "kb", "ltd", "inc", "ek", "ekonomisk", "ekonomiska"])
_SYNONYMS = {
    "municipality": "kommun",
    "kommunen": "kommun",
    "kommuns": "kommun",
    "university": "universitet",
    "uni": "universitet",
    "technology": "tekniska",
    "technical": "tekniska",
    "tekniskt": "tekniska",
    "lan": "lans",
}
_SHARED = frozenset(
    [
        "kommun",
        "region",
        "regionen",
        "universitet",
        "norrbotten",
        "norrbottens",
        "lans",
        "sverige",
        "sweden",
        "nord",
        "norr",
        "norra",
    ]
)


class Named(Protocol):
    """What has a name and perhaps others that it is known by."""

    @property
    def name(self) -> str:
        """The name shown."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Acronyms, older and foreign names."""


NamedT = TypeVar("NamedT", bound=Named)


def fold(text: str) -> str:
    """Text as compared: lower case, without accents (å, ä → a; ö, ø → o)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> tuple[str, ...]:
    """The folded words that tell one organisation from another, small words and company forms left out."""
    every = _WORD.findall(fold(text))
    telling = [_SYNONYMS.get(word, word) for word in every if word not in _STOP and word not in _FORMS]
    return tuple(telling or every)


def _acronyms(name: str) -> set[str]:
    every = _WORD.findall(fold(name))
    return {"".join(word[0] for word in ws) for ws in (every, words(name)) if len(ws) > 1}


def _word_likeness(wanted: str, word: str) -> float:
    if wanted == word:
        return 100
    short, long = sorted((wanted, word), key=len)
    if len(short) >= _PREFIX and long.startswith(short) and (short == wanted or len(long) - len(short) <= _INFLECTION):
        return 95
    return fuzz.ratio(wanted, word) if len(short) > _PREFIX else 0


def _likeness(wanted: str, name: str) -> float:
    """How well every word of `wanted` is found in one name, 0–100."""
    ours, theirs = words(wanted), words(name)
    if not ours or not theirs:
        return 0
    if ours == theirs:
        return 100
    joined = "".join(ours)
    if joined == "".join(theirs):
        return 99
    if joined in _acronyms(name):
        return 96
    all_shared = all(word in _SHARED for word in ours)
    weights = [1 if all_shared or word not in _SHARED else _LIGHT for word in ours]
    found = [max(_word_likeness(word, other) for other in theirs) for word in ours]
    by_word = sum(w * f for w, f in zip(weights, found, strict=True)) / sum(weights)
    as_whole = fuzz.ratio(joined, "".join(theirs)) if len(joined) > _PREFIX else 0
    return min(95, max(by_word, as_whole if as_whole >= SAME - 10 else 0))


def score(wanted: str, candidate: Named) -> float:
    """How well what was written fits the candidate's name or one of its aliases, 0–100."""
    return max(_likeness(wanted, name) for name in (candidate.name, *candidate.aliases))


def is_same(wanted: str, candidate: Named) -> bool:
    """Whether what was written is surely the candidate: its name or alias but for case, accents and company form."""
    return score(wanted, candidate) >= SAME


def closest(wanted: str, candidates: Sequence[NamedT], limit: int = 4) -> list[NamedT]:
    """The candidates that may be meant, likeliest first, at most `limit`; none below `LIKELY`.

    A sure match (`is_same`) is offered alone.
    """
    scored = [
        (score(wanted, candidate), fuzz.ratio(fold(wanted), fold(candidate.name)), candidate)
        for candidate in candidates
    ]
    likely = sorted((s for s in scored if s[0] >= LIKELY), key=lambda s: (-s[0], -s[1], s[2].name))
    if likely and likely[0][0] >= SAME:
        likely = [s for s in likely if s[0] >= SAME]
    return [candidate for _, _, candidate in likely[:limit]]
