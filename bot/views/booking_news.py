"""What others are told about a booking."""

from bot.domain.model import BookingView
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import title, when
from bot.views.bookings_buttons import DeclineOffer, MyBookings, ShowBooking, TakeOver
from bot.views.screen import Screen, Words, button, t
from bot.views.times import Near

_SHOWN = 1000
"""Characters of a changed text that coordinators are shown of each version: both fit one message."""


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
