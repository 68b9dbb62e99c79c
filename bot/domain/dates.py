"""Dates and times as people write them in Swedish and English, and their way to UTC and back."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass


class NotADate(DomainError):
    """No date could be read; `text` is what was written."""


class NotATime(DomainError):
    """No time of day could be read; `text` is what was written."""


class WrongWeekday(DomainError):
    """The date written is another weekday than the one written beside it; `day` is the date, `text` what was written."""


class TimeInGap(DomainError):
    """The local time is skipped when summer time begins; `day` and `time`."""


class AmbiguousTime(DomainError):
    """The local time comes twice when summer time ends; `day` and `time`."""


class EndsBeforeStart(DomainError):
    """An end that is not after its start; `text`, where there is one, is what was written."""


@dataclass(frozen=True, slots=True)
class _Partial:
    """A date of which some parts may be unsaid."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "maj|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars?|march|apr(?:il)?|maj|may|juni?|june|juli?|july"
    r"|aug(?:usti|ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAYS = {
    **dict.fromkeys(("mån", "månd", "måndag", "måndagen", "mon", "monday"), 0),
    **dict.fromkeys(("tis", "tisd", "tisdag", "tisdagen", "tue", "tues", "tuesday"), 1),
    **dict.fromkeys(("ons", "onsd", "onsdag", "onsdagen", "wed", "wednesday"), 2),
    **dict.fromkeys(("tor", "tors", "torsd", "torsdag", "torsdagen", "thu", "thur", "thurs", "thursday"), 3),
    **dict.fromkeys(("fre", "fred", "fredag", "fredagen", "fri", "friday"), 4),
    **dict.fromkeys(("lör", "lörd", "lördag", "lördagen", "sat", "saturday"), 5),
    **dict.fromkeys(("sön", "sönd", "söndag", "söndagen", "sun", "sunday"), 6),
}
"""Names of weekdays in lower case, Monday is 0."""
RELATIVE = {
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i morgon", "imorgon", "tomorrow"), 1),
    **dict.fromkeys(("i övermorgon", "övermorgon", "the day after tomorrow"), 2),
}
"""Days told from today."""

_WEEKDAY = r"(?:(?:på|on|den|the)\s+)?(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?::?e|:?a|st|nd|rd|th)?"
_YEAR = r"(?:,?\s*(?P<year>\d{4}))?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?:\s*/\s*(?P<year>\d{4}|\d{2})|\s+(?P<year2>\d{4}))?",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})?",
        rf"(?:(?:den|the)\s+)?{_DAY}(?:\s+of)?\s*{_MONTH}{_YEAR}",
        rf"{_MONTH}\s*(?:the\s+)?{_DAY}{_YEAR}",
        rf"(?:(?:den|the)\s+)?{_DAY}",
    )
)
_LEADING_WEEKDAY = re.compile(rf"{_WEEKDAY}(?=$|[\s,\d])[\s,]*")
_DASH = re.compile(r"[–—−‐‑]")  # those that phones and word processors put in
_TO = re.compile(r"\s*-\s*|\s+(?:till?|to|until|t\.?\s?o\.?\s?m\.?|och(?: med)?|and)\s+")
_FROM = re.compile(r"^(?:från|from|mellan|between)\s+")
_TIME = re.compile(
    r"(?:kl(?:ockan|\.)?\s*|at\s+|@\s*)?(?P<hour>\d{1,2})(?:\s?[.:]\s?(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?"
    r"|(?:kl(?:ockan|\.)?\s*)?(?P<hour4>\d{2})(?P<minute4>\d{2})"
)
_HALF_DAY = 12


def _tidy(text: str) -> str:
    return " ".join(_DASH.sub("-", text).casefold().split()).strip(" ,")


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(number for number, names in enumerate(_MONTHS, 1) if word[:3] in names.split("|"))


