"""Where a dialogue sits."""

from bot.domain.frozen import dataclass
from bot.domain.model import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a chat, at the card that their dialogue is shown on."""

    person: Person
    chat_id: int
    card_id: int
