"""Where actors stand, on both databases: one answer for all of an actor's people, told to them, kept with its date."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import Outdated
from bot.domain.model import Actor, Draft, GivenBy, MemberState, Person, Statement, VersionKind
from bot.domain.results.issues import StanceSaved
from bot.domain.seat import Seat
from bot.services import stances
from bot.views import stances as views
from bot.views.screen import Reader, Screen, message
from handlers.stances import stance_given
from storage import schema
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, on_both_databases

work = on_both_databases
LATER = NOW + timedelta(days=1)


class Asked:
    """A statement that actors are asked about; Anna and Bo act for Luleå kommun."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world
        self.statement: Statement
        self.luleå: Actor

    async def begin(self) -> "Asked":
        self.issue = await self.work.issues.add(
            title={"sv": "Elnät"}, paragraph={}, from_year=2026, example=False, position=1, created_at=NOW
        )
        self.statement = await self.work.statements.add(issue_id=self.issue.id, text={"sv": "Bygg ut."}, version=0)
        await self.reads(VersionKind.FIRST)
        self.luleå = await self.world.actor("Luleå kommun")
        self.anna, self.bo = [await self.joins(name) for name in ("Anna", "Bo")]
        return self

    async def joins(self, name: str) -> Seat:
        person = await self.world.person(name)
        await self.work.members.add(actor_id=self.luleå.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        return await self.world.seat(person)

    async def reads(self, kind: VersionKind) -> None:
        """It reads anew from now on."""
        self.statement = await self.work.statements.change(self.statement, version=self.statement.version + 1)
        await self.work.statement_versions.add(
            statement_id=self.statement.id,
            version=self.statement.version,
            kind=kind,
            text={"sv": "Bygg ut."},
            what_changed={"sv": "Ett årtal"} if kind is VersionKind.CHANGE else None,
            written_at=NOW,
        )

    async def begins(self, seat: Seat, position: str, *, now: datetime = NOW) -> Draft:
        begun = await stances.begin(self.work, seat, self.statement.id, self.statement.version, position, now=now)
        return begun.draft

    async def answers(self, seat: Seat, position: str, *, decided: bool = True, now: datetime = NOW) -> StanceSaved:
        draft = await self.begins(seat, position, now=now)
        saved = await stances.decide(self.work, seat, draft.id, decided=decided, now=now)
        assert isinstance(saved, StanceSaved)
        return saved

    async def notices(self, person: Person) -> list[list[str] | None]:
        """What a person is told, in order; None: nothing, since it is otherwise now."""
        rows = await self.work.session.rows(schema.outbox.select().order_by(schema.outbox.c.id))
        own = [row for row in rows if row.person_id == person.id and row.kind == "notice"]
        assert {row.payload["name"] for row in own} <= {"stance_given"}
        shown = [await stance_given(self.work, person, row.payload, NOW) for row in own]
        return [None if screen is None else said(screen) for screen in shown]


@pytest.fixture
async def asked(work: SqlUnitOfWork, world: World) -> Asked:
    """A statement and an actor with two people."""
    return await Asked(work, world).begin()


def said(screen: Screen) -> list[str]:
    return list(message(screen, Reader("sv", NOW))["text"].splitlines())


async def test_the_actors_other_people_are_told_what_was_answered_and_whoever_answered_is_not(asked: Asked) -> None:
    await asked.answers(asked.anna, "behind", decided=False)
    assert await asked.notices(asked.bo.person) == [
        [
            "En kollega har svarat för Luleå kommun om <b>Elnät</b>. Ni kan ändra det.",
            "Står bakom · en tjänstepersons bedömning",
        ]
    ]
    assert await asked.notices(asked.anna.person) == []


async def test_who_hears_late_hears_what_holds_and_nothing_of_what_was_changed_meanwhile(asked: Asked) -> None:
    await asked.answers(asked.anna, "behind")
    await asked.answers(asked.anna, "abstains", now=LATER)
    first, second = await asked.notices(asked.bo.person)
    assert first is None
    assert second is not None
    assert second[1] == "Avstår · beslutat"


async def test_earlier_answers_are_kept_with_the_countys_days(asked: Asked, work: SqlUnitOfWork) -> None:
    await asked.answers(asked.anna, "abstains", now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    await asked.answers(asked.bo, "behind", now=datetime(2027, 1, 12, 22, 59, tzinfo=UTC))
    kept = await stances.history(work, asked.anna.person, asked.statement.id, asked.luleå.id)
    assert said(views.history(kept))[2:] == ["1 januari: avstår (beslutat)", "12 januari: står bakom (beslutat)"]


async def test_nobody_stands_behind_words_that_they_have_not_seen(asked: Asked, work: SqlUnitOfWork) -> None:
    begun = await asked.begins(asked.anna, "behind")
    coordinator = await asked.world.seat(await asked.world.coordinator())
    entering = await stances.enter(work, coordinator, asked.issue.id, now=NOW)
    await stances.choose_actor(work, coordinator, entering.draft.id, asked.luleå.id, now=NOW)
    at_source = await stances.enter_position(work, coordinator, entering.draft.id, "behind", now=NOW)
    await asked.reads(VersionKind.CHANGE)
    with pytest.raises(Outdated) as refusal:
        await stances.decide(work, asked.anna, begun.id, decided=True, now=NOW)
    assert refusal.value.fields == {"what": "issues", "id": asked.issue.id}
    with pytest.raises(Outdated):
        await stances.take(work, coordinator, at_source.draft, "Kommunstyrelsen § 8", now=NOW)
    assert await work.stances.current(asked.statement.id, asked.luleå.id) is None


async def test_a_correction_meanwhile_is_in_nobodys_way(asked: Asked, work: SqlUnitOfWork) -> None:
    begun = await asked.begins(asked.anna, "behind")
    await asked.reads(VersionKind.CORRECTION)
    await stances.decide(work, asked.anna, begun.id, decided=True, now=NOW)
    stance = await work.stances.current(asked.statement.id, asked.luleå.id)
    assert stance is not None
    assert stance.version == asked.statement.version


async def test_all_see_where_a_decision_stands_that_a_coordinator_has_entered(
    asked: Asked, work: SqlUnitOfWork
) -> None:
    coordinator = await asked.world.seat(await asked.world.coordinator())
    entering = await stances.enter(work, coordinator, asked.issue.id, now=NOW)
    await stances.choose_actor(work, coordinator, entering.draft.id, asked.luleå.id, now=NOW)
    await stances.enter_position(work, coordinator, entering.draft.id, "reserved", now=NOW)
    for words in ("Bara med statliga pengar", "Kommunstyrelsen § 8"):
        draft = await work.drafts.awaiting_text(coordinator.chat_id, coordinator.person.id)
        assert draft is not None
        await stances.take(work, coordinator, draft, words, now=NOW)
    stance = await work.stances.current(asked.statement.id, asked.luleå.id)
    assert stance is not None
    assert (stance.given_by, stance.decided) == (GivenBy.COORDINATOR, True)
    everybodys = await stances.standing(work, asked.bo, asked.issue.id, 0, now=NOW)
    assert said(views.standing(everybodys))[-3:] == [
        "<b>Luleå kommun</b>: med förbehåll (beslutat)",
        "<i>Förbehåll: Bara med statliga pengar</i>",
        "Källa: Kommunstyrelsen § 8",
    ]
