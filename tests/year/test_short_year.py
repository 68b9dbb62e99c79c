"""A short year, on SQLite. The whole one is `make year`."""

from pathlib import Path

from tests.year.expected import Scope
from tests.year.looking_back import look_back
from tests.year.short import PLAN, TALKS, WEEK

SCOPES = (Scope(WEEK, 2027, 2027), Scope(TALKS, 2027, 2027), Scope(None, 2027, 2027), Scope(None, 2027, 2029))


async def test_a_years_figures_are_what_was_played_and_stay_when_people_are_forgotten(
    sqlite_url: str, tmp_path: Path
) -> None:
    await look_back(PLAN, SCOPES, sqlite_url, tmp_path)
