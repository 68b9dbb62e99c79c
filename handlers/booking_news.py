"""What others are told about a booking, rendered when it is sent from the state of that moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.model import BookingState, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.views import booking_news as views
from bot.views.screen import L, Screen
from bot.views.times import At
from handlers.routes import Routes


async def booked_for_you(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A coordinator booked for the reader's actor."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is BookingState.ENDED:
        return None
    tell = views.told_with_calendar if view.booking.state is BookingState.BOOKED else views.told
    return tell("booked_for_you", view)


async def booking_cancelled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader followed is cancelled."""
    return views.told_with_calendar("cancelled", await work.bookings.view(int(ids["booking_id"])))


async def booking_cancelled_staff(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A slot of the reader's arena is free again."""
    return views.told("cancelled_staff", await work.bookings.view(int(ids["booking_id"])))


async def booking_moved(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader follows stands at another time."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is BookingState.ENDED:
        return None
    before = At(datetime.fromisoformat(str(ids["from_at"])), view.edition.zone)
    return views.told_with_calendar("moved", view, before=before)


async def booking_moved_staff(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A booking of the reader's arena was moved by its actor."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is BookingState.ENDED:
        return None
    before = At(datetime.fromisoformat(str(ids["from_at"])), view.edition.zone)
    return views.told("moved", view, before=before)


async def booking_taken_over(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """A co-organiser took over what its owner cancelled."""
    return views.told("taken_over", await work.bookings.view(int(ids["booking_id"])))


async def booking_passed_on(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """A co-organiser took over what the reader's actor cancelled."""
    return views.told_on("taken_over", await work.bookings.view(int(ids["booking_id"])))


async def booking_retitled(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """What the reader follows is called something else."""
    view = await work.bookings.view(int(ids["booking_id"]))
    if view.booking.state is not BookingState.BOOKED:
        return None
    return views.told_with_calendar("retitled", view, was=str(ids["was"]))


async def text_changed(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime) -> Screen | None:
    """In an edition by application an actor changed what a text said."""
    view = await work.bookings.view(int(ids["booking_id"]))
    field = await work.fields.get(int(ids["field_id"]))
    return views.text_changed(view, L(field.label), str(ids["was"]), str(ids["now"]))


async def booking_offered(work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], now: datetime) -> Screen | None:
    """The owner cancelled; the co-organiser may take it over."""
    view = await work.bookings.view(int(ids["booking_id"]))
    still = view.booking.offered_to == int(ids["actor_id"]) and view.booking.state is BookingState.CANCELLING
    return views.offered(view) if still and view.booking.until_at and view.booking.until_at > now else None


async def request_unanswered(
    work: UnitOfWork, _reader: Person, ids: Mapping[str, Any], _now: datetime
) -> Screen | None:
    """No coordinator answered in 48 hours."""
    return views.told("unanswered", await work.bookings.view(int(ids["booking_id"])))


ROUTES = Routes(
    notices={
        "booked_for_you": booked_for_you,
        "booking_cancelled": booking_cancelled,
        "booking_cancelled_staff": booking_cancelled_staff,
        "booking_moved": booking_moved,
        "booking_moved_staff": booking_moved_staff,
        "booking_taken_over": booking_taken_over,
        "booking_passed_on": booking_passed_on,
        "booking_retitled": booking_retitled,
        "text_changed": text_changed,
        "booking_offered": booking_offered,
        "request_unanswered": request_unanswered,
    },
)
