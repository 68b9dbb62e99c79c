"""Kinds of things that coordinators edit in chat: which columns they have, how what is written is read, what is refused."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.dates import NotATime, at_local, parse_at, parse_day, parse_days
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.membership import NameMissing, TextTooLong
from bot.domain.money import read_amount
from bot.domain.text import clean, one_line
from bot.domain.years import read_years

LANGUAGES = ("sv", "en")
DAY_ENDS = time(23, 59)
"""A deadline given as a day lasts through that day."""
MORNING = time(10)
"""When on a day people are asked something unless a time is given."""
NOW = ("nu", "now")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_PRELIMINARY = re.compile(r"[\s,(]*\bprel(?:iminär\w*|iminary|\.)?\)?\s*", re.IGNORECASE)


class DateInPast(DomainError):
    """What would begin or end has already been; `day` is when, `text` what was written."""


class NotAPoint(DomainError):
    """No map point could be read; `text` is what was written."""


class UnknownZone(DomainError):
    """No such time zone; `text` is what was written."""


class NumberOutside(DomainError):
    """No whole number within `least` and `most`; `text` is what was written."""


class UnknownOption(DomainError):
    """The value is none of the attribute's."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when something is written: the edition's zone and year, and the present time (UTC)."""

    zone: ZoneInfo
    year: int | None
    now: datetime

    @property
    def today(self) -> date:
        """The present day in the zone."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing to edit. `name` is a column unless a subclass says otherwise; `optional` ones can be emptied."""

    name: str
    optional: bool = False

    def of(self, record: Any) -> Any:
        """The present value."""
        return getattr(record, self.name)

    def read(self, text: str, setting: Setting) -> Any:
        """The value that was written. Raises a DomainError that says what was expected."""
        raise NotImplementedError

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # for those that need them
        """The columns that hold a value (None: emptied)."""
        return {self.name: value}


def text_within(text: str, limit: int) -> str:
    """Clean text. Raises NameMissing, TextTooLong."""
    tidy = clean(text)
    if not tidy:
        raise NameMissing
    if len(tidy) > limit:
        raise TextTooLong(n=len(tidy), limit=limit)
    return tidy


def line_within(text: str, limit: int) -> str:
    """Clean text on one line. Raises NameMissing, TextTooLong."""
    return text_within(one_line(text), limit)


@dataclass(frozen=True, slots=True)
class Line(Attribute):
    """Words on one line, in one language."""

    limit: int = 200

    def read(self, text: str, setting: Setting) -> str:  # noqa: ARG002  # the mechanism's
        """One line."""
        return line_within(text, self.limit)


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """A line kept under a key of the edition's `on_site`."""

    def of(self, record: Any) -> Any:
        """The present value."""
        return record.on_site.get(self.name)

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # the mechanism's
        """All of `on_site`."""
        return {"on_site": {**record.on_site, self.name: value}}


@dataclass(frozen=True, slots=True)
class Localised(Attribute):
    """Words in each language."""

    limit: int = 500

    def read(self, text: str, setting: Setting) -> str:  # noqa: ARG002  # the mechanism's
        """The words in one language."""
        return text_within(text, self.limit)

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:
        """The words in all languages."""
        kept = {key: words for key, words in self.of(record).items() if key != language}
        return {self.name: kept if value is None else {**kept, language: value}}


@dataclass(frozen=True, slots=True)
class Days(Attribute):
    """First and last day; "preliminärt" beside them is understood. They set the year too."""

    def of(self, record: Any) -> Any:
        """First and last, or None."""
        return None if record.starts_on is None else (record.starts_on, record.ends_on or record.starts_on)

    def read(self, text: str, setting: Setting) -> tuple[date, date, bool]:
        """First, last, and whether they are preliminary. Raises DateInPast and what `parse_days` raises."""
        dates = _PRELIMINARY.sub(" ", one_line(text)).strip()
        first, last = _days(dates, setting)
        return first, last, bool(_PRELIMINARY.search(text))

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # the mechanism's
        """First, last, year, and whether they are preliminary."""
        if value is None:
            return {"starts_on": None, "ends_on": None, "preliminary": True}
        first, last, preliminary = value
        return {"starts_on": first, "ends_on": last, "year": first.year, "preliminary": preliminary}


