"""A booking's own cards: the list, the booking, moving, cancelling, arranging together."""

from bot.domain.answers import Question
from bot.domain.model import BookingState, BookingView
from bot.domain.results.bookings import (
    AskedToCoordinator,
    BookingCard,
    BookingList,
    Cancelled,
    Touched,
)
from bot.views.booking_buttons import Book
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import kind_name, title, together, when
from bot.views.bookings_buttons import (
    Calendar,
    Cancel,
    ConfirmCancel,
    FetchFile,
    FillIn,
    HelpersOf,
    InviteCoOrganiser,
    Move,
    MyBookings,
    RemoveCo,
    ShowBooking,
    Undo,
)
from bot.views.contact import ask_coordinator
from bot.views.issue_buttons import NameIt
from bot.views.menus import go
from bot.views.screen import Button, Kept, L, Line, Screen, Words, button, t
from bot.views.times import At, DayMonth, Hour, Near

_LISTED = 20
"""So many bookings are lines of the list too, where phones cut no title; more would not fit a message."""


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
        together(view),
        _state(result),
        _lacking(result),
    ]
    return Screen(lines, _card_buttons(result))


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
    open_ = [q for q in result.lacking if not q.locked]
    labels = [L(q.field.label) for q in open_ or result.lacking]
    if not open_:
        return t("bookings.lacks_locked", what=labels)
    opened = result.view.activity.unlocked  # by a coordinator, after their deadline
    deadlines = [q.field.deadline_at for q in open_ if q.field.deadline_at is not None and q.field.key not in opened]
    if not deadlines:
        return t("bookings.lacks", what=labels)
    by = DayMonth(min(deadlines).astimezone(result.view.edition.tz).date())
    return t("bookings.lacks_by", what=labels, by=by)


def _card_buttons(result: BookingCard) -> list[list[Button]]:
    view, booking_id = result.view, result.view.booking.id
    back = [go("samordna") if result.on_behalf else button(t("bookings.back"), MyBookings())]
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
    naming = [button(t("naming.open"), NameIt(booking_id=booking_id))] if result.owns else []
    people = [button(t("bookings.helpers"), HelpersOf(booking_id=booking_id))]
    ask = [] if result.on_behalf else [ask_coordinator(booking_id)]
    ics = [button(t("bookings.calendar"), Calendar(booking_id=booking_id))]
    booked = view.booking.state is BookingState.BOOKED
    files = [
        [
            button(
                t("bookings.fetch_file", label=L(q.field.label)), FetchFile(booking_id=booking_id, field_id=q.field.id)
            )
        ]
        for q in result.files
    ]
    return [fill, naming, *files, *own, *(removals if result.owns else []), people, ics if booked else [], ask, back]


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
    free = (
        None if applied or result.closed else t("bookings.offered_at" if result.offered else "bookings.free_at", at=at)
    )
    lines: list[Line] = [
        t("booking.for_actor", actor=view.actor.name) if result.for_whom else None,
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
