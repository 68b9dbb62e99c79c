"""A booking's own cards: the list, the booking, moving, cancelling, arranging together."""

from datetime import datetime
from typing import ClassVar

from bot.domain.answers import Question
from bot.domain.model import BookingState, BookingView, CoOrganiserState
from bot.domain.results.bookings import (
    AskedToCoordinator,
    BookingCard,
    BookingList,
    Cancelled,
    CoInvitation,
    Found,
    Helpers,
    Touched,
)
from bot.views.booking import Book, kind_name
from bot.views.bookings_buttons import FetchFile, FillIn, InviteCoOrganiser, MyBookings, ShowBooking
from bot.views.calendar import Entry, Method, ics
from bot.views.contact import ask_coordinator
from bot.views.press import Press
from bot.views.screen import Button, File, Kept, L, Line, Screen, Words, button, t
from bot.views.times import At, DayMonth, Hour, Near, Span

_LISTED = 20
"""So many bookings are lines of the list too, where phones cut no title; more would not fit a message."""
_SHOWN = 1000
"""Characters of a changed text that coordinators are shown of each version: both fit one message."""


class Move(Press):
    """Choose another time."""

    code: ClassVar[str] = "mm"
    booking_id: int


class Cancel(Press):
    """Show whom a cancellation touches."""

    code: ClassVar[str] = "mc"
    booking_id: int


class ConfirmCancel(Press):
    """Cancel it."""

    code: ClassVar[str] = "md"
    once: ClassVar[bool] = True
    booking_id: int
    revision: int


class Undo(Press):
    """Restore it."""

    code: ClassVar[str] = "mu"
    booking_id: int


class TakeOver(Press):
    """The co-organiser takes over what the owner cancelled."""

    code: ClassVar[str] = "mt"
    booking_id: int


class DeclineOffer(Press):
    """The co-organiser does not."""

    code: ClassVar[str] = "mx"
    booking_id: int


class PickCoOrganiser(Press):
    """Invite this actor."""

    code: ClassVar[str] = "mk"
    draft_id: int
    actor_id: int


class NameOnly(Press):
    """A partner from elsewhere: the name alone."""

    code: ClassVar[str] = "mo"
    draft_id: int


class AnswerCo(Press):
    """Yes (1) or no (0) to arranging together."""

    code: ClassVar[str] = "ma"
    once: ClassVar[bool] = True
    co_organiser_id: int
    revision: int
    yes: int


class RemoveCo(Press):
    """No longer together."""

    code: ClassVar[str] = "mr"
    co_organiser_id: int


class HelpersOf(Press):
    """Who follows the booking."""

    code: ClassVar[str] = "mh"
    booking_id: int


class ToggleHelper(Press):
    """Let a person follow it, or no longer."""

    code: ClassVar[str] = "mg"
    booking_id: int
    person_id: int


class Calendar(Press):
    """The calendar file again."""

    code: ClassVar[str] = "my"
    booking_id: int


def when(view: BookingView) -> Span:
    """The slot where it takes place."""
    return Span(view.slot.starts_at, view.slot.ends_at, view.edition.zone)


def title(view: BookingView) -> str:
    """The activity's title, or the actor's name while it is undecided."""
    return view.activity.title or view.actor.name


def calendar(view: BookingView) -> File:
    """The booking's calendar file, made when it is sent."""
    return File(
        "booking_calendar",
        {"booking_id": view.booking.id},
        caption=t("booking.calendar_caption"),
        cache_key=f"ics:{view.booking.id}:{view.activity.sequence}:{view.activity.revision}",
    )


def listed(result: BookingList) -> Screen:
    """A person's bookings, a button each."""
    rows: list[list[Button]] = []
    lines: list[Line] = []
    several = len(result.by_actor) > 1
    listed_whole = sum(len(views) for _, views in result.by_actor) <= _LISTED
    for actor, views in result.by_actor:
        if several:
            lines += ["", t("bookings.of_actor", actor=actor.name, n=len(views))]
        for view in views:
            start = At(view.slot.starts_at, view.edition.zone)
            row = t("bookings.row", sign=_sign(view), when=start, title=title(view))
            if listed_whole:
                lines.append(row)
            rows.append([button(row, ShowBooking(booking_id=view.booking.id))])
    heading = t("bookings.heading") if rows else t("bookings.none")
    return Screen([heading, *(lines if rows else [])], [*rows, [button(t("bookings.book"), Book())]])


def _sign(view: BookingView) -> str:
    return "✅" if view.booking.state is BookingState.BOOKED else "⏳"


