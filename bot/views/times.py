"""Times as people say them: "tis 29 juni 13.00–14.00"; the year only when it is another one."""

from abc import ABC, abstractmethod
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.domain.frozen import dataclass
from bot.texts import render

_COUNTY = ZoneInfo("Europe/Stockholm")


class Time(ABC):
    """Something that is said in a language, seen from a present time (UTC)."""

    __slots__ = ()

    @abstractmethod
    def say(self, language: str, now: datetime) -> str:
        """The words."""


@lru_cache(maxsize=1000)
def _said(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def _day(day: date, language: str, now: datetime, *, weekday: bool = True) -> str:
    pattern = ("EEE " if weekday else "") + "d MMMM" + ("" if day.year == now.year else " y")
    return _said(day, pattern, language)


def _clock(at: datetime) -> str:
    return f"{at.hour:02}.{at.minute:02}"


def _join(day: str, clock: str, language: str) -> str:
    return f"{day}, {clock}" if language == "en" else f"{day} {clock}"


@dataclass(frozen=True, slots=True)
class Day(Time):
    """A day: "tis 29 juni"."""

    day: date

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        return _day(self.day, language, now)


@dataclass(frozen=True, slots=True)
class DayMonth(Time):
    """A day without its weekday: "15 april"."""

    day: date

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        return _day(self.day, language, now, weekday=False)


def county_day(at: datetime) -> DayMonth:
    """The day, in the county, of an instant that belongs to no edition."""
    return DayMonth(at.astimezone(_COUNTY).date())


@dataclass(frozen=True, slots=True)
class Days(Time):
    """From a day to a day: "28–30 juni", "28 juni–2 juli"."""

    first: date
    last: date

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        if self.first == self.last:
            return _day(self.first, language, now, weekday=False)
        last = _day(self.last, language, now, weekday=False)
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        first = str(self.first.day) if same_month else _said(self.first, "d MMMM", language)
        return f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class At(Time):
    """An instant in a zone: "tis 29 juni 13.00"."""

    at: datetime
    zone: str

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        local = self.at.astimezone(ZoneInfo(self.zone))
        return _join(_day(local.date(), language, now), _clock(local), language)


@dataclass(frozen=True, slots=True)
class Hour(Time):
    """The time of day alone: "13.00"."""

    at: datetime
    zone: str

    def say(self, language: str, now: datetime) -> str:  # noqa: ARG002  # the protocol's
        """The words."""
        return _clock(self.at.astimezone(ZoneInfo(self.zone)))


@dataclass(frozen=True, slots=True)
class Hours(Time):
    """A span within a day: "13.00–14.00"."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        return (
            f"{Hour(self.starts_at, self.zone).say(language, now)}–{Hour(self.ends_at, self.zone).say(language, now)}"
        )


@dataclass(frozen=True, slots=True)
class Span(Time):
    """From an instant to an instant: "tis 29 juni 13.00–14.00"."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        end = Hour(self.ends_at, self.zone).say(language, now)
        return f"{At(self.starts_at, self.zone).say(language, now)}–{end}"


@dataclass(frozen=True, slots=True)
class Near(Time):
    """An instant as said close to it: "i dag kl. 13.00", "i morgon kl. 13.00", else with its day."""

    at: datetime
    zone: str

    def say(self, language: str, now: datetime) -> str:
        """The words."""
        tz = ZoneInfo(self.zone)
        local, today = self.at.astimezone(tz), now.astimezone(tz).date()
        near = {today: "time.today_at", today + timedelta(days=1): "time.tomorrow_at"}.get(local.date())
        if near is None:
            return At(self.at, self.zone).say(language, now)
        return render(language, near, clock=_clock(local))
