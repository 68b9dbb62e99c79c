"""Every column that can hold something of a person has a decision: shown to them, ended with them, or neither and why."""

from typing import Any, Final

import pytest
from sqlalchemy import JSON, Column, String, Text

from bot.services import personal
from bot.texts import LANGUAGES, render
from bot.views.personal import SAID
from storage import schema
from storage.engine import Database
from storage.traces import CONTACTS, PRIVATE, PUBLISHED, TRACES
from storage.unit_of_work import SqlUnitOfWork
from storage.words import own, without
from tests.storage.filling import NOW, Filling

NOBODY: Final = {
    **dict.fromkeys(("arenas", "stages", "slots", "fields", "fee_steps", "target_groups"), "what the region offers"),
    **dict.fromkeys(("issues", "statements", "financings"), "what the region argues for, and who pays"),
    **dict.fromkeys(("co_organisers", "aims", "namings"), "an actor's"),
    "failures": "what fails by kind and number; a person's stays until they are forgotten",
    "sent_files": "Telegram's names of files that the bot made",
    "erasures": "how many rows went, never whose",
}
"""Tables in which no row is about a person, and why not."""

NOT_SHOWN: Final = {
    "people.user_id": "the person's own row, which is shown whole",
    "outbox.key": "what the row is about; the row is found by its chat",
    "errands.key": "what is to be told whom of; nobody in Telegram is told by an errand",
    "reminders.subject": "a booking, an edition and the like; the row is found by its person",
    "askings.subject": "likewise",
    "sent_files.key": "what a file was made of",
    "arenas.key": "a name of ours",
    "fields.key": "likewise",
}
"""Columns that look as if they named a person, and are not asked."""


def columns() -> list[Column[Any]]:
    return [column for table in schema.metadata.tables.values() for column in table.c]


def named(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


def refers(column: Column[Any]) -> bool:
    """Whether a column can say who somebody is: by number, by account, within a key, or as whom to reach."""
    to_people = any(key.target_fullname == "people.id" for key in column.foreign_keys)
    a_contact = column.name.startswith("contact_") and isinstance(column.type, Text)
    return to_people or a_contact or column.name in {"user_id", "chat_id", "key", "subject", "on_site"}


def test_every_column_that_can_refer_to_a_person_is_traced_or_named_as_none_and_why() -> None:
    traced = {f"{trace.table.name}.{trace.column}" for trace in TRACES}
    contacts = {named(column) for _, of_table in CONTACTS for column in of_table}
    there = {named(column) for column in columns() if refers(column)}
    assert there == traced | contacts | NOT_SHOWN.keys()


def test_every_table_is_shown_to_whom_it_is_about_or_is_about_nobody() -> None:
    shown = {trace.table.name for trace in TRACES} | {table.name for table, _ in CONTACTS} | {"people", "activities"}
    assert shown & NOBODY.keys() == set()
    assert shown | NOBODY.keys() == schema.metadata.tables.keys()
    assert {*SAID, "people"} == shown, "and told in words; the person's own row is the lines above"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", SAID)
def test_what_is_kept_is_told_in_words_with_how_much(table: str, language: str) -> None:
    one, two = (render(language, f"personal.{table}", n=n) for n in (1, 2))
    assert (one[:4], two[:4]) == ("• 1 ", "• 2 ")


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: f"{trace.table.name}.{trace.column}")
async def test_a_row_that_refers_to_a_person_is_shown_to_them_and_to_nobody_else(
    database: Database, trace: Any
) -> None:
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        asa = await work.people.get(await filling.row(schema.people, user_id=987_654_321))
        other = await work.people.get(await filling.row(schema.people, user_id=5))
        value = trace.of(asa)
        if trace.table is schema.operations:
            value = value.replace("%", "7.ab")
        if trace.any_of is not None:
            value = f"member:{await filling.row(schema.members, person_id=asa.id)}"
        row_id = await filling.row(trace.table, **{trace.column: value})
        shown = (await personal.own_rows(work, asa))[trace.table.name]
        assert [row["id"] for row in shown] == [row_id]
        assert trace.hidden.isdisjoint(shown[0])
        assert (await personal.own_rows(work, other)).keys() == {"people"}


async def test_why_somebody_may_not_act_for_an_organisation_is_shown_to_them_and_not_who_said_so(
    database: Database,
) -> None:
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        asa = await work.people.get(await filling.row(schema.people))
        member = await filling.row(schema.members, person_id=asa.id, state="ended")
        said = {"act": "member.refused", "subject": f"member:{member}", "detail": {"reason": "Vi känner er inte"}}
        refused = await filling.row(schema.acts, person_id=await filling.row(schema.people), **said)
        await filling.row(schema.acts, act="member.refused", subject=f"member:{member}1")
        assert (await personal.own_rows(work, asa))["acts"] == [{"id": refused, "at": NOW, **said}]