def card(result: BookingCard) -> Screen:
    """One booking as it is now, with what can be done."""
    view = result.view
    lines: list[Line] = [
        _whose(result),
        t("booking.summary", title=title(view), kind=kind_name(view.activity.kind)),
        t("booking.where", stage=view.stage.name, address=view.stage.address, when=when(view)),
        _together(view),
        _state(result),
        _lacking(result),
    ]
    return Screen(lines, _card_buttons(result))


def _together(view: BookingView) -> Line:
    names: list[Words] = [
        t("bookings.invited_name", name=name) if co.state is CoOrganiserState.INVITED else name
        for co, name in view.co_organisers
    ]
    return t("bookings.together", names=names) if names else None


def _state(result: BookingCard) -> Line:
    booking, zone = result.view.booking, result.view.edition.zone
    match booking.state:
        case BookingState.REQUESTED if booking.until_at is not None:
            return t("bookings.state_requested", until=Near(booking.until_at, zone))
        case BookingState.APPLIED:
            answers_at = result.view.edition.answers_at
            by = DayMonth(answers_at.astimezone(result.view.edition.tz).date()) if answers_at else None
            key = "bookings.state_applied" if by else "bookings.state_applied_open"
            return t(key, rank=booking.rank, n=result.rivals, by=by)
        case BookingState.CANCELLING if booking.until_at is not None:
            key = "bookings.state_offered" if booking.offered_to else "bookings.state_cancelling"
            return t(key, until=Near(booking.until_at, zone))
        case BookingState.HELD if booking.until_at is not None:
            return t("booking.held", when=when(result.view), until=Hour(booking.until_at, zone))
        case BookingState.ENDED:
            return t("bookings.state_ended")
        case _:
            return t("bookings.state_booked")


def _lacking(result: BookingCard) -> Line:
    if not result.lacking or result.view.booking.state is BookingState.ENDED:
        return None
    labels = [L(q.field.label) for q in result.lacking]
    deadlines = [q.field.deadline_at for q in result.lacking if q.field.deadline_at is not None]
    if not deadlines:
        return t("bookings.lacks", what=labels)
    by = DayMonth(min(deadlines).astimezone(result.view.edition.tz).date())
    return t("bookings.lacks_by", what=labels, by=by)


def _card_buttons(result: BookingCard) -> list[list[Button]]:
    view, booking_id = result.view, result.view.booking.id
    back = [button(t("bookings.back"), MyBookings())]
    match view.booking.state:
        case BookingState.ENDED:
            return [back]
        case BookingState.CANCELLING:
            undo = [button(t("bookings.undo"), Undo(booking_id=booking_id))]
            return [undo if result.owns and not view.booking.offered_to else [], back]
    fill = [button(t("bookings.fill_in"), FillIn(booking_id=booking_id))]
    if view.booking.state is BookingState.HELD:
        return [[button(t("bookings.go_on"), Book())], fill]
    own: list[list[Button]] = []
    if result.owns:
        own = [
            [
                button(t("bookings.move"), Move(booking_id=booking_id)),
                button(t("bookings.cancel"), Cancel(booking_id=booking_id)),
            ],
            [button(t("booking.invite_co_organiser"), InviteCoOrganiser(booking_id=booking_id))],
        ]
    removals = [
        [button(t("bookings.remove_co", name=name), RemoveCo(co_organiser_id=co.id))] for co, name in view.co_organisers
    ]
    people = [button(t("bookings.helpers"), HelpersOf(booking_id=booking_id))]
    ask = [] if result.on_behalf else [ask_coordinator(booking_id)]
    ics = [button(t("bookings.calendar"), Calendar(booking_id=booking_id))]
    booked = view.booking.state is BookingState.BOOKED
    files = [
        [button(t("bookings.fetch_file", label=L(q.field.label)), FetchFile(booking_id=booking_id, field_id=q.field.id))]
        for q in result.files
    ]
    return [fill, *files, *own, *(removals if result.owns else []), people, ics if booked else [], ask, back]


def calendar_again(result: BookingCard) -> Screen:
    """The card with the calendar file below."""
    screen = card(result)
    return Screen(screen.lines, screen.rows, below=[calendar(result.view)])


def with_file(result: BookingCard, field_id: int) -> Screen:
    """The card with the file that answers a question below, where there is one."""
    screen = card(result)
    kept = [
        Kept(str(q.answer["file_id"]), photo=q.answer.get("kind") == "photo", caption=_of_file(result.view, q))
        for q in result.files
        if q.field.id == field_id
    ]
    return Screen(screen.lines, screen.rows, below=kept)


