"""Where a year is played, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Stockholm")
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def local(text: str) -> datetime:
    """`2027-01-12 09.30` as people at home say it; a day alone is its morning, at 09.00."""
    day, _, clock = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat((clock or "09.00").replace(".", ":")), HOME)


def on_day(day: date) -> str:
    """`tis 29 juni`, as buttons say it."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


@dataclass(frozen=True)
class Actor:
    """An organisation, where it has its seat, and who act for it in chat."""

    name: str
    kind: str
    municipality: str | None
    people: tuple[str, ...] = ()


class Slot(NamedTuple):
    """An hour on a day of an edition, both from its first."""

    edition: str
    day: int
    hour: str


@dataclass(frozen=True)
class Edition:
    """A year of an arena, of days that all have the same hours; some slots are the region's own, some called off."""

    name: str
    arena: str
    level: str
    first: date
    days: int
    hours: tuple[str, ...]
    own: frozenset[tuple[int, str]] = frozenset()
    called_off: frozenset[tuple[int, str]] = frozenset()
    applied_for: bool = False
    asked_on: date | None = None
    """When people are asked how it was, and about their activities with it; None: two weeks after its last day, and
    about each activity on the day after it."""

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    @property
    def slots(self) -> list[Slot]:
        return [Slot(self.name, day, hour) for day in range(self.days) for hour in self.hours]

    def starts(self, slot: Slot) -> datetime:
        return local(f"{self.first + timedelta(days=slot.day)} {slot.hour}")

    def ends(self, slot: Slot) -> datetime:
        return self.starts(slot) + timedelta(minutes=45)

    @property
    def opens(self) -> datetime:
        """From when slots are to be had, until `closes`."""
        return local(f"{self.first - timedelta(days=200)}")

    @property
    def closes(self) -> datetime:
        return local(f"{self.first - timedelta(days=3)}")

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes

    def labels(self, slot: Slot) -> tuple[str, str]:
        """What the buttons of a slot's day and of its hours begin with."""
        return on_day(self.starts(slot).date()), f"{slot.hour}–{self.ends(slot):%H.%M}"


@dataclass(frozen=True)
class Setting:
    """Actors, editions, target groups by arena, and who coordinates all arenas."""

    actors: Sequence[Actor]
    editions: Sequence[Edition]
    groups: Mapping[str, Sequence[str]]
    coordinators: Sequence[str]

    @property
    def people(self) -> list[str]:
        return [*self.coordinators, *(name for actor in self.actors for name in actor.people)]

    def merged(self, double: str, into: str) -> "Setting":
        """Where two actors are one, under the other's name."""
        people = self.actor(double).people
        kept = (actor for actor in self.actors if actor.name != double)
        actors = [replace(a, people=(*a.people, *people)) if a.name == into else a for a in kept]
        return replace(self, actors=tuple(actors))

    def edition(self, name: str) -> Edition:
        return next(edition for edition in self.editions if edition.name == name)

    def actor(self, name: str) -> Actor:
        return next(actor for actor in self.actors if actor.name == name)

    def actor_of(self, person: str) -> str:
        return next(actor.name for actor in self.actors if person in actor.people)
