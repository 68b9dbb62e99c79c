"""Whom the question behind a statement goes to: each actor's people once for each version that asks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import remind
from bot.domain.issues import asking
from bot.domain.model import Actor, Person, Reminder, StatementVersion
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.remind import Kind, Planned
from bot.domain.results.issues import StatementAsked
from bot.domain.results.reminders import Item, ToAnswer
from bot.services.issues import HOME_ZONE, own_actors
from bot.services.reminding import Wanted

HELPS = timedelta(days=30)
MUTED = "announcements"
"""Who has turned announcements off is not asked either."""


def planned(version: StatementVersion) -> Planned:
    """When a version's question goes out: at once, or in the morning."""
    due_at = remind.audible(version.written_at, HOME_ZONE)
    return Planned(due_at, Kind.STANCE, due_at + HELPS)


class StanceRules:
    """The question behind a statement."""

    prefix = "statement"

    async def load(self, work: UnitOfWork, ids: Collection[int]) -> Mapping[int, StatementAsked]:
        """Statements of issues that are not archived."""
        found = {}
        for statement in [await work.statements.find(statement_id) for statement_id in ids]:
            if statement is not None:
                issue = await work.issues.get(statement.issue_id)
                versions = await work.statement_versions.list_of([statement.id])
                if issue.archived_at is None:
                    found[statement.id] = StatementAsked(issue, statement, asking(versions))
        return found

    async def of_actor(self, work: UnitOfWork, actor_id: int) -> Collection[int]:  # noqa: ARG002  # the rules' shape
        """None: who comes to an actor later finds the question under the issue."""
        return []

    def zone(self, about: StatementAsked) -> ZoneInfo:  # noqa: ARG002  # the rules' shape
        """The county's."""
        return HOME_ZONE

    async def unanswered(
        self, work: UnitOfWork, about: StatementAsked, *, reachable: bool = False
    ) -> list[tuple[Actor, list[Person]]]:
        """Actors that have not answered the version that asks, with those of their people who want announcements."""
        current = await work.stances.list_current([about.statement.id])
        answered = {stance.actor_id for stance in current if stance.version >= about.version.version}
        found = []
        for actor in await work.actors.list_known():
            if actor.id not in answered:
                people = [p for p in await work.people.list_of_actor(actor.id) if MUTED not in p.muted]
                if reachable:
                    people = [p for p in people if await work.chats.is_reachable(p.user_id)]
                found.append((actor, people))
        return found

    async def wanted(
        self,
        work: UnitOfWork,
        about: StatementAsked,
        now: datetime,  # noqa: ARG002  # the rules' shape
        *,
        reachable: bool = False,  # likewise
    ) -> list[Wanted]:
        """One question to each person, however many actors they speak for."""
        unanswered = await self.unanswered(work, about, reachable=reachable)
        ids = dict.fromkeys(person.id for _, people in unanswered for person in people)
        return [Wanted(planned(about.version), person_id) for person_id in ids]

    async def item(
        self,
        work: UnitOfWork,
        person: Person,
        about: StatementAsked,
        said: Sequence[Planned],  # noqa: ARG002  # the rules' shape
        *,
        now: datetime,  # noqa: ARG002  # the rules' shape
    ) -> Item | None:
        """The statement, for those of the person's actors that have not answered."""
        unanswered = {actor.id for actor, _ in await self.unanswered(work, about)}
        actors = [actor for actor in await own_actors(work, person) if actor.id in unanswered]
        return ToAnswer(StatementAsked(about.issue, about.statement, about.version, actors)) if actors else None

    async def leave(self, work: UnitOfWork, reminder: Reminder, about: StatementAsked, *, now: datetime) -> None:
        """Nobody is written to: a coordinator enters what an actor outside Telegram has decided."""

    async def forget(self, work: UnitOfWork, about: StatementAsked, wants: Sequence[Wanted], now: datetime) -> None:
        """There are no errands of this kind."""

    def keeps(self, reminder: Reminder, about: StatementAsked) -> bool:  # noqa: ARG002  # the rules' shape
        """An answer takes the question away."""
        return False


RULES = StanceRules()