def _days(text: str, setting: Setting) -> tuple[date, date]:
    """A range in the year said, else in the setting's year, else to come. Raises DateInPast and as `parse_days`."""
    first, last = parse_days(text, today=setting.today, year=setting.year)
    if first < setting.today:
        raise DateInPast(day=first, text=text)
    return first, last


@dataclass(frozen=True, slots=True)
class Moment(Attribute):
    """An instant; a day alone means its beginning or, for a last day, its end. A last one lies ahead."""

    last: bool = True

    def read(self, text: str, setting: Setting) -> datetime:
        """The instant, UTC. Raises DateInPast and what `parse_at` raises."""
        tidy = one_line(text)
        if not self.last and tidy.casefold() in NOW:
            return setting.now
        try:
            at = parse_at(tidy, setting.zone, now=setting.now)
        except NotATime:
            day = parse_day(tidy, today=setting.today)
            at = at_local(day, DAY_ENDS if self.last else time(), setting.zone)
        if self.last and at <= setting.now:
            raise DateInPast(day=at.astimezone(setting.zone).date(), text=tidy)
        return at


@dataclass(frozen=True, slots=True)
class Asking(Moment):
    """An instant at which people are asked something; a day alone means its morning."""

    def read(self, text: str, setting: Setting) -> datetime:
        """The instant, UTC. Raises DateInPast and what `parse_at` raises."""
        tidy = one_line(text)
        try:
            at = parse_at(tidy, setting.zone, now=setting.now)
        except NotATime:
            at = at_local(parse_day(tidy, today=setting.today), MORNING, setting.zone)
        if at <= setting.now:
            raise DateInPast(day=at.astimezone(setting.zone).date(), text=tidy)
        return at


@dataclass(frozen=True, slots=True)
class Point(Attribute):
    """A point on the map: sent as a location, or written "57.64, 18.29"."""

    def of(self, record: Any) -> Any:
        """Latitude and longitude, or None."""
        return None if record.latitude is None else (record.latitude, record.longitude)

    def read(self, text: str, setting: Setting) -> tuple[float, float]:  # noqa: ARG002  # the mechanism's
        """Latitude and longitude in degrees. Raises NotAPoint."""
        tidy = one_line(text).replace("−", "-")
        decimal_comma = re.fullmatch(r"(-?\d+),(\d+)[\s;/]+(-?\d+),(\d+)", tidy)
        numbers = re.findall(r"-?\d+(?:\.\d+)?", tidy) if decimal_comma is None else []
        if decimal_comma is not None:
            a, b, c, d = decimal_comma.groups()
            numbers = [f"{a}.{b}", f"{c}.{d}"]
        if len(numbers) != 2 or abs(float(numbers[0])) > 90 or abs(float(numbers[1])) > 180:  # noqa: PLR2004  # degrees
            raise NotAPoint(text=tidy)
        return float(numbers[0]), float(numbers[1])

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # the mechanism's
        """Latitude and longitude."""
        latitude, longitude = value or (None, None)
        return {"latitude": latitude, "longitude": longitude}


