"""New slots and new times as coordinators write them, on one line."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.dates import (
    EndsBeforeStart,
    NotADate,
    NotATime,
    at_local,
    local_day,
    parse_days,
    parse_moment,
    parse_span,
    parse_time,
    parse_times,
)
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.grid import NotAGrid, Span, lay_out, parse_grid
from bot.domain.text import clean, one_line

MOST_AT_ONCE = 300
"""Slots in one grid: more is a slip of the finger."""


class SlotInPast(DomainError):
    """The slot would begin before the present; `starts_at`, `zone`."""


class OutsideEdition(DomainError):
    """The slot lies on none of the edition's days; `first`, `last`."""


class TooManySlots(DomainError):
    """The grid would hold `count` slots, more than `limit`."""


class SlotClash(DomainError):
    """The stage has, or is to have, another slot at that time: `starts_at`, `zone`, `stage`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where slots may lie: the edition's days (None: not known yet) and zone, and the present time (UTC)."""

    first: date | None
    last: date | None
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """The present day in the zone."""
        return local_day(self.now, self.zone)

    @property
    def year(self) -> int | None:
        """The year of a date without one."""
        return self.first.year if self.first else None

    def require_within(self, spans: Sequence[Span]) -> None:
        """Raise SlotInPast or OutsideEdition."""
        for span in spans:
            if span.starts_at <= self.now:
                raise SlotInPast(starts_at=span.starts_at, zone=self.zone.key)
            day = local_day(span.starts_at, self.zone)
            if self.first is not None and not self.first <= day <= (self.last or self.first):
                raise OutsideEdition(first=self.first, last=self.last or self.first)


def read_slots(text: str, frame: Frame) -> list[Span]:
    """New slots, a line each: a grid ("28–30 juni, 07.30–17.30, 60 min, 15 min mellan"; all of the edition's days when none is
    written), or one slot, also one a day ("tis 29 juni 13.00–14.30").

    Raises NotAGrid, NotADate, NothingFits, EndsBeforeStart, TooManySlots, SlotInPast, OutsideEdition, TimeInGap,
    AmbiguousTime.
    """
    lines = [one_line(line) for line in clean(text).splitlines()]
    spans = [span for line in lines if line for span in _written(line, frame)]
    if not spans:
        raise NotAGrid(text=text)
    if len(spans) > MOST_AT_ONCE:
        raise TooManySlots(count=len(spans), limit=MOST_AT_ONCE)
    frame.require_within(spans)
    return spans


def _written(text: str, frame: Frame) -> list[Span]:
    try:
        return [Span(*parse_span(text, frame.zone, now=frame.now, year=frame.year))]
    except (NotADate, NotATime):
        days, rest = _leading_days(text, frame)
    try:
        grid = parse_grid(rest)
    except NotAGrid:
        return _same_times(days, rest, frame, text)
    return lay_out(days or _all_days(frame, text), grid, frame.zone)


def _leading_days(text: str, frame: Frame) -> tuple[list[date], str]:
    """The longest beginning that reads as days, and what follows it."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        try:
            first, last = parse_days(" ".join(words[:count]).strip(" ,"), today=frame.today, year=frame.year)
        except NotADate:
            continue
        return _range(first, last), " ".join(words[count:]).strip(" ,")
    return [], text


def _range(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days, MOST_AT_ONCE) + 1)]


def _all_days(frame: Frame, text: str) -> list[date]:
    if frame.first is None:
        raise NotADate(text=text)
    return _range(frame.first, frame.last or frame.first)


def _same_times(days: Sequence[date], rest: str, frame: Frame, text: str) -> list[Span]:
    """The same times on each day."""
    try:
        starts, ends = parse_times(rest)
    except NotATime as error:
        raise NotAGrid(text=text) from error
    if not days:
        raise NotADate(text=text)
    return [Span(at_local(day, starts, frame.zone), at_local(day, ends, frame.zone)) for day in days]


def read_move(text: str, was: Span, frame: Frame) -> Span:
    """A new time for a slot: "13.30", "13.30–14.30", "ons 30 juni 13.30", "ons 30 juni 13–14". What is not written stays.

    Raises NotATime, EndsBeforeStart, WrongWeekday, SlotInPast, OutsideEdition, TimeInGap, AmbiguousTime.
    """
    span = _moved(one_line(text), was, frame)
    if span.ends_at <= span.starts_at:
        raise EndsBeforeStart(text=text)
    frame.require_within([span])
    return span


def _moved(text: str, was: Span, frame: Frame) -> Span:
    days, rest = _leading_days(text, frame)
    day = days[0] if len(days) == 1 else local_day(was.starts_at, frame.zone)
    if days and not rest:
        local = was.starts_at.astimezone(frame.zone)
        starts_at = at_local(day, local.time(), frame.zone)
        return Span(starts_at, starts_at + (was.ends_at - was.starts_at))
    try:
        starts, ends = parse_times(rest)
    except NotATime:
        starts_at = _start(rest, text, day, frame)
        return Span(starts_at, starts_at + (was.ends_at - was.starts_at))
    return Span(at_local(day, starts, frame.zone), at_local(day, ends, frame.zone))


def _start(rest: str, text: str, day: date, frame: Frame) -> datetime:
    try:
        return at_local(day, parse_time(rest), frame.zone)
    except NotATime:
        try:
            on, clock = parse_moment(text, today=frame.today, year=frame.year)
        except NotADate as error:
            raise NotATime(text=text) from error
        return at_local(on, clock, frame.zone)


def as_text(span: Span) -> tuple[str, str]:
    """A span as JSON keeps it."""
    return span.starts_at.isoformat(), span.ends_at.isoformat()


def from_text(starts_at: str, ends_at: str) -> Span:
    """A span that JSON has kept."""
    return Span(datetime.fromisoformat(starts_at).astimezone(UTC), datetime.fromisoformat(ends_at).astimezone(UTC))
