"""Rules of who comes to act for an actor: newcomers, and links that are given out."""

import hashlib
from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.model import Invitation
from bot.domain.text import length, one_line

NAME_MAX = 100
"""Characters of an organisation's name."""
REASON_MAX = 500
"""Characters of a reason or a hint that a person writes to another."""
WAITING_MAX = 3
"""For how many organisations a person may wait for an answer at one time."""
VALID = timedelta(days=60)
"""How long a link is valid unless said otherwise."""
FIRST_VALID = timedelta(days=7)
"""How long the link for the first coordinator is valid: it stands in a log."""


class NameMissing(DomainError):
    """Nothing readable was written where a name is needed."""


class TextTooLong(DomainError):
    """What was written is longer than its limit; `n` characters over `limit`."""


class TooManyWaiting(DomainError):
    """The person already waits for an answer about as many organisations as one may."""


class InvitationUnknown(DomainError):
    """No link was ever given out with this token, or what it leads to is gone."""


class InvitationExpired(DomainError):
    """The link was valid until `expires_at`."""


class InvitationUsed(DomainError):
    """Somebody has accepted the invitation."""


class InvitationIsYours(DomainError):
    """The person made the link themselves; it is meant for somebody else."""


def short_text(text: str, limit: int) -> str:
    """What a person wrote on one line. Raises NameMissing when nothing would show, TextTooLong past the limit."""
    line = one_line(text)
    if not line:
        raise NameMissing
    if length(line) > limit:
        raise TextTooLong(n=length(line), limit=limit)
    return line


def hash_of(token: str) -> str:
    """What is kept of a link's token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def require_valid(invitation: Invitation, person_id: int, now: datetime) -> None:
    """Raise InvitationUsed, InvitationExpired or InvitationIsYours unless the person may accept it now."""
    if invitation.spent_at is not None:
        raise InvitationUsed
    if invitation.expires_at is not None and invitation.expires_at <= now:
        raise InvitationExpired
    if invitation.created_by == person_id:
        raise InvitationIsYours