@dataclass(frozen=True, slots=True)
class Number(Attribute):
    """A whole number."""

    least: int = 1
    most: int = 100_000

    def read(self, text: str, setting: Setting) -> int:  # noqa: ARG002  # the mechanism's
        """The first number. Raises NumberOutside."""
        found = _NUMBER.findall(re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", one_line(text)))
        if len(found) != 1 or not found[0].isdecimal() or not self.least <= int(found[0]) <= self.most:
            raise NumberOutside(text=text, least=self.least, most=self.most)
        return int(found[0])


@dataclass(frozen=True, slots=True)
class Money(Attribute):
    """A sum in kronor."""

    def read(self, text: str, setting: Setting) -> int:  # noqa: ARG002  # the mechanism's
        """The sum. Raises NotAnAmount."""
        return read_amount(text)


@dataclass(frozen=True, slots=True)
class Years(Attribute):
    """The years from one to another."""

    def of(self, record: Any) -> tuple[int, int]:
        """First and last."""
        return record.from_year, record.to_year

    def read(self, text: str, setting: Setting) -> tuple[int, int]:  # noqa: ARG002  # the mechanism's
        """First and last. Raises NotYears."""
        return read_years(text)

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # the mechanism's
        """First and last."""
        return {"from_year": value[0], "to_year": value[1]}


@dataclass(frozen=True, slots=True)
class Flag(Attribute):
    """Yes or no, changed with one press."""

    def read(self, text: str, setting: Setting) -> bool:  # noqa: ARG002  # the mechanism's
        """Yes for "1" and no for "0". Raises UnknownOption."""
        if text not in {"0", "1"}:
            raise UnknownOption
        return text == "1"


@dataclass(frozen=True, slots=True)
class Option(Attribute):
    """One of a few, chosen with a press."""

    options: tuple[str, ...] = ()

    def read(self, text: str, setting: Setting) -> str:  # noqa: ARG002  # the mechanism's
        """One of the options. Raises UnknownOption."""
        if text not in self.options:
            raise UnknownOption
        return text


@dataclass(frozen=True, slots=True)
class Zone(Option):
    """A time zone: one of those near, or any that is written."""

    def read(self, text: str, setting: Setting) -> str:  # noqa: ARG002  # the mechanism's
        """The zone's name. Raises UnknownZone."""
        wanted = one_line(text).replace(" ", "_").casefold()
        for name in available_timezones():
            if wanted in {name.casefold(), name.casefold().rpartition("/")[2]} and "/" in name:
                return name
        raise UnknownZone(text=text)


@dataclass(frozen=True, slots=True)
class Choices(Attribute):
    """What a field offers: a line each, the English words after "=" where there are any."""

    def read(self, text: str, setting: Setting) -> list[dict[str, str]]:  # noqa: ARG002  # the mechanism's
        """Key and words of each. Raises NameMissing, TextTooLong."""
        lines = [one_line(line) for line in clean(text).splitlines()]
        return [_choice(number, line) for number, line in enumerate(filter(None, lines), 1)] or _nothing()

    def columns(self, record: Any, value: Any, language: str) -> dict[str, Any]:  # noqa: ARG002  # the mechanism's
        """The choices; one whose Swedish words stay keeps its key, so that answers stay true."""
        known = {choice["sv"].casefold(): choice["key"] for choice in record.choices}
        used = set(known.values())
        kept: list[Mapping[str, str]] = []
        for choice in value or []:
            key = known.get(choice["sv"].casefold()) or _unused(choice["key"], used)
            used.add(key)
            kept.append({**choice, "key": key})
        return {self.name: kept}


def _unused(key: str, used: set[str]) -> str:
    number = int(key)
    while str(number) in used:
        number += 1
    return str(number)


def _choice(number: int, line: str) -> dict[str, str]:
    swedish, _, english = (part.strip() for part in line.partition("="))
    words = {"key": str(number), "sv": line_within(swedish, 60)}
    return {**words, "en": line_within(english, 60)} if english else words


def _nothing() -> list[dict[str, str]]:
    raise NameMissing


def shifted(at: datetime | None, days: int, zone: ZoneInfo) -> datetime | None:
    """The same wall time so many days later (UTC); a time that summer time skips moves with it."""
    if at is None:
        return None
    local = at.astimezone(zone)
    moved = datetime.combine(
        date.fromordinal(local.date().toordinal() + days), local.timetz().replace(tzinfo=None), zone
    )
    return moved.astimezone(UTC)
