"""Refusals as people read them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.text import shortened
from bot.views.screen import L, Screen, T, t
from bot.views.times import At, Day

QUOTED_MAX = 80
"""Characters of what was written that a refusal repeats: a whole paste would not fit into a message."""


def sentence(error: DomainError) -> T:
    """The reason, and the nearest thing that works."""
    zone = error.fields.get("zone")
    return t(f"error.{error.code}", **{name: _shown(value, zone) for name, value in error.fields.items()})


def _shown(value: Any, zone: str | None) -> Any:
    """Times and words of an error as people read them; an instant needs the field `zone` beside it."""
    match value:
        case datetime():
            return value if zone is None else At(value, zone)
        case date():
            return Day(value)
        case time():
            return f"{value:%H.%M}"
        case Mapping():
            return L(value)
        case str():
            return shortened(value, QUOTED_MAX)
    return value


def refusal(error: DomainError) -> Screen:
    """A refusal as a message of its own."""
    return Screen([sentence(error)])


def outdated() -> T:
    """What the press on an old card is told, as the card is drawn anew."""
    return t("error.outdated")


def apology(error_id: str) -> Screen:
    """What is said when something of ours broke; the id stands in the log."""
    return Screen([t("error.broken", id=error_id)])


def too_fast() -> Screen:
    """What somebody is told who sends faster than it is read."""
    return Screen([t("error.too_fast")])
