"""Issues, what activities name, statements and stances."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from bot.domain.model import Aim, Issue, Naming, Person, Stance, Statement, StatementVersion, TargetGroup
from storage import schema
from storage.compiled import among
from storage.engine import Session, in_list, upsert
from storage.records import Records

groups, issues, follows, aims = schema.target_groups, schema.issues, schema.issue_followers, schema.aims
statements, versions, stances = schema.statements, schema.statement_versions, schema.stances

_groups_of = select(groups).where(groups.c.arena_id == bindparam("arena_id")).order_by(groups.c.position, groups.c.id)
_issues = select(issues).order_by(issues.c.position, issues.c.id)
_follow = upsert(follows, ("issue_id", "person_id", "since_at"), index_elements=("issue_id", "person_id"))
_unfollow = delete(follows).where(
    follows.c.issue_id == bindparam("issue_id"), follows.c.person_id == bindparam("person_id")
)
_followers = (
    select(schema.people)
    .join(follows, follows.c.person_id == schema.people.c.id)
    .where(follows.c.issue_id == bindparam("issue_id"))
    .order_by(schema.people.c.id)
)
_followed = select(follows.c.issue_id).where(follows.c.person_id == bindparam("person_id")).order_by(follows.c.issue_id)
_follower_counts = select(follows.c.issue_id, func.count().label("n")).group_by(follows.c.issue_id)
_naming = select(schema.namings).where(schema.namings.c.activity_id == bindparam("activity_id"))
_aims_of = select(aims).where(in_list(aims.c.activity_id, "ids")).order_by(aims.c.id)
_booked = among(schema.bookings.c.state, "booked")
_bookings_of = (
    select(schema.bookings.c.id)
    .join(aims, aims.c.activity_id == schema.bookings.c.activity_id)
    .where(_booked, aims.c.issue_id == bindparam("issue_id"))
    .order_by(schema.bookings.c.id)
)
_booked_counts = (
    select(aims.c.issue_id, func.count(aims.c.activity_id.distinct()).label("n"))
    .join(schema.bookings, schema.bookings.c.activity_id == aims.c.activity_id)
    .where(_booked, aims.c.issue_id.is_not(None))
    .group_by(aims.c.issue_id)
)
_statement_of = select(statements).where(statements.c.issue_id == bindparam("issue_id"))
_statements = select(statements).order_by(statements.c.id)
_versions_of = select(versions).where(in_list(versions.c.statement_id, "ids")).order_by(versions.c.id)
_of_actor = (
    select(stances)
    .where(stances.c.statement_id == bindparam("statement_id"), stances.c.actor_id == bindparam("actor_id"))
    .order_by(stances.c.id)
)
_current = _of_actor.where(stances.c.replaced_at.is_(None))
_all_current = (
    select(stances)
    .where(in_list(stances.c.statement_id, "ids"), stances.c.replaced_at.is_(None))
    .order_by(stances.c.id)
)
_every_of_actor = select(stances).where(stances.c.actor_id == bindparam("actor_id")).order_by(stances.c.id)


class TargetGroupRecords(Records[TargetGroup]):
    """Whom arenas are for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, groups, TargetGroup)

    async def list_of(self, arena_id: int) -> list[TargetGroup]:
        """An arena's target groups in its order, archived ones too."""
        return self.many(await self.session.rows(_groups_of, arena_id=arena_id))


class IssueRecords(Records[Issue]):
    """Advocacy issues, and who follows them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, issues, Issue)
        self._people = Records(session, schema.people, Person)

    async def list_all(self) -> list[Issue]:
        """All issues in the coordinators' order, archived ones too."""
        return self.many(await self.session.rows(_issues))

    async def follow(self, issue_id: int, person_id: int, since_at: datetime) -> None:
        """Let a person follow an issue; doing it twice changes nothing."""
        await self.session.run(_follow, issue_id=issue_id, person_id=person_id, since_at=since_at)

    async def unfollow(self, issue_id: int, person_id: int) -> None:
        """The person follows it no longer."""
        await self.session.run(_unfollow, issue_id=issue_id, person_id=person_id)

    async def list_followers(self, issue_id: int) -> list[Person]:
        """Who follows an issue."""
        return self._people.many(await self.session.rows(_followers, issue_id=issue_id))

    async def list_followed(self, person_id: int) -> list[int]:
        """Ids of the issues that a person follows."""
        return [row.issue_id for row in await self.session.rows(_followed, person_id=person_id)]

    async def count_followers(self) -> Mapping[int, int]:
        """How many people follow each issue that is followed, by its id."""
        return {row.issue_id: row.n for row in await self.session.rows(_follower_counts)}


class NamingRecords(Records[Naming]):
    """Who was asked what their activity is for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.namings, Naming)

    async def of(self, activity_id: int) -> Naming | None:
        """An activity's, if its people were asked or proposed something."""
        row = await self.session.row(_naming, activity_id=activity_id)
        return None if row is None else self.one(row)


class AimRecords(Records[Aim]):
    """What activities name."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, aims, Aim)

    async def list_of(self, activity_ids: Collection[int]) -> list[Aim]:
        """What these activities name, in the order in which it was named."""
        return self.many(await self.session.rows(_aims_of, ids=list(activity_ids)))

    async def list_bookings(self, issue_id: int) -> list[int]:
        """Ids of the booked bookings whose activities name an issue."""
        return [row.id for row in await self.session.rows(_bookings_of, issue_id=issue_id)]

    async def count_booked(self) -> Mapping[int, int]:
        """How many booked activities name each issue that is named, by its id."""
        return {row.issue_id: row.n for row in await self.session.rows(_booked_counts)}


class StatementRecords(Records[Statement]):
    """What actors are asked to stand behind."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, statements, Statement)

    async def of(self, issue_id: int) -> Statement | None:
        """An issue's statement."""
        row = await self.session.row(_statement_of, issue_id=issue_id)
        return None if row is None else self.one(row)

    async def list_all(self) -> list[Statement]:
        """All of them."""
        return self.many(await self.session.rows(_statements))


class StatementVersionRecords(Records[StatementVersion]):
    """How statements have read."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, versions, StatementVersion)

    async def list_of(self, statement_ids: Collection[int]) -> list[StatementVersion]:
        """All versions of these statements, oldest first."""
        return self.many(await self.session.rows(_versions_of, ids=list(statement_ids)))


class StanceRecords(Records[Stance]):
    """Where actors stand, and stood."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, stances, Stance)

    async def current(self, statement_id: int, actor_id: int) -> Stance | None:
        """An actor's answer that holds."""
        row = await self.session.row(_current, statement_id=statement_id, actor_id=actor_id)
        return None if row is None else self.one(row)

    async def list_current(self, statement_ids: Collection[int]) -> list[Stance]:
        """All answers to these statements that hold, in the order in which they came."""
        return self.many(await self.session.rows(_all_current, ids=list(statement_ids)))

    async def list_of(self, statement_id: int, actor_id: int) -> list[Stance]:
        """All that an actor has answered, oldest first."""
        return self.many(await self.session.rows(_of_actor, statement_id=statement_id, actor_id=actor_id))

    async def list_of_actor(self, actor_id: int) -> list[Stance]:
        """All that an actor has answered to any statement."""
        return self.many(await self.session.rows(_every_of_actor, actor_id=actor_id))
