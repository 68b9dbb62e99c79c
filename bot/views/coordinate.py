"""/samordna: what waits, the editions to come, and an edition's day as it happens."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from typing import ClassVar

from bot.domain.dates import local_day
from bot.domain.model import Allocation, Edition, SlotState
from bot.domain.results.overview import EditionState, OnSite, Opening, Overview, Today, Waiting
from bot.domain.year import Clash
from bot.views.edition_buttons import Coordinate, Editions, OpenSlot
from bot.views.evaluation_buttons import Results
from bot.views.menus import go
from bot.views.press import Press
from bot.views.queue_buttons import Actors, Queue
from bot.views.screen import Button, L, Line, Screen, T, Words, button, columns, t
from bot.views.times import Day, DayMonth, Days, Hour, Hours

SOON = 60
"""Days within which a closing is told as so many days."""


class ShowToday(Press):
    """An edition's present day."""

    code: ClassVar[str] = "ct"
    edition_id: int


def dots(parts: Iterable[Line]) -> Line:
    """Parts on one line that begins with a capital, with dots between; those that are None are left out."""
    said = [part for part in parts if part is not None]
    return line(reduce(lambda a, b: t("coordinate.dot", a=a, b=b), said)) if said else None


def line(words: Words) -> T:
    """Words with a capital at their beginning."""
    return t("coordinate.line", line=words)


def opening(result: Opening, *, now: datetime) -> Screen:
    """The day itself when an edition is under way, else the overview."""
    return today(result) if isinstance(result, Today) else overview(result, now=now)


def overview(result: Overview, *, now: datetime) -> Screen:
    """What waits, and the editions to come."""
    lines: list[Line] = []
    for state in result.editions:
        lines += [_figures(state), _when(state, now), ""]
    empty = None if result.editions else t("coordinate.no_editions")
    under_way = [[_today_at(state.edition)] for state in result.editions if _is_under_way(state, now)]
    return Screen([*lines, empty, waits(result.waiting)], [*under_way, *_doors(result.waiting)])


def _doors(waiting: Waiting) -> list[list[Button]]:
    answer = [button(t("coordinate.answer", n=waiting.total), Queue())] if waiting.total else []
    doors = [
        go("utskick", t("coordinate.announce")),
        go("program", t("coordinate.programme")),
        button(t("coordinate.actors"), Actors()),
        go("fragor"),
        button(t("evaluation.results"), Results()),
        go("rapport"),
        button(t("coordinate.more"), Editions()),
    ]
    return [answer, *columns(doors, 2)]


def waits(waiting: Waiting) -> Line:
    """How much waits, by what it is."""
    if not waiting.total:
        return t("coordinate.nothing_waits")
    parts = [
        t(f"coordinate.{name}", n=getattr(waiting, name))
        for name in ("applications", "newcomers", "matters", "errands")
        if getattr(waiting, name)
    ]
    return t("coordinate.waits", parts=parts)


def _figures(state: EditionState) -> Line:
    name = t("coordinate.edition", edition=L(state.edition.name))
    if not state.slots:
        return dots([name, t("coordinate.no_slots")])
    return dots(
        [
            name,
            t("coordinate.booked", booked=state.booked, slots=state.slots),
            t("coordinate.waiting", n=state.waiting) if state.waiting else None,
            t("coordinate.lacking", n=state.lacking) if state.lacking else None,
        ]
    )


def _when(state: EditionState, now: datetime) -> Line:
    edition = state.edition
    stages = [stage.name for stage in state.stages]
    return dots(
        [t("coordinate.stages", stages=stages) if stages else None, dates(edition), booking_state(edition, now)]
    )


def dates(edition: Edition) -> Words:
    """An edition's days, with "preliminary" where so."""
    if edition.starts_on is None:
        return t("coordinate.no_dates")
    days = Days(edition.starts_on, edition.ends_on or edition.starts_on)
    return t("coordinate.preliminary", days=days) if edition.preliminary else days


