"""The booking dialogue's cards."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.domain.model import Allocation, BookingState, BookingView
from bot.domain.official import COMMON_KINDS, KINDS, LIMITS
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.booking import Begun, NoActor, NothingOpen, Progress, WhichActor, WhichDay, WhichEdition
from bot.views.press import Press
from bot.views.screen import Button, File, L, Line, Screen, Words, button, columns, t
from bot.views.times import Day, Hour, Hours, Span


class Book(Press):
    """Begin to book: an edition and an actor, where they are known."""

    code: ClassVar[str] = "bk"
    edition_id: int | None = None
    actor_id: int | None = None


class PickDay(Press):
    """A day, as its ordinal."""

    code: ClassVar[str] = "bd"
    draft_id: int
    day: int


class Days(Press):
    """Back to the days."""

    code: ClassVar[str] = "bb"
    draft_id: int


class PickSlot(Press):
    """A time."""

    code: ClassVar[str] = "bs"
    draft_id: int
    slot_id: int


class TitleLater(Press):
    """The title is decided later."""

    code: ClassVar[str] = "bt"
    draft_id: int


class UseShort(Press):
    """The shortened title."""

    code: ClassVar[str] = "bu"
    draft_id: int


class PickKind(Press):
    """A kind of activity, by its key; None: decided later."""

    code: ClassVar[str] = "bi"
    draft_id: int
    kind: str | None


class MoreKinds(Press):
    """The other kinds."""

    code: ClassVar[str] = "bm"
    draft_id: int


class Confirm(Press):
    """Book it."""

    code: ClassVar[str] = "bc"
    draft_id: int


def local_day(status: SlotStatus, zone: str) -> date:
    """The day of a slot where it takes place."""
    return status.slot.starts_at.astimezone(ZoneInfo(zone)).date()


def begun(result: Begun) -> Screen:
    """The first question that is still needed."""
    match result:
        case NoActor():
            return Screen([t("booking.no_actor")])
        case NothingOpen(editions):
            return Screen([t("booking.nothing_open"), *(L(e.name) for e in editions)])
        case WhichEdition(editions, actor_id):
            rows = [[button(L(e.name), Book(edition_id=e.id, actor_id=actor_id))] for e in editions]
            return Screen([t("booking.which_edition")], rows)
        case WhichActor(edition, actors):
            rows = [[button(a.name, Book(edition_id=edition.id, actor_id=a.id))] for a in actors]
            return Screen([t("booking.which_actor")], rows)
        case WhichDay():
            return days(result, picture=True)


def _for_whom(name: str, *, several: bool) -> Line:
    return t("booking.for_actor", actor=name) if several else None


def days(result: WhichDay, *, picture: bool = False) -> Screen:
    """The days with how many slots are free, below a picture of them."""
    zone = result.edition.zone
    rows: list[list[Button]] = []
    for day, group in groupby(result.statuses, key=lambda s: local_day(s, zone)):
        free = sum(s.is_free for s in group)
        label = t("booking.day_free", day=Day(day), n=free)
        rows.append([button(label, PickDay(draft_id=result.draft.id, day=day.toordinal()))])
    ids = {"edition_id": result.edition.id, "actor_id": result.actor.id}
    return Screen(
        [_for_whom(result.actor.name, several=result.several_actors), t("booking.which_day")],
        rows,
        above=[File("days", ids, photo=True)] if picture else (),
    )


def times(result: WhichDay, day: date) -> Screen:
    """A day's times: free ones by first come, all open ones with how many apply by application."""
    zone = result.edition.zone
    applies = result.edition.allocation is Allocation.APPLICATION
    slots = [s for s in result.statuses if local_day(s, zone) == day and (s.is_free or applies)]
    rows = columns([button(_time(s, zone), PickSlot(draft_id=result.draft.id, slot_id=s.slot.id)) for s in slots], 2)
    question = t("booking.which_time", day=Day(day)) if slots else t("booking.day_full", day=Day(day))
    back = [button(t("booking.days"), Days(draft_id=result.draft.id))]
    return Screen([_for_whom(result.actor.name, several=result.several_actors), question], [*rows, back])


