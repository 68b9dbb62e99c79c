"""A day's slots from opening hours, a length and a pause: "07.30–17.30, 60 min, 15 min mellan"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.dates import EndsBeforeStart, NotATime, at_local, parse_times
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass

SHORTEST = timedelta(minutes=5)
"""No slot is shorter than this: a smaller number is a slip of the finger."""


class NotAGrid(DomainError):
    """No opening hours or no length could be read; `text` is what was written."""


class NothingFits(DomainError):
    """The opening hours are shorter than one slot, or no day was given."""


class SlotsOverlap(DomainError):
    """Two slots would share a stage; `starts_at` and `ends_at` (UTC) are those of the later one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Opening hours in local time, and the length of a slot and of the pause after it."""

    opens: time
    closes: time
    length: timedelta
    pause: timedelta = timedelta()

    def __post_init__(self) -> None:
        """Refuses hours that end before they start."""
        if self.closes <= self.opens:
            raise EndsBeforeStart


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an instant to an instant, UTC."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share more than a border."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


_DASH = r"\s*(?:[-–—−]|till?\b|to\b)\s*"
_CLOCK = r"\d{1,2}(?:[.:]\d{2})?(?:\s?[ap]m)?"
_HOURS = re.compile(rf"(?:kl\.?\s*)?{_CLOCK}{_DASH}{_CLOCK}")
_PAUSES = r"(?:mellan\w*|emellan|between|pau[sz]\w*|gap|break\w*|uppehåll|rast)"
_UNIT = r"(?:minuter|minutes?|min\b\.?|m\b|timmars?|timmes?|tim\b\.?|hours?|h\b)"
_DURATION = re.compile(
    rf"(?P<before>{_PAUSES}\s*(?:på|om|of|:)?\s*)?(?P<number>\d{{1,4}}(?:[.,]\d+)?)\s*-?(?P<unit>{_UNIT})?"
    rf"(?P<after>[\s-]*(?:i|as)?\s*{_PAUSES})?"
)
_HOUR_UNITS = ("t", "h")
_IN_WORDS = (
    (re.compile(r"\b(?:en )?halvtimm\w*|\bhalf(?: an)?[ -]hours?\b"), "30 min"),
    (re.compile(r"\b(?:en|ett|one|an|a)[ -](?:timme?\w*|hour)\b"), "60 min"),
    (re.compile(r"\b(?:en )?kvart\w*|\b(?:a )?quarter(?: of an hour)?\b"), "15 min"),
)


def parse_grid(text: str) -> Grid:
    """A grid as coordinators write it, in Swedish or English; a number without a unit is minutes.

    The first duration is the length, the one said to lie between (or the second) the pause.
    Raises NotAGrid, EndsBeforeStart.
    """
    tidy = " ".join(text.casefold().split())
    for words, said in _IN_WORDS:
        tidy = words.sub(said, tidy)
    hours = _HOURS.search(tidy)
    if hours is None:
        raise NotAGrid(text=text)
    try:
        opens, closes = parse_times(hours[0])
    except NotATime as error:
        raise NotAGrid(text=text) from error
    rest = tidy[: hours.start()] + " " + tidy[hours.end() :]
    lengths, pauses = _durations(rest)
    if len(lengths) == 2 and not pauses:  # noqa: PLR2004  # "60, 15": the pause is unsaid
        pauses = [lengths.pop()]
    if len(lengths) != 1 or len(pauses) > 1 or not SHORTEST <= lengths[0] <= timedelta(days=1):
        raise NotAGrid(text=text)
    return Grid(opens, closes, lengths[0], pauses[0] if pauses else timedelta())


def _durations(text: str) -> tuple[list[timedelta], list[timedelta]]:
    lengths: list[timedelta] = []
    pauses: list[timedelta] = []
    for found in _DURATION.finditer(text):
        number = float(found["number"].replace(",", "."))
        hours = (found["unit"] or "").startswith(_HOUR_UNITS)
        target = pauses if found["before"] or found["after"] else lengths
        target.append(timedelta(hours=number) if hours else timedelta(minutes=number))
    return lengths, pauses


def lay_out(days: Iterable[date], grid: Grid, zone: ZoneInfo) -> list[Span]:
    """The grid's slots on each day, in order, UTC.

    Opening hours are wall time in `zone`; lengths and pauses are elapsed time, also over a change of summer time.
    Raises NothingFits, TimeInGap, AmbiguousTime.
    """
    spans = [span for day in sorted(set(days)) for span in _one_day(day, grid, zone)]
    if not spans:
        raise NothingFits
    return spans


def _one_day(day: date, grid: Grid, zone: ZoneInfo) -> Iterable[Span]:
    starts_at, closes_at = at_local(day, grid.opens, zone), at_local(day, grid.closes, zone)
    while (ends_at := starts_at + grid.length) <= closes_at:
        yield Span(starts_at, ends_at)
        starts_at = ends_at + grid.pause


def refuse_overlap(new: Sequence[Span], existing: Sequence[Span] = ()) -> None:
    """Check that slots to be added to a stage touch neither one another nor those it has.

    Raises EndsBeforeStart, SlotsOverlap.
    """
    for span in new:
        if span.ends_at <= span.starts_at:
            raise EndsBeforeStart
    for first, second in pairwise(sorted(new)):
        if first.overlaps(second):
            raise SlotsOverlap(starts_at=second.starts_at, ends_at=second.ends_at)
    for old in existing:
        for span in new:
            if span.overlaps(old):
                raise SlotsOverlap(starts_at=old.starts_at, ends_at=old.ends_at)
