"""The booking dialogue's cards."""

from datetime import date
from itertools import groupby

from bot.domain.model import Allocation, Edition
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.booking import (
    Begun,
    Nearest,
    NoActor,
    NothingOpen,
    Progress,
    Unfinished,
    WhichActor,
    WhichDay,
    WhichEdition,
)
from bot.views.booking_buttons import Book, Days, PickDay, PickSlot, Release, Resume
from bot.views.day_picture import local_day, picture_of
from bot.views.menus import go
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.times import Day, DayMonth, Hour, Hours, Span


def begun(result: Begun) -> Screen:
    """The first question that is still needed."""
    match result:
        case Unfinished(progress):
            return unfinished(progress)
        case NoActor():
            return Screen([t("booking.no_actor")], [[go("start", "booking.say_who"), go("arenor")]])
        case NothingOpen(editions):
            lines = [t("booking.nothing_open"), *(_opening(e) for e in editions)]
            return Screen(lines, [[go("arenor"), go("kontakt")]])
        case WhichEdition(editions, actor_id):
            rows = [[button(L(e.name), Book(edition_id=e.id, actor_id=actor_id))] for e in editions]
            return Screen([t("booking.which_edition")], rows)
        case WhichActor(edition, actors):
            rows = [[button(a.name, Book(edition_id=edition.id, actor_id=a.id))] for a in actors]
            return Screen([t("booking.which_actor")], rows)
        case WhichDay():
            return days(result, picture=True)


def _opening(edition: Edition) -> Line:
    if edition.opens_at is None:
        return t("booking.opens_unknown", edition=L(edition.name))
    when = DayMonth(edition.opens_at.astimezone(edition.tz).date())
    return t("booking.opens", edition=L(edition.name), when=when)


def unfinished(p: Progress) -> Screen:
    """An earlier dialogue still holds a slot: go on, or let it go."""
    rows = [
        [button(t("booking.resume"), Resume(draft_id=p.draft.id))],
        [button(t("booking.release"), Release(draft_id=p.draft.id))],
    ]
    return Screen([for_whom(p.actor.name, shown=p.several_actors), t("booking.unfinished"), kept(p)], rows)


def for_whom(name: str, *, shown: bool, reachable: bool = True) -> Line:
    """For which actor, where the person might take it for another."""
    if not reachable:
        return t("booking.for_unreachable", actor=name)
    return t("booking.for_actor", actor=name) if shown else None


def days(result: WhichDay, *, picture: bool = False) -> Screen:
    """The days with how many slots are free, below a picture of them."""
    zone = result.edition.zone
    rows: list[list[Button]] = []
    for day, group in groupby(result.statuses, key=lambda s: local_day(s, zone)):
        free = sum(s.is_free for s in group)
        label = t("booking.day_free", day=Day(day), n=free) if free else t("booking.day_none", day=Day(day))
        rows.append([button(label, PickDay(draft_id=result.draft.id, day=day.toordinal()))])
    whom = for_whom(result.actor.name, shown=result.several_actors, reachable=result.reachable)
    question = t("booking.which_day") if rows else t("booking.no_slots")
    if not rows:
        rows = [[go("arenor"), go("kontakt")]]
    return Screen([whom, question], rows, above=[picture_of(result)] if picture and result.statuses else ())


def times(result: WhichDay, day: date) -> Screen:
    """A day's times: free ones by first come, all that are not granted by application, with how many apply."""
    zone = result.edition.zone
    applies = result.edition.allocation is Allocation.APPLICATION
    slots = [s for s in result.statuses if local_day(s, zone) == day and s.is_free]
    several = len({s.stage.id for s in slots}) > 1
    buttons = [
        button(_time(s, zone, several=several), PickSlot(draft_id=result.draft.id, slot_id=s.slot.id)) for s in slots
    ]
    rows = columns(buttons, 1 if several else 2)
    key = "booking.which_time_applied" if applies else "booking.which_time"
    question = t(key, day=Day(day)) if slots else t("booking.day_full", day=Day(day))
    back = [button(t("booking.days"), Days(draft_id=result.draft.id))]
    return Screen([for_whom(result.actor.name, shown=result.several_actors), question], [*rows, back])


def _time(status: SlotStatus, zone: str, *, several: bool) -> Words:
    hours: Words = Hours(status.slot.starts_at, status.slot.ends_at, zone)
    if several:
        hours = t("booking.time_on_stage", hours=hours, stage=status.stage.name)
    return t("booking.time_applied", hours=hours, n=status.applicants) if status.applicants else hours


def span(p: Progress) -> Span:
    """The time that was chosen."""
    return Span(p.status.slot.starts_at, p.status.slot.ends_at, p.edition.zone)


def kept(p: Progress) -> Line:
    """The time that was chosen, and until when it is held."""
    if p.held_until is None:
        return t("booking.chosen", when=span(p))
    return t("booking.held", when=span(p), until=Hour(p.held_until, p.edition.zone))


def taken(result: Nearest) -> Screen:
    """Somebody else was first: the nearest free times."""
    zone = result.edition.zone
    rows = [
        [button(Span(s.slot.starts_at, s.slot.ends_at, zone), PickSlot(draft_id=result.draft.id, slot_id=s.slot.id))]
        for s in result.statuses
    ]
    back = [button(t("booking.days"), Days(draft_id=result.draft.id))]
    return Screen([t("booking.taken") if rows else t("booking.taken_none_left")], [*rows, back])


def released() -> Screen:
    """The held slot was let go."""
    return Screen([t("booking.released")], [[button(t("booking.book_again"), Book())]])
