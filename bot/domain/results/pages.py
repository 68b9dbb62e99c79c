"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from bot.domain.frozen import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many: which page of how many, from 0."""

    items: Sequence[T]
    number: int
    count: int
    total: int


def page_of(items: Sequence[T], number: int | None, size: int) -> Page[T]:
    """One page; a number past either end gives the nearest there is."""
    count = max(1, -(-len(items) // size))
    at = min(max(number or 0, 0), count - 1)
    return Page(items[at * size : (at + 1) * size], at, count, len(items))
