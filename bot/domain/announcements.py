"""Whom an announcement is for, and what becomes of it, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.domain.answers import lacking
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import ActorKind, Allocation, BookingState, BookingView, CoOrganiserState, Edition, Field


class AlreadyConfirmed(DomainError):
    """The draft was confirmed before: `announcement_id` is what it became."""


class NoAudience(DomainError):
    """Nobody would get it."""


class NothingToCorrect(DomainError):
    """It is not sent yet, or has no words."""


class TimePassed(DomainError):
    """The time to send has passed."""


class State(StrEnum):
    """An announcement's life. `ended_at` says when the last one of a sent or stopped one was done with."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class Delivered(StrEnum):
    """What became of one recipient's message."""

    PLANNED = "planned"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Reason(StrEnum):
    """Why somebody was not reached."""

    BLOCKED = "blocked"
    NO_CHAT = "no_chat"
    REFUSED = "refused"


class AudienceKind(StrEnum):
    """Ways to choose whom it is for."""

    BOOKED = "booked"
    APPLIED = "applied"
    LACKING = "lacking"
    WAITING = "waiting"
    ALL = "all"
    KINDS = "kinds"
    CHOSEN = "chosen"
    AMBASSADORS = "ambassadors"
    UNREAD = "unread"


OF_EDITION: Final = (AudienceKind.BOOKED, AudienceKind.APPLIED, AudienceKind.LACKING, AudienceKind.WAITING)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for. With an edition it is about their own bookings there, which cannot be turned off; its arena's
    ambassadors said yes to just that, and stop with one press.

    `announcement_id` is the announcement that those of UNREAD have not acknowledged.
    """

    kind: AudienceKind
    edition_id: int | None = None
    actor_kinds: tuple[ActorKind, ...] = ()
    actor_ids: tuple[int, ...] = ()
    announcement_id: int | None = None

    @property
    def is_their_own(self) -> bool:
        """Whether it goes to those too who have turned announcements off."""
        return self.edition_id is not None or self.kind is AudienceKind.UNREAD

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind.value,
            "edition_id": self.edition_id,
            "actor_kinds": [kind.value for kind in self.actor_kinds],
            "actor_ids": list(self.actor_ids),
            "announcement_id": self.announcement_id,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Audience":
        """From JSON."""
        return cls(
            AudienceKind(stored["kind"]),
            stored.get("edition_id"),
            tuple(ActorKind(kind) for kind in stored.get("actor_kinds") or ()),
            tuple(stored.get("actor_ids") or ()),
            stored.get("announcement_id"),
        )


def kinds_for(edition: Edition) -> tuple[AudienceKind, ...]:
    """The audiences that an edition has; only where one applies have some applied."""
    if edition.allocation is Allocation.APPLICATION:
        return OF_EDITION
    return tuple(kind for kind in OF_EDITION if kind is not AudienceKind.APPLIED)


def actors_in(
    views: Iterable[BookingView], kind: AudienceKind, fields: Sequence[Field], now: datetime
) -> frozenset[int]:
    """The actors of an edition's bookings (not ended) that an audience means.

    Those who arrange together are booked together; what lacks is the owner's to fill in. Whoever was granted a slot has
    applied too.
    """
    found: set[int] = set()
    for view in views:
        if _is_meant(view, kind, fields, now):
            found.add(view.actor.id)
            if kind in {AudienceKind.BOOKED, AudienceKind.CHOSEN}:
                found |= {
                    co.actor_id
                    for co, _ in view.co_organisers
                    if co.actor_id is not None and co.state is CoOrganiserState.ACCEPTED
                }
    return frozenset(found)


def _is_meant(view: BookingView, kind: AudienceKind, fields: Sequence[Field], now: datetime) -> bool:
    state = view.booking.state
    match kind:
        case AudienceKind.BOOKED:
            return state is BookingState.BOOKED
        case AudienceKind.LACKING:
            return state is BookingState.BOOKED and bool(lacking(fields, view.activity, now))
        case AudienceKind.APPLIED:
            return state in {BookingState.APPLIED, BookingState.BOOKED}
        case AudienceKind.WAITING:
            return state in {BookingState.APPLIED, BookingState.REQUESTED}
        case AudienceKind.CHOSEN:
            return state is not BookingState.ENDED
        case _:
            return False
