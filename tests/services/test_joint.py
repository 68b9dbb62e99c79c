"""What actors do together, on both databases: whom it reaches when it is done, and when."""

from datetime import UTC, datetime

import pytest

from bot.domain.model import Actor, MemberState, Person
from bot.domain.results.joint import JointDraft
from bot.services import joint
from bot.services.reminding import PLANNED
from bot.views import joint as views
from bot.views.screen import Reader, message
from storage.unit_of_work import SqlUnitOfWork
from tests.services.conftest import NOW, World, on_both_databases

work = on_both_databases
AFTER_MIDNIGHT = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)
"""Half past midnight in Stockholm, on 1 February."""
MORNING = datetime(2027, 2, 1, 6, 0, tzinfo=UTC)


class Together:
    """Anna and Bo of Luleå kommun lead something under an issue that is followed."""

    def __init__(self, work: SqlUnitOfWork, world: World) -> None:
        self.work, self.world = work, world

    async def begin(self) -> "Together":
        self.issue = await self.work.issues.add(
            title={"sv": "Elnät"}, paragraph={}, from_year=2026, example=False, position=1, created_at=NOW
        )
        lulea = await self.world.actor("Luleå kommun")
        self.anna, self.bo = [await self.person(name, lulea) for name in ("Anna", "Bo")]
        seat = await self.world.seat(self.anna)
        begun = await joint.start(self.work, seat, self.issue.id, now=NOW)
        told = await joint.take(self.work, seat, begun.draft, "Skrivelse", now=NOW)
        assert isinstance(told, JointDraft)
        await joint.lead(self.work, seat, told.draft.id, lulea.id, now=NOW)
        self.action = (await joint.due_in(self.work, seat, told.draft.id, 3, now=NOW)).view.action
        return self

    async def person(self, name: str, actor: Actor, *, follows: bool = False, muted: str | None = None) -> Person:
        person = await self.world.person(name, muted=frozenset({muted} if muted else ()))
        await self.work.members.add(actor_id=actor.id, person_id=person.id, state=MemberState.ACTIVE, since_at=NOW)
        if follows:
            await self.work.issues.follow(self.issue.id, person.id, NOW)
        return person

    async def is_done(self, now: datetime) -> None:
        seat = await self.world.seat(self.anna)
        asked = await joint.ask_change(self.work, seat, self.action.id, "outcome", now=now)
        await joint.take(self.work, seat, asked.draft, "Den lämnades", now=now)

    async def planned(self) -> set[tuple[int | None, str, datetime]]:
        found = await self.work.reminders.list_of(f"joint:{self.action.id}")
        return {(each.person_id, each.kind, each.due_at) for each in found if each.state == PLANNED}


@pytest.fixture
async def together(work: SqlUnitOfWork, world: World) -> Together:
    """A joint action that is planned."""
    return await Together(work, world).begin()


async def test_followers_and_those_who_take_part_hear_in_the_morning_that_it_was_done_in_the_night(
    together: Together, world: World
) -> None:
    kiruna = await world.actor("Kiruna kommun")
    follower = await together.person("Cilla", kiruna, follows=True)
    await together.person("Doris", kiruna, follows=True, muted="issue")
    await together.person("Erik", kiruna)
    await together.is_done(AFTER_MIDNIGHT)
    assert await together.planned() == {(person.id, "joint_done", MORNING) for person in (follower, together.bo)}, (
        "not who said so, who turned it off, or who has nothing to do with it"
    )


async def test_it_was_done_on_the_countys_day(together: Together, work: SqlUnitOfWork, world: World) -> None:
    await together.is_done(AFTER_MIDNIGHT)
    card = await joint.show(work, await world.seat(together.bo), together.action.id, now=MORNING)
    assert "Klart 1 februari" in message(views.card(card), Reader("sv", MORNING))["text"]


async def test_who_leads_is_reminded_a_week_before_and_on_the_day_until_it_is_done(together: Together) -> None:
    week, day = datetime(2027, 4, 4, 7, tzinfo=UTC), datetime(2027, 4, 11, 7, tzinfo=UTC)
    assert await together.planned() == {
        (person.id, kind, at)
        for person in (together.anna, together.bo)
        for kind, at in (("joint_week", week), ("joint_day", day))
    }
    await together.is_done(NOW)
    assert await together.planned() == {(together.bo.id, "joint_done", NOW)}
