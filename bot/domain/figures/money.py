"""Sums of what is paid, and of what things cost."""

from collections.abc import Iterable
from typing import Protocol


class Paid(Protocol):
    """A financing, or what an edition cost."""

    @property
    def amount(self) -> int:
        """In SEK."""


def total(paid: Iterable[Paid]) -> int | None:
    """All of it in SEK; None where nothing is known."""
    amounts = [each.amount for each in paid]
    return sum(amounts) if amounts else None
