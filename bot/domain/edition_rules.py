"""What an edition's data must agree on."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import DomainError
from bot.domain.ports.arenas import SlotStatus


class ClosesBeforeOpening(DomainError):
    """Booking would close before it opens; `opens_at`, `closes_at`, `zone`."""


class ZoneInUse(DomainError):
    """The edition has slots, whose wall time another zone would change."""


class FieldAnswered(DomainError):
    """The field has answers, which would not fit another kind; `field` is its label."""


def require_closing_after_opening(opens_at: datetime | None, closes_at: datetime | None, zone: str) -> None:
    """Raise ClosesBeforeOpening unless booking is open for a while."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise ClosesBeforeOpening(opens_at=opens_at, closes_at=closes_at, zone=zone)


def require_zone_free(statuses: Sequence[SlotStatus]) -> None:
    """Raise ZoneInUse when there are slots."""
    if statuses:
        raise ZoneInUse
