from datetime import date

import pytest

from bot.domain.model import Allocation, Edition
from bot.domain.year import Clash, clashes, clashes_of


def edition(number: int, arena: int, starts_on: date | None, ends_on: date | None) -> Edition:
    return Edition(
        number, arena, {"sv": str(number)}, 2026, starts_on, ends_on, False, {}, None, None, "Europe/Stockholm",
        Allocation.NONE, None, None, None, False, True, {}, 1,
    )  # fmt: skip


MARKET = edition(1, 1, date(2026, 2, 5), date(2026, 2, 7))
FRONTIERS = edition(2, 2, date(2026, 2, 2), date(2026, 2, 5))
ALONE = edition(3, 3, date(2026, 6, 22), None)
UNKNOWN = edition(4, 4, None, None)


def test_the_market_and_arctic_frontiers_shared_a_day_in_2026() -> None:
    shared = date(2026, 2, 5)
    assert clashes([MARKET, ALONE, FRONTIERS, UNKNOWN]) == [Clash(MARKET, FRONTIERS, shared, shared)]


@pytest.mark.parametrize("other", [ALONE, UNKNOWN, edition(5, 1, date(2026, 2, 6), None)])
def test_other_days_no_days_and_the_same_arena_do_not_clash(other: Edition) -> None:
    assert clashes_of(MARKET, [MARKET, other]) == []


def test_an_edition_is_named_first_in_its_own_clashes() -> None:
    assert [(c.one.id, c.other.id) for c in clashes_of(FRONTIERS, [MARKET, FRONTIERS])] == [(2, 1)]
