"""Announcements, whom they go to, and how it went; in few statements, since there may be thousands of recipients."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    String,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    update,
)

from bot.domain.model import Actor, Announcement, Person, Recipient
from bot.domain.outgoing import Priority
from bot.domain.ports.announcements import Tally
from storage import schema
from storage.compiled import among, long
from storage.database_time import database_now
from storage.engine import Session, in_list
from storage.records import Records, joined

r, p, m, o = schema.recipients, schema.people, schema.members, schema.outbox
n, b, a = schema.announcements, schema.bookings, schema.activities

_of = r.c.announcement_id == bindparam("announcement_id")
_planned, _queued, _sent = (r.c.state == literal_column(f"'{state}'") for state in ("planned", "queued", "sent"))

# Whom an audience of actors means

_own = bindparam("own", type_=Boolean)
_acting = and_(in_list(m.c.actor_id, "actor_ids"), or_(m.c.state == "active", and_(_own, m.c.state == "requested")))
_muted = cast(p.c.muted, Text).like('%"announcements"%')
_wanted = and_(p.c.id.in_(select(m.c.person_id).where(_acting)), or_(_own, not_(_muted)))
_by_language = select(p.c.language, func.count().label("people")).where(_wanted).group_by(p.c.language)
_muted_among = (
    select(func.count().label("people"))
    .select_from(p)
    .where(p.c.id.in_(select(m.c.person_id).where(_acting)), not_(_own), _muted)
)
_with_somebody = select(m.c.actor_id).where(_acting).distinct()
_refused = (
    select(a.c.actor_id)
    .join(b, b.c.activity_id == a.c.id)
    .where(a.c.edition_id == bindparam("edition_id"), b.c.state == "ended", b.c.ended_why == "refused")
    .distinct()
)

# Recipients, and their rows in the outbox

_columns = ("announcement_id", "person_id", "language", "state")
_new = bindparam("announcement_id", type_=BigInteger)
_freeze = long(
    insert(r).from_select(
        _columns, select(_new, p.c.id, p.c.language, literal_column("'planned'")).where(_wanted).order_by(p.c.id), False
    )
)
_earlier = r.alias("earlier")
_freeze_unread = long(
    insert(r).from_select(
        _columns,
        select(_new, p.c.id, p.c.language, literal_column("'planned'"))
        .join(_earlier, _earlier.c.person_id == p.c.id)
        .where(
            _earlier.c.announcement_id == bindparam("of_id"),
            _earlier.c.state == "sent",
            _earlier.c.read_at.is_(None),
        )
        .order_by(p.c.id),
        False,
    )
)

_freeze_people = long(
    insert(r).from_select(
        _columns,
        select(_new, p.c.id, p.c.language, literal_column("'planned'"))
        .where(in_list(p.c.id, "person_ids"))
        .order_by(p.c.id),
        False,
    )
)
_keep_only = delete(r).where(_of, _planned, not_(in_list(r.c.person_id, "person_ids")))


def _key(*parts: ColumnElement[Any] | str) -> ColumnElement[str]:
    """The outbox's unique key: parts joined by colons."""
    key: ColumnElement[str] = literal("announcement", String)
    for part in parts:
        key = key + ":" + (literal(part, String) if isinstance(part, str) else cast(part, String))
    return key


_row_key = _key(r.c.announcement_id, r.c.person_id)
_correction_key = _key(r.c.announcement_id, "corrected", bindparam("number", type_=BigInteger), r.c.person_id)
_outbox_columns = (
    "key",
    "chat_id",
    "person_id",
    "priority",
    "kind",
    "payload",
    "created_at",
    "attempts",
    "steps",
    "uncertain",
    "state",
)


