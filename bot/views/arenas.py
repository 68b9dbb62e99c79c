"""/arenor: the arenas, and one arena's card."""

from datetime import UTC, date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.domain.dates import local_day
from bot.domain.model import Allocation, Edition, FeeStep
from bot.domain.results.arenas import ArenaCard, ArenaList, ArenaRow, Deadline, Room
from bot.views.amount import Amount
from bot.views.booking_buttons import Book
from bot.views.contact import AskArena
from bot.views.menus import go
from bot.views.press import Press
from bot.views.programme import OpenProgramme
from bot.views.screen import Button, L, Line, Reader, Screen, Venue, Words, button, columns, plain, t
from bot.views.start import coming_line
from bot.views.times import Day, DayMonth, Days, Hour

SWEDEN = ZoneInfo("Europe/Stockholm")
_NAMED_ZONES = {"Europe/Oslo": "zone.norway", "Europe/Helsinki": "zone.finland", "Europe/Copenhagen": "zone.denmark"}
_HOUR = 3600


class Arenas(Press):
    """The four arenas."""

    code: ClassVar[str] = "va"


class ShowArena(Press):
    """One arena, at its next edition or this one."""

    code: ClassVar[str] = "vs"
    arena_id: int
    edition_id: int | None = None


class ShowMap(Press):
    """An edition's point on the map."""

    code: ClassVar[str] = "vm"
    edition_id: int


def listed(result: ArenaList) -> Screen:
    """The arenas with a line each, and a button each."""
    rows = [[button(L(row.arena.name), ShowArena(arena_id=row.arena.id))] for row in result.rows]
    return Screen([t("arenas.heading"), "", *(_row(row) for row in result.rows)], [*rows, [go("program"), go("start")]])


def _row(row: ArenaRow) -> Line:
    name, place = L(row.arena.name), L(row.arena.place)
    free = _free(row.edition, row.room)
    if free is None:
        return t("arenas.row", arena=name, place=place, when=dates(row.edition))
    return t("arenas.row_free", arena=name, place=place, when=dates(row.edition), free=free)


def _free(edition: Edition | None, room: Room) -> Line:
    if edition is None or edition.allocation is Allocation.NONE or not room.slots:
        return None
    return t("arenas.free", free=room.free, n=room.slots)


def dates(edition: Edition | None) -> Words:
    """An edition's days, with "preliminärt" where so; that they are not decided where they are not."""
    if edition is None or edition.starts_on is None:
        return t("arenas.dates_unknown")
    days = Days(edition.starts_on, edition.ends_on or edition.starts_on)
    return t("arenas.dates_preliminary", days=days) if edition.preliminary else days


def card(result: ArenaCard, *, now: datetime) -> Screen:
    """What the arena is for, when and where, what is free, what it costs, and until when."""
    arena, edition = result.arena, result.edition
    lines: list[Line] = [
        t("arenas.name", arena=L(arena.name)),
        L(arena.goal),
        "",
        t("arenas.target_groups", who=L(arena.target_groups)),
        t("arenas.partners", who=L(arena.partners)),
        t("arenas.cost", cost=L(arena.cost)),
        t("arenas.criteria", criteria=L(arena.criteria)),
        "",
        *(_edition(result, edition, now) if edition else [t("arenas.next_unknown"), zone_line(arena.zone, None)]),
    ]
    return Screen(lines, _buttons(result))


def _edition(result: ArenaCard, edition: Edition, now: datetime) -> list[Line]:
    own = [coming_line(view, several=result.several_actors) for view in result.own]
    return [
        t("arenas.edition", edition=L(edition.name), when=dates(edition)),
        t("arenas.place", place=L(edition.place)),
        zone_line(edition.zone, edition.starts_on),
        _room_line(result, edition, now),
        *([t("arenas.own"), *own] if own else []),
        *_deadlines(result, edition, now),
        *_fees(result, edition, now),
    ]


def _room_line(result: ArenaCard, edition: Edition, now: datetime) -> Line:
    """How the slots are given out, whether they can be booked now, and how many are free."""
    if edition.allocation is Allocation.NONE or edition.opens_at is None:
        return t("arenas.no_booking")
    free = _free(edition, result.room)
    if edition.closes_at is not None and edition.closes_at <= now:
        return t("arenas.closed", day=_day(edition, edition.closes_at))
    if edition.opens_at > now:
        return t("arenas.opens", day=_day(edition, edition.opens_at))
    if free is None:
        return t("arenas.no_slots")
    applies = edition.allocation is Allocation.APPLICATION
    return t("arenas.room_applied", free=free) if applies else t("arenas.room", free=free)


