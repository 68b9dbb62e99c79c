"""Refusals as people read them."""

from bot.domain.errors import DomainError
from bot.views.screen import Screen, T, t


def sentence(error: DomainError) -> T:
    """The reason, and the nearest thing that works."""
    return t(f"error.{error.code}", **error.fields)


def refusal(error: DomainError) -> Screen:
    """A refusal as a message of its own."""
    return Screen([sentence(error)])


def outdated() -> T:
    """What the press on an old card is told, as the card is drawn anew."""
    return t("error.outdated")


def apology(error_id: str) -> Screen:
    """What is said when something of ours broke; the id stands in the log."""
    return Screen([t("error.broken", id=error_id)])
