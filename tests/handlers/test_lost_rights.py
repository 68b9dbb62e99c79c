"""A right that is taken away is gone at the next step of whatever dialogue it was in, and so are the links it gave out."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.model import Draft, MemberState
from bot.services import invitations
from bot.views.press import Press
from handlers import registry
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.handlers.conftest import BYSTANDER, ERIK, MARIA, NOW, STRANGER, Bot, Undone, the
from tests.handlers.test_threats import NUMBERS, WORDS, standing


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough for rules."""
    return sqlite_url


async def first(work: SqlUnitOfWork, table: Any, **where: Any) -> Any:
    query = select(table).order_by(table.c.id)
    for name, value in where.items():
        query = query.where(table.c[name] == value)
    row = await work.session.row(query.limit(1))
    assert row is not None
    return row


async def coordinators_doors(work: SqlUnitOfWork) -> Sequence[Press]:
    """What opens each of a coordinator's dialogues."""
    edition = await first(work, schema.editions)
    stage = await first(work, schema.stages)
    applied = await first(work, schema.bookings, state="applied")
    booked = await first(work, schema.bookings, state="booked")
    actor = await first(work, schema.actors)
    matter = await first(work, schema.matters, kind="question")
    wish = await first(work, schema.matters, kind="move")
    member = await first(work, schema.members, state="requested")
    done = await first(work, schema.announcements, state="done")
    issue = await first(work, schema.issues)
    unstated = await first(work, schema.issues, id=issue.id + 1)
    group = await first(work, schema.target_groups)
    financing = await first(work, schema.financings)
    return (
        the("NewStage", edition_id=edition.id),
        the("AddSlots", stage_id=stage.id),
        the("Move", slot_id=booked.slot_id),
        the("Block", slot_id=booked.slot_id),
        the("CancelSlot", slot_id=booked.slot_id),
        the("Ask", sheet="place", name="name", record_id=edition.id, language="sv"),
        the("Ask", sheet="stage", name="address", record_id=stage.id, language="sv"),
        the("Add", edition_id=edition.id, what="field"),
        the("Add", edition_id=edition.id, what="fee"),
        the("Add", edition_id=edition.id, what="deadline"),
        the("NewFrom", arena_id=edition.arena_id, source_id=edition.id),
        the("AskRefusal", booking_id=applied.id, revision=applied.revision),
        the("AskApplicant", booking_id=applied.id),
        the("AnswerMatter", matter_id=matter.id),
        the("RefuseWish", matter_id=wish.id),
        the("AskReason", member_id=member.id),
        the("AskWhichKnown", member_id=member.id),
        the("AddActors"),
        the("AskActorField", actor_id=actor.id, what="name"),
        the("AskDouble", actor_id=actor.id),
        the("Announce"),
        the("Correct", announcement_id=done.id, language="sv"),
        the("NewIssue"),
        the("NewGroup", arena_id=edition.arena_id),
        the("WriteStatement", issue_id=unstated.id),
        the("EnterDecision", issue_id=issue.id),
        the("Ask", sheet="issue", name="title", record_id=issue.id, language="sv"),
        the("Ask", sheet="target_group", name="name", record_id=group.id, language="sv"),
        the("AskYears"),
        the("WriteComment", scope=f"edition:{edition.id}", result=1),
        the("AskFinancing"),
        the("Ask", sheet="financing", name="amount", record_id=financing.id, language="sv"),
        the("AskOutturn", edition_id=edition.id),
        the("AskEarlier", edition_id=edition.id, measure="recommend"),
    )


async def contacts_doors(work: SqlUnitOfWork) -> Sequence[Press]:
    """What opens each of a contact person's dialogues about a booking."""
    erik = await work.people.with_user_id(ERIK)
    other = await work.people.with_user_id(BYSTANDER)
    assert erik is not None
    assert other is not None
    booked = await first(work, schema.bookings, person_id=erik.id)
    activity = await first(work, schema.activities, id=booked.activity_id)
    field = await first(work, schema.fields, edition_id=activity.edition_id, key="technology")
    statement = await first(work, schema.statements)
    joint = await first(work, schema.joint_actions)
    told = await first(work, schema.methods, activity_id=activity.id)
    read = await first(work, schema.methods, id=told.id + 1)
    question = await first(work, schema.method_questions, method_id=told.id)
    return (
        the("Book", edition_id=activity.edition_id, actor_id=activity.actor_id),
        the("Move", booking_id=booked.id),
        the("InviteCoOrganiser", booking_id=booked.id),
        the("AskField", booking_id=booked.id, field_id=field.id),
        the("AskLacking", booking_id=booked.id),
        the("Changed", booking_id=booked.id),
        the("ProposeIssue", booking_id=booked.id),
        the("AnswerStatement", statement_id=statement.id, version=1, position="reserved"),
        the("StartJoint", issue_id=statement.issue_id),
        the("ChangeJoint", joint_id=joint.id, what="outcome"),
        the("InviteToJoint", joint_id=joint.id),
        the("AskContact", person_id=other.id, issue_id=statement.issue_id, edition_id=None),
        the("ChangeMethod", method_id=told.id, what="did"),
        the("AnswerMethod", question_id=question.id),
        the("AskMethod", method_id=read.id, actor_id=None),
    )


