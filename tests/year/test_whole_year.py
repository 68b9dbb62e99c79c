"""The whole year, on both databases: `make year`."""

from pathlib import Path

import pytest

from tests.year.expected import Scope
from tests.year.looking_back import look_back
from tests.year.whole import PLAN
from tests.year.whole.setting import FORUM, FRONTIERS, WEEK, WEEK26

SCOPES = (
    Scope(WEEK26, 2026, 2026),
    Scope(FRONTIERS, 2027, 2027),
    Scope(FORUM, 2027, 2027),
    Scope(WEEK, 2027, 2027),
    Scope(None, 2026, 2026),
    Scope(None, 2027, 2027),
    Scope(None, 2026, 2028),
)


@pytest.mark.year
async def test_a_whole_years_figures_are_what_was_played_and_stay_when_people_are_forgotten(
    database_url: str, tmp_path: Path
) -> None:
    await look_back(PLAN, SCOPES, database_url, tmp_path)
