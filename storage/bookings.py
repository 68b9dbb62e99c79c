"""Activities, their bookings, co-organisers and followers."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, exists, func, not_, or_, select

from bot.domain.errors import NotFound
from bot.domain.model import Activity, Booking, BookingView, CoOrganiser, Person
from bot.domain.policy import SlotTaken
from storage import schema
from storage.actors import ActorRecords
from storage.arenas import EditionRecords, SlotRecords, StageRecords
from storage.compiled import among
from storage.engine import ConstraintRefused, Row, Session, in_list, upsert
from storage.records import Records, joined

b, a, co = schema.bookings, schema.activities, schema.co_organisers

_alive = b.c.state != "ended"
_views = (
    select(
        *joined(b, a, schema.slots),
        exists().where(co.c.activity_id == a.c.id, co.c.state != "declined").label("is_joint"),
    )
    .join(a, a.c.id == b.c.activity_id)
    .join(schema.slots, schema.slots.c.id == b.c.slot_id)
    .order_by(schema.slots.c.starts_at, b.c.id)
)
_co_organised = select(co.c.activity_id).where(co.c.actor_id == bindparam("actor_id"), co.c.state == "accepted")
_views_by_id = _views.where(in_list(b.c.id, "ids"))
_views_of_actor = _views.where(_alive, or_(a.c.actor_id == bindparam("actor_id"), a.c.id.in_(_co_organised)))
_views_of_edition = _views.join(schema.stages, schema.stages.c.id == schema.slots.c.stage_id).where(
    _alive, schema.stages.c.edition_id == bindparam("edition_id")
)
_views_applied = _views.where(b.c.state == "applied", b.c.slot_id == bindparam("slot_id"))
_names = (
    select(*joined(co), func.coalesce(schema.actors.c.name, co.c.name).label("shown"))
    .outerjoin(schema.actors, schema.actors.c.id == co.c.actor_id)
    .where(in_list(co.c.activity_id, "ids"), co.c.state != "declined")
    .order_by(co.c.activity_id, co.c.id)
)
_held_by = select(b).where(b.c.state == "held", b.c.person_id == bindparam("person_id"))
_held_for = (
    select(b).join(a, a.c.id == b.c.activity_id).where(b.c.state == "held", a.c.actor_id == bindparam("actor_id"))
)
_of_activity = select(b).where(_alive, b.c.activity_id == bindparam("activity_id")).order_by(b.c.rank, b.c.id)
_taking = select(b).where(
    among(b.c.state, "held", "requested", "booked", "cancelling"), b.c.slot_id == bindparam("slot_id")
)
_ending = and_(among(b.c.state, "held", "requested", "cancelling"), b.c.until_at.is_not(None))
_due = (
    select(b)
    .where(_ending, b.c.until_at <= bindparam("now", type_=schema.UtcDateTime), not_(in_list(b.c.id, "but")))
    .order_by(b.c.until_at, b.c.id)
    .limit(bindparam("limit"))
)
_next_due: Select[tuple[datetime | None]] = select(func.min(b.c.until_at).label("due_at")).where(_ending)
_co_of = select(co).where(co.c.activity_id == bindparam("activity_id"), co.c.state != "declined").order_by(co.c.id)
_co_between = select(co).where(co.c.activity_id == bindparam("activity_id"), co.c.actor_id == bindparam("actor_id"))
_co_every = select(co).where(co.c.actor_id == bindparam("actor_id")).order_by(co.c.id)
_activities_of = select(a).where(a.c.actor_id == bindparam("actor_id")).order_by(a.c.id)
_co_invited = select(co).where(co.c.actor_id == bindparam("actor_id"), co.c.state == "invited").order_by(co.c.id)

_acting = select(schema.members.c.person_id).where(
    among(schema.members.c.state, "active", "requested"),
    or_(
        schema.members.c.actor_id.in_(select(a.c.actor_id).where(a.c.id == bindparam("activity_id"))),
        schema.members.c.actor_id.in_(
            select(co.c.actor_id).where(co.c.activity_id == bindparam("activity_id"), co.c.state == "accepted")
        ),
    ),
)
_followers = (
    select(schema.people)
    .join(schema.followers, schema.followers.c.person_id == schema.people.c.id)
    .where(schema.followers.c.activity_id == bindparam("activity_id"), schema.people.c.id.in_(_acting))
    .order_by(schema.people.c.id)
)
_follow = upsert(schema.followers, ("activity_id", "person_id"), index_elements=("activity_id", "person_id"))
_unfollow = delete(schema.followers).where(
    schema.followers.c.activity_id == bindparam("activity_id"), schema.followers.c.person_id == bindparam("person_id")
)


class ActivityRecords(Records[Activity]):
    """What actors do in their slots."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.activities, Activity)
        self._people = Records(session, schema.people, Person)

    async def follow(self, activity_id: int, person_id: int) -> None:
        """Make the activity one of the person's own (reminders come); doing it twice changes nothing."""
        await self.session.run(_follow, activity_id=activity_id, person_id=person_id)

    async def unfollow(self, activity_id: int, person_id: int) -> None:
        """No reminders of this activity to the person."""
        await self.session.run(_unfollow, activity_id=activity_id, person_id=person_id)

    async def list_of_actor(self, actor_id: int) -> list[Activity]:
        """All activities that an actor owns, also those whose bookings have ended."""
        return self.many(await self.session.rows(_activities_of, actor_id=actor_id))

    async def list_followers(self, activity_id: int) -> list[Person]:
        """Whose own the activity is, with a right to act for its owner or a co-organiser that accepted."""
        return self._people.many(await self.session.rows(_followers, activity_id=activity_id))


