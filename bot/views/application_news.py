"""What applicants are told: theirs, not theirs with what is free instead, or asked about."""

from bot.domain.model import BookingState, BookingView
from bot.domain.results.applications import AskedWhy, Offer
from bot.views.application_buttons import ReplyToCoordinator, TakeInstead
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import FillIn, MyBookings, ShowBooking
from bot.views.menus import go
from bot.views.screen import Line, Screen, button, t
from bot.views.times import Span


def told_granted(view: BookingView) -> Screen:
    """The slot is theirs, with the calendar file."""
    rows = [
        [button(t("booking.fill_in"), FillIn(booking_id=view.booking.id))],
        [button(t("bookings.show"), ShowBooking(booking_id=view.booking.id)), button(t("go.bokningar"), MyBookings())],
    ]
    lines: list[Line] = [
        t("booking.for_actor", actor=view.actor.name),
        t("applications.you_got_it", title=title(view), when=when(view)),
        t("booking.where", stage=view.stage.name, address=view.stage.address, when=when(view)),
    ]
    return Screen(lines, rows, below=[calendar(view)])


def told_refused(o: Offer) -> Screen:
    """The slot went to somebody else, or not to them: why, what is left, and the nearest free ones."""
    view = o.view
    lines: list[Line] = [
        t("booking.for_actor", actor=view.actor.name),
        t("applications.not_yours", title=title(view), when=when(view)),
        t("applications.went_to", actor=o.winner) if o.winner else None,
        t("applications.because", reason=o.reason) if o.reason else None,
        *(_left(other) for other in o.left),
        t("applications.nearest_free") if o.nearest else t("applications.none_free"),
    ]
    rows = [
        [
            button(
                Span(s.slot.starts_at, s.slot.ends_at, view.edition.zone),
                TakeInstead(booking_id=view.booking.id, slot_id=s.slot.id),
            )
        ]
        for s in o.nearest
    ]
    return Screen(lines, [*rows, [go("kontakt"), button(t("go.bokningar"), MyBookings())]])


def _left(view: BookingView) -> Line:
    applied = view.booking.state is BookingState.APPLIED
    return t("applications.still_applied" if applied else "applications.still_booked", when=when(view))


def offered_again(o: Offer) -> Screen:
    """What they chose was taken meanwhile: what is free now."""
    screen = told_refused(o)
    return Screen([t("applications.just_taken"), *screen.lines[-1:]], screen.rows)


def told_asked(view: BookingView, question: str, matter_id: int) -> Screen:
    """A coordinator asks something about the application."""
    lines: list[Line] = [
        t("applications.question_about", title=title(view), when=when(view)),
        t("matters.quoted", text=question),
    ]
    return Screen(lines, [[button(t("matters.answer"), ReplyToCoordinator(matter_id=matter_id))]])


def ask_reply(asked: AskedWhy) -> Screen:
    """Ask the actor for the answer."""
    return Screen(
        [t("applications.write_reply")],
        [[button(t("bookings.show"), ShowBooking(booking_id=asked.view.booking.id))]],
    )


def replied(view: BookingView) -> Screen:
    """The answer is with the coordinators."""
    return Screen([t("applications.replied")], [[button(t("bookings.show"), ShowBooking(booking_id=view.booking.id))]])