async def test_who_is_to_be_reached_is_shown_what_is_theirs_and_no_namesakes_numbers(database: Database) -> None:
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        asa = await work.people.get(
            await filling.row(schema.people, user_id=987_654_321, name="Åsa Kvist", phone="070-555 01 02")
        )
        first = await filling.row(
            schema.actors, name="Bodens kommun", contact_name="Åsa Kvist", contact_email="annan@example.org"
        )
        second = await filling.row(schema.actors, name="LKAB", contact_name="Bo Ek", contact_phone="070 5550102")
        await filling.row(schema.actors, name="SSAB", contact_name="Åsa Kvistgård")
        edition = await filling.row(
            schema.editions, on_site={"name": "åsa kvist", "phone": "070-111"}, name={"sv": "A"}
        )
        activity = await filling.row(
            schema.activities, actor_id=first, title="Vinden", answers={"on_site": "Åsa Kvist 070-222"}
        )
        others = await filling.row(schema.activities, actor_id=second, answers={"on_site": "Åsa Kvist, Bo Ek 070-111"})
        await filling.row(schema.activities, actor_id=second, answers={"description": "Åsa Kvist talar"})
        await filling.row(schema.members, actor_id=first, person_id=asa.id)
        shown = await personal.own_rows(work, asa)
    assert shown["actors"] == [
        {"id": first, "name": "Bodens kommun", "contact_name": "Åsa Kvist"},
        {"id": second, "name": "LKAB", "contact_phone": "070 5550102"},
    ]
    assert shown["editions"] == [{"id": edition, "name": {"sv": "A"}, "on_site": {"name": "åsa kvist"}}]
    assert shown["activities"] == [
        {"id": activity, "title": "Vinden", "on_site": "Åsa Kvist 070-222"},
        {"id": others, "on_site": ["Åsa Kvist"]},
    ], "all of what those say whom they act for, and of others their own words"


def test_what_is_theirs_is_the_whole_of_a_value() -> None:
    values = {"name": "bo  ek", "phone": "(0920) 12-34", "email": "bo@example.org", "other": "example.org", "n": 5}
    assert own(values, ["Bo Ek", "092012 34", "example.org"]) == {
        "name": "bo  ek",
        "phone": "(0920) 12-34",
        "other": "example.org",
    }


NO_WORDS_OF_PEOPLE = {
    **dict.fromkeys(("kind", "state", "language", "key", "given_by", "position", "again", "worth"), "a word of ours"),
    **dict.fromkeys(("act", "subject", "scope", "measure", "purpose", "named_by", "zone", "allocation"), "likewise"),
    **dict.fromkeys(("state_before", "ended_why", "reported", "groups_came", "led_to", "level"), "likewise"),
    **dict.fromkeys(("from_shares", "to_shares", "arena_ids", "muted", "unlocked", "counts", "audience"), "likewise"),
    **dict.fromkeys(("file_id", "file_kind", "token_hash", "uid", "claimed_by", "choices", "label"), "likewise"),
    **dict.fromkeys(
        ("municipality", "aliases", "name", "title", "address", "financier"), "an organisation's or a place's"
    ),
    **dict.fromkeys(("goal", "target_groups", "place", "cost", "criteria", "conditions", "partners"), "the arena's"),
    **dict.fromkeys(("entrance", "equipment", "paragraph"), "the arena's"),
    "answers": "the activity's, which stay; who is on site is taken out",
    "error": "an error's kind, or Telegram's words",
    "unreachable_why": "Telegram's, of a row that goes",
    "phone": "the person's own, emptied at erasure",
    "email": "likewise",
    "payload": "emptied when it has served",
    "why": "the log of erasures' own, or taken out",
}


def test_every_column_with_words_of_people_is_emptied_searched_or_named_as_none() -> None:
    ended = {f"{trace.table.name}.{name}" for trace in TRACES for name in trace.cleared or ()}
    searched = {f"{column.table.name}.{column.name}" for column in (*PRIVATE, *PUBLISHED)}
    with_words = {
        f"{table.name}.{column.name}"
        for table in schema.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, String | Text | JSON) and column.name not in NO_WORDS_OF_PEOPLE
    }
    assert with_words - ended - searched == {"ambassadors.answer", "drafts.step"}  # words of ours


def test_words_are_taken_out_as_words_however_deep() -> None:
    given = {"a": ["Bo kom", "Boden"], "b": {"c": 12}, "d": "Bo"}
    assert without(given, ["Bo", "12"]) == {"a": ["– kom", "Boden"], "b": {"c": "–"}, "d": "–"}
