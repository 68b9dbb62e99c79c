"""Updates straight into the dispatcher, on the demo's data and one more of everything that can be named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot import seed
from bot.domain.model import BookingState, BookingView, MemberState, Person
from bot.domain.outgoing import Outgoing
from bot.views.press import Press
from handlers import registry
from handlers.dispatch import Dispatcher, SilentBot
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
ERIK, EMMA, MARIA, JOHAN = 1002, 1003, 1004, 1005
"""User ids of the demo: contact persons of Luleå kommun, of LKAB and SSAB, coordinator of all arenas, Kiruna kommun."""
OTHER_COORDINATOR, BYSTANDER, NEWCOMER, STRANGER, APPLICANT = 2001, 2002, 2003, 2004, 2005
SECRET = "hemligt-4711"
"""Stands in everything that is not for everybody's eyes."""


@dataclass(frozen=True)
class Said:
    """The replies to an update, and what its press was answered."""

    replies: Sequence[Outgoing]
    toast: str | None

    @property
    def texts(self) -> str:
        """All of it as one text."""
        return "\n".join([self.toast or "", *(str(row.payload) for row in self.replies)])


class Undone(Exception):
    """Ends a transaction without a trace."""


@dataclass(frozen=True)
class Bot:
    """The dispatcher over a database."""

    dispatcher: Dispatcher
    units: DatabaseUnits
    numbers: "count[int]"

    async def handle(self, work: SqlUnitOfWork, update: Mapping[str, Any], now: datetime = NOW) -> Said:
        """One update, and what is said to it."""
        response = await self.dispatcher.handle({"update_id": next(self.numbers), **update}, work, now)
        return Said(response.replies, next((params.get("text") for _, params in response.answers), None))

    async def presses(self, work: SqlUnitOfWork, user_id: int, data: str, now: datetime = NOW) -> Said:
        """A button with this data, perhaps never drawn."""
        number = next(self.numbers)
        message = {"message_id": number, "date": 1_799_650_800, "chat": private(user_id), "text": "kort"}
        query = {"id": str(number), "from": user(user_id), "chat_instance": "1", "data": data, "message": message}
        return await self.handle(work, {"callback_query": query}, now)

    async def writes(self, work: SqlUnitOfWork, user_id: int, text: str, now: datetime = NOW) -> Said:
        """A text; a command where it begins so."""
        message = {
            "message_id": 1_000_000 + next(self.numbers),
            "date": 1_799_650_800,
            "chat": private(user_id),
            "from": user(user_id),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return await self.handle(work, {"message": message}, now)


def the(name: str, /, **values: Any) -> Press:
    """A button by its class's name and its fields, wherever it is defined."""
    (press,) = (p for p in registry.ROUTES.presses if p.__name__ == name and set(p.model_fields) == set(values))
    return press(**values)


def private(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "type": "private", "first_name": f"P{user_id}"}


def user(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": f"P{user_id}", "language_code": "sv"}


@pytest.fixture
async def bot(database: Database) -> Bot:
    """The dispatcher over a database."""
    units = DatabaseUnits(database)
    async with units.begin() as work:
        await populate(work)
    silent = SilentBot("1:token", {"id": 1, "is_bot": True, "first_name": "Arenabot", "username": "arenabot_bot"})
    dispatcher = Dispatcher(
        silent,
        registry.COMMANDS,
        registry.ROUTES,
        free_text=registry.FREE_TEXT,
        other=registry.OTHER,
        membership=registry.MEMBERSHIP,
        in_group=registry.IN_GROUP,
    )
    return Bot(dispatcher, units, count(1))


async def populate(work: SqlUnitOfWork) -> None:
    """The demo, and what it lacks of things that buttons name; all of it belongs to the demo's people."""
    await seed.demo(work, now=NOW)
    arenas = {arena.key: arena for arena in await work.arenas.list_all()}
    actors = {actor.name: actor for actor in await work.actors.list_known()}
    erik, emma, maria = [await _known(work, user_id) for user_id in (ERIK, EMMA, MARIA)]
    other = await _person(work, OTHER_COORDINATOR)
    await work.coordinators.add(person_id=other.id, arena_id=arenas["arctic_frontiers"].id, granted_at=NOW)
    bystander, newcomer, applicant = [await _person(work, u) for u in (BYSTANDER, NEWCOMER, APPLICANT)]
    for person, actor, state in (
        (bystander, "Pajala kommun", MemberState.ACTIVE),
        (newcomer, "Kiruna kommun", MemberState.REQUESTED),
        (applicant, "Vattenfall", MemberState.REQUESTED),
    ):
        await work.members.add(actor_id=actors[actor].id, person_id=person.id, state=state, since_at=NOW)
    for actor_ in actors.values():
        await work.actors.change(actor_, contact_email=f"{SECRET}@example.org", contact_phone=SECRET)
    for person in (erik, emma, maria, applicant):
        await work.people.change(person, phone=SECRET, email=f"{SECRET}@example.org")
    almedalen = next(e for e in await work.editions.list_published() if e.arena_id == arenas["almedalen"].id)
    await work.editions.change(almedalen, official_programme=True)
    views = [v for e in await work.editions.list_published() for v in await work.bookings.list_of_edition(e.id)]
    for view in views:
        values: dict[str, Any] = {"answers": {"technology": SECRET, "on_site": SECRET}}
        if view.booking.state is BookingState.APPLIED:
            values["title"] = SECRET
        await work.activities.change(view.activity, **values)
    own = next(view for view in views if view.booking.person_id == erik.id)
    joint = next(view for view in views if view.booking.person_id == emma.id)
    await _in_every_state(work, almedalen.id, actors["LKAB"].id, emma)
    await work.co_organisers.add(activity_id=joint.activity.id, actor_id=actors["SSAB"].id, state="invited")
    await work.evaluations.add(
        activity_id=own.activity.id,
        actor_id=own.actor.id,
        person_id=erik.id,
        satisfied=5,
        comment=SECRET,
        given_by="actor",
        answered_at=NOW,
    )
    await _issues(work, erik, actors["Luleå kommun"].id, actors["Älvsbyns kommun"].id)
    await _report(work, almedalen.id)
    await _network(work, erik, emma, bystander, almedalen.id)
    await _methods(work, own, joint)
    await _talk(work, own.booking.id, almedalen.id, arenas["almedalen"].id, actors["Luleå kommun"].id, erik, maria)


async def _known(work: SqlUnitOfWork, user_id: int) -> Person:
    person = await work.people.with_user_id(user_id)
    assert person is not None
    return person


async def _person(work: SqlUnitOfWork, user_id: int) -> Person:
    return await work.people.add(
        user_id=user_id,
        name=f"P{user_id}",
        language="sv",
        language_chosen=False,
        muted=frozenset(),
        contact_asked_at=NOW,
        created_at=NOW,
    )


async def _in_every_state(work: SqlUnitOfWork, edition_id: int, actor_id: int, person: Person) -> None:
    """Bookings of LKAB's held, requested, being cancelled and over."""
    free = [status for status in await work.slots.list_of(edition_id) if status.is_free]
    states = (BookingState.HELD, BookingState.REQUESTED, BookingState.CANCELLING, BookingState.ENDED)
    for status, state in zip(free, states, strict=False):
        activity = await work.activities.add(
            edition_id=edition_id,
            actor_id=actor_id,
            title=SECRET,
            answers={},
            unlocked=frozenset(),
            reported="unknown",
            uid=f"{state}@tests",
            sequence=0,
        )
        await work.bookings.add(
            activity_id=activity.id,
            slot_id=status.slot.id,
            person_id=person.id,
            state=state,
            state_before="booked" if state is BookingState.CANCELLING else None,
            rank=1,
            until_at=NOW + timedelta(minutes=9),
            created_at=NOW,
        )


async def _issues(work: SqlUnitOfWork, erik: Person, actor_id: int, other_id: int) -> None:
    """A statement that an actor has answered, and something that it does with another, which is asked."""
    issue = (await work.issues.list_all())[0]
    text = {"sv": "Bygg nätet"}
    statement = await work.statements.add(issue_id=issue.id, text=text, version=1)
    await work.statement_versions.add(statement_id=statement.id, version=1, kind="first", text=text, written_at=NOW)
    await work.stances.add(
        statement_id=statement.id,
        actor_id=actor_id,
        version=1,
        position="reserved",
        reservation="Inte utan pengar",
        decided=False,
        given_by="actor",
        person_id=erik.id,
        given_at=NOW,
    )
    action = await work.joint_actions.add(
        issue_id=issue.id,
        lead_actor_id=actor_id,
        person_id=erik.id,
        what="Resa till Bryssel",
        due_on=NOW.date() + timedelta(days=60),
        state="planned",
        created_at=NOW,
    )
    for each, state in ((actor_id, "accepted"), (other_id, "invited")):
        await work.joint_actors.add(joint_action_id=action.id, actor_id=each, state=state, invited_at=NOW)


async def _report(work: SqlUnitOfWork, edition_id: int) -> None:
    """What coordinators enter for the report."""
    years = {"from_year": 2026, "to_year": 2028}
    await work.financings.add(financier="Region Norrbotten", amount=4_350_000, source="Beslut", **years)
    await work.outturns.add(edition_id=edition_id, amount=1_000, source="Bokslut", entered_at=NOW)
    for scope in (f"edition:{edition_id}", "years:2027-2027"):
        await work.result_comments.add(scope=scope, result=1, text=SECRET, written_at=NOW)


async def _network(work: SqlUnitOfWork, erik: Person, emma: Person, bystander: Person, edition_id: int) -> None:
    """Two who are shown and have exchanged all they have, another request, and one who follows the same issue."""
    issue = (await work.issues.list_all())[0]
    for person in (erik, emma, bystander):
        await work.consents.add(person_id=person.id, kind="visible", given_at=NOW)
        await work.issues.follow(issue.id, person.id, NOW)
    shares = ("telegram", "phone", "email")
    for asker, asked, state in ((erik, emma, "accepted"), (emma, erik, "asked")):
        await work.contact_requests.add(
            from_person_id=asker.id,
            to_person_id=asked.id,
            why=SECRET,
            from_shares=shares,
            to_shares=shares,
            state=state,
            asked_at=NOW,
        )
    await work.ambassadors.add(edition_id=edition_id, person_id=erik.id, answer="yes", answered_at=NOW)


async def _methods(work: SqlUnitOfWork, own: BookingView, other: BookingView) -> None:
    """What two have told, each with the other's question."""
    for view, asker in ((own, other), (other, own)):
        method = await work.methods.add(
            activity_id=view.activity.id,
            actor_id=view.actor.id,
            person_id=view.booking.person_id,
            did="Vi frågade publiken",
            worked="",
            change="",
            shared_at=NOW,
        )
        await work.method_questions.add(
            method_id=method.id,
            actor_id=asker.actor.id,
            person_id=asker.booking.person_id,
            text=SECRET,
            asked_at=NOW,
        )


async def _talk(
    work: SqlUnitOfWork, booking_id: int, edition_id: int, arena_id: int, actor_id: int, erik: Person, maria: Person
) -> None:
    """A question, a wish, a coordinator's question, an errand, announcements, and drafts of every kind."""
    about = {"arena_id": arena_id, "edition_id": edition_id, "actor_id": actor_id, "booking_id": booking_id}
    for kind in ("question", "move", "cancel", "unlock", "reply", "issue_proposed"):
        await work.matters.add(
            kind=kind, person_id=erik.id, text=SECRET, detail={}, state="open", created_at=NOW, **about
        )
    await work.errands.add_once(
        key="errand",
        kind="reminder",
        actor_id=actor_id,
        arena_id=arena_id,
        booking_id=booking_id,
        detail={"reminder": "slot_day"},
        created_at=NOW,
    )
    content = {"sv": {"method": "sendMessage", "params": {"text": SECRET}}}
    for state in ("sending", "scheduled", "done"):
        announcement = await work.announcements.add(
            created_by=maria.id,
            arena_id=arena_id,
            content=content,
            audience={"kind": "booked", "edition_id": edition_id},
            receipts=True,
            state=state,
            send_at=NOW + timedelta(days=1),
            ended_at=NOW if state == "done" else None,
        )
        await work.recipients.add(
            announcement_id=announcement.id, person_id=erik.id, language="sv", state="sent", message_id=7
        )
    for person in (erik, maria):
        for kind in sorted({*registry.ROUTES.texts, "unknown"}):
            await work.drafts.add(
                chat_id=person.user_id,
                person_id=person.id,
                kind=kind,
                step="title",
                data={"booking_id": booking_id, "text": SECRET},
                awaits_text=False,
                open=True,
                created_at=NOW,
                updated_at=NOW,
            )
