"""What somebody is called, and what follows when they are forgotten: for their organisations, for those who go on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.membership import InvitationExpired
from bot.domain.model import BookingState, MemberState, Person
from bot.services import coordinators, invitations, people, personal, rights
from bot.services.coordinators import LastCoordinator
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def work(on_both_databases: SqlUnitOfWork) -> SqlUnitOfWork:
    """On SQLite and on PostgreSQL."""
    return on_both_databases


async def told(work: SqlUnitOfWork, person: Person) -> list[str]:
    """Of what a person is let know, in order."""
    rows = await work.personal.session.rows(
        select(schema.outbox.c.payload)
        .where(schema.outbox.c.person_id == person.id, schema.outbox.c.kind == "notice")
        .order_by(schema.outbox.c.id)
    )
    return [row.payload["name"] for row in rows]


async def matters(work: SqlUnitOfWork) -> list[tuple[str, int | None]]:
    return [(matter.kind, matter.actor_id) for matter in await work.matters.list_open()]


async def act_for(work: SqlUnitOfWork, person: Person, actor_id: int) -> None:
    await work.members.add(actor_id=actor_id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)


async def meet(work: SqlUnitOfWork, person: Person, name: str) -> Person:
    return await people.meet(work, person.user_id, name, "sv", now=LATER)


async def a_statement(work: SqlUnitOfWork) -> int:
    """The id of an issue with a statement that names Karin Berg."""
    issue = await work.issues.add(
        title={"sv": "Elnät"}, paragraph={}, from_year=2026, example=False, position=1, created_at=NOW
    )
    await work.statements.add(issue_id=issue.id, text={"sv": "Frågor besvaras av Karin Berg"}, version=1)
    return issue.id


# What somebody is called


async def test_who_changes_name_in_telegram_is_called_so_from_then_on(work: SqlUnitOfWork, world: World) -> None:
    asa = await world.person("Åsa Kvist")
    assert (await meet(work, asa, "Åsa  Ek\x00")).name == "Åsa  Ek"
    assert (await work.people.get(asa.id)).name == "Åsa  Ek"
    assert (await meet(work, asa, "\u200b")).name == str(asa.user_id), "a name of which nothing shows"


async def test_meeting_somebody_called_as_before_asks_and_writes_nothing(
    work: SqlUnitOfWork, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asa = await world.person("Åsa Kvist")
    await work.people.read_ahead([asa.user_id])

    def refuse(*_args: Any, **_values: Any) -> None:
        raise AssertionError("a statement more for each update")

    for name in ("row", "rows", "run", "run_many"):
        monkeypatch.setattr(type(work.people.session), name, refuse)
    for name in ("Åsa Kvist", " Åsa Kvist\u2028"):
        assert await meet(work, asa, name) == asa


async def test_an_earlier_name_too_is_taken_out_when_a_person_is_forgotten(work: SqlUnitOfWork, world: World) -> None:
    asa, bo = await world.person("Åsa Kvist"), await world.person("Bo")
    await work.matters.add(
        kind="question", person_id=bo.id, text="Åsa Kvist, alltså Åsa?", detail={}, state="open", created_at=NOW
    )
    renamed = await meet(work, asa, "Åsa")
    await work.personal.erase(renamed, keep=frozenset(), now=LATER)
    (matter,) = await work.matters.list_open()
    assert matter.text == "–, alltså –?"
    acts = await work.acts.session.rows(select(schema.acts.c.act, schema.acts.c.detail))
    assert [tuple(act) for act in acts] == [("person.renamed", {"was": "–"})]


async def test_whoever_was_forgotten_and_writes_again_is_somebody_new(work: SqlUnitOfWork, world: World) -> None:
    asa = await world.person("Åsa Kvist")
    await work.personal.erase(asa, keep=frozenset(), now=NOW)
    assert await work.people.rename(asa, "Åsa Ek") is None, "who was read before and erased meanwhile"
    again = await meet(work, asa, "Åsa Ek")
    assert again.id != asa.id
    assert (await work.people.get(asa.id)).name == f"№ {asa.id}"


# Handing over


async def test_handing_over_is_offered_to_who_alone_acts_for_an_organisation(work: SqlUnitOfWork, world: World) -> None:
    asa, bo = await world.person("Åsa"), await world.person("Bo")
    alone, shared = await world.actor("Bodens kommun"), await world.actor("Luleå kommun")
    edition = await world.edition()
    (slot_id,) = await world.slots(edition, 1)
    await world.booking(edition, alone, slot_id, asa, BookingState.BOOKED)
    for person, actor in ((asa, alone), (asa, shared), (bo, shared)):
        await act_for(work, person, actor.id)
    found = await personal.ask_to_forget(work, asa, kept_by_law=frozenset(), now=NOW)
    assert [(actor.id, ahead) for actor, ahead in found.alone] == [(alone.id, 1)]


async def test_coordinators_are_told_if_nobody_takes_over(work: SqlUnitOfWork, world: World) -> None:
    asa, karin = await world.person("Åsa"), await world.coordinator()
    actor = await world.actor("Bodens kommun")
    await act_for(work, asa, actor.id)
    await personal.forget(work, asa, asa.user_id, now=LATER)
    assert await matters(work) == [("nobody_left", actor.id)]
    assert await told(work, karin) == ["matter_opened"]


async def test_coordinators_are_not_troubled_when_a_colleague_has_taken_over(work: SqlUnitOfWork, world: World) -> None:
    asa, bo, karin = await world.person("Åsa"), await world.person("Bo"), await world.coordinator()
    actor = await world.actor("Bodens kommun")
    await act_for(work, asa, actor.id)
    link = await invitations.invite_colleague(work, asa, actor.id, now=NOW)
    invited = await invitations.open_invitation(work, await world.seat(bo), link.token, now=NOW)
    assert invited is not None
    await invitations.accept(work, await world.seat(bo), invited.draft.id, now=NOW)
    assert (await personal.ask_to_forget(work, asa, kept_by_law=frozenset(), now=NOW)).alone == []
    await personal.forget(work, asa, asa.user_id, now=LATER)
    assert (await matters(work), await told(work, karin)) == ([], [])
    assert await rights.represents(work, bo, actor.id)


# A coordinator who is forgotten


async def test_a_coordinators_rights_and_links_end_and_those_who_go_on_are_told(
    work: SqlUnitOfWork, world: World
) -> None:
    edition, other = await world.edition(), await world.edition()
    karin = await world.coordinator("Karin Berg")
    lars = await world.coordinator("Lars")
    same, elsewhere = [await world.coordinator(n, e.arena_id) for n, e in (("Eva", edition), ("Sten", other))]
    await work.coordinators.add(person_id=karin.id, arena_id=edition.arena_id, granted_at=NOW)
    made = await coordinators.invite(work, karin, None, now=NOW)
    await personal.forget(work, karin, karin.user_id, now=LATER)
    assert not await rights.is_coordinator(work, karin)
    assert [await told(work, each) for each in (lars, same, elsewhere, karin)] == [
        ["coordinator_left", "coordinator_left"],
        ["coordinator_left"],
        [],
        [],
    ]
    with pytest.raises(InvitationExpired):
        await invitations.open_invitation(work, await world.seat(await world.person("Ny")), made.token, now=LATER)
    left = await coordinators.left_of(work, edition.arena_id)
    assert [person.name for person in left.people] == ["Lars", "Eva"]


@pytest.mark.parametrize("how", ["asks to be forgotten", "has lost the right"])
async def test_a_coordinator_whom_nobody_invited_is_in_no_published_words_afterwards(
    work: SqlUnitOfWork, world: World, how: str
) -> None:
    karin, lars, issue = await world.coordinator("Karin Berg"), await world.coordinator("Lars"), await a_statement(work)
    if how == "has lost the right":
        (right,) = await work.coordinators.list_of(karin.id)
        await coordinators.remove_right(work, lars, right.id, now=NOW)
    await personal.forget(work, karin, karin.user_id, now=LATER)
    await work.personal.erase(await work.people.get(karin.id), keep=frozenset(), now=LATER)
    statement = await work.statements.of(issue)
    assert statement is not None
    assert statement.text == {"sv": "Frågor besvaras av –"}


async def test_the_last_coordinator_of_all_arenas_is_not_forgotten_before_there_is_another(
    work: SqlUnitOfWork, world: World
) -> None:
    karin, edition = await world.coordinator(), await world.edition()
    eva = await world.coordinator("Eva", edition.arena_id)
    with pytest.raises(LastCoordinator):
        await personal.ask_to_forget(work, karin, kept_by_law=frozenset(), now=NOW)
    with pytest.raises(LastCoordinator):
        await personal.forget(work, karin, karin.user_id, now=NOW)
    assert await rights.coordinates(work, karin, None)
    await work.coordinators.add(person_id=eva.id, arena_id=None, granted_at=NOW)
    await personal.forget(work, karin, karin.user_id, now=NOW)
    assert not await rights.is_coordinator(work, karin)