def clashes(found: Sequence[Clash]) -> list[Line]:
    """What shares days with an edition; a draft is marked so, nobody else knows of it."""
    return [
        t(
            "editions.clash" if each.other.published else "editions.clash_unpublished",
            other=L(each.other.name),
            days=Days(each.starts_on, each.ends_on),
        )
        for each in found
    ]


def booking_state(edition: Edition, now: datetime) -> Words:  # noqa: PLR0911  # one sentence for each state
    """Whether slots can be booked now, and until when."""
    if not edition.published:
        return t("coordinate.unpublished")
    if edition.allocation is Allocation.NONE or edition.opens_at is None:
        return t("coordinate.no_booking")
    if edition.opens_at > now:
        return t("coordinate.opens", day=Day(local_day(edition.opens_at, edition.tz)))
    if edition.closes_at is None:
        return t("coordinate.open")
    if edition.closes_at <= now:
        return t("coordinate.closed")
    last = local_day(edition.closes_at, edition.tz)
    n = (last - local_day(now, edition.tz)).days
    if n == 0:
        return t("coordinate.closes_today", clock=Hour(edition.closes_at, edition.zone))
    return t("coordinate.closes_in", n=n) if n <= SOON else t("coordinate.closes_on", day=DayMonth(last))


def _is_under_way(state: EditionState, now: datetime) -> bool:
    edition = state.edition
    if edition.starts_on is None:
        return False
    return edition.starts_on <= local_day(now, edition.tz) <= (edition.ends_on or edition.starts_on)


def today(result: Today) -> Screen:
    """The day's slots: time, activity, actor, technology, whom to ring, and whether all is ready."""
    lines: list[Line] = [t("coordinate.today", edition=L(result.edition.name)), ""]
    rows: list[list[Button]] = []
    zone = result.edition.zone
    for slot in result.slots:
        lines += [*_on_site(slot, zone, several=result.several_stages), ""]
        if slot.view is not None:
            label = t("coordinate.slot", hour=Hour(slot.status.slot.starts_at, zone), actor=slot.view.actor.name)
            rows.append([button(label, OpenSlot(slot_id=slot.status.slot.id))])
    if not result.slots:
        lines += [t("coordinate.today_empty"), ""]
    lines.append(waits(result.waiting) if result.waiting.total else None)
    answer = [button(t("coordinate.answer", n=result.waiting.total), Queue())] if result.waiting.total else []
    others = [[_today_at(other)] for other in result.others]
    return Screen(lines, [*rows, *others, answer, [button(t("coordinate.overview"), Coordinate())]])


def _today_at(edition: Edition) -> Button:
    return button(t("coordinate.today", edition=L(edition.name)), ShowToday(edition_id=edition.id))


def _on_site(slot: OnSite, zone: str, *, several: bool) -> list[Line]:
    hours = Hours(slot.status.slot.starts_at, slot.status.slot.ends_at, zone)
    stage = slot.status.stage.name if several else None
    head = t("coordinate.hours", hours=hours)
    if slot.view is None:
        free = slot.status.slot.state is SlotState.OPEN
        return [
            dots([head, stage, t("coordinate.free") if free else t("coordinate.blocked", why=slot.status.slot.reason)])
        ]
    activity = slot.view.activity
    names = [slot.view.actor.name, *(name for _, name in slot.view.co_organisers)]
    return [
        dots([head, stage, activity.title or slot.view.actor.name]),
        dots(
            [
                t("coordinate.organisers", names=names),
                t("coordinate.ready" if activity.ready_at else "coordinate.not_ready"),
            ]
        ),
        t("coordinate.technology", technology=slot.technology) if slot.technology else None,
        _whom(slot),
    ]


def _whom(slot: OnSite) -> Line:
    who = slot.on_site or slot.phone
    return t("coordinate.on_site", who=who) if who else t("coordinate.on_site_unknown")
