"""A booking's calendar file: how it is asked for, and what is in it."""

from datetime import datetime

from bot.domain.model import BookingState, BookingView, CoOrganiserState
from bot.views.booking_parts import title
from bot.views.calendar import Entry, Method, ics
from bot.views.screen import File, t


def calendar(view: BookingView) -> File:
    """The booking's calendar file, made when it is sent."""
    return File(
        "booking_calendar",
        {"booking_id": view.booking.id},
        caption=t("booking.calendar_caption"),
        cache_key=f"ics:{view.booking.id}:{view.activity.sequence}:{view.activity.revision}",
    )


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
