"""Rules of networks: what people share with one another, how often one may ask, and what the asker may know."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.dates import local_day
from bot.domain.errors import DomainError
from bot.domain.frozen import dataclass
from bot.domain.model import ContactRequest, ContactState, Person

VISIBLE: Final = "visible"
"""The kind of consent by which other actors' people see a person."""
TELEGRAM, PHONE, EMAIL = "telegram", "phone", "email"
WHY_MAX: Final = 200
ASKS: Final = 5
"""So many requests within `ASKS_WITHIN`, whatever comes of them."""
ASKS_WITHIN: Final = timedelta(hours=24)
ASK_AGAIN_AFTER: Final = timedelta(days=90)
"""Counted from the request, not from an answer: a no and silence must not be told apart by when one may ask again."""


class NotShown(DomainError):
    """The person is not shown to others, and so sees nobody."""


class AskedBefore(DomainError):
    """The same person was asked not long ago, whatever became of it: `day` is the first when it can be done again."""


class AskedMany(DomainError):
    """The person has asked as many (`limit`) as one may in a day and a night."""


class NothingShared(DomainError):
    """Something is to be shared: who gets nothing cannot answer."""


def shares_of(person: Person) -> tuple[str, ...]:
    """What a person has to share."""
    return (TELEGRAM, *((PHONE,) if person.phone else ()), *((EMAIL,) if person.email else ()))


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is between a person and another, as far as the person may know it.

    `asked_on` is the day when the person asked, as long as the other has not said yes: no more is known of it.
    `incoming` is what the other asked the person, `exchanged` the request by which they came in contact.
    """

    asked_on: date | None = None
    incoming: ContactRequest | None = None
    exchanged: ContactRequest | None = None

    @property
    def again_on(self) -> date | None:
        """From which day on the person may ask anew."""
        return None if self.asked_on is None else self.asked_on + ASK_AGAIN_AFTER

    def may_ask(self, today: date) -> bool:
        """Whether the person may ask: nothing was asked, or long ago; who is asked by the other answers instead."""
        is_free = self.incoming is None and self.exchanged is None
        return is_free and (self.again_on is None or self.again_on <= today)

    @property
    def waits(self) -> bool:
        """Whether the other waits for the person's answer."""
        return self.incoming is not None and self.incoming.state is ContactState.ASKED


def standing(person_id: int, other_id: int, requests: Iterable[ContactRequest], zone: ZoneInfo) -> Standing:
    """What there is between two, from the requests of the first, the latest first."""
    pair = {person_id, other_id}
    between = [r for r in requests if {r.from_person_id, r.to_person_id} == pair]
    exchanged = next((r for r in between if r.state is ContactState.ACCEPTED), None)
    if exchanged is not None:
        return Standing(exchanged=exchanged)
    asked = next((local_day(r.asked_at, zone) for r in between if r.from_person_id == person_id), None)
    return Standing(asked, next((r for r in between if r.to_person_id == person_id), None))


def require_may_ask(
    person_id: int, to: Standing, requests: Iterable[ContactRequest], now: datetime, today: date
) -> None:
    """Raise AskedBefore, or AskedMany. `requests` are all of the person's."""
    if to.again_on is not None and today < to.again_on:
        raise AskedBefore(day=to.again_on)
    if sum(r.from_person_id == person_id and now - r.asked_at < ASKS_WITHIN for r in requests) >= ASKS:
        raise AskedMany(limit=ASKS)