def _row(key: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    return (
        key,
        p.c.user_id,
        p.c.id,
        literal_column(str(int(Priority.ANNOUNCEMENT))),
        literal_column("'announcement'"),
        bindparam("payload", type_=JSON),
        database_now(),
        literal_column("0"),
        literal_column("0"),
        false(),
        literal_column("'waiting'"),
    )


_next = select(r.c.id).where(_of, _planned).order_by(r.c.id).limit(bindparam("limit"))
_feed = long(
    insert(o).from_select(
        _outbox_columns,
        select(*_row(_row_key)).join(r, r.c.person_id == p.c.id).where(r.c.id.in_(_next)).order_by(r.c.id),
        False,
    )
)
_fed = long(update(r).where(r.c.id.in_(_next)).values(state="queued"))
_correct = long(
    insert(o).from_select(
        _outbox_columns,
        select(*_row(_correction_key))
        .join(r, r.c.person_id == p.c.id)
        .where(
            _of,
            _sent,
            r.c.message_id.is_not(None),
            r.c.language == bindparam("language"),
        )
        .order_by(r.c.id),
        False,
    )
)
_withdraw = delete(o).where(text("outbox.state = 'waiting'"), o.c.key.in_(select(_row_key).where(_of, _queued)))
_unqueue = long(update(r).where(_of, _queued, not_(exists().where(o.c.key == _row_key))).values(state="planned"))
_of_person = and_(_of, r.c.person_id == bindparam("to_person"))
_unsent_row = delete(o).where(
    text("outbox.state = 'waiting'"), o.c.key.in_(select(_row_key).where(_of_person, _queued))
)
_spare = delete(r).where(_of_person, or_(_planned, _queued))
_end = (
    update(r)
    .where(_of_person)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        message_id=func.coalesce(bindparam("sent_id", type_=BigInteger), r.c.message_id),
        sent_at=bindparam("at", type_=schema.UtcDateTime),
    )
)
_moved = update(r).where(_of_person).values(message_id=bindparam("sent_id"))
_put_back = update(r).where(_of_person, _queued).values(state="planned")
_drop_row = delete(o).where(o.c.id == bindparam("row_id"))
_read = update(r).where(_of_person, r.c.read_at.is_(None)).values(read_at=bindparam("at", type_=schema.UtcDateTime))
_forget = long(
    update(r)
    .where(
        r.c.message_id.is_not(None),
        r.c.announcement_id.in_(select(n.c.id).where(n.c.ended_at < bindparam("before", type_=schema.UtcDateTime))),
    )
    .values(message_id=None)
)

# What became of them

