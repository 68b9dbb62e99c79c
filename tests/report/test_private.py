"""Nothing personal comes out: whatever stands in columns that figures are not made of, and whoever is behind rows."""

import dataclasses
import io
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import get_args, get_type_hints

import pytest
from openpyxl import load_workbook
from sqlalchemy import JSON, Column, Table, Text, insert, update

from bot.domain.figures import Source, from_code
from bot.domain.figures.figure import Figure
from bot.domain.figures.report import compute
from bot.views.report.charts import charts
from bot.views.report.document import Content
from bot.views.report.sheets import workbook
from bot.views.report.summary import summary
from bot.views.report.wording import Wording
from bot.views.screen import Reader
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.report import example
from tests.report.filling import fill

NAME, PERSON, ACCOUNT = "Kanariefågel", 7_654_321, 987_654_321
LATER = example.NOW + timedelta(days=5000)
SCOPES = ("years:2026-2028", "years:2027-2027", "edition:3", "edition:2")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: both give figures the same rows."""
    return sqlite_url


def read_columns(table: Table) -> set[str]:
    """What figures are made of."""
    part = get_type_hints(Source).get(table.name)
    return {field.name for field in dataclasses.fields(get_args(part)[0])} if part else set()


def is_words(column: Column[object]) -> bool:
    return isinstance(column.type, Text | JSON) and not column.primary_key


async def mark(database: Database) -> list[str]:
    """Put the name in every column of words that is not read, and the person behind one row of each table; those columns."""
    person = {"id": PERSON, "user_id": ACCOUNT, "name": NAME, "language": "sv", "language_chosen": False, "muted": []}
    marked = []
    async with database.begin() as session:
        await session.run(insert(schema.people).values(person | {"created_at": example.NOW}))
        for table in schema.metadata.tables.values():
            for column in (c for c in table.c if c.name not in read_columns(table)):
                value: object = {"sv": NAME} if isinstance(column.type, JSON) else NAME
                if is_words(column):
                    marked.append(f"{table.name}.{column.name}")
                    await session.run(update(table).values({column.name: value}))
                elif any(key.column.table is schema.people for key in column.foreign_keys):
                    marked.append(f"{table.name}.{column.name}")
                    await session.run(update(table).where(table.c.id == 1).values({column.name: PERSON}))
    return marked


def said(source: Source, scope: str) -> str:
    """All that a report says: summary, document, pictures, workbook."""
    wording = Wording(compute(source, from_code(scope, source), now=example.NOW), Reader("sv", example.NOW))
    drawn = charts(wording)
    cells = [cell.value for sheet in load_workbook(io.BytesIO(workbook(wording))) for row in sheet for cell in row]
    document = json.dumps(Content(wording, drawn).document(), ensure_ascii=False)
    return "\n".join([wording.title(), summary(wording), document, repr(drawn), *map(str, cells)])


async def test_no_name_number_or_free_line_of_anybody_comes_out(database: Database) -> None:
    await fill(database, example.made())
    marked = await mark(database)
    free_lines = ["activity_evaluations.comment", "edition_evaluations.change", "stances.reservation", "methods.did"]
    assert {*free_lines, "contact_requests.why", "outturns.person_id", "result_comments.person_id"} <= set(marked)
    async with database.read() as session:
        source = await SqlUnitOfWork(session).report.source()
    everything = "\n".join(said(source, scope) for scope in SCOPES)
    assert "Uttalandet om infrastrukturen" in everything
    assert [word for word in (NAME, str(PERSON), str(ACCOUNT)) if word in everything] == []


async def test_every_figure_is_the_same_when_what_is_kept_for_a_time_has_gone(database: Database) -> None:
    await fill(database, example.made())
    await mark(database)
    async with database.begin() as session:
        await session.run(
            insert(schema.namings).values(activity_id=1, proposal=NAME, proposed_at=example.NOW, revision=1)
        )
    before: list[Mapping[str, Figure]] = []
    after: list[Mapping[str, Figure]] = []
    for figures in (before, after):
        async with database.begin() as session:
            work = SqlUnitOfWork(session)
            source = await work.report.source()
            figures += [compute(source, from_code(scope, source), now=example.NOW).figures for scope in SCOPES]
            gone = await work.personal.expire(
                requests_before=LATER, lines_before=LATER, keep=frozenset(), now=example.NOW
            )
            assert (gone > 0) == (figures is before)
    assert after == before
