"""What must hold of a year that was played: its figures, and that they stay when people are forgotten."""

import logging
import re
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from bot.logs import NOISY, RedactingFormatter
from tests.chat.test_personal import holding
from tests.year.chat import Chat
from tests.year.diary import Diary, Plan
from tests.year.expected import Figure, Scope, expected
from tests.year.playing import played
from tests.year.record import Record
from tests.year.reported import reported

TABLE = Path(__file__).parents[2] / "docs" / "resultat.md"
Differences: TypeAlias = dict[tuple[Scope, str], tuple[Figure | None, Figure | None]]
"""By scope and key: what the report says, and what was played."""
TWO_YEARS = timedelta(days=800)
"""Longer than words are kept."""


async def look_back(plan: Plan, scopes: Sequence[Scope], database_url: str, folder: Path) -> None:
    """Play a year; its figures are what was played, also when people and words are gone."""
    with logged() as log:
        async with played(plan, database_url, folder) as (diary, chat):
            played_up_to = {scope: expected(Record(diary), scope) for scope in scopes}

            async def figures_differ() -> Differences:
                return await _differences(played_up_to, database_url, diary)

            _is_empty(await figures_differ())
            for person in plan.forgotten:
                await _is_forgotten(person, chat)
            await chat.telegram.clock.move(by=timedelta(hours=1))
            private = [*plan.forgotten, *(str(chat.id_of(person)) for person in plan.forgotten), *plan.private]
            await chat.telegram.until(lambda: _is_gone(database_url, private))
            _is_empty(await holding(database_url, *private))
            _is_empty(await figures_differ())
            await chat.telegram.clock.move(by=TWO_YEARS)
            _is_empty(await holding(database_url, *plan.free_lines))
            _is_empty(await figures_differ())
    _is_empty([line for line in log.getvalue().splitlines() if any(word in line for word in private)])
    _is_empty(undocumented(played_up_to))


def _is_empty(found: Sized) -> None:
    assert len(found) == 0, found


async def _differences(played_up_to: dict[Scope, dict[str, Figure]], database_url: str, diary: Diary) -> Differences:
    """What the report says and what was played, where these differ."""
    found: Differences = {}
    for scope, mine in played_up_to.items():
        theirs = await reported(database_url, scope, diary.now)
        keys = [key for key in mine | theirs if mine.get(key) != theirs.get(key)]
        found |= {(scope, key): (theirs.get(key), mine.get(key)) for key in keys}
    return found


async def _is_forgotten(person: str, chat: Chat) -> None:
    await chat.says(person, "/minadata", "?Det här finns om dig", "[Glöm mig]", "?Ska jag glömma dig?")
    await chat.says(person, "[Ja, glöm mig]", "?När det här har kommit fram är du glömd.")


async def _is_gone(database_url: str, words: Sequence[str]) -> bool:
    return await holding(database_url, *words) == {}


def undocumented(figures: dict[Scope, dict[str, Figure]]) -> list[str]:
    """Rows of docs/resultat.md that nobody played, and what was computed that has no row."""
    keys = {key for mine in figures.values() for key in mine}
    rows = re.findall(r"^\| \d\.\d+ \| `([^`]+)` \|", TABLE.read_text("utf-8"), re.MULTILINE)
    unplayed = [row for row in rows if not any(_is_of(key, row) for key in keys)]
    return unplayed + sorted(key for key in keys if not any(_is_of(key, row) for row in rows))


def _is_of(key: str, row: str) -> bool:
    family = row.removesuffix(".*")
    return key == family or (row.endswith(".*") and key.startswith(f"{family}."))


@contextmanager
def logged() -> Iterator[StringIO]:
    """All that is logged meanwhile, as it is written when everything is."""
    root, written = logging.getLogger(), StringIO()
    handler, level = logging.StreamHandler(written), root.level
    handler.setFormatter(RedactingFormatter())
    levels = {name: logging.getLogger(name).level for name in NOISY}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
