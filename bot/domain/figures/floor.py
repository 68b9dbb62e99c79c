"""When answers may be shown: at least five, and no fewer by subtracting what is shown elsewhere.

Answers lie in groups that never change with the report: an edition that has five answers to a question is a group; those of a year
that have fewer are one group together, if together they have five, and otherwise in no figure at all. Whatever a report
shows is a sum of such groups, so that subtracting one report from another leaves groups too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from bot.domain.frozen import dataclass

FLOOR: Final = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was answered to one question, at an edition (None: at none) of a year."""

    edition_id: int | None
    year: int
    value: T


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Answers that are shown together: an edition's, or those of a year's small editions."""

    year: int
    edition_ids: tuple[int | None, ...]
    values: tuple[T, ...]


def groups(answers: Iterable[Answer[T]], *, pooled: bool = True, least: int = FLOOR) -> list[Group[T]]:
    """The groups of all answers there are to a question. Unless `pooled`, small editions are never put together."""
    by_edition: dict[tuple[int, int | None], list[T]] = defaultdict(list)
    for answer in answers:
        by_edition[answer.year, answer.edition_id].append(answer.value)
    found: list[Group[T]] = []
    small: dict[int, list[tuple[int | None, list[T]]]] = defaultdict(list)
    for (year, edition_id), values in by_edition.items():
        if len(values) >= least and edition_id is not None:
            found.append(Group(year, (edition_id,), tuple(values)))
        else:
            small[year].append((edition_id, values))
    for year, rest in small.items():
        values = [value for _, each in rest for value in each]
        if pooled and len(values) >= least:
            found.append(Group(year, tuple(edition_id for edition_id, _ in rest), tuple(values)))
    return sorted(found, key=lambda g: (g.year, len(g.edition_ids) > 1, g.edition_ids[0] or 0))


def within(found: Sequence[Group[T]], edition_id: int | None, from_year: int, to_year: int) -> list[Group[T]]:
    """The groups that a report may show: of an edition only its own, of years all of those years."""
    if edition_id is not None:
        return [group for group in found if group.edition_ids == (edition_id,)]
    return [group for group in found if from_year <= group.year <= to_year]


def values(found: Iterable[Group[T]]) -> list[T]:
    """Their answers, all together."""
    return [value for group in found for value in group.values]


def counted(found: Iterable[Group[Any]]) -> Counter[Any]:
    """How many gave each answer; who chose several gave each of them."""
    return Counter(one for value in values(found) for one in (value if isinstance(value, tuple) else (value,)))