def _day(edition: Edition, at: datetime) -> DayMonth:
    return DayMonth(local_day(at, edition.tz))


def _until(edition: Edition, at: datetime) -> Words:
    """A deadline as people say it: the day, and the hour when it is not the end of the day."""
    local = at.astimezone(edition.tz)
    day = Day(local.date())
    return day if local.time() >= time(23, 59) else t("arenas.day_hour", day=day, hour=Hour(at, edition.zone))


def _deadlines(result: ArenaCard, edition: Edition, now: datetime) -> list[Line]:
    lines: list[Line] = []
    if result.is_open and edition.closes_at is not None:
        key = "arenas.apply_by" if edition.allocation is Allocation.APPLICATION else "arenas.book_by"
        lines.append(t(key, when=_until(edition, edition.closes_at)))
    if edition.allocation is Allocation.APPLICATION and edition.answers_at is not None and edition.answers_at > now:
        lines.append(t("arenas.answers_by", when=_until(edition, edition.answers_at)))
    lines += [_fields_by(d, edition) for d in result.deadlines if d.at > now]
    return ["", t("arenas.deadlines"), *lines] if lines else []


def _fields_by(deadline: Deadline, edition: Edition) -> Line:
    when = _until(edition, deadline.at)
    if deadline.every:
        return t("arenas.every_field_by", when=when)
    return t("arenas.fields_by", fields=[L(label) for label in deadline.labels], when=when)


def _fees(result: ArenaCard, edition: Edition, now: datetime) -> list[Line]:
    """The official programme's fee steps, the present one marked."""
    if not result.fees:
        return []
    present = next((step for step in result.fees if step.until_at > now), None)
    key = "arenas.fees_preliminary" if any(step.preliminary for step in result.fees) else "arenas.fees"
    return ["", t(key), *(_fee(step, edition, is_present=step == present) for step in result.fees)]


def _fee(step: FeeStep, edition: Edition, *, is_present: bool) -> Line:
    amount = t("arenas.fee_amount", amount=Amount(step.amount)) if step.amount else t("arenas.fee_free")
    return t("arenas.fee_now" if is_present else "arenas.fee", amount=amount, day=_day(edition, step.until_at))


def zone_line(zone: str, day: date | None) -> Line:
    """That times are not Swedish, in words, with the difference on `day` where there is one; None for Swedish time."""
    if zone == SWEDEN.key:
        return None
    words = (
        t(_NAMED_ZONES[zone])
        if zone in _NAMED_ZONES
        else t("zone.other", city=zone.rpartition("/")[2].replace("_", " "))
    )
    noon = datetime.combine(day or date(2000, 1, 1), time(12), UTC)
    hours = _offset(noon, ZoneInfo(zone)) - _offset(noon, SWEDEN)
    if not hours:
        return t("arenas.zone", zone=words)
    shown = f"{abs(hours):g}".replace(".", ",")
    return t("arenas.zone_before" if hours > 0 else "arenas.zone_after", zone=words, hours=shown)


def _offset(at: datetime, zone: ZoneInfo) -> float:
    offset = at.astimezone(zone).utcoffset()
    return offset.total_seconds() / _HOUR if offset else 0.0


def _buttons(result: ArenaCard) -> list[list[Button]]:
    arena, edition = result.arena, result.edition
    book: list[Button] = []
    more: list[Button] = []
    if edition is not None:
        if result.is_open:
            label = "arenas.apply" if edition.allocation is Allocation.APPLICATION else "arenas.book"
            book = [button(t(label), Book(edition_id=edition.id))]
        if result.room.slots:
            more.append(button(t("arenas.programme"), OpenProgramme(edition_id=edition.id)))
        if result.point is not None:
            more.append(button(t("arenas.map"), ShowMap(edition_id=edition.id)))
    others = [[button(L(e.name), ShowArena(arena_id=arena.id, edition_id=e.id))] for e in result.others]
    own = [go("bokningar")] if result.own else []
    ask = [button(t("contact.ask"), AskArena(arena_id=arena.id))]
    return [book, *columns(more, 2), own, ask, *others, [button(t("arenas.back"), Arenas())]]


def mapped(result: ArenaCard, reader: Reader) -> Screen:
    """The card with its point on the map below."""
    screen = card(result, now=reader.now)
    if result.point is None or result.edition is None:
        return screen
    name, place = plain(L(result.edition.name), reader), plain(L(result.edition.place), reader)
    return Screen(screen.lines, screen.rows, below=[Venue(*result.point, name, place or name)])
