"""Nobody defaces official words by calling themselves so and asking to be forgotten."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.model import Person
from bot.domain.ports.personal import RENAMED
from storage import schema
from storage.engine import Database, Session
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.filling import NOW, Filling

STATEMENT = "Norrbotten och Luleå behöver energi, säger Energi och Åsa Kvist på Region Norrbotten"


async def person(session: Session, name: str) -> Person:
    return await SqlUnitOfWork(session).people.add(
        user_id=987_654_321, name=name, language="sv", language_chosen=False, muted=frozenset(), created_at=NOW
    )


async def written(session: Session) -> None:
    """What the region has published, and what the bot itself keeps of others."""
    filling = Filling(session)
    await filling.row(schema.actors, name="Region Norrbotten", state="active", aliases=["RN", "Regionen"])
    await filling.row(schema.actors, name="Åsa Kvist", state="requested", aliases=[])
    await filling.row(schema.issues, title={"sv": "Samsyn om vård", "en": "Care"})
    await filling.row(schema.statements, text=STATEMENT)
    await filling.row(schema.announcements, content={"sv": STATEMENT})
    await filling.row(schema.drafts, data={"title": "Energi", "step": "title", "slot_id": 7})


async def texts(session: Session) -> list[Any]:
    columns = (schema.statements.c.text, schema.announcements.c.content, schema.drafts.c.data)
    return [row[0] for column in columns for row in await session.rows(select(column))]


async def forgotten(session: Session, asked: Person) -> None:
    await SqlUnitOfWork(session).personal.erase(asked, keep=frozenset(), now=NOW)
    (row,) = await session.rows(
        select(schema.people.c.name, schema.people.c.erased_at).where(schema.people.c.id == asked.id)
    )
    assert (row.name, row.erased_at) == (f"№ {asked.id}", NOW)


@pytest.mark.parametrize(
    "name", ["Norrbotten", "norrbotten", "Luleå", "Region Norrbotten", "och", "title", "7", "Samsyn"]
)
async def test_a_stranger_who_is_called_as_official_words_is_forgotten_and_those_stay(
    database: Database, name: str
) -> None:
    async with database.begin() as session:
        await written(session)
        before = await texts(session)
        await forgotten(session, await person(session, name))
        assert await texts(session) == before


async def test_a_stranger_strikes_no_word_from_what_is_published(database: Database) -> None:
    async with database.begin() as session:
        await written(session)
        await forgotten(session, await person(session, "Energi"))
        assert (await texts(session))[:2] == [STATEMENT, {"sv": STATEMENT}]


@pytest.mark.parametrize("how", ["acts for", "left", "was approved", "was invited", "coordinates"])
async def test_whoever_was_let_in_is_in_no_published_words_afterwards(database: Database, how: str) -> None:
    async with database.begin() as session:
        await written(session)
        filling, asa = Filling(session), await person(session, "Åsa Kvist")
        state = "active" if how == "acts for" else "ended"
        member = await filling.row(schema.members, person_id=asa.id, state=state)
        match how:
            case "left":
                await filling.row(schema.acts, person_id=asa.id, act="member.ended")
            case "was approved":
                await filling.row(schema.acts, act="member.approved", subject=f"member:{member}")
            case "was invited":
                await filling.row(schema.invitations, spent_by=asa.id)
            case "coordinates":
                await filling.row(schema.coordinators, person_id=asa.id)
        await forgotten(session, asa)
        without = STATEMENT.replace("Åsa Kvist", "–")
        assert (await texts(session))[:2] == [without, {"sv": without}]


async def test_whoever_was_let_in_and_is_called_as_their_organisation_leaves_its_words(database: Database) -> None:
    async with database.begin() as session:
        await written(session)
        before, office = await texts(session), await person(session, "Region Norrbotten")
        await Filling(session).row(schema.members, person_id=office.id, state="active")
        await forgotten(session, office)
        assert await texts(session) == before


async def test_an_earlier_name_goes_from_the_record_even_when_it_is_an_official_word(database: Database) -> None:
    async with database.begin() as session:
        await written(session)
        asa = await person(session, "Åsa Kvist")
        await Filling(session).row(schema.acts, person_id=asa.id, act=RENAMED, detail={"was": "Norrbotten"})
        await forgotten(session, asa)
        (act,) = await session.rows(select(schema.acts.c.detail))
        assert act.detail == {"was": "–"}
