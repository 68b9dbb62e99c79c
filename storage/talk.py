"""Matters, errands, reminders and the record of acts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, not_, or_, select

from bot.domain.model import Act, Errand, Matter, Reminder
from storage import schema
from storage.compiled import among
from storage.engine import Session, in_list, upsert
from storage.records import Records

_open_matters = (
    select(schema.matters)
    .where(schema.matters.c.state == "open")
    .order_by(schema.matters.c.created_at, schema.matters.c.id)
)
_open_errands = (
    select(schema.errands)
    .where(schema.errands.c.done_at.is_(None))
    .order_by(schema.errands.c.created_at, schema.errands.c.id)
)
_errand_once = upsert(
    schema.errands,
    ("key", "kind", "actor_id", "arena_id", "booking_id", "detail", "created_at"),
    index_elements=("key",),
)
_REMINDER = ("kind", "subject", "person_id", "due_at")
_plan = upsert(schema.reminders, (*_REMINDER, "state"), index_elements=_REMINDER)
_planned = among(schema.reminders.c.state, "planned")
_due = select(schema.reminders).where(_planned, schema.reminders.c.due_at <= bindparam("now", type_=schema.UtcDateTime))
_first_due = (
    _due.where(not_(in_list(schema.reminders.c.id, "but")))
    .order_by(schema.reminders.c.due_at, schema.reminders.c.id)
    .limit(bindparam("limit"))
)
_due_with = _due.where(
    or_(in_list(schema.reminders.c.id, "ids"), in_list(schema.reminders.c.person_id, "people"))
).order_by(schema.reminders.c.due_at, schema.reminders.c.id)
_planned_of = (
    select(schema.reminders)
    .where(_planned, schema.reminders.c.subject == bindparam("subject"))
    .order_by(schema.reminders.c.due_at, schema.reminders.c.id)
)
_reminders_of = (
    select(schema.reminders)
    .where(schema.reminders.c.subject == bindparam("subject"))
    .order_by(schema.reminders.c.due_at, schema.reminders.c.id)
)
_some = (
    select(schema.reminders)
    .where(in_list(schema.reminders.c.id, "ids"))
    .order_by(schema.reminders.c.due_at, schema.reminders.c.id)
)
_planned_for = (
    select(schema.reminders)
    .where(_planned, schema.reminders.c.person_id == bindparam("person_id"))
    .order_by(schema.reminders.c.due_at, schema.reminders.c.id)
)
_next_due = select(func.min(schema.reminders.c.due_at).label("due_at")).where(_planned)


class MatterRecords(Records[Matter]):
    """What waits for a coordinator."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.matters, Matter)

    async def list_open(self) -> list[Matter]:
        """Those not answered, oldest first."""
        return self.many(await self.session.rows(_open_matters))


class ErrandRecords(Records[Errand]):
    """What a coordinator does by mail or phone for actors with nobody in Telegram."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.errands, Errand)

    async def list_open(self) -> list[Errand]:
        """Those not ticked off, oldest first."""
        return self.many(await self.session.rows(_open_errands))

    async def add_once(
        self,
        *,
        key: str,
        kind: str,
        actor_id: int,
        arena_id: int | None,
        booking_id: int | None,
        detail: dict[str, object],
        created_at: datetime,
    ) -> None:
        """Store an errand unless one with this key is there."""
        await self.session.run(
            _errand_once,
            key=key,
            kind=kind,
            actor_id=actor_id,
            arena_id=arena_id,
            booking_id=booking_id,
            detail=detail,
            created_at=created_at,
        )


class ReminderRecords(Records[Reminder]):
    """What is planned to be said by the bot itself."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.reminders, Reminder)

    async def plan(self, *, kind: str, subject: str, person_id: int | None, due_at: datetime) -> None:
        """Plan a reminder; the same one twice changes nothing, a dropped one stays dropped."""
        await self.session.run(_plan, kind=kind, subject=subject, person_id=person_id, due_at=due_at, state="planned")

    async def list_due(self, now: datetime, *, limit: int, but: Collection[int] = ()) -> list[Reminder]:
        """The first planned reminders whose time has come, less these, by time."""
        return self.many(await self.session.rows(_first_due, now=now, limit=limit, but=list(but)))

    async def list_due_with(self, ids: Collection[int], now: datetime) -> list[Reminder]:
        """What of these is due, and all that is due to the same people, by time."""
        people = {each.person_id for each in await self.list_some(ids) if each.person_id is not None}
        return self.many(await self.session.rows(_due_with, now=now, ids=list(ids), people=sorted(people)))

    async def list_some(self, ids: Collection[int]) -> list[Reminder]:
        """These, by time."""
        return self.many(await self.session.rows(_some, ids=list(ids)))

    async def list_of_person(self, person_id: int) -> list[Reminder]:
        """A person's planned ones, by time."""
        return self.many(await self.session.rows(_planned_for, person_id=person_id))

    async def list_of(self, subject: str) -> list[Reminder]:
        """All reminders of one subject, sent and dropped ones too, by time."""
        return self.many(await self.session.rows(_reminders_of, subject=subject))

    async def list_planned(self, subject: str) -> list[Reminder]:
        """Planned reminders of one subject."""
        return self.many(await self.session.rows(_planned_of, subject=subject))

    async def next_due_at(self) -> datetime | None:
        """When the earliest planned one is due."""
        row = await self.session.row(_next_due)
        return None if row is None else row.due_at


class ActRecords(Records[Act]):
    """Who did what, for whom."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.acts, Act)
