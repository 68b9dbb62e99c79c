from datetime import UTC, date, datetime

import pytest

from bot.domain.edition_rules import EvaluatedTooEarly, require_evaluation_in_order
from bot.domain.model import Allocation, Edition

EDITION = Edition(
    1, 1, {"sv": "Almedalen"}, 2027, date(2027, 6, 28), date(2027, 6, 30), False, {}, None, None, "Europe/Stockholm",
    Allocation.NONE, None, None, None, False, True, {}, 1,
)  # fmt: skip
LAST_MINUTE = datetime(2027, 6, 30, 21, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 6, 30, 22, tzinfo=UTC)
"""In Stockholm."""
AUGUST = datetime(2027, 8, 16, 8, tzinfo=UTC)


def test_people_may_be_asked_from_midnight_where_the_edition_was() -> None:
    require_evaluation_in_order(EDITION, MIDNIGHT, AUGUST)
    require_evaluation_in_order(EDITION, None, None)


@pytest.mark.parametrize(
    ("asked_at", "reminded_at"), [(LAST_MINUTE, AUGUST), (None, LAST_MINUTE), (AUGUST, MIDNIGHT), (AUGUST, AUGUST)]
)
def test_nobody_is_asked_during_the_edition_or_reminded_before_they_are_asked(
    asked_at: datetime | None, reminded_at: datetime | None
) -> None:
    with pytest.raises(EvaluatedTooEarly):
        require_evaluation_in_order(EDITION, asked_at, reminded_at)
