"""Arenas, editions, fields, fee steps, stages and slots."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select

from bot.domain.errors import NotFound
from bot.domain.model import Actor, Arena, Booking, Edition, FeeStep, Field, Slot, Stage
from bot.domain.ports.arenas import SlotStatus
from storage import schema
from storage.compiled import among
from storage.engine import Row, Session
from storage.records import Records, SharedRecords, joined

_arenas = select(schema.arenas).order_by(schema.arenas.c.position)

_editions_of = (
    select(schema.editions)
    .where(schema.editions.c.arena_id == bindparam("arena_id"))
    .order_by(schema.editions.c.year.desc(), schema.editions.c.id.desc())
)
_editions = select(schema.editions).order_by(
    schema.editions.c.starts_on.is_(None), schema.editions.c.starts_on, schema.editions.c.id
)
_published = _editions.where(schema.editions.c.published)
_fields_of = (
    select(schema.fields)
    .where(schema.fields.c.edition_id == bindparam("edition_id"), ~schema.fields.c.archived)
    .order_by(schema.fields.c.position, schema.fields.c.id)
)
_every_field_of = (
    select(schema.fields)
    .where(schema.fields.c.edition_id == bindparam("edition_id"))
    .order_by(schema.fields.c.position, schema.fields.c.id)
)
_fee_steps_of = (
    select(schema.fee_steps)
    .where(schema.fee_steps.c.edition_id == bindparam("edition_id"))
    .order_by(schema.fee_steps.c.until_at)
)
_stages_of = (
    select(schema.stages).where(schema.stages.c.edition_id == bindparam("edition_id")).order_by(schema.stages.c.id)
)
_overlapping = select(schema.slots).where(
    schema.slots.c.stage_id == bindparam("stage_id"),
    schema.slots.c.state != "cancelled",
    schema.slots.c.starts_at < bindparam("ends_at", type_=schema.UtcDateTime),
    schema.slots.c.ends_at > bindparam("starts_at", type_=schema.UtcDateTime),
)
_slots_of_stage = (
    select(schema.slots).where(schema.slots.c.stage_id == bindparam("stage_id")).order_by(schema.slots.c.id)
)
_slots_ever_booked = (
    select(schema.bookings.c.slot_id)
    .join(schema.slots, schema.slots.c.id == schema.bookings.c.slot_id)
    .where(schema.slots.c.stage_id == bindparam("stage_id"))
    .limit(1)
)

_applicants = (
    select(func.count())
    .where(schema.bookings.c.slot_id == schema.slots.c.id, schema.bookings.c.state == "applied")
    .correlate(schema.slots)
    .scalar_subquery()
)
_statuses = (
    select(
        *joined(schema.slots, schema.stages, schema.bookings, schema.actors),
        schema.activities.c.title.label("activity_title"),
        _applicants.label("applicants"),
    )
    .join(schema.stages, schema.stages.c.id == schema.slots.c.stage_id)
    .outerjoin(
        schema.bookings,
        and_(
            schema.bookings.c.slot_id == schema.slots.c.id,
            among(schema.bookings.c.state, "held", "requested", "booked", "cancelling"),
        ),
    )
    .outerjoin(schema.activities, schema.activities.c.id == schema.bookings.c.activity_id)
    .outerjoin(schema.actors, schema.actors.c.id == schema.activities.c.actor_id)
)
_statuses_of = _statuses.where(
    schema.stages.c.edition_id == bindparam("edition_id"), schema.slots.c.state != "cancelled"
).order_by(schema.slots.c.starts_at, schema.slots.c.stage_id)
_free = _statuses.where(
    schema.stages.c.edition_id == bindparam("edition_id"),
    schema.slots.c.state == "open",
    schema.slots.c.starts_at > bindparam("now", type_=schema.UtcDateTime),
    or_(schema.bookings.c.id.is_(None), schema.bookings.c.until_at <= bindparam("now", type_=schema.UtcDateTime)),
).order_by(schema.slots.c.starts_at, schema.slots.c.stage_id)
_status = _statuses.where(schema.slots.c.id == bindparam("slot_id"))


class ArenaRecords(SharedRecords[Arena]):
    """The region's arenas."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.arenas, Arena)

    async def list_all(self) -> list[Arena]:
        """Every arena in its order."""
        return self.many(await self.session.rows(_arenas))


