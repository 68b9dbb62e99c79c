"""/program: an edition's confirmed activities by day, one of them, and what is on now."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from bot.domain.dates import local_day
from bot.domain.model import BookingView, CoOrganiserState, Edition
from bot.domain.results.programme import Item, NowAndNext, OnStage, Opened, Programme, WhichProgramme
from bot.domain.text import cut_at_word, telegram_length
from bot.views.booking_parts import kind_name
from bot.views.bookings_buttons import ShowBooking
from bot.views.calendar import Entry, ics
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, File, L, Line, Reader, Screen, T, Words, button, columns, plain, t
from bot.views.times import Day, Hour, Hours, Near, Span

PAGE = 8
"""Activities on a page: with their longest titles and organisers they stay within Telegram's 4,096 characters."""
_OWNER, _TOGETHER, _STAGE, _LABEL = 80, 100, 50, 34


class OpenProgramme(Press):
    """An edition's programme."""

    code: ClassVar[str] = "ho"
    edition_id: int


class OpenDay(Press):
    """A page of a day of it, the day as its ordinal."""

    code: ClassVar[str] = "hd"
    edition_id: int
    day: int
    page: int


class ShowActivity(Press):
    """One activity, by its booking; `page` is where it stands in its day."""

    code: ClassVar[str] = "ha"
    booking_id: int
    page: int


class AsCalendar(Press):
    """The calendar file of a day (its ordinal), or of all days (`whole` is 1) while this one is in view."""

    code: ClassVar[str] = "hc"
    edition_id: int
    day: int
    whole: int


class ShowNow(Press):
    """What is on now and what comes next."""

    code: ClassVar[str] = "hn"
    edition_id: int


def opened(result: Opened) -> Screen:
    """The programme, or which one."""
    if isinstance(result, Programme):
        return day(result)
    return which(result)


def which(result: WhichProgramme) -> Screen:
    """The editions that have a programme."""
    rows = [[button(L(e.name), OpenProgramme(edition_id=e.id))] for e in result.editions]
    return Screen([t("programme.which") if rows else t("programme.none")], [*rows, [go("arenor"), go("start")]])


def day(result: Programme, page: int = 0) -> Screen:
    """A page of a day: its activities, the other days, the calendar files."""
    edition = result.edition
    if result.day is None:
        return Screen([_heading(edition), t("programme.empty")], [_ways_out(result)])
    pages = [result.items[at : at + PAGE] for at in range(0, len(result.items), PAGE)]
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    lines: list[Line] = [_heading(edition), _day_line(result, page, len(pages)), ""]
    for item in shown:
        lines += _item(item, edition.zone, several=result.several_stages)
    activities = [
        [button(_label(i.view), ShowActivity(booking_id=i.view.booking.id, page=page))] for i in shown if i.view
    ]
    return Screen(
        lines, [*activities, _pages(result, page, len(pages)), *_days(result), *_files(result), _ways_out(result)]
    )


def _heading(edition: Edition) -> Line:
    key = "programme.heading_preliminary" if edition.preliminary else "programme.heading"
    return t(key, edition=L(edition.name))


def _day_line(result: Programme, page: int, pages: int) -> Line:
    assert result.day is not None  # noqa: S101  # told by day()
    shown: Words = Day(result.day)
    if not result.several_stages:
        stage = result.items[0].stage
        shown = t("programme.day_stage", day=shown, stage=stage.name, address=stage.address)
    else:
        shown = t("programme.day", day=shown)
    return t("programme.day_page", day=shown, page=page + 1, pages=pages) if pages > 1 else shown


def _item(item: Item, zone: str, *, several: bool) -> list[Line]:
    hours = Hours(item.slot.starts_at, item.slot.ends_at, zone)
    stage = _cut(item.stage.name, _STAGE) if several else None
    if item.view is None:
        own = t("programme.own_time", hours=hours)
        return [t("programme.at_stage", what=own, stage=stage) if stage else own]
    who = organisers(item.view, short=True)
    if item.view.activity.title is None:
        return [t("programme.item", hours=hours, title=who), stage]
    line = t("programme.item", hours=hours, title=item.view.activity.title)
    return [line, t("programme.at_stage", what=who, stage=stage) if stage else who]


def title(view: BookingView) -> str:
    """The activity's title; the actor's name while it is undecided."""
    return view.activity.title or view.actor.name


def organisers(view: BookingView, *, short: bool = False) -> T:
    """Who arranges it: the actor, and those with whom it is arranged jointly; cut where many share the space."""
    together = [
        name for co, name in view.co_organisers if co.state in {CoOrganiserState.ACCEPTED, CoOrganiserState.NAMED}
    ]
    name, names = view.actor.name, ", ".join(together)
    if short:
        name, names = _cut(name, _OWNER), _cut(names, _TOGETHER)
    return t("programme.jointly", name=name, names=names) if together else t("programme.organiser", name=name)


def _cut(text: str, limit: int) -> str:
    return cut_at_word(text, limit, measure=telegram_length)


def _label(view: BookingView) -> T:
    hour = Hour(view.slot.starts_at, view.edition.zone)
    return t("programme.label", hour=hour, title=_cut(title(view), _LABEL))


