"""What a free sentence says, found by rule in Swedish and English: arena, day, part of the day and wish."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz

from bot.domain.dates import RELATIVE, WEEKDAYS, parse_day, parse_time
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.matching import fold

T = TypeVar("T")
_TYPO = 85  # how alike two longer words must be to be one
_LONG = 6  # letters from which on a word may hold a typo


class Wish(StrEnum):
    """What somebody wants done."""

    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    SEE = "see"


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_PARTS = {
    Part.MORNING: (time(0), time(12)),
    Part.LUNCH: (time(11), time(13, 30)),
    Part.AFTERNOON: (time(12), time(17, 30)),
    Part.EVENING: (time(17), time(23, 59)),
}
_PART_WORDS = (
    (r"efter lunch\w*|eftermiddag\w*|em|e m|after lunch|afternoon\w*", Part.AFTERNOON),
    (r"fore lunch\w*|innan lunch\w*|formiddag\w*|fm|f m|before lunch|before noon|morning\w*", Part.MORNING),
    (r"(?<!i )(?<!over)morgon\w*|bitti\w*|tidigt", Part.MORNING),
    (r"lunch\w*|mitt pa dagen|noon|midday", Part.LUNCH),
    (r"i?kvall\w*|evening\w*|tonight", Part.EVENING),
)
_WISHES = (
    (
        r"avbok\w*|bokar? av|stall\w* in|installt?|cancel\w*|tar? bort (?:var |min )?(?:tid|bokning)\w*|call(?:ing)? off",
        Wish.CANCEL,
    ),
    (
        r"ombok\w*|bokar? om|flytt\w*|byt\w* (?:\w+ ){0,3}tid\w*|rebook\w*|reschedul\w*|move|moving|change (?:\w+ )?(?:time|slot)",
        Wish.MOVE,
    ),
    (r"(?:min|mina|var|vara|our|my) (?:bokning\w*|tid|tider|bookings?|slots?)|bokningar(?:na)?|bookings", Wish.SEE),
    (
        r"nar (?:ar|var|ska|har) (?:vi|var|min|det var)\b|vad har vi bokat|when (?:is|are) (?:our|my|we)|what have we booked",
        Wish.SEE,
    ),
    (r"bok(?:a|ar|ade|at|ning)|forboka|reserver\w*|book(?:ing)?|reserve", Wish.BOOK),
    (
        r"(?:ta|fa|ha|vill ha|behover|onskar|paxa) (?:oss )?(?:en |nagon |samma )?tid(?:en)?|(?:get|have|take|want|need) (?:a |the )?(?:slot|time)",
        Wish.BOOK,
    ),
    (r"ansok\w*|apply(?:ing)?(?: for)?", Wish.BOOK),
)
_HOUR = re.compile(
    r"\b(?:kl(?:ockan)?\.?\s*(?P<kl>\d{1,2}(?:[.:]\d{2})?)|(?P<clock>\d{1,2}[.:]\d{2})(?!\d|\.\d)"
    r"|at (?P<at>\d{1,2}(?:[.:]\d{2})?(?:\s?[ap]m)?)|(?P<half>\d{1,2}(?:[.:]\d{2})?\s?[ap]m)"
    r"|(?<![\d/.:–-])(?P<begins>\d{1,2}(?:[.:]\d{2})?)\s?[–-]\s?\d{1,2}(?:[.:]\d{2})?(?=$|[?!,]|\.$| på | den | on | i ))(?!\d)"
)
# what people say that is a weekday in neither language, or in one and a common word in the other
_NO_WEEKDAYS = frozenset(("fri", "sun", "sat", "mon", "tor"))
_DAY_WORD = "|".join(sorted((*WEEKDAYS, *RELATIVE), key=len, reverse=True))
_MONTHS = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*"
_DATES = (
    re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b"),
    re.compile(r"\b\d{1,2}/\d{1,2}(?:\s*/\s*\d{2,4})?\b"),
    re.compile(rf"\b\d{{1,2}}(?::?[ea]|st|nd|rd|th)?(?: of)? {_MONTHS}(?: \d{{4}})?\b"),
    re.compile(rf"\b{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"),
)
_DAY_NUMBER = re.compile(
    r"\b(?:den|the) (\d{1,2})(?::?[ea]|st|nd|rd|th)?\b(?! \d|[.:/]\d)|\b(\d{1,2})(?::[ea]|st|nd|rd|th)\b"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found; None where nothing was.

    `day` is one of the days given; `other_day` is a day that was named outside them; `hour` a local time of day.
    """

    arena: int | None = None
    day: date | None = None
    other_day: date | None = None
    part: Part | None = None
    hour: time | None = None
    wish: Wish | None = None

    @property
    def anything(self) -> bool:
        """Whether anything at all was recognised."""
        return self != Recognised()

    def suits(self, clock: time) -> bool:
        """Whether a slot that starts at this local time of day is one that was meant: by its hour, else its part."""
        if self.hour is not None:
            return clock == self.hour if self.hour.minute else clock.hour == self.hour.hour
        if self.part is not None:
            first, last = _PARTS[self.part]
            return first <= clock < last
        return True


