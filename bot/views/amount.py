"""Sums as people write them."""

from datetime import datetime

from babel.numbers import format_decimal

from bot.domain.frozen import dataclass
from bot.views.times import Time


@dataclass(frozen=True, slots=True)
class Amount(Time):
    """A sum in the reader's language: "1 000", "1,000". The present time is no matter to it."""

    amount: int

    def say(self, language: str, now: datetime) -> str:  # noqa: ARG002  # the base's
        """The words."""
        return format_decimal(self.amount, locale=language)
