"""Calendar files (.ics, RFC 5545) as icalendar writes them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from bot.domain.text import clean
from bot.views.calendar import Entry, Method

PRODUCT = "-//Region Norrbotten//Arenabot//SV"


class _Text(vText):
    """Text escaped as RFC 5545 says (3.3.11); icalendar takes a backslash before a capital N for a line feed."""

    def to_ical(self) -> bytes:
        """The escaped bytes."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def write(entries: Sequence[Entry], *, zone: str, stamp_at: datetime, method: Method, name: str | None) -> bytes:
    """The bytes, as `bot.views.calendar.ics` says."""
    tz = ZoneInfo(zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", _Text(clean(name)))
    calendar.add_component(_rules(entries, tz, stamp_at))
    for entry in entries:
        calendar.add_component(_event(entry, tz, stamp_at, method))
    return bytes(calendar.to_ical())


def _rules(entries: Sequence[Entry], tz: ZoneInfo, stamp_at: datetime) -> Timezone:
    """VTIMEZONE with each change of offset around the events.

    Written here because a change's DTSTART must be local by the offset *before* it (RFC 5545, 3.6.5), which
    icalendar's own generator gets wrong by an hour in spring.
    """
    years = [at.year for entry in entries for at in (entry.starts_at, entry.ends_at)] or [stamp_at.year]
    first, last = datetime(min(years) - 1, 1, 1, tzinfo=UTC), datetime(max(years) + 1, 1, 1, tzinfo=UTC)
    rules = Timezone()
    rules.add("tzid", tz.key)
    rules.add_component(_observance(first, tz, before=_offset(first, tz)))
    for at in _changes(first, last, tz):
        rules.add_component(_observance(at, tz, before=_offset(at - timedelta(seconds=1), tz)))
    return rules


def _offset(at: datetime, tz: ZoneInfo) -> timedelta:
    return at.astimezone(tz).utcoffset() or timedelta()


def _changes(first: datetime, last: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    """The instants (UTC, to the minute) at which the zone's offset changes."""
    day = first
    while day < last:
        low, high = day, day + timedelta(days=1)
        if _offset(low, tz) != _offset(high, tz):
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if _offset(middle, tz) == _offset(low, tz) else (low, middle)
            yield high
        day += timedelta(days=1)


def _observance(at: datetime, tz: ZoneInfo, *, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    local = at.astimezone(tz)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (at + before).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(at, tz))
    part.add("tzname", local.tzname() or tz.key)
    return part


def _event(entry: Entry, tz: ZoneInfo, stamp_at: datetime, method: Method) -> Event:
    event = Event()
    event.add("uid", _Text(clean(entry.uid)))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp_at)
    event.add("dtstart", entry.starts_at.astimezone(tz))
    event.add("dtend", entry.ends_at.astimezone(tz))
    event.add("summary", _Text(clean(entry.summary)))
    for key, text in (("location", entry.location), ("description", entry.description)):
        if cleaned := clean(text):
            event.add(key, _Text(cleaned))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if method is Method.CANCEL else "OPAQUE")
    return event
