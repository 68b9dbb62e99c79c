"""Who lets themselves be found, and who has asked whom for contact."""

from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Consent:
    """A person said yes to something; taking it back removes the row."""

    id: int
    person_id: int
    kind: str
    given_at: datetime


class ContactState(StrEnum):
    """The asker is never told apart asked and refused."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """Somebody asked somebody for contact, and why. `from_shares` and `to_shares` are what each lets the other have."""

    id: int
    from_person_id: int | None
    from_actor_id: int | None
    to_person_id: int | None
    to_actor_id: int | None
    edition_id: int | None
    issue_id: int | None
    why: str | None
    from_shares: tuple[str, ...] | None
    to_shares: tuple[str, ...] | None
    state: ContactState
    asked_at: datetime
    answered_at: datetime | None
    revision: int
