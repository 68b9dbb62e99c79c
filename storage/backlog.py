"""What waits on either side, what was sent, and what went wrong."""

from sqlalchemy import func, select

from bot.domain.outgoing import Priority
from bot.domain.results.health import Backlog, Fault
from storage import schema
from storage.compiled import among
from storage.database_time import database_now
from storage.engine import Session, in_list
from storage.outbox import OutboxRecords

MINUTE, DAY = 60.0, 86_400.0
FAULTS = 3

i, o, f = schema.inbox, schema.outbox, schema.failures

_updates = select(func.count().label("n"), func.min(i.c.id).label("first")).where(among(i.c.state, "waiting"))
_received = select(i.c.received_at).where(in_list(i.c.id, "ids"))
_rows = (
    select(o.c.priority, func.count().label("n"), func.min(o.c.id).label("first"))
    .where(among(o.c.state, "waiting"))
    .group_by(o.c.priority)
)
_created = select(o.c.created_at, database_now().label("now")).where(in_list(o.c.id, "ids")).order_by(o.c.id)
_lately = select(func.count().label("n")).where(o.c.done_at > database_now(-MINUTE), among(o.c.state, "done"))
_dead = select(func.count().label("n")).where(among(o.c.state, "dead"), o.c.done_at > database_now(-DAY))
_aside = select(func.count().label("n")).where(among(i.c.state, "aside"), i.c.handled_at > database_now(-DAY))
_last_dead = (
    select(o.c.done_at.label("at"), o.c.kind, o.c.error.label("why"))
    .where(among(o.c.state, "dead"), o.c.done_at > database_now(-DAY))
    .order_by(o.c.done_at.desc())
    .limit(FAULTS)
)
_last_aside = (
    select(i.c.handled_at.label("at"), i.c.reason.label("why"))
    .where(among(i.c.state, "aside"), i.c.handled_at > database_now(-DAY))
    .order_by(i.c.handled_at.desc())
    .limit(FAULTS)
)

_failing = select(func.count().label("n")).select_from(f)
_last_failing = (
    select(f.c.failed_at.label("at"), f.c.kind, f.c.item_id, f.c.why).order_by(f.c.failed_at.desc()).limit(FAULTS)
)


class BacklogRecords:
    """Both sides' state, for their health."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def look(self) -> Backlog:
        """The present state."""
        (updates,) = await self.session.rows(_updates)
        received = await self.session.row(_received, ids=[] if updates.first is None else [updates.first])
        rows = await self.session.rows(_rows)
        created = await self.session.row(_created, ids=[row.first for row in rows])
        dead = [Fault(row.at, row.kind, row.why or "") for row in await self.session.rows(_last_dead)]
        aside = [Fault(row.at, None, row.why or "") for row in await self.session.rows(_last_aside)]
        failing = [
            Fault(row.at, f"{row.kind} {row.item_id}", row.why) for row in await self.session.rows(_last_failing)
        ]
        return Backlog(
            updates=updates.n,
            received_at=None if received is None else received.received_at,
            rows={Priority(row.priority): row.n for row in rows},
            oldest_seconds=None if created is None else max((created.now - created.created_at).total_seconds(), 0.0),
            silent_seconds=await OutboxRecords(self.session).paused_seconds(),
            lately=await self._count(_lately),
            dead=await self._count(_dead),
            aside=await self._count(_aside),
            failing=await self._count(_failing),
            faults=sorted((*dead, *aside, *failing), key=lambda fault: fault.at, reverse=True)[:FAULTS],
        )

    async def _count(self, statement: object) -> int:
        (row,) = await self.session.rows(statement)  # type: ignore[arg-type]  # one of the above
        return int(row.n)
