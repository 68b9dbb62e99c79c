"""A year of arenas: what lies when, and what collides."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from bot.domain.frozen import dataclass
from bot.domain.model import Edition


@dataclass(frozen=True, slots=True)
class Clash:
    """Two arenas' editions that share days (local ones), from `starts_on` to `ends_on`."""

    one: Edition
    other: Edition
    starts_on: date
    ends_on: date


def days_of(edition: Edition) -> tuple[date, date] | None:
    """The edition's first and last day, where its dates are known."""
    if edition.starts_on is None:
        return None
    return edition.starts_on, edition.ends_on or edition.starts_on


def clashes(editions: Iterable[Edition]) -> Sequence[Clash]:
    """Each pair of different arenas' editions that share a day, by day."""
    found = []
    for one, other in combinations(editions, 2):
        first, second = days_of(one), days_of(other)
        if one.arena_id == other.arena_id or first is None or second is None:
            continue
        starts_on, ends_on = max(first[0], second[0]), min(first[1], second[1])
        if starts_on <= ends_on:
            found.append(Clash(one, other, starts_on, ends_on))
    return sorted(found, key=lambda clash: (clash.starts_on, clash.one.id, clash.other.id))


def clashes_of(edition: Edition, editions: Iterable[Edition]) -> Sequence[Clash]:
    """Those that an edition has with others; it is `one` in each."""
    return [c for other in editions if other.id != edition.id for c in clashes((edition, other))]
