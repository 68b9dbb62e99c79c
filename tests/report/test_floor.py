"""No figure of answers rests on fewer than five, however shown ones are subtracted from each other."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures.floor import FLOOR, Answer, groups, within

EDITIONS = {1: 2026, 2: 2026, 3: 2026, 4: 2027, 5: 2027, 6: 2028}
answered = st.fixed_dictionaries({edition: st.integers(0, 9) for edition in EDITIONS})


def answers(counts: dict[int, int]) -> list[Answer[int]]:
    return [Answer(edition, EDITIONS[edition], 4) for edition, count in counts.items() for _ in range(count)]


def published(counts: dict[int, int], *, pooled: bool = True) -> list[frozenset[int]]:
    """The editions whose answers are summed up, in every report that there is."""
    found = groups(answers(counts), pooled=pooled)
    years = sorted(set(EDITIONS.values()))
    spans = [(a, b) for a in years for b in years if a <= b]
    reports = [within(found, edition, 0, 0) for edition in EDITIONS]
    reports += [within(found, None, first, last) for first, last in spans]
    sums = [frozenset(e or 0 for group in report for e in group.edition_ids) for report in reports]
    return [each for each in sums if each]


def spanned(vectors: list[frozenset[int]], wanted: frozenset[int]) -> bool:
    """Whether a sum over some editions can be had by adding and subtracting published ones."""
    rows = [[Fraction(edition in vector) for edition in EDITIONS] for vector in vectors]
    target = [Fraction(edition in wanted) for edition in EDITIONS]
    for column in range(len(EDITIONS)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in [*rows, target]:
            share = row[column] / pivot[column]
            row[:] = [value - share * base for value, base in zip(row, pivot, strict=True)]
    return not any(target)


@given(answered)
def test_what_fewer_than_five_answered_cannot_be_had_by_subtracting(counts: dict[int, int]) -> None:
    there = [edition for edition, count in counts.items() if count]
    for size in range(1, len(there) + 1):
        for few in combinations(there, size):
            if sum(counts[edition] for edition in few) < FLOOR:
                assert not spanned([s & frozenset(there) for s in published(counts)], frozenset(few))


@given(answered)
def test_every_group_has_at_least_five_answers_and_no_answer_is_in_two(counts: dict[int, int]) -> None:
    found = groups(answers(counts))
    assert all(len(group.values) >= FLOOR for group in found)
    editions = [edition for group in found for edition in group.edition_ids]
    assert len(editions) == len(set(editions))


@given(answered)
def test_an_edition_with_five_answers_is_shown_by_itself(counts: dict[int, int]) -> None:
    found = groups(answers(counts))
    alone = {group.edition_ids for group in found if len(group.edition_ids) == 1}
    assert alone == {(edition,) for edition, count in counts.items() if count >= FLOOR}


@given(answered)
def test_unpooled_editions_are_never_put_together(counts: dict[int, int]) -> None:
    assert all(len(group.edition_ids) == 1 for group in groups(answers(counts), pooled=False))


def test_the_small_editions_of_a_year_are_shown_together() -> None:
    [group] = groups(answers({1: 3, 2: 2}))
    assert (group.year, group.edition_ids, len(group.values)) == (2026, (1, 2), 5)


def test_small_editions_of_different_years_are_not_put_together() -> None:
    assert groups(answers({1: 4, 4: 4, 6: 4})) == []
