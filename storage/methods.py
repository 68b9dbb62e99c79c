"""How actors did it, and what others ask them about it."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, select

from bot.domain.errors import NotFound
from bot.domain.model import Activity, Method, MethodQuestion
from bot.domain.ports.methods import Shared
from storage import schema
from storage.actors import ActorRecords
from storage.arenas import EditionRecords
from storage.engine import Row, Session, in_list
from storage.records import Records, joined

h, a, q = schema.methods, schema.activities, schema.method_questions
_of_activity = select(h).where(h.c.activity_id == bindparam("activity_id"))
_shared = select(*joined(h, a)).join(a, a.c.id == h.c.activity_id)
_standing = _shared.where(h.c.withdrawn_at.is_(None)).order_by(h.c.shared_at.desc(), h.c.id.desc())
_one = _shared.where(h.c.id == bindparam("method_id"))
_issues = select(schema.aims.c.activity_id, schema.aims.c.issue_id).where(
    in_list(schema.aims.c.activity_id, "ids"), schema.aims.c.issue_id.is_not(None)
)
_questions = select(q).where(q.c.person_id == bindparam("person_id")).order_by(q.c.id.desc())
_waiting = (
    select(q)
    .where(q.c.method_id == bindparam("method_id"), q.c.answered_at.is_(None), q.c.text.is_not(None))
    .order_by(q.c.id)
)


class MethodRecords(Records[Method]):
    """«Så gjorde vi»."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, h, Method)
        self._activities = Records(session, a, Activity)
        self._editions = EditionRecords(session)
        self._actors = ActorRecords(session)

    async def of(self, activity_id: int) -> Method | None:
        """An activity's, withdrawn or not."""
        row = await self.session.row(_of_activity, activity_id=activity_id)
        return None if row is None else self.one(row)

    async def list_shared(self) -> list[Shared]:
        """All that stand, latest first."""
        return await self._as_shared(await self.session.rows(_standing))

    async def shared(self, method_id: int) -> Shared:
        """One, withdrawn or not. Raises NotFound."""
        found = await self._as_shared(await self.session.rows(_one, method_id=method_id))
        if not found:
            raise NotFound(what="methods", id=method_id)
        return found[0]

    async def _as_shared(self, rows: Sequence[Row]) -> list[Shared]:
        issues: dict[int, set[int]] = defaultdict(set)
        for aim in await self.session.rows(_issues, ids=[row.activities_id for row in rows]):
            issues[aim.activity_id].add(aim.issue_id)
        editions = await self._editions.by_ids({row.activities_edition_id for row in rows})
        actors = await self._actors.by_ids({row.methods_actor_id for row in rows})
        return [
            Shared(
                self.one(row, "methods_"),
                self._activities.one(row, "activities_"),
                editions[row.activities_edition_id],
                actors[row.methods_actor_id],
                frozenset(issues[row.activities_id]),
            )
            for row in rows
        ]


class MethodQuestionRecords(Records[MethodQuestion]):
    """What is asked about methods."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, q, MethodQuestion)

    async def list_of_person(self, person_id: int) -> list[MethodQuestion]:
        """A person's, latest first."""
        return self.many(await self.session.rows(_questions, person_id=person_id))

    async def list_waiting(self, method_id: int) -> list[MethodQuestion]:
        """Those about a method that nobody has answered, oldest first."""
        return self.many(await self.session.rows(_waiting, method_id=method_id))
