"""Rules of joint actions."""

from datetime import date

from bot.domain.errors import DomainError

WHAT_MAX, OUTCOME_MAX = 200, 300


class AlreadyInvited(DomainError):
    """The actor takes part, or has been asked and not answered."""


class JointOver(DomainError):
    """It is done, or given up."""


class DueInPast(DomainError):
    """By then nothing can be done any more."""


def require_ahead(due_on: date, today: date) -> date:
    """A day by which something can still be done. Raises DueInPast."""
    if due_on < today:
        raise DueInPast
    return due_on
