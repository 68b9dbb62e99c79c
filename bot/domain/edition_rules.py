"""What an edition's data must agree on."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.dates import local_day
from bot.domain.errors import DomainError
from bot.domain.model import Edition
from bot.domain.ports.arenas import SlotStatus


class ClosesBeforeOpening(DomainError):
    """Booking would close before it opens; `opens_at`, `closes_at`, `zone`."""


class EvaluatedTooEarly(DomainError):
    """People would be asked before the edition is over, or reminded before they are asked."""


class ZoneInUse(DomainError):
    """The edition has slots, whose wall time another zone would change."""


class FieldAnswered(DomainError):
    """The field has answers, which would not fit another kind; `field` is its label."""


def is_over(edition: Edition, now: datetime) -> bool:
    """Whether its last day has passed where it is; one without days is ahead."""
    return edition.ends_on is not None and edition.ends_on < local_day(now, edition.tz)


def require_closing_after_opening(opens_at: datetime | None, closes_at: datetime | None, zone: str) -> None:
    """Raise ClosesBeforeOpening unless booking is open for a while."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise ClosesBeforeOpening(opens_at=opens_at, closes_at=closes_at, zone=zone)


def require_evaluation_in_order(edition: Edition, asked_at: datetime | None, reminded_at: datetime | None) -> None:
    """Raise EvaluatedTooEarly unless people are asked after the last day where it is, and reminded after that."""
    last = edition.ends_on
    if last is not None and any(at is not None and local_day(at, edition.tz) <= last for at in (asked_at, reminded_at)):
        raise EvaluatedTooEarly
    if asked_at is not None and reminded_at is not None and reminded_at <= asked_at:
        raise EvaluatedTooEarly


def require_zone_free(statuses: Sequence[SlotStatus]) -> None:
    """Raise ZoneInUse when there are slots."""
    if statuses:
        raise ZoneInUse
