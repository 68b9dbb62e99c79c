"""Forged buttons: every role, every button there is, every object of somebody else's, and nothing happens."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin

import pytest
from sqlalchemy import Select, Table, select

from bot.domain.model import Person
from bot.domain.sheets import SHEETS
from bot.views.press import MAX_NUMBER, Press
from handlers import registry
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.handlers.conftest import BYSTANDER, MARIA, NEWCOMER, OTHER_COORDINATOR, SECRET, STRANGER, Bot, Undone

ROLES = {"stranger": STRANGER, "newcomer": NEWCOMER, "bystander": BYSTANDER, "other_coordinator": OTHER_COORDINATOR}
OWN = {"newcomer": ("Kiruna kommun",), "bystander": ("Pajala kommun",)}

TABLES: Mapping[str, Table] = {
    "booking_id": schema.bookings,
    "draft_id": schema.drafts,
    "slot_id": schema.slots,
    "edition_id": schema.editions,
    "actor_id": schema.actors,
    "arena_id": schema.arenas,
    "matter_id": schema.matters,
    "announcement_id": schema.announcements,
    "member_id": schema.members,
    "person_id": schema.people,
    "co_organiser_id": schema.co_organisers,
    "right_id": schema.coordinators,
    "errand_id": schema.errands,
    "stage_id": schema.stages,
    "field_id": schema.fields,
    "step_id": schema.fee_steps,
    "source_id": schema.editions,
    "result_id": schema.earlier_results,
    "issue_id": schema.issues,
    "group_id": schema.target_groups,
    "statement_id": schema.statements,
    "joint_id": schema.joint_actions,
    "part_id": schema.joint_actors,
    "financing_id": schema.financings,
    "request_id": schema.contact_requests,
    "method_id": schema.methods,
    "question_id": schema.method_questions,
    "activity_id": schema.activities,
}
NUMBERS = {
    "revision": (1, 2),
    "day": (date(2027, 6, 28).toordinal(), MAX_NUMBER),
    "page": (0, -1),
    "yes": (1, 0),
    "on": (1, 0),
    "whole": (1,),
    "every": (1,),
    "score": (5, 99),
    "minutes": (None,),
    "archived": (0,),
    "item_id": (1, None),
    "rest": (1, 0),
    "number": (30, None),
    "year": (2027, -1),
    "version": (1,),
    "months": (3, 99),
    "result": (1, 99),
}
WORDS = {
    "language": ("sv", "x"),
    "act": ("stop", "pause", "resume", "cancel", "x"),
    "kind": ("booked", "chosen", "refusal", "matter", "company", "seminar", "slot", "s", "m", "n", "e", "x"),
    "what": ("what", "due", "did", "file", "outcome", "name", "contact_phone", "kind", "field", "fee", "deadline", "x"),
    "answer": ("yes", "no", "unknown", "perhaps", "x"),
    "step": ("title", "kind", "x"),
    "question": ("satisfied", "help", "comment", "change", "ambassador", None),
    "where": ("boka", "samordna", "utskick", "bokningar", "x"),
    "key": ("0", "consensus", "press", "x"),
    "part": (None,),
    "measure": ("recommend", "x"),
    "purpose": ("knowledge", "x"),
    "position": ("behind", "reserved", "x"),
    "state": ("under_way", "given_up", "done", "x"),
    "scope": ("years:2027-2027", "edition:1", "edition:99", "years:1-9", "x"),
    "by": ("arena", "issue", "x"),
    "share": ("telegram", "phone", "x"),
}
MISSING = (999_999, MAX_NUMBER, -1, 0)
MOST = 30
"""Ways to fill in one button: where there are more, some from all over."""

# What a coordinator of any arena may do: actors and people are shared by all arenas.
SHARED = {
    "RemoveMember",
    "SetActorKind",
    "InviteTo",
    "InviteAllTo",
    "InviteAll",
    "Approve",
    "InviteColleague",
    "PassOn",
    "AnswerJoint",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: the rules are the same, and there is much to press."""
    return sqlite_url


# What anybody may do who speaks for an actor or coordinates.
OPEN = {"FollowIssue", "ShowMe"}

# What anybody may do, whose effect is on the presser alone: tests/chat/test_personal.py follows it.
ONESELF = {"Forget"}

ALL_PRESSES = sorted(registry.ROUTES.presses, key=lambda press: press.code)


@cache
def _all_of(of: Table) -> Select[Any]:
    """One statement for each table: each new one would be compiled."""
    return select(of).order_by(of.c.id)


async def table(work: SqlUnitOfWork, of: Table) -> list[dict[str, Any]]:
    return [row._asdict() for row in await work.session.rows(_all_of(of))]


async def standing(work: SqlUnitOfWork, person: Person | None) -> dict[str, list[dict[str, Any]]]:
    """All that is stored, less the presser's own conversation and what tells a press that comes twice."""
    own_id, own_chat = (person.id, person.user_id) if person else (None, None)
    kept = {}
    for name, of in schema.metadata.tables.items():
        rows = await table(work, of)
        if name == "people":
            rows = [row for row in rows if row["id"] != own_id]
        if name == "drafts":
            rows = [row for row in rows if row["person_id"] != own_id]
        if name == "operations":
            rows = []
        if name in {"cards", "chats", "outbox"}:
            rows = [row for row in rows if row["chat_id"] != own_chat]
        kept[name] = rows
    return kept


