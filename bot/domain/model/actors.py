"""Actors, the people who act for them, and coordinators."""

from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


class ActorKind(StrEnum):
    """Kinds of organisation."""

    COMPANY = "company"
    MUNICIPALITY = "municipality"
    AUTHORITY = "authority"
    UNIVERSITY = "university"
    ASSOCIATION = "association"
    REGION = "region"


class ActorState(StrEnum):
    """A newcomer's organisation is requested until a coordinator has answered."""

    REQUESTED = "requested"
    ACTIVE = "active"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation of the county; `contact_*` is for those outside Telegram."""

    id: int
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    state: ActorState
    merged_into_id: int | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    created_at: datetime
    revision: int
    municipality: str | None = None
    """The one of the county's fourteen where it has its seat, where it has one."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has pressed Start. `muted` names the kinds of reminder and announcement turned off."""

    id: int
    user_id: int
    name: str
    language: str
    language_chosen: bool
    phone: str | None
    email: str | None
    contact_asked_at: datetime | None
    muted: frozenset[str]
    held_as_newcomer_at: datetime | None
    created_at: datetime
    forget_at: datetime | None = None
    """When they asked to be forgotten."""
    erased_at: datetime | None = None
    """When they were forgotten: the row stays as a pseudonym for what they did."""


class MemberState(StrEnum):
    """A person's right to act for an actor."""

    REQUESTED = "requested"
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Member:
    """A person's right to act for an actor."""

    id: int
    actor_id: int
    person_id: int
    state: MemberState
    since_at: datetime
    decided_by: int | None


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A person's right to run an arena; all arenas when `arena_id` is None."""

    id: int
    person_id: int
    arena_id: int | None
    granted_by: int | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was given out; only the token's hash is kept."""

    id: int
    kind: str
    token_hash: str
    actor_id: int | None
    edition_id: int | None
    arena_ids: tuple[int, ...] = ()
    created_by: int | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    spent_at: datetime | None = None
    spent_by: int | None = None