def _partial(text: str) -> _Partial | None:
    weekday = None
    if found := _LEADING_WEEKDAY.match(text):
        weekday, text = WEEKDAYS[found["weekday"]], text[found.end() :]
        if not text:
            return _Partial(weekday=weekday)
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            said = found.groupdict()
            year = said.get("year") or said.get("year2")
            month = said.get("month")
            return _Partial(
                int(said["day"]),
                _month(month) if month else None,
                int(year) + (2000 if len(year) == 2 else 0) if year else None,  # noqa: PLR2004  # '27
                weekday,
            )
    return None


def _checked(day: date, weekday: int | None, text: str) -> date:
    if weekday is not None and day.weekday() != weekday:
        raise WrongWeekday(day=day, text=text)
    return day


def _complete(said: _Partial, today: date, year: int | None, text: str) -> date:
    """The date meant: in the year said or given, else the next such day from today on."""
    if said.day is None:
        assert said.weekday is not None  # noqa: S101  # a partial names a day or a weekday
        return today + timedelta(days=(said.weekday - today.weekday()) % 7)
    if said.month is None:
        raise NotADate(text=text)
    years = [said.year or year] if said.year or year else range(today.year, today.year + 9)
    days = [date(y, said.month, said.day) for y in years if y and _exists(y, said.month, said.day)]
    if len(days) > 1:
        days = [day for day in days if day >= today]
    if not days:
        raise NotADate(text=text)
    return _checked(days[0], said.weekday, text)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]  # noqa: PLR2004  # months


def parse_day(text: str, *, today: date, year: int | None = None) -> date:
    """One date: "28 juni", "28/6", "2027-06-28", "tis 29 juni", "June 29", "tisdag", "i morgon".

    Without a year it lies in `year` (an edition's), else on or after `today`. Raises NotADate, WrongWeekday.
    """
    tidy = _tidy(text)
    if tidy in RELATIVE:
        return today + timedelta(days=RELATIVE[tidy])
    said = _partial(tidy)
    if said is None:
        raise NotADate(text=text)
    return _complete(said, today, year, text)


def parse_days(text: str, *, today: date, year: int | None = None) -> tuple[date, date]:
    """First and last of a range: "28–30 juni 2027", "28 juni-2 juli", "June 28–30"; a single date is both.

    Years as in `parse_day`. Raises NotADate, WrongWeekday, EndsBeforeStart.
    """
    tidy = _FROM.sub("", _tidy(text))
    for left, right in _splits(tidy):
        first, last = _partial(left), _partial(right)
        if first is None or last is None or first.day is None or last.day is None:
            continue
        last = replace(last, month=last.month or first.month, year=last.year or first.year)
        first = replace(first, month=first.month or last.month)
        return _ordered(first, last, today, year, text)
    day = parse_day(tidy, today=today, year=year)
    return day, day


def _splits(tidy: str) -> list[tuple[str, str]]:
    return [(tidy[: found.start()].strip(), tidy[found.end() :].strip()) for found in _TO.finditer(tidy)]


def _ordered(first: _Partial, last: _Partial, today: date, year: int | None, text: str) -> tuple[date, date]:
    over_new_year = (first.month, last.month) == (12, 1)
    if last.year and not first.year:
        first = replace(first, year=last.year - over_new_year)
    start = _complete(first, today, year, text)
    if not last.year or (over_new_year and last.year == first.year):
        last = replace(last, year=start.year + over_new_year)
    end = _complete(last, today, year, text)
    if end < start:
        raise EndsBeforeStart(text=text)
    return start, end