_tally = (
    select(
        r.c.state,
        func.count().label("people"),
        func.sum(case((r.c.read_at.is_not(None), 1), else_=0)).label("read"),
    )
    .where(_of)
    .group_by(r.c.state)
)
_recipient = select(r).where(_of_person)
_with_people = (
    select(*joined(r, p))
    .join(p, p.c.id == r.c.person_id)
    .where(_of)
    .order_by(p.c.name, p.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_failed = _with_people.where(r.c.state == "failed")
_unread = _with_people.where(_sent, r.c.read_at.is_(None))
_actors_of = (
    select(m.c.person_id.label("of_person"), *schema.actors.c)
    .join(m, m.c.actor_id == schema.actors.c.id)
    .where(in_list(m.c.person_id, "person_ids"), among(m.c.state, "active", "requested"))
    .order_by(schema.actors.c.name)
)
_under_way = (
    select(n)
    .where(n.c.ended_at.is_(None), among(n.c.state, "scheduled", "sending", "paused", "stopped"))
    .order_by(n.c.send_at, n.c.id)
)
_all = select(n).order_by(n.c.id.desc())


class AnnouncementRecords(Records[Announcement]):
    """What coordinators send to many."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.announcements, Announcement)

    async def list_under_way(self) -> list[Announcement]:
        """Those that are not at their end, by when they are to be sent."""
        return self.many(await self.session.rows(_under_way))

    async def list_all(self) -> list[Announcement]:
        """Every announcement, latest first."""
        return self.many(await self.session.rows(_all))


class RecipientRecords(Records[Recipient]):
    """Whom an announcement goes to, and how it went."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.recipients, Recipient)
        self._people = Records(session, schema.people, Person)
        self._actors = Records(session, schema.actors, Actor)

    async def count_by_language(self, actor_ids: Collection[int], *, own: bool) -> dict[str, int]:
        """How many people of the actors would get it, by language."""
        rows = await self.session.rows(_by_language, actor_ids=list(actor_ids), own=own)
        return {row.language: row.people for row in rows}

    async def count_muted(self, actor_ids: Collection[int], *, own: bool) -> int:
        """How many people of the actors have turned such announcements off."""
        row = await self.session.row(_muted_among, actor_ids=list(actor_ids), own=own)
        return 0 if row is None else int(row.people)

    async def list_reachable(self, actor_ids: Collection[int], *, own: bool) -> set[int]:
        """Those of the actors that have somebody in Telegram."""
        rows = await self.session.rows(_with_somebody, actor_ids=list(actor_ids), own=own)
        return {row.actor_id for row in rows}

    async def list_refused(self, edition_id: int) -> set[int]:
        """Actors whose application to an edition was refused."""
        return {row.actor_id for row in await self.session.rows(_refused, edition_id=edition_id)}

    async def freeze(self, announcement_id: int, actor_ids: Collection[int], *, own: bool) -> int:
        """Make everybody who is meant a recipient, once; gives how many."""
        return await self.session.run(_freeze, announcement_id=announcement_id, actor_ids=list(actor_ids), own=own)

    async def freeze_unread(self, announcement_id: int, of_id: int) -> int:
        """Make those recipients who got another announcement and have not acknowledged it."""
        return await self.session.run(_freeze_unread, announcement_id=announcement_id, of_id=of_id)

    async def freeze_people(self, announcement_id: int, person_ids: Collection[int]) -> int:
        """Make these people recipients, once; gives how many."""
        return await self.session.run(_freeze_people, announcement_id=announcement_id, person_ids=list(person_ids))

    async def keep_only(self, announcement_id: int, person_ids: Collection[int]) -> None:
        """Make those to whom nothing is under way yet recipients no longer, but for these people."""
        await self.session.run(_keep_only, announcement_id=announcement_id, person_ids=list(person_ids))

    async def spare(self, announcement_id: int, person_id: int) -> None:
        """Make a person to whom nothing was sent yet a recipient no longer."""
        await self.session.run(_unsent_row, announcement_id=announcement_id, to_person=person_id)
        await self.session.run(_spare, announcement_id=announcement_id, to_person=person_id)

    async def feed(self, announcement_id: int, limit: int) -> int:
        """Give the outbox rows for the next recipients; gives how many."""
        payload = {"announcement_id": announcement_id}
        fed = await self.session.run(_feed, announcement_id=announcement_id, limit=limit, payload=payload)
        await self.session.run(_fed, announcement_id=announcement_id, limit=limit)
        return fed

    async def withdraw(self, announcement_id: int) -> None:
        """Take rows that nobody has claimed back out of the outbox."""
        await self.session.run(_withdraw, announcement_id=announcement_id)
        await self.session.run(_unqueue, announcement_id=announcement_id)

    async def correct(self, announcement_id: int, language: str, number: int) -> int:
        """Give the outbox rows that correct what readers of a language got; gives how many."""
        payload = {"announcement_id": announcement_id, "correction": number}
        values = {"announcement_id": announcement_id, "language": language, "number": number}
        return await self.session.run(_correct, payload=payload, **values)

    async def mark(
        self,
        announcement_id: int,
        person_id: int,
        state: str,
        *,
        reason: str | None,
        message_id: int | None,
        at: datetime,
    ) -> None:
        """Write how it went with a recipient."""
        await self.session.run(
            _end,
            announcement_id=announcement_id,
            to_person=person_id,
            new_state=state,
            why=reason,
            sent_id=message_id,
            at=at,
        )

    async def move(self, announcement_id: int, person_id: int, message_id: int) -> None:
        """A recipient's message was sent anew."""
        await self.session.run(_moved, announcement_id=announcement_id, to_person=person_id, sent_id=message_id)

    async def put_back(self, announcement_id: int, person_id: int, row_id: int) -> None:
        """A claimed row was held back: it is as if it had never been in the outbox."""
        await self.session.run(_put_back, announcement_id=announcement_id, to_person=person_id)
        await self.session.run(_drop_row, row_id=row_id)

    async def acknowledge(self, announcement_id: int, person_id: int, at: datetime) -> bool:
        """Note that a recipient has read it; False when it was noted before, or the person is none."""
        return bool(await self.session.run(_read, announcement_id=announcement_id, to_person=person_id, at=at))

    async def tally(self, announcement_id: int) -> Tally:
        """How many there are in each state."""
        rows = {row.state: row for row in await self.session.rows(_tally, announcement_id=announcement_id)}
        people: Mapping[str, int] = {state: int(row.people) for state, row in rows.items()}
        return Tally(
            people.get("planned", 0),
            people.get("queued", 0),
            people.get("sent", 0),
            people.get("failed", 0),
            sum(int(row.read or 0) for row in rows.values()),
        )

    async def of(self, announcement_id: int, person_id: int) -> Recipient | None:
        """A person as recipient."""
        row = await self.session.row(_recipient, announcement_id=announcement_id, to_person=person_id)
        return None if row is None else self.one(row)

    async def list_failed(self, announcement_id: int, *, skip: int, limit: int) -> list[tuple[Recipient, Person]]:
        """Whom it did not reach, by name."""
        rows = await self.session.rows(_failed, announcement_id=announcement_id, skip=skip, limit=limit)
        return [(self.one(row, "recipients_"), self._people.one(row, "people_")) for row in rows]

    async def list_unread(self, announcement_id: int, *, skip: int, limit: int) -> list[tuple[Recipient, Person]]:
        """Who got it and has not acknowledged it, by name."""
        rows = await self.session.rows(_unread, announcement_id=announcement_id, skip=skip, limit=limit)
        return [(self.one(row, "recipients_"), self._people.one(row, "people_")) for row in rows]

    async def actors_of(self, person_ids: Sequence[int]) -> dict[int, list[Actor]]:
        """Whom each of these people acts for."""
        found: dict[int, list[Actor]] = {person_id: [] for person_id in person_ids}
        for row in await self.session.rows(_actors_of, person_ids=list(person_ids)):
            found[row.of_person].append(self._actors.one(row))
        return found

    async def forget(self, before: datetime) -> int:
        """Forget the messages of announcements that ended before an instant; gives how many."""
        return await self.session.run(_forget, before=before)
