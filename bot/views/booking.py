"""The booking dialogue's cards."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain.model import Allocation, BookingState, Edition
from bot.domain.official import COMMON_KINDS, KINDS, TITLE_MAX
from bot.domain.ports.arenas import SlotStatus
from bot.domain.results.booking import (
    Begun,
    Done,
    Nearest,
    NoActor,
    NothingOpen,
    Progress,
    Unfinished,
    WhichActor,
    WhichDay,
    WhichEdition,
)
from bot.views.booking_buttons import (
    Ask,
    Book,
    Change,
    Confirm,
    ConfirmMove,
    Days,
    MoreKinds,
    PickDay,
    PickKind,
    PickSlot,
    Release,
    Resume,
    SecondChoice,
    TitleLater,
    UseShort,
)
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import kind_name, when
from bot.views.bookings_buttons import FillIn, InviteCoOrganiser, MyBookings
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
    return Screen([_for_whom(p.actor.name, shown=p.several_actors), t("booking.unfinished"), _kept(p)], rows)


def _for_whom(name: str, *, shown: bool, reachable: bool = True) -> Line:
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
    whom = _for_whom(result.actor.name, shown=result.several_actors, reachable=result.reachable)
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
    return Screen([_for_whom(result.actor.name, shown=result.several_actors), question], [*rows, back])


def _time(status: SlotStatus, zone: str, *, several: bool) -> Words:
    hours: Words = Hours(status.slot.starts_at, status.slot.ends_at, zone)
    if several:
        hours = t("booking.time_on_stage", hours=hours, stage=status.stage.name)
    return t("booking.time_applied", hours=hours, n=status.applicants) if status.applicants else hours


def next_question(p: Progress) -> Screen:
    """Title, kind or the yes, whichever comes next."""
    match p.draft.step:
        case "title":
            whom = _for_whom(p.actor.name, shown=p.several_actors)
            return Screen([whom, _kept(p), *_title_question(p)], _title_buttons(p))
        case "kind":
            return kinds(p, COMMON_KINDS)
        case "move":
            return moving(p)
        case _:
            return confirming(p)


def _span(p: Progress) -> Span:
    return Span(p.status.slot.starts_at, p.status.slot.ends_at, p.edition.zone)


def _kept(p: Progress) -> Line:
    if p.held_until is None:
        return t("booking.chosen", when=_span(p))
    return t("booking.held", when=_span(p), until=Hour(p.held_until, p.edition.zone))


def _title_question(p: Progress) -> list[Line]:
    if p.too_long is not None:
        return [
            t("booking.title_too_long", n=len(p.too_long), limit=TITLE_MAX),
            t("booking.quoted", text=p.short),
        ]
    return [t("booking.ask_title", limit=TITLE_MAX)]


def _title_buttons(p: Progress) -> list[list[Button]]:
    short = [button(t("booking.use_short"), UseShort(draft_id=p.draft.id))] if p.short else []
    return [short, [button(t("booking.later"), TitleLater(draft_id=p.draft.id))]]


def kinds(p: Progress, keys: Sequence[str]) -> Screen:
    """The kinds of activity to choose from."""
    choices = [button(kind_name(key), PickKind(draft_id=p.draft.id, kind=key)) for key in keys]
    if len(keys) < len(KINDS):
        choices.append(button(t("booking.other_kind"), MoreKinds(draft_id=p.draft.id)))
    later = [button(t("booking.later"), PickKind(draft_id=p.draft.id, kind=None))]
    whom = _for_whom(p.actor.name, shown=p.several_actors)
    return Screen([whom, t("booking.ask_kind")], [*columns(choices, 2), later])


def confirming(p: Progress) -> Screen:
    """All that will be booked or applied for, with cost and criteria in one line."""
    applies = p.edition.allocation is Allocation.APPLICATION
    expired = t("booking.hold_expired", at=Hour(p.expired_at, p.edition.zone)) if p.expired_at is not None else None
    yes = "booking.confirm_second" if p.rank > 1 else "booking.apply" if applies else "booking.confirm"
    booking_id = p.draft.data.get("booking_id")
    more = [button(t("booking.fill_in_now"), FillIn(booking_id=int(booking_id)))] if booking_id else []
    rows = [
        [button(t(yes), Confirm(draft_id=p.draft.id))],
        more,
        [
            button(t("booking.change"), Change(draft_id=p.draft.id)),
            button(t("booking.release"), Release(draft_id=p.draft.id)),
        ],
    ]
    lines: list[Line] = [
        expired,
        _for_whom(p.actor.name, shown=p.several_actors),
        t("booking.summary", title=p.activity.title or p.actor.name, kind=kind_name(p.activity.kind)),
        t("booking.where", stage=p.status.stage.name, address=p.status.stage.address, when=_span(p)),
        t("booking.applicants", n=p.applicants) if applies and p.applicants else None,
        t("booking.conditions", conditions=L(p.arena.conditions), rest=_rest(p)),
    ]
    return Screen(lines, rows)


def moving(p: Progress) -> Screen:
    """To when, before the yes to another time."""
    rows = [
        [button(t("booking.confirm_move"), ConfirmMove(draft_id=p.draft.id))],
        [button(t("booking.days"), Days(draft_id=p.draft.id))],
    ]
    question = t("booking.ask_move", title=p.activity.title or p.actor.name, to=_span(p))
    return Screen([_for_whom(p.actor.name, shown=p.several_actors), question], rows)


def _rest(p: Progress) -> Words:
    """By when the rest is to be filled in."""
    if p.fill_by is None:
        return t("booking.rest_later")
    return t("booking.rest_by", by=DayMonth(p.fill_by.astimezone(p.edition.tz).date()))


def changing(p: Progress) -> Screen:
    """What of it to change before the yes."""
    rows = [
        [button(t("booking.change_time"), Days(draft_id=p.draft.id))],
        [button(t("booking.change_title"), Ask(draft_id=p.draft.id, step="title"))],
        [button(t("booking.change_kind"), Ask(draft_id=p.draft.id, step="kind"))],
        [button(t("booking.back"), Resume(draft_id=p.draft.id))],
    ]
    return Screen([_for_whom(p.actor.name, shown=p.several_actors), t("booking.what_to_change")], rows)


def done(result: Done) -> Screen:
    """The slot is theirs, with the calendar file below; or asked for, with when the answer comes."""
    view = result.view
    whom = _for_whom(view.actor.name, shown=result.on_behalf or result.several_actors)
    span = when(view)
    match view.booking.state:
        case BookingState.REQUESTED:
            return Screen([whom, t("booking.requested", when=span)], _after(result))
        case BookingState.APPLIED:
            return Screen(
                [whom, t("booking.applied", when=span), _rivals(result), _answer_by(view.edition)], _after(result)
            )
        case _:
            return Screen([whom, t("booking.booked", when=span)], _after(result), below=[calendar(view)])


def _rivals(result: Done) -> Line:
    return t("booking.rivals", n=result.rivals) if result.rivals else None


def _answer_by(edition: Edition) -> Line:
    if edition.answers_at is None:
        return t("booking.answer_later")
    return t("booking.answer_by", when=DayMonth(edition.answers_at.astimezone(edition.tz).date()))


def _after(result: Done) -> list[list[Button]]:
    """What to go on with."""
    booking = result.view.booking
    second = booking.state is BookingState.APPLIED and booking.rank == 1
    return [
        [button(t("booking.second_choice"), SecondChoice(booking_id=booking.id))] if second else [],
        [button(t("booking.fill_in"), FillIn(booking_id=booking.id))],
        [] if second else [button(t("booking.invite_co_organiser"), InviteCoOrganiser(booking_id=booking.id))],
        [button(t("booking.my_bookings"), MyBookings())],
    ]


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
