"""A person's own in every table: what goes, what stays."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Table, Text, cast, select

from bot.domain.model import Person
from storage import schema
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.filling import NOW, Filling

NAME, PHONE, EMAIL, ACCOUNT = "Åsa Kvist", "070-555 01 02", "asa@example.org", 987_654_321
WORDS = (NAME, PHONE, EMAIL, str(ACCOUNT), "hemligt")


async def met(work: SqlUnitOfWork, user_id: int, name: str) -> Person:
    return await work.people.add(
        user_id=user_id, name=name, language="sv", language_chosen=False, muted=frozenset(), created_at=NOW
    )


async def everything(database: Database) -> dict[str, list[str]]:
    """Every column of every table as text."""
    found: dict[str, list[str]] = {}
    async with database.read() as session:
        for table in schema.metadata.sorted_tables:
            for column in table.c:
                rows = await session.rows(select(cast(column, Text).label("said")))
                found[f"{table.name}.{column.name}"] = [r.said for r in rows if r.said is not None]
    return found


async def mentions(database: Database) -> dict[str, list[str]]:
    looked_for = [*WORDS, *(json.dumps(word)[1:-1] for word in WORDS)]
    return {
        where: hits
        for where, values in (await everything(database)).items()
        if (hits := [value for value in values if any(word in value for word in looked_for)])
    }


@pytest.fixture
async def lived(database: Database) -> Person:
    """Somebody with something in as many tables as there are words for."""
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        asa, bo = await met(work, ACCOUNT, NAME), await met(work, 55, "Bo Ek")
        asa = await work.people.change(asa, phone=PHONE, email=EMAIL, forget_at=NOW)
        actor = await work.actors.add(
            name="Bodens kommun", kind="municipality", aliases=(), state="active", created_at=NOW, contact_name=NAME
        )
        arena = await work.arenas.add(
            key="almedalen",
            zone="Europe/Stockholm",
            position=0,
            **{
                name: {}
                for name in ("name", "goal", "target_groups", "place", "cost", "criteria", "conditions", "partners")
            },
        )
        edition = await work.editions.add(
            arena_id=arena.id,
            name={"sv": "A"},
            year=2027,
            preliminary=False,
            place={},
            zone="Europe/Stockholm",
            allocation="none",
            official_programme=False,
            published=True,
            on_site={"name": NAME, "phone": PHONE},
        )
        await work.members.add(actor_id=actor.id, person_id=asa.id, state="active", since_at=NOW)
        activity = await work.activities.add(
            edition_id=edition.id,
            actor_id=actor.id,
            title="Vinden",
            kind=None,
            unlocked=(),
            reported="unknown",
            uid="u",
            sequence=0,
            answers={"on_site": f"{NAME} {PHONE}", "description": "Om vinden"},
        )
        filling = Filling(session)
        booking_id = await filling.row(schema.bookings, activity_id=activity.id)
        await work.namings.add(activity_id=activity.id, proposal="hemligt spår", proposed_at=NOW)
        await work.matters.add(
            kind="issue_proposed",
            person_id=asa.id,
            booking_id=booking_id,
            text="hemligt spår",
            detail={},
            state="open",
            created_at=NOW,
        )
        await work.matters.add(
            kind="question", person_id=asa.id, text="hemligt", detail={}, state="open", created_at=NOW
        )
        await work.matters.add(
            kind="question",
            person_id=bo.id,
            text=f"Vem är {NAME}?",
            detail={},
            state="answered",
            answer=f"Ring {PHONE}",
            created_at=NOW,
        )
        await work.acts.add(at=NOW, person_id=bo.id, act="x", subject="y", detail={"of": f"för {NAME}"})
        await work.acts.add(at=NOW, person_id=bo.id, act="contact.refused", subject="contact_request:1", detail={})
        for statement, values in (
            (
                schema.inbox,
                {
                    "update_id": 1,
                    "user_id": ACCOUNT,
                    "chat_id": ACCOUNT,
                    "payload": f'{{"text": "hemligt {NAME}"}}',
                    "state": "handled",
                    "received_at": NOW,
                    "handled_at": NOW,
                },
            ),
            (
                schema.outbox,
                {
                    "chat_id": 55,
                    "person_id": bo.id,
                    "priority": 1,
                    "kind": "call",
                    "created_at": NOW,
                    "payload": {"text": f"{NAME} frågar"},
                    "attempts": 0,
                    "steps": 0,
                    "uncertain": False,
                    "state": "waiting",
                },
            ),
            (
                schema.outbox,
                {
                    "chat_id": ACCOUNT,
                    "person_id": asa.id,
                    "priority": 1,
                    "kind": "call",
                    "created_at": NOW,
                    "payload": {"text": "hemligt"},
                    "attempts": 1,
                    "steps": 1,
                    "uncertain": False,
                    "state": "done",
                    "done_at": NOW,
                },
            ),
            (schema.operations, {"key": f"{ACCOUNT}.7.ab", "answer": {}, "used_at": NOW}),
            (schema.operations, {"key": "55.8.ab", "answer": {"text": f"{NAME} svarade"}, "used_at": NOW}),
            (schema.chats, {"chat_id": ACCOUNT, "person_id": asa.id, "last_message_id": 3}),
            (
                schema.contact_requests,
                {
                    "from_person_id": asa.id,
                    "to_person_id": bo.id,
                    "from_actor_id": actor.id,
                    "why": "hemligt",
                    "state": "asked",
                    "asked_at": NOW,
                    "revision": 1,
                },
            ),
            (
                schema.evaluations,
                {"activity_id": activity.id, "person_id": bo.id, "comment": "Bra", "satisfied": 4, "answered_at": NOW},
            ),
            (
                schema.activity_evaluations,
                {
                    "activity_id": activity.id,
                    "actor_id": actor.id,
                    "person_id": asa.id,
                    "held": True,
                    "satisfied": 5,
                    "comment": "hemligt",
                    "given_by": "actor",
                    "answered_at": NOW,
                    "revision": 1,
                },
            ),
        ):
            await session.run(statement.insert().values(values))
        return asa


async def test_a_person_who_is_forgotten_is_in_no_column_of_any_table(database: Database, lived: Person) -> None:
    assert len(await mentions(database)) > 10
    async with database.begin() as session:
        counts = await SqlUnitOfWork(session).personal.erase(lived, keep=frozenset(), now=NOW)
    assert await mentions(database) == {}
    assert (counts["inbox"], counts["members"]) == (1, 1)
    async with database.read() as session:
        (row,) = await session.rows(select(schema.activity_evaluations))
        assert (row.person_id, row.satisfied, row.held, row.comment) == (None, 5, True, None)
        (request,) = await session.rows(select(schema.contact_requests))
        assert (request.state, request.from_actor_id is not None, request.why) == ("asked", True, None)
        (logged,) = await session.rows(select(schema.erasures))
        assert (logged.why, logged.counts) == ("forgotten", counts)
        (inbox,) = await session.rows(select(schema.inbox))
        assert (inbox.update_id, inbox.payload, inbox.user_id, inbox.chat_id) == (1, "{}", None, None)


async def test_whoever_was_let_in_is_nowhere_who_is_to_be_reached_though_called_as_an_organisation_is(
    database: Database,
) -> None:
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        anna = await work.people.get(await filling.row(schema.people, name="Anna", phone="070-555 01 02"))
        await filling.row(schema.members, person_id=anna.id, state="active")
        reach = {"contact_name": "anna", "contact_phone": "0705550102", "contact_email": "anna@example.org"}
        bakery = await filling.row(schema.actors, name="Anna Bergs bageri", state="active", **reach)
        edition = await filling.row(schema.editions, on_site={"name": "Anna", "phone": "0920-1"})
        counts = await work.personal.erase(anna, keep=frozenset(), now=NOW)
        assert (counts["actors"], counts["editions"]) == (2, 1)
        a = schema.actors.c
        (actor,) = await session.rows(
            select(a.name, a.contact_name, a.contact_phone, a.contact_email).where(a.id == bakery)
        )
        assert tuple(actor) == ("Anna Bergs bageri", None, None, "anna@example.org")
        (place,) = await session.rows(select(schema.editions.c.on_site).where(schema.editions.c.id == edition))
        assert place.on_site == {"phone": "0920-1"}


@pytest.mark.parametrize(
    ("name", "left"),
    [("Åsa Kvist", "–, – eller Anna 070-1"), ("Anna", "Åsa Kvist, – eller Anna 070-1")],
)
async def test_a_full_name_and_a_number_go_from_who_is_on_site_for_anybody_and_a_first_name_alone_stays(
    database: Database, name: str, left: str
) -> None:
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        person = await work.people.get(await filling.row(schema.people, name=name, phone="0920-12"))
        answers = {"on_site": "Åsa Kvist, 0920-12 eller Anna 070-1", "description": f"{name} talar"}
        await filling.row(schema.activities, answers=answers)
        await work.personal.erase(person, keep=frozenset(), now=NOW)
        (activity,) = await session.rows(select(schema.activities.c.answers))
        assert activity.answers == {"on_site": left, "description": f"{name} talar"}


async def test_what_the_law_wants_kept_is_kept_without_the_name(database: Database, lived: Person) -> None:
    async with database.begin() as session:
        await SqlUnitOfWork(session).personal.erase(lived, keep=frozenset({"matters"}), now=NOW)
    asked = ["hemligt spår", "hemligt", f"Vem är {NAME}?"]
    assert await mentions(database) == {
        "matters.text": asked,
        "matters.answer": [f"Ring {PHONE}"],
        "namings.proposal": ["hemligt spår"],
    }
    async with database.read() as session:
        (person,) = await session.rows(select(schema.people.c.name).where(schema.people.c.id == lived.id))
        assert person.name == f"№ {lived.id}"


async def test_old_requests_and_free_lines_are_emptied_and_counted(database: Database, lived: Person) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        later = datetime(2029, 10, 1, tzinfo=UTC)
        assert await work.personal.expire(requests_before=later, lines_before=later, keep=frozenset(), now=later) == 6
        assert await work.personal.expire(requests_before=later, lines_before=later, keep=frozenset(), now=later) == 0
    async with database.read() as session:
        (request,) = await session.rows(select(schema.contact_requests))
        assert (request.from_person_id, request.to_person_id, request.why) == (None, None, None)
        (evaluation,) = await session.rows(select(schema.activity_evaluations))
        assert (evaluation.comment, evaluation.satisfied) == (None, 5)
        (logged,) = await session.rows(select(schema.erasures))
        assert (logged.why, logged.counts) == (
            "expired",
            {
                "contact_requests": 1,
                "acts": 1,
                "activity_evaluations": 1,
                "evaluations": 1,
                "namings": 1,
                "matters": 1,
            },
        )
        (naming,) = await session.rows(select(schema.namings))
        assert (naming.proposal, naming.proposed_at) == (None, NOW)
        (first_release,) = await session.rows(select(schema.evaluations))
        assert (first_release.comment, first_release.satisfied) == (None, 4)
        acts = await session.rows(select(schema.acts).order_by(schema.acts.c.id))
        assert [(act.subject, act.person_id is None) for act in acts] == [("y", False), ("contact_request:1", True)]
        assert lived.id > 0


@pytest.mark.parametrize("table", [schema.acts, schema.errands], ids=lambda table: table.name)
async def test_a_coordinators_reason_goes_with_other_free_lines_and_the_rest_of_its_row_stays(
    database: Database, table: Table
) -> None:
    at = "at" if table is schema.acts else "done_at"
    old, new, later = NOW, NOW + timedelta(days=30), NOW + timedelta(days=20)
    async with database.begin() as session:
        work, filling = SqlUnitOfWork(session), Filling(session)
        for when in (old, new):
            await filling.row(table, detail={"reason": "Känner ingen Åsa", "actor_id": 7}, **{at: when})
        await filling.row(table, detail={"reason": None, "actor_id": 8}, **{at: old})
        expire = partial(work.personal.expire, requests_before=old, lines_before=later, keep=frozenset())
        assert [await expire(now=later) for _ in range(2)] == [1, 0]
        rows = await session.rows(select(table.c.detail).order_by(table.c.id))
        assert [row.detail for row in rows] == [
            {"reason": "–", "actor_id": 7},
            {"reason": "Känner ingen Åsa", "actor_id": 7},
            {"reason": None, "actor_id": 8},
        ]
        (logged,) = await session.rows(select(schema.erasures))
        assert (logged.why, logged.counts) == ("expired", {table.name: 1})