async def take_coordinators_right(work: SqlUnitOfWork) -> None:
    for right in await work.coordinators.list_all():
        await work.coordinators.remove(right.id)


async def take_contacts_right(work: SqlUnitOfWork) -> None:
    erik = await work.people.with_user_id(ERIK)
    assert erik is not None
    for member in await work.members.list_of_person(erik.id):
        await work.members.change(member, state=MemberState.ENDED)


def steps_of(draft: Draft) -> list[str]:
    """Every button that goes on with a dialogue, with plain values besides."""
    found = []
    for press in registry.ROUTES.presses:
        if "draft_id" in press.model_fields:
            values: dict[str, Any] = {
                name: (NUMBERS.get(name) or WORDS.get(name) or (1,))[0] for name in press.model_fields
            }
            found.append(press.model_construct(**{**values, "draft_id": draft.id}).pack())
    return found


ANSWERS = ("Ny text", "28 juni 07.00–07.25", "5–6 juli 2028", "500 kr till 15 april", "Luleå kommun", "500 kr, bokslut")
DIALOGUES = [
    (MARIA, coordinators_doors, take_coordinators_right, 34),
    (ERIK, contacts_doors, take_contacts_right, 15),
]


@pytest.mark.parametrize(("user_id", "doors", "take", "count"), DIALOGUES, ids=["coordinator", "contact"])
async def test_no_step_of_a_dialogue_outlives_the_right_to_it(
    bot: Bot,
    user_id: int,
    doors: Callable[[SqlUnitOfWork], Awaitable[Sequence[Press]]],
    take: Callable[[SqlUnitOfWork], Awaitable[None]],
    count: int,
) -> None:
    async with bot.units.read() as reading:
        opened = await doors(reading)
    assert len(opened) == count
    outlived = []
    for door in opened:
        async with undone(bot) as work:
            said = await bot.presses(work, user_id, door.pack())
            person = await work.people.with_user_id(user_id)
            assert person is not None
            drafts = await work.drafts.list_open(user_id, person.id)
            newest = max(drafts, key=lambda draft: draft.id)
            assert (said.toast, newest.created_at) == (None, NOW), door
            await take(work)
            before = await standing(work, person)
            for text in ANSWERS:
                await bot.writes(work, user_id, text)
            for data in steps_of(newest):
                await bot.presses(work, user_id, data)
            if before != await standing(work, person):
                outlived.append(door)
    assert outlived == []


@pytest.mark.parametrize(("user_id", "doors"), [dialogue[:2] for dialogue in DIALOGUES], ids=["coordinator", "contact"])
async def test_a_button_pressed_before_its_turn_is_answered(
    bot: Bot, user_id: int, doors: Callable[[SqlUnitOfWork], Awaitable[Sequence[Press]]]
) -> None:
    async with bot.units.read() as reading:
        opened = await doors(reading)
    for door in opened:
        async with undone(bot) as work:
            await bot.presses(work, user_id, door.pack())
            person = await work.people.with_user_id(user_id)
            assert person is not None
            newest = max(await work.drafts.list_open(user_id, person.id), key=lambda draft: draft.id)
            for data in steps_of(newest):
                said = await bot.presses(work, user_id, data)
                assert said.toast or said.replies, (door, data)


async def test_who_lost_a_right_cannot_come_back_by_a_link_given_out_before(bot: Bot) -> None:
    async with undone(bot) as work:
        maria, erik = await work.people.with_user_id(MARIA), await work.people.with_user_id(ERIK)
        assert maria is not None
        assert erik is not None
        second = await work.people.add(
            user_id=777, name="Andra", language="sv", language_chosen=False, muted=frozenset(), created_at=NOW
        )
        right = await work.coordinators.add(person_id=second.id, arena_id=None, granted_at=NOW)
        to_coordinate = await invitations.invite_coordinator(work, second, [], now=NOW)
        actor = (await work.actors.list_of(erik.id))[0]
        to_act = (await invitations.invite_colleague(work, erik, actor.id, now=NOW)).token
        by_coordinator = (await invitations.invite_contact(work, maria, actor.id, None, now=NOW)).token
        await bot.presses(work, MARIA, the("RemoveRight", right_id=right.id).pack())
        await bot.presses(work, MARIA, the("RemoveMember", actor_id=actor.id, person_id=erik.id).pack())
        for token in (to_coordinate, to_act):
            said = await bot.writes(work, STRANGER, f"/start {invitations.payload(token)}")
            assert "Länken har gått ut." in said.texts
        said = await bot.writes(work, STRANGER, f"/start {invitations.payload(by_coordinator)}")
        assert "Länken" not in said.texts
        assert "Luleå kommun" in said.texts


@asynccontextmanager
async def undone(bot: Bot) -> AsyncIterator[SqlUnitOfWork]:
    """A transaction that leaves no trace."""
    try:
        async with bot.units.begin() as work:
            yield work
            raise Undone  # noqa: TRY301  # that is how a transaction is undone
    except Undone:
        pass
