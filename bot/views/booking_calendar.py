"""A booking's calendar file: how it is asked for, and what is in it."""

from datetime import datetime

from bot.domain.model import BookingState, BookingView, CoOrganiserState
from bot.views.booking_parts import title
from bot.views.calendar import Entry, Method, ics
from bot.views.screen import File, t


def calendar(view: BookingView) -> File:
    """The booking's calendar file, made when it is sent; the same state is made once."""
    together = "".join(f":{co.id}.{co.revision}" for co, _ in view.co_organisers)
    state = f"{view.booking.revision}:{view.activity.sequence}:{view.activity.revision}{together}"
    return File(
        "booking_calendar",
        {"booking_id": view.booking.id},
        caption=t("booking.calendar_takes_out" if _is_over(view) else "booking.calendar_caption"),
        cache_key=f"ics:{view.booking.id}:{state}",
    )


def _is_over(view: BookingView) -> bool:
    return view.booking.state in {BookingState.ENDED, BookingState.CANCELLING}


def booking_file(view: BookingView, *, stamp_at: datetime) -> bytes:
    """The booking as .ics: a request to put it in, or to take it out when it is over. `stamp_at` is aware UTC."""
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
    method = Method.CANCEL if _is_over(view) else Method.PUBLISH
    return ics([entry], zone=view.edition.zone, stamp_at=stamp_at, method=method)