def _time(text: str) -> tuple[time, bool] | None:
    """A time of day, and whether its half of the day was said."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute = int(found["hour"] or found["hour4"]), int(found["minute"] or found["minute4"] or 0)
    if half := found["half"]:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half.startswith("p") else 0)
    return (time(hour, minute), bool(half)) if hour < 24 and minute < 60 else None  # noqa: PLR2004  # a day's


def parse_time(text: str) -> time:
    """A time of day: "13", "13.00", "kl 13:30", "0730", "1.30 pm". Raises NotATime."""
    found = _time(_tidy(text))
    if found is None:
        raise NotATime(text=text)
    return found[0]


def parse_times(text: str) -> tuple[time, time]:
    """From a time to a time of the same day: "07.30–17.30", "kl 9 till 10", "1–2 pm". Raises NotATime, EndsBeforeStart."""
    found = _times(_FROM.sub("", _tidy(text)), text)
    if found is None:
        raise NotATime(text=text)
    return found


def _times(tidy: str, text: str) -> tuple[time, time] | None:
    for left, right in _splits(tidy):
        start, end = _time(left), _time(right)
        if start is None or end is None:
            continue
        begins, ends = start[0], end[0]
        if end[1] and not start[1] and begins.hour < _HALF_DAY and ends.hour >= _HALF_DAY:
            later = begins.replace(hour=begins.hour + _HALF_DAY)
            begins = later if later < ends else begins
        if ends <= begins:
            raise EndsBeforeStart(text=text)
        return begins, ends
    return None


def _parts(tidy: str) -> list[tuple[str, str]]:
    """Every way to read the text as a date beside a time, longest date first, the date before the time first."""
    tidy = re.sub(r"(?<=\d)t(?=\d\d:)", " ", tidy)
    cuts = [found.span() for found in re.finditer(r"[\s,]+", tidy)]
    ways = [(tidy[:start], tidy[end:]) for start, end in reversed(cuts)]
    ways += [(re.sub(r"^(?:den|on|på)\s+", "", tidy[end:]), tidy[:start]) for start, end in cuts]
    return ways


def parse_moment(text: str, *, today: date, year: int | None = None) -> tuple[date, time]:
    """A date and a time of day: "tors 15 april kl 12", "29 juni, 13.00", "i morgon kl 9", "June 29 at 1 pm".

    Years as in `parse_day`. Raises NotADate, NotATime (a date alone), WrongWeekday.
    """
    tidy = _tidy(text)
    if _reads_as_day(tidy, today, year):
        raise NotATime(text=text)
    for day, clock in _parts(tidy):
        found = _time(clock)
        if found is not None and _reads_as_day(day, today, year):
            return parse_day(day, today=today, year=year), found[0]
    raise NotADate(text=text)


def _reads_as_day(tidy: str, today: date, year: int | None) -> bool:
    try:
        parse_day(tidy, today=today, year=year)
    except WrongWeekday:
        return True
    except NotADate:
        return False
    return True


def parse_at(text: str, zone: ZoneInfo, *, now: datetime, year: int | None = None) -> datetime:
    """The instant (UTC) of a date and time written as local to `zone`.

    Raises what `parse_moment` and `at_local` raise.
    """
    day, clock = parse_moment(text, today=local_day(now, zone), year=year)
    return at_local(day, clock, zone)


def parse_span(text: str, zone: ZoneInfo, *, now: datetime, year: int | None = None) -> tuple[datetime, datetime]:
    """Start and end (UTC) within one local day: "tis 29 juni 13.00–14.00", "29/6 13-14".

    Raises NotADate, NotATime, WrongWeekday, EndsBeforeStart, TimeInGap, AmbiguousTime.
    """
    today, tidy = local_day(now, zone), _tidy(text)
    if _reads_as_day(tidy, today, year):
        raise NotATime(text=text)
    for day, clocks in _parts(re.sub(r"\s*-\s*", "-", tidy)):
        times = _times(_FROM.sub("", clocks), text)
        if times is not None and _reads_as_day(day, today, year):
            on = parse_day(day, today=today, year=year)
            return at_local(on, times[0], zone), at_local(on, times[1], zone)
    raise NotADate(text=text)


def at_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a local day and time of day.

    Raises TimeInGap for a time that summer time skips, AmbiguousTime for one that comes twice.
    """
    early, late = (datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    if early.astimezone(zone).replace(tzinfo=None) != datetime.combine(day, clock):
        raise TimeInGap(day=day, time=clock)
    if early != late:
        raise AmbiguousTime(day=day, time=clock)
    return early


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day that an instant falls on in `zone`."""
    return instant.astimezone(zone).date()
