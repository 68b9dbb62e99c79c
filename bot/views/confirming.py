"""The booking dialogue's cards after the time: title, kind, the yes, and what it led to."""

from collections.abc import Sequence

from bot.domain.model import Allocation, BookingState, Edition
from bot.domain.official import COMMON_KINDS, KINDS, TITLE_MAX
from bot.domain.results.booking import Done, Progress
from bot.views.booking import for_whom, kept, span
from bot.views.booking_buttons import (
    Ask,
    Change,
    Confirm,
    ConfirmMove,
    Days,
    MoreKinds,
    PickKind,
    Release,
    Resume,
    SecondChoice,
    TitleLater,
    UseShort,
)
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import kind_name, when
from bot.views.bookings_buttons import FillIn, InviteCoOrganiser, MyBookings, ShowBooking
from bot.views.menus import go
from bot.views.screen import Button, L, Line, Screen, Words, button, columns, t
from bot.views.times import DayMonth, Hour


def next_question(p: Progress) -> Screen:
    """Title, kind or the yes, whichever comes next."""
    match p.draft.step:
        case "title":
            whom = for_whom(p.actor.name, shown=p.several_actors)
            return Screen([whom, kept(p), *_title_question(p)], _title_buttons(p))
        case "kind":
            return kinds(p, COMMON_KINDS)
        case "move":
            return moving(p)
        case _:
            return confirming(p)


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
    whom = for_whom(p.actor.name, shown=p.several_actors)
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
        for_whom(p.actor.name, shown=p.several_actors),
        t("booking.summary", title=p.activity.title or p.actor.name, kind=kind_name(p.activity.kind)),
        t("booking.where", stage=p.status.stage.name, address=p.status.stage.address, when=span(p)),
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
    question = t("booking.ask_move", title=p.activity.title or p.actor.name, to=span(p))
    return Screen([for_whom(p.actor.name, shown=p.several_actors), question], rows)


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
    return Screen([for_whom(p.actor.name, shown=p.several_actors), t("booking.what_to_change")], rows)


def done(result: Done) -> Screen:
    """The slot is theirs, with the calendar file below; or asked for, with when the answer comes."""
    view = result.view
    whom = for_whom(view.actor.name, shown=result.on_behalf or result.several_actors)
    at = when(view)
    match view.booking.state:
        case BookingState.REQUESTED:
            return Screen([whom, t("booking.requested", when=at)], _after(result))
        case BookingState.APPLIED:
            return Screen(
                [whom, t("booking.applied", when=at), _rivals(result), _answer_by(view.edition)], _after(result)
            )
        case _:
            return Screen([whom, t("booking.booked", when=at)], _after(result), below=[calendar(view)])


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
        [button(t("bookings.show"), ShowBooking(booking_id=booking.id)), go("samordna")]
        if result.on_behalf
        else [button(t("booking.my_bookings"), MyBookings())],
    ]