class EditionRecords(SharedRecords[Edition]):
    """Years of arenas."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.editions, Edition)

    async def list_of(self, arena_id: int) -> list[Edition]:
        """An arena's editions, latest first."""
        return self.many(await self.session.rows(_editions_of, arena_id=arena_id))

    async def list_all(self) -> list[Edition]:
        """All editions, drafts too, by start (unknown last)."""
        return self.many(await self.session.rows(_editions))

    async def list_published(self) -> list[Edition]:
        """All published editions, by start (unknown last)."""
        return self.many(await self.session.rows(_published))


class FieldRecords(Records[Field]):
    """Questions about an edition's activities."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.fields, Field)

    async def list_of(self, edition_id: int) -> list[Field]:
        """Those in use, in their order."""
        return self.many(await self.session.rows(_fields_of, edition_id=edition_id))

    async def list_every(self, edition_id: int) -> list[Field]:
        """Those put away too, in their order."""
        return self.many(await self.session.rows(_every_field_of, edition_id=edition_id))


class FeeStepRecords(Records[FeeStep]):
    """The official programme's fees."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.fee_steps, FeeStep)

    async def list_of(self, edition_id: int) -> list[FeeStep]:
        """In order of time."""
        return self.many(await self.session.rows(_fee_steps_of, edition_id=edition_id))


class StageRecords(SharedRecords[Stage]):
    """What the region provides on site."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.stages, Stage)

    async def list_of(self, edition_id: int) -> list[Stage]:
        """An edition's stages."""
        return self.many(await self.session.rows(_stages_of, edition_id=edition_id))


class SlotRecords(Records[Slot]):
    """Times on stages."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.slots, Slot)
        self._stages = StageRecords(session)
        self._bookings = Records(session, schema.bookings, Booking)
        self._actors = Records(session, schema.actors, Actor)

    def _status(self, row: Row) -> SlotStatus:
        taken = row.bookings_id is not None
        return SlotStatus(
            slot=self.one(row, "slots_"),
            stage=self._stages.one(row, "stages_"),
            booking=self._bookings.one(row, "bookings_") if taken else None,
            actor=self._actors.one(row, "actors_") if taken else None,
            title=row.activity_title,
            applicants=row.applicants,
        )

    async def list_of(self, edition_id: int) -> list[SlotStatus]:
        """An edition's slots that are not cancelled, with who has them, by start."""
        return [self._status(row) for row in await self.session.rows(_statuses_of, edition_id=edition_id)]

    async def list_free(self, edition_id: int, now: datetime) -> list[SlotStatus]:
        """Open slots of an edition that begin later and that nobody has, or somebody no longer than until now, by start."""
        return [self._status(row) for row in await self.session.rows(_free, edition_id=edition_id, now=now)]

    async def status(self, slot_id: int) -> SlotStatus:
        """One slot with who has it. Raises NotFound."""
        row = await self.session.row(_status, slot_id=slot_id)
        if row is None:
            raise NotFound(what="slots", id=slot_id)
        return self._status(row)

    async def list_overlapping(self, stage_id: int, starts_at: datetime, ends_at: datetime) -> Sequence[Slot]:
        """Slots of a stage, not cancelled, that share time with a span."""
        return self.many(await self.session.rows(_overlapping, stage_id=stage_id, starts_at=starts_at, ends_at=ends_at))

    async def list_of_stage(self, stage_id: int) -> list[Slot]:
        """All slots of a stage, the cancelled ones too."""
        return self.many(await self.session.rows(_slots_of_stage, stage_id=stage_id))

    async def any_booked(self, stage_id: int) -> bool:
        """Whether any slot of a stage has ever been booked, held or applied for."""
        return await self.session.row(_slots_ever_booked, stage_id=stage_id) is not None