class CoOrganiserRecords(Records[CoOrganiser]):
    """Who arranges together with the owner."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.co_organisers, CoOrganiser)

    async def list_of(self, activity_id: int) -> list[CoOrganiser]:
        """An activity's co-organisers, the declined ones left out."""
        return self.many(await self.session.rows(_co_of, activity_id=activity_id))

    async def between(self, activity_id: int, actor_id: int) -> CoOrganiser | None:
        """An actor's tie to an activity, a declined one too."""
        row = await self.session.row(_co_between, activity_id=activity_id, actor_id=actor_id)
        return None if row is None else self.one(row)

    async def list_every(self, actor_id: int) -> list[CoOrganiser]:
        """All of an actor's ties to others' activities, the declined ones too."""
        return self.many(await self.session.rows(_co_every, actor_id=actor_id))

    async def list_invited(self, actor_id: int) -> list[CoOrganiser]:
        """Invitations that an actor has not answered."""
        return self.many(await self.session.rows(_co_invited, actor_id=actor_id))


class BookingRecords(Records[Booking]):
    """Ties between activities and slots."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.bookings, Booking)
        self._slots = SlotRecords(session)
        self._stages = StageRecords(session)
        self._editions = EditionRecords(session)
        self._actors = ActorRecords(session)
        self._activities = Records(session, schema.activities, Activity)
        self._co_organisers = CoOrganiserRecords(session)

    async def add(self, **values: Any) -> Booking:
        """Store a new booking. Raises SlotTaken when it would take a slot that another has."""
        async with self._alone(values.get("slot_id")):
            return await super().add(**values)

    async def change(self, record: Booking, /, **values: Any) -> Booking:
        """Store changed columns. Raises Outdated, and SlotTaken when it would take a slot that another has."""
        if values.keys().isdisjoint({"state", "slot_id"}):
            return await super().change(record, **values)
        async with self._alone(values.get("slot_id", record.slot_id)):
            return await super().change(record, **values)

    @asynccontextmanager
    async def _alone(self, slot_id: int | None) -> AsyncIterator[None]:
        """The last guard, in the domain's words: a slot takes one activity."""
        try:
            async with self.session.savepoint():
                yield
        except ConstraintRefused as refused:
            if refused.constraint != "uq_bookings_slot_taken":
                raise
            raise SlotTaken(slot_id=slot_id) from refused

    async def _as_views(self, rows: list[Row]) -> list[BookingView]:
        """Editions, stages and actors are read by themselves: many bookings share them."""
        ids = sorted({row.activities_id for row in rows if row.is_joint})
        names = await self.session.rows(_names, ids=ids) if ids else []
        by_activity = {
            key: tuple((self._co_organisers.one(row, "co_organisers_"), row.shown) for row in group)
            for key, group in groupby(names, key=lambda row: row.co_organisers_activity_id)
        }
        stages = await self._stages.by_ids({row.slots_stage_id for row in rows})
        editions = await self._editions.by_ids({stages[row.slots_stage_id].edition_id for row in rows})
        actors = await self._actors.by_ids({row.activities_actor_id for row in rows})
        return [
            BookingView(
                booking=self.one(row, "bookings_"),
                activity=self._activities.one(row, "activities_"),
                slot=self._slots.one(row, "slots_"),
                stage=stages[row.slots_stage_id],
                edition=editions[stages[row.slots_stage_id].edition_id],
                actor=actors[row.activities_actor_id],
                co_organisers=by_activity.get(row.activities_id, ()),
            )
            for row in rows
        ]

    async def view(self, booking_id: int) -> BookingView:
        """A booking with all that a card says of it. Raises NotFound."""
        views = await self.list_views([booking_id])
        if not views:
            raise NotFound(what="bookings", id=booking_id)
        return views[0]

    async def list_views(self, booking_ids: Collection[int]) -> list[BookingView]:
        """Several, by start."""
        return await self._as_views(await self.session.rows(_views_by_id, ids=list(booking_ids)))

    async def list_of_actor(self, actor_id: int) -> list[BookingView]:
        """Bookings not ended of activities that an actor owns or co-organises (accepted), by start."""
        return await self._as_views(await self.session.rows(_views_of_actor, actor_id=actor_id))

    async def list_of_edition(self, edition_id: int) -> list[BookingView]:
        """Bookings not ended, by start."""
        return await self._as_views(await self.session.rows(_views_of_edition, edition_id=edition_id))

    async def list_applied_for(self, slot_id: int) -> list[BookingView]:
        """Applications for a slot, oldest first."""
        views = await self._as_views(await self.session.rows(_views_applied, slot_id=slot_id))
        return sorted(views, key=lambda view: view.booking.id)

    async def list_held_by(self, person_id: int) -> list[Booking]:
        """Held bookings of a person."""
        return self.many(await self.session.rows(_held_by, person_id=person_id))

    async def list_held_for(self, actor_id: int) -> list[Booking]:
        """Held bookings of an actor."""
        return self.many(await self.session.rows(_held_for, actor_id=actor_id))

    async def list_of_activity(self, activity_id: int) -> list[Booking]:
        """An activity's bookings that are not ended."""
        return self.many(await self.session.rows(_of_activity, activity_id=activity_id))

    async def taking(self, slot_id: int) -> Booking | None:
        """The booking that takes a slot now."""
        row = await self.session.row(_taking, slot_id=slot_id)
        return None if row is None else self.one(row)

    async def list_due(self, now: datetime, *, limit: int, but: Collection[int] = ()) -> list[Booking]:
        """The first held, requested and cancelling bookings whose `until_at` has come, less these."""
        return self.many(await self.session.rows(_due, now=now, limit=limit, but=list(but)))

    async def next_due_at(self) -> datetime | None:
        """The earliest `until_at` of those that will end by themselves."""
        row = await self.session.row(_next_due)
        return None if row is None else row.due_at
