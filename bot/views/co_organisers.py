"""Arranging together: who is asked, what they answer, and which colleagues follow."""

from bot.domain.model import BookingState, BookingView, CoOrganiserState
from bot.domain.results.bookings import CoInvitation, Found, Helpers
from bot.views.booking_calendar import calendar
from bot.views.booking_parts import kind_name, title, together, when
from bot.views.bookings_buttons import AnswerCo, MyBookings, NameOnly, PickCoOrganiser, ShowBooking, ToggleHelper
from bot.views.screen import Line, Screen, button, t


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
    return Screen([t("bookings.co_noted"), together(view)], rows)


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
