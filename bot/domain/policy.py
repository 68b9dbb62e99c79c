"""The booking rules as pure functions over plain values."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.model import Allocation, Booking, BookingState, BookingView, Edition, SlotState
from bot.domain.official import KINDS
from bot.domain.ports.arenas import SlotStatus

HOLDS_A_PERSON = 1
HOLDS_AN_ACTOR = 2
HOLD = timedelta(minutes=15)
"""How long a chosen slot is kept while the activity is described."""
UNDO = timedelta(minutes=10)
"""How long «Ångra» restores a cancelled booking, before anybody else is told."""
REQUEST = timedelta(hours=48)
"""How long a newcomer's confirmed slot waits for a coordinator."""
OFFER = timedelta(hours=24)
"""How long a co-organiser may take over what the owner cancelled."""
NEWCOMER_PAUSE = timedelta(days=1)
"""A person whom nobody has confirmed may hold one slot in this time."""


class SlotTaken(DomainError):
    """Somebody else was first; `slot_id`."""


class SlotNotBookable(DomainError):
    """The slot is blocked, cancelled or has begun."""


class BookingClosed(DomainError):
    """The edition takes no bookings now."""


class HoldLimitReached(DomainError):
    """The person or the actor holds as many slots as one may."""


class NewcomerHeldToday(DomainError):
    """A person whom no coordinator has confirmed has held a slot within a day."""


class AlreadyApplied(DomainError):
    """The actor has applied for this slot already."""


class UndoTooLate(DomainError):
    """The ten minutes of «Ångra» are over."""


class OfferOver(DomainError):
    """What was offered is taken over, or the day has passed."""


class TooLateToWait(DomainError):
    """By tomorrow morning the deadline is over."""


class UnknownKind(DomainError):
    """No such kind of activity."""


def require_kind(kind: str | None) -> None:
    """Raise UnknownKind unless it is one of the official programme's kinds, or decided later (None)."""
    if kind is not None and kind not in KINDS:
        raise UnknownKind


def is_over(booking: Booking, now: datetime) -> bool:
    """Whether a held, requested or cancelling booking has ended by itself; the sweep only tidies."""
    ends_by_itself = booking.state in {BookingState.HELD, BookingState.REQUESTED, BookingState.CANCELLING}
    return ends_by_itself and booking.until_at is not None and booking.until_at <= now


def require_open(edition: Edition, now: datetime) -> None:
    """Raise BookingClosed unless slots of the edition can be booked or applied for now."""
    if not edition.is_open(now):
        raise BookingClosed(edition_id=edition.id)


def require_bookable(status: SlotStatus, edition: Edition, now: datetime) -> None:
    """Raise SlotNotBookable or SlotTaken unless the slot is the edition's and can be taken (or, by application, wished
    for) now.
    """
    if status.stage.edition_id != edition.id or status.slot.state is not SlotState.OPEN or status.slot.starts_at <= now:
        raise SlotNotBookable(slot_id=status.slot.id)
    taken = status.booking is not None and not is_over(status.booking, now)
    if taken and (edition.allocation is Allocation.FIRST_COME or status.booking.state is BookingState.BOOKED):  # type: ignore[union-attr]  # told by taken
        raise SlotTaken(slot_id=status.slot.id)


def require_hold_left(own: Sequence[Booking], actors: Sequence[Booking], now: datetime) -> None:
    """Raise HoldLimitReached when the person holds one slot or the actor two; holds that ran out do not count."""
    if (
        sum(not is_over(b, now) for b in own) >= HOLDS_A_PERSON
        or sum(not is_over(b, now) for b in actors) >= HOLDS_AN_ACTOR
    ):
        raise HoldLimitReached


def require_newcomer_may_hold(held_at: datetime | None, now: datetime) -> None:
    """Raise NewcomerHeldToday when an unconfirmed person has held a slot within the last day."""
    if held_at is not None and now - held_at < NEWCOMER_PAUSE:
        raise NewcomerHeldToday


def nearest(statuses: Sequence[SlotStatus], wanted: SlotStatus, now: datetime, count: int = 3) -> list[SlotStatus]:
    """The free slots closest in time to the one wanted."""
    free = [
        s
        for s in statuses
        if s.slot.id != wanted.slot.id
        and s.slot.state is SlotState.OPEN
        and s.slot.starts_at > now
        and (s.booking is None or is_over(s.booking, now))
    ]
    return sorted(free, key=lambda s: (abs(s.slot.starts_at - wanted.slot.starts_at), s.slot.starts_at))[:count]


def has_been(view: BookingView, now: datetime) -> bool:
    """Whether it is booked and its slot has passed."""
    return view.booking.state is BookingState.BOOKED and view.slot.ends_at <= now


def ahead_first(views: Iterable[BookingView], now: datetime) -> list[BookingView]:
    """What is ahead by start, then what has been, the latest first."""
    ordered = sorted(views, key=lambda view: (view.slot.starts_at, view.booking.id))
    ahead = [view for view in ordered if view.slot.ends_at > now]
    return ahead + [view for view in reversed(ordered) if view.slot.ends_at <= now]