def _of_file(view: BookingView, question: Question) -> Words:
    return t("bookings.file_caption", label=L(question.field.label), title=title(view), actor=view.actor.name)


def moved(result: BookingCard) -> Screen:
    """It stands at its new time, with a new calendar file."""
    view = result.view
    line = t("bookings.moved", when=when(view))
    official = t("bookings.change_official_too") if view.activity.reported == "yes" else None
    below = [calendar(view)] if view.booking.state is BookingState.BOOKED else []
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))]]
    return Screen([_whose(result), line, official], rows, below=below)


def _whose(result: BookingCard) -> Line:
    several = result.several_actors or result.on_behalf
    return t("booking.for_actor", actor=result.view.actor.name) if several else None


def taken_over(result: BookingCard) -> Screen:
    """It is the co-organiser's own now, with a new calendar file."""
    view = result.view
    line = t("bookings.taken_over", title=title(view), when=when(view))
    official = t("bookings.change_official_too") if view.activity.reported == "yes" else None
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))]]
    return Screen([_whose(result), line, official], rows, below=[calendar(view)])


def asked(result: AskedToCoordinator) -> Screen:
    """Booking has closed; a coordinator decides."""
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=result.view.booking.id))]]
    return Screen([t("bookings.asked_coordinator")], rows)


def cancelling(result: Touched) -> Screen:
    """Who is touched and when the slot becomes free, before the yes."""
    view = result.view
    key = "bookings.ask_cancel_closed" if result.closed else "bookings.ask_cancel"
    applied = view.booking.state is BookingState.APPLIED
    at = Hour(result.free_at, view.edition.zone)
    free = None if applied or result.closed else t("bookings.offered_at" if result.offered else "bookings.free_at", at=at)
    lines: list[Line] = [
        t("booking.for_actor", actor=view.actor.name) if result.several_actors else None,
        t(key, title=title(view), when=At(view.slot.starts_at, view.edition.zone)),
        t("bookings.touches_co", names=result.co_organisers) if result.co_organisers else None,
        t("bookings.touches_people", names=[p.name for p in result.people], n=len(result.people))
        if result.people
        else None,
        free,
        t("bookings.change_official_too") if view.activity.reported == "yes" else None,
    ]
    yes = ConfirmCancel(booking_id=view.booking.id, revision=view.booking.revision)
    label = t("bookings.ask_coordinator") if result.closed else t("bookings.cancel")
    return Screen(lines, [[button(t("bookings.keep"), ShowBooking(booking_id=view.booking.id)), button(label, yes)]])


def cancelled(result: Cancelled) -> Screen:
    """It is cancelled, and can be restored for ten minutes."""
    view = result.view
    key = "bookings.withdrawn" if view.booking.state is BookingState.ENDED else "bookings.cancelled"
    line = t(key, until=Hour(result.until_at, view.edition.zone))
    rows = [[button(t("bookings.undo"), Undo(booking_id=view.booking.id))], [button(t("bookings.back"), MyBookings())]]
    return Screen([line], rows)


def restored(result: BookingCard) -> Screen:
    """It is as it was."""
    screen = card(result)
    return Screen([t("bookings.restored"), "", *screen.lines], screen.rows)


def declined() -> Screen:
    """The offer was declined."""
    return Screen([t("bookings.offer_declined")], [[button(t("bookings.back"), MyBookings())]])


def ask_co_name(view: BookingView) -> Screen:
    """Who it is to be arranged with."""
    rows = [[button(t("booking.back"), ShowBooking(booking_id=view.booking.id))]]
    return Screen([t("bookings.ask_co_name", title=title(view))], rows)


def found(result: Found) -> Screen:
    """Actors like what was written, or the name alone."""
    rows = [[button(a.name, PickCoOrganiser(draft_id=result.draft.id, actor_id=a.id))] for a in result.actors]
    alone = [button(t("bookings.name_only", name=result.written), NameOnly(draft_id=result.draft.id))]
    return Screen([t("bookings.which_co")], [*rows, alone])


def co_invited(view: BookingView) -> Screen:
    """The invitation is out, or the name is noted."""
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))]]
    return Screen([t("bookings.co_noted"), _together(view)], rows)


