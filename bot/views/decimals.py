"""Numbers with a decimal as people write them."""

from datetime import datetime

from babel.numbers import format_decimal

from bot.domain.frozen import dataclass
from bot.views.times import Time


@dataclass(frozen=True, slots=True)
class Decimal(Time):
    """A number with one decimal in the reader's language: "4,2", "4.2". The present time is no matter to it."""

    number: float

    def say(self, language: str, now: datetime) -> str:  # noqa: ARG002  # the base's
        """The words."""
        return format_decimal(self.number, format="#,##0.0", locale=language)