def _pages(result: Programme, page: int, pages: int) -> list[Button]:
    assert result.day is not None  # noqa: S101  # told by day()
    at = {"edition_id": result.edition.id, "day": result.day.toordinal()}
    back = [button(t("programme.earlier"), OpenDay(**at, page=page - 1))] if page else []
    return [*back, *([button(t("programme.later"), OpenDay(**at, page=page + 1))] if page + 1 < pages else [])]


def _days(result: Programme) -> list[list[Button]]:
    others = [each for each in result.days if each != result.day]
    edition_id = result.edition.id
    return columns(
        [button(Day(each), OpenDay(edition_id=edition_id, day=each.toordinal(), page=0)) for each in others], 3
    )


def _files(result: Programme) -> list[list[Button]]:
    """Calendar files, where there is anything to put in them; «Nu och härnäst» on the edition's days."""
    edition_id = result.edition.id
    now = [button(t("programme.now_button"), ShowNow(edition_id=edition_id))] if result.under_way else []
    if result.day is None or not any(item.view for item in result.items):
        return [now]
    at = {"edition_id": edition_id, "day": result.day.toordinal()}
    of_day = button(t("programme.calendar_day"), AsCalendar(**at, whole=0))
    of_all = button(t("programme.calendar_all"), AsCalendar(**at, whole=1))
    return [now, [of_day] if len(result.days) > 1 else [], [of_all]]


def _ways_out(result: Programme) -> list[Button]:
    return [go("program", t("programme.others"))] if result.several_editions else [go("arenor")]


def with_calendar(result: Programme, *, whole: bool) -> Screen:
    """The day with a calendar file below."""
    screen = day(result)
    chosen = None if whole or result.day is None else result.day.toordinal()
    ids = {"edition_id": result.edition.id, "day": chosen}
    return Screen(screen.lines, screen.rows, below=[File("programme_calendar", ids, caption=t("programme.caption"))])


def activity(view: BookingView, page: int = 0, *, own: bool = False) -> Screen:
    """One activity: what, who, when and where; for those whose it is (`own`) with the way to the booking."""
    answers = view.activity.answers
    description, participants = answers.get("description"), answers.get("participants")
    lines: list[Line] = [
        t("programme.title", title=view.activity.title or organisers(view)),
        t("programme.kind", kind=kind_name(view.activity.kind)) if view.activity.kind else None,
        organisers(view) if view.activity.title else None,
        t(
            "programme.where",
            stage=view.stage.name,
            address=view.stage.address,
            when=Span(view.slot.starts_at, view.slot.ends_at, view.edition.zone),
        ),
    ]
    if description:
        lines += ["", str(description)]
    if participants:
        lines += ["", t("programme.participants", who=str(participants))]
    on = local_day(view.slot.starts_at, view.edition.tz)
    back = OpenDay(edition_id=view.edition.id, day=on.toordinal(), page=page)
    booking = [button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))] if own else []
    return Screen(lines, [booking, [button(t("programme.back"), back)]])


def now_and_next(result: NowAndNext) -> Screen:
    """What is on at each stage now, and what comes next there."""
    zone = result.edition.zone
    lines: list[Line] = [_heading(result.edition)]
    for each in result.stages[:PAGE]:
        lines += ["", *_on_stage(each, zone)]
    if not result.stages:
        lines.append(t("programme.empty"))
    views = [i.view for each in result.stages for i in (each.now, each.next) if i is not None and i.view is not None]
    rows = [[button(_label(view), ShowActivity(booking_id=view.booking.id, page=0))] for view in views[:PAGE]]
    again = button(t("programme.refresh"), ShowNow(edition_id=result.edition.id))
    back = button(t("programme.back"), OpenProgramme(edition_id=result.edition.id))
    return Screen(lines, [*rows, [again, back]])


def _on_stage(each: OnStage, zone: str) -> list[Line]:
    lines: list[Line] = [t("programme.stage", stage=each.stage.name)]
    if each.now is None:
        lines.append(t("programme.nothing_now"))
    else:
        until = Hour(each.now.slot.ends_at, zone)
        lines.append(t("programme.now", what=_what(each.now), until=until))
    if each.next is None:
        return [*lines, t("programme.nothing_next")]
    return [*lines, t("programme.next", what=_what(each.next), at=Near(each.next.slot.starts_at, zone))]


def _what(item: Item) -> Words:
    if item.view is None:
        return t("programme.own_short")
    if item.view.activity.title is None:
        return organisers(item.view, short=True)
    return t("programme.what", title=item.view.activity.title, who=_cut(item.view.actor.name, _OWNER))


def calendar_file(edition: Edition, views: Sequence[BookingView], on: date | None, reader: Reader) -> tuple[str, bytes]:
    """The confirmed activities of a day, or of all days, as a file's name and .ics."""
    entries = [_entry(v, reader) for v in views if on in {None, local_day(v.slot.starts_at, edition.tz)}]
    name = plain(L(edition.name), reader)
    content = ics(entries, zone=edition.zone, stamp_at=reader.now, name=name)
    return plain(t("programme.file_name"), reader), content


def _entry(view: BookingView, reader: Reader) -> Entry:
    said = [plain(organisers(view), reader), str(view.activity.answers.get("description") or "")]
    return Entry(
        uid=view.activity.uid,
        sequence=view.activity.sequence,
        starts_at=view.slot.starts_at,
        ends_at=view.slot.ends_at,
        summary=title(view),
        location=f"{view.stage.name}, {view.stage.address}",
        description="\n".join(filter(None, said)),
    )
