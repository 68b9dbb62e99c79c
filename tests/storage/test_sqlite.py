import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.sql.base import Executable

from storage.compiled import long
from storage.engine import open_database

_numbers = select(bindparam("start", type_=Integer).label("n")).cte("numbers", recursive=True)
_numbers = _numbers.union_all(select(_numbers.c.n + 1).where(_numbers.c.n < bindparam("until")))
COUNT = select(func.count().label("n")).select_from(_numbers)
MANY = 200_000


@pytest.mark.parametrize(("statement", "goes_on"), [(long(COUNT), True), (COUNT, False)])
async def test_everything_else_goes_on_while_a_long_statement_runs_and_only_then(
    tmp_path: Path,
    statement: Executable,
    goes_on: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/arenabot.db")
    turns = 0
    async with database.begin() as session:
        counting = asyncio.create_task(session.rows(statement, start=1, until=MANY))
        while not counting.done():
            turns += 1
            await asyncio.sleep(0)
        assert [row.n for row in await counting] == [MANY]
    await database.close()
    assert (turns > 10) == goes_on