def _time(status: SlotStatus, zone: str) -> Words:
    hours = Hours(status.slot.starts_at, status.slot.ends_at, zone)
    return t("booking.time_applied", hours=hours, n=status.applicants) if status.applicants else hours


def next_question(p: Progress) -> Screen:
    """Title, kind or the yes, whichever comes next."""
    whom = _for_whom(p.actor.name, several=p.several_actors)
    match p.draft.step:
        case "title":
            return Screen([whom, _kept(p), *_title_question(p)], _title_buttons(p))
        case "kind":
            return kinds(p, COMMON_KINDS)
        case _:
            return confirming(p)


def _kept(p: Progress) -> Line:
    zone = p.edition.zone
    span = Span(p.status.slot.starts_at, p.status.slot.ends_at, zone)
    if p.held_until is None:
        return t("booking.chosen", when=span)
    return t("booking.held", when=span, until=Hour(p.held_until, zone))


def _title_question(p: Progress) -> list[Line]:
    if p.too_long is not None:
        return [t("booking.title_too_long", n=len(p.too_long), limit=LIMITS["title"]), p.short]
    return [t("booking.ask_title", limit=LIMITS["title"])]


def _title_buttons(p: Progress) -> list[list[Button]]:
    short = [button(t("booking.use_short"), UseShort(draft_id=p.draft.id))] if p.short else []
    return [short, [button(t("booking.later"), TitleLater(draft_id=p.draft.id))]]


def kinds(p: Progress, keys: Sequence[str]) -> Screen:
    """The kinds of activity to choose from."""
    choices = [button(t(f"kind.{key}"), PickKind(draft_id=p.draft.id, kind=key)) for key in keys]
    if len(keys) < len(KINDS):
        choices.append(button(t("booking.other_kind"), MoreKinds(draft_id=p.draft.id)))
    later = [button(t("booking.later"), PickKind(draft_id=p.draft.id, kind=None))]
    return Screen([t("booking.ask_kind")], [*columns(choices, 2), later])


def confirming(p: Progress) -> Screen:
    """All that will be booked, with cost and criteria in one line."""
    span = Span(p.status.slot.starts_at, p.status.slot.ends_at, p.edition.zone)
    return Screen(
        [
            t("booking.summary", title=p.activity.title or p.actor.name, kind=kind_name(p.activity.kind)),
            t("booking.where", stage=p.status.stage.name, address=p.status.stage.address, when=span),
            t("booking.conditions"),
        ],
        [[button(t("booking.confirm"), Confirm(draft_id=p.draft.id))]],
    )


def kind_name(kind: str | None) -> Words:
    """A kind of activity, or that it is decided later."""
    return t(f"kind.{kind}") if kind else t("booking.later")


def booked(view: BookingView) -> Screen:
    """The slot is theirs, with the calendar file below; a newcomer's waits for a coordinator."""
    if view.booking.state is BookingState.REQUESTED:
        return Screen([t("booking.requested")])
    calendar = File("booking_calendar", {"booking_id": view.booking.id, "sequence": view.activity.sequence})
    return Screen([t("booking.booked")], below=[calendar])


def taken(nearest: Sequence[SlotStatus], zone: str, draft_id: int) -> Screen:
    """Somebody else was first: the nearest free times."""
    rows = [
        [button(Span(s.slot.starts_at, s.slot.ends_at, zone), PickSlot(draft_id=draft_id, slot_id=s.slot.id))]
        for s in nearest
    ]
    return Screen(
        [t("booking.taken") if rows else t("booking.taken_none_left")],
        [*rows, [button(t("booking.days"), Days(draft_id=draft_id))]],
    )
