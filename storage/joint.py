"""Joint actions and who takes part in them."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, or_, select

from bot.domain.model import JointAction, JointActor
from storage import schema
from storage.compiled import among
from storage.engine import Session, in_list
from storage.records import Records, joined

actions, parts = schema.joint_actions, schema.joint_actors

_over = among(actions.c.state, "done", "given_up")
_some = select(actions).where(in_list(actions.c.id, "ids")).order_by(actions.c.due_on, actions.c.id)
_of_issue = (
    select(actions).where(actions.c.issue_id == bindparam("issue_id")).order_by(_over, actions.c.due_on, actions.c.id)
)
_of_actor = (
    select(actions)
    .where(
        or_(
            actions.c.lead_actor_id == bindparam("actor_id"),
            actions.c.id.in_(
                select(parts.c.joint_action_id).where(
                    parts.c.actor_id == bindparam("actor_id"), parts.c.state != "declined"
                )
            ),
        )
    )
    .order_by(actions.c.due_on, actions.c.id)
)
_counts = (
    select(actions.c.issue_id, func.count().label("n"))
    .where(actions.c.state != "given_up")
    .group_by(actions.c.issue_id)
)
_parts_of = (
    select(*joined(parts), schema.actors.c.name.label("shown"))
    .join(schema.actors, schema.actors.c.id == parts.c.actor_id)
    .where(in_list(parts.c.joint_action_id, "ids"))
    .order_by(parts.c.id)
)
_every_of_actor = select(parts).where(parts.c.actor_id == bindparam("actor_id")).order_by(parts.c.id)
_between = select(parts).where(
    parts.c.joint_action_id == bindparam("joint_action_id"), parts.c.actor_id == bindparam("actor_id")
)


class JointActionRecords(Records[JointAction]):
    """What several actors do together."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, actions, JointAction)

    async def list_some(self, ids: Collection[int]) -> list[JointAction]:
        """These."""
        return self.many(await self.session.rows(_some, ids=list(ids)))

    async def list_of_issue(self, issue_id: int) -> list[JointAction]:
        """An issue's, those that are not over first, by date."""
        return self.many(await self.session.rows(_of_issue, issue_id=issue_id))

    async def list_of_actor(self, actor_id: int) -> list[JointAction]:
        """Those that an actor leads, or is invited to or takes part in, by date."""
        return self.many(await self.session.rows(_of_actor, actor_id=actor_id))

    async def count_by_issue(self) -> Mapping[int, int]:
        """How many there are of each issue that has some, those given up left out."""
        return {row.issue_id: row.n for row in await self.session.rows(_counts)}


class JointActorRecords(Records[JointActor]):
    """Actors' parts in joint actions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, parts, JointActor)

    async def list_of(self, joint_action_ids: Collection[int]) -> list[tuple[JointActor, str]]:
        """All parts in these joint actions with the actors' names, oldest first."""
        rows = await self.session.rows(_parts_of, ids=list(joint_action_ids))
        return [(self.one(row, "joint_actors_"), row.shown) for row in rows]

    async def list_of_actor(self, actor_id: int) -> list[JointActor]:
        """All of an actor's parts, the declined ones too."""
        return self.many(await self.session.rows(_every_of_actor, actor_id=actor_id))

    async def between(self, joint_action_id: int, actor_id: int) -> JointActor | None:
        """An actor's part in one, in whatever state."""
        row = await self.session.row(_between, joint_action_id=joint_action_id, actor_id=actor_id)
        return None if row is None else self.one(row)