class World:
    """What of others' there is to name."""

    def __init__(self, ids: Mapping[str, list[int]]) -> None:
        self.ids = ids

    @classmethod
    async def of(cls, work: SqlUnitOfWork, role: str) -> "World":
        own = OWN.get(role, ())
        ids = {}
        for field, of in TABLES.items():
            rows = await table(work, of)
            if field == "actor_id":
                rows = [row for row in rows if row["name"] not in own]
            if field == "person_id":
                rows = [row for row in rows if row["user_id"] != ROLES[role]]
            if field == "member_id":
                rows = [row for row in rows if row["person_id"] not in await _own_ids(work, role)]
            if field == "right_id":
                rows = [row for row in rows if row["person_id"] not in await _own_ids(work, role)]
            if field in {"arena_id", "edition_id", "group_id"} and role == "other_coordinator":
                rows = [row for row in rows if row.get("key", "") != "arctic_frontiers" and row.get("arena_id") != 4]
            ids[field] = [row["id"] for row in rows]
        return cls(ids)

    def forged(self, press: type[Press]) -> Iterator[str]:
        """A button's data for ways to fill it in with things of others, and with what there is none of."""
        fields = press.model_fields
        ways = list(self._of_sheets(fields) if "sheet" in fields else self._combined(fields))
        for filled in ways[:: max(1, len(ways) // MOST)]:
            yield press.model_construct(**dict(zip(fields, filled, strict=True))).pack()

    def _of_sheets(self, fields: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
        """What coordinators edit: each attribute of each record."""
        for sheet in SHEETS.values():
            for attribute, record_id in product(sheet.attributes, (1, 2)):
                values = {"sheet": sheet.name, "name": attribute.name, "record_id": record_id}
                for word in ("1", "0", "now", "application"):
                    yield [values.get(name, word if name == "value" else "sv") for name in fields]

    def _combined(self, fields: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
        """Everything where one thing is named, some of each where several are."""
        named = [name for name in fields if name in TABLES]
        return product(*(self._values(name, field.annotation, alone=named == [name]) for name, field in fields.items()))

    def _values(self, name: str, annotation: Any, *, alone: bool) -> Sequence[Any]:
        if name in TABLES:
            return [
                *self.ids[name][:: 1 if alone else max(1, len(self.ids[name]) // 3)],
                *MISSING[: None if alone else 1],
            ]
        if get_origin(annotation) is Literal:
            return get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return list(annotation)[:1]
        return NUMBERS.get(name) or WORDS[name]


async def _own_ids(work: SqlUnitOfWork, role: str) -> set[int]:
    person = await work.people.with_user_id(ROLES[role])
    return {person.id} if person else set()


async def presses_all(bot: Bot, user_id: int, press: type[Press], world: World) -> tuple[Any, str]:
    """What stands after, and what was told; all of it is undone."""
    result: tuple[Any, str] | None = None
    try:
        async with bot.units.begin() as work:
            said = [(await bot.presses(work, user_id, data)).texts for data in world.forged(press)]
            person = await work.people.with_user_id(user_id)
            result = await standing(work, person), "\n".join(said)
            raise Undone  # noqa: TRY301  # that is how a transaction is undone
    except Undone:
        assert result is not None
        return result


@pytest.mark.parametrize("role", ROLES)
async def test_no_forged_button_has_an_effect_or_tells_a_secret(bot: Bot, role: str) -> None:
    async with bot.units.read() as reading:
        world = await World.of(reading, role)
        before = await standing(reading, await reading.people.with_user_id(ROLES[role]))
    changed, disclosed = [], []
    for press in ALL_PRESSES:
        if press.__name__ in ONESELF or (role == "other_coordinator" and press.__name__ in SHARED):
            continue
        if role in {"bystander", "other_coordinator"} and press.__name__ in OPEN:
            continue
        after, said = await presses_all(bot, ROLES[role], press, world)
        if differing := sorted(name for name in before if before[name] != after[name]):
            changed.append((press.__name__, differing))
        if SECRET in said and role != "other_coordinator":
            disclosed.append(press.__name__)
    assert (changed, disclosed) == ([], [])


async def test_the_same_buttons_work_for_whom_they_are_meant(bot: Bot) -> None:
    """Otherwise the test above would show nothing."""
    async with bot.units.read() as reading:
        world = await World.of(reading, "stranger")
        maria = await reading.people.with_user_id(MARIA)
        before = await standing(reading, maria)
    changing = {"Grant", "RemoveMember", "RemoveRight", "CloseMatter"}
    changed = set()
    for press in (press for press in ALL_PRESSES if press.__name__ in changing):
        after, _ = await presses_all(bot, MARIA, press, world)
        changed |= {press.__name__} if after != before else set()
    assert changed == changing
    _, said = await presses_all(bot, MARIA, next(p for p in ALL_PRESSES if p.__name__ == "ShowActor"), world)
    assert SECRET in said