def recognise(text: str, *, arenas: Mapping[int, Sequence[str]], days: Sequence[date], today: date) -> Recognised:
    """Read one sentence. `arenas` gives each arena's names (arena, place, nicknames) by id; `days` are the edition's."""
    said = " ".join(text.casefold().split())
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(said)))
    hour = _hour(said)
    day = _day(said, days, today)
    inside = day if day in days else None
    return Recognised(
        arena=_arena(plain.split(), arenas),
        day=inside,
        other_day=None if inside else day,
        part=None if hour else _first(plain, _PART_WORDS),
        hour=hour,
        wish=_first(plain, _WISHES),
    )


def _first(plain: str, rules: Sequence[tuple[str, T]]) -> T | None:
    return next((meaning for words, meaning in rules if re.search(rf"\b(?:{words})\b", plain)), None)


def _hour(said: str) -> time | None:
    for found in _HOUR.finditer(said):
        try:
            return parse_time(next(filter(None, found.groups())))
        except DomainError:
            continue
    return None


def _day(said: str, days: Sequence[date], today: date) -> date | None:
    year = days[0].year if days else None
    for shape in _DATES:
        for found in shape.finditer(said):
            try:
                return parse_day(found[0], today=today, year=year)
            except DomainError:
                continue
    for found in _DAY_NUMBER.finditer(said):
        number = int(found[1] or found[2])
        if day := next((day for day in days if day.day == number), None):
            return day
    for found in re.finditer(rf"\b(?:{_DAY_WORD})\b", said):
        word = found[0]
        if word in RELATIVE:
            return parse_day(word, today=today)
        if word not in _NO_WEEKDAYS:
            coming = [day for day in days if day.weekday() == WEEKDAYS[word]]
            return next((day for day in coming if day >= today), coming[0] if coming else parse_day(word, today=today))
    return None


def _arena(words: list[str], arenas: Mapping[int, Sequence[str]]) -> int | None:
    """The arena whose longest name is said; None when two are."""
    said = {
        arena: max((len(name) for name in map(_plain, names) if name and _is_said(name, words)), default=0)
        for arena, names in arenas.items()
    }
    best = max(said.values(), default=0)
    found = [arena for arena, length in said.items() if length == best]
    return found[0] if best and len(found) == 1 else None


def _plain(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(name))


def _is_said(name: list[str], words: list[str]) -> bool:
    return any(
        all(_same_word(ours, theirs) for ours, theirs in zip(name, words[at:], strict=False))
        for at in range(len(words) - len(name) + 1)
    )


def _same_word(ours: str, theirs: str) -> bool:
    if ours == theirs or theirs == ours + "s":
        return True
    return min(len(ours), len(theirs)) >= _LONG and fuzz.ratio(ours, theirs) >= _TYPO