def co_invitation(asked: CoInvitation) -> Screen:
    """Ask the invited actor whether they arrange it together."""
    view = asked.view
    lines: list[Line] = [
        t("bookings.co_question", owner=view.actor.name, actor=asked.actor.name),
        t("booking.summary", title=title(view), kind=kind_name(view.activity.kind)),
        t("booking.where", stage=view.stage.name, address=view.stage.address, when=when(view)),
    ]
    ids = {"co_organiser_id": asked.co_organiser_id, "revision": asked.revision}
    rows = [[button(t("bookings.co_yes"), AnswerCo(**ids, yes=1)), button(t("bookings.co_no"), AnswerCo(**ids, yes=0))]]
    return Screen(lines, rows)


def co_answered_self(asked: CoInvitation) -> Screen:
    """To the one who answered."""
    accepted = asked.state == CoOrganiserState.ACCEPTED
    if asked.on_behalf:
        line = t("bookings.co_accepted_for" if accepted else "bookings.co_declined_for", actor=asked.actor.name)
        return Screen([line], [[button(t("bookings.show"), ShowBooking(booking_id=asked.view.booking.id))]])
    key = "bookings.co_accepted_self" if accepted else "bookings.co_declined_self"
    line = t(key, owner=asked.view.actor.name, title=title(asked.view))
    if not accepted:
        return Screen([line], [[button(t("bookings.back"), MyBookings())]])
    booked = asked.view.booking.state is BookingState.BOOKED
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=asked.view.booking.id))]]
    return Screen([line], rows, below=[calendar(asked.view)] if booked else [])


def helpers(result: Helpers) -> Screen:
    """Who gets the reminders; a press toggles."""
    rows = [
        [
            button(
                t("bookings.helper_on" if on else "bookings.helper_off", name=person.name),
                ToggleHelper(booking_id=result.view.booking.id, person_id=person.id),
            )
        ]
        for person, on in result.people
    ]
    back = [button(t("booking.back"), ShowBooking(booking_id=result.view.booking.id))]
    return Screen([t("bookings.helpers_text", title=title(result.view))], [*rows, back])


# What others are told


def told(key: str, view: BookingView, **fields: Words) -> Screen:
    """A line about a booking, with the way to it."""
    rows = [[button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))]]
    line = t(f"bookings.told_{key}", title=title(view), actor=view.actor.name, when=when(view), **fields)
    return Screen([line], rows)


def told_on(key: str, view: BookingView) -> Screen:
    """A line about a booking that is the reader's no longer, with the way to their own."""
    line = t(f"bookings.told_{key}", title=title(view), actor=view.actor.name, when=when(view))
    return Screen([line], [[button(t("bookings.back"), MyBookings())]])


def text_changed(view: BookingView, label: Words, was: str, now: str) -> Screen:
    """To coordinators, by application: what a text said, and what it says."""
    screen = told("text_changed", view, label=label)
    after = t("bookings.says_now", text=now[:_SHOWN]) if now else t("bookings.says_nothing")
    return Screen([*screen.lines, t("bookings.said_before", text=was[:_SHOWN]), after], screen.rows)


def told_with_calendar(key: str, view: BookingView, **fields: Words) -> Screen:
    """The same with a new calendar file below (a cancelling one when the booking is over)."""
    screen = told(key, view, **fields)
    return Screen(screen.lines, screen.rows, below=[calendar(view)])


def offered(view: BookingView) -> Screen:
    """Ask a co-organiser whether they take over what the owner cancelled."""
    until = view.booking.until_at
    rows = [
        [button(t("bookings.take_over"), TakeOver(booking_id=view.booking.id))],
        [button(t("bookings.decline"), DeclineOffer(booking_id=view.booking.id))],
    ]
    line = t(
        "bookings.told_offered",
        title=title(view),
        actor=view.actor.name,
        when=when(view),
        until=Near(until or view.slot.starts_at, view.edition.zone),
    )
    return Screen([line], rows)


def booking_file(view: BookingView, *, stamp_at: datetime) -> bytes:
    """The booking as .ics: a request to put it in, or to take it out when it is over. `stamp_at` is aware UTC."""
    over = view.booking.state in {BookingState.ENDED, BookingState.CANCELLING}
    together = [name for co, name in view.co_organisers if co.state is not CoOrganiserState.INVITED]
    entry = Entry(
        uid=view.activity.uid,
        sequence=view.activity.sequence,
        starts_at=view.slot.starts_at,
        ends_at=view.slot.ends_at,
        summary=title(view),
        location=f"{view.stage.name}, {view.stage.address}",
        description=", ".join([view.actor.name, *together]),
    )
    method = Method.CANCEL if over else Method.PUBLISH
    return ics([entry], zone=view.edition.zone, stamp_at=stamp_at, method=method)
