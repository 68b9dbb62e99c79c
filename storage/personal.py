"""What of a person there is in all tables, and how it is erased.

A person who is forgotten stays as a row without name or account, so that what refers to it stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    delete,
    exists,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from bot.domain.model import Person
from bot.domain.ports.personal import RENAMED, Kept
from storage import expiry, schema
from storage.compiled import among, long
from storage.engine import Session
from storage.records import Records
from storage.schema import UtcDateTime
from storage.traces import CONTACTS, SCRUBBED, TRACES, Trace
from storage.words import like, own, without

s = schema
_UNSENT: Final = (among(s.outbox.c.state, "waiting"), among(s.outbox.c.state, "claimed"))
"""One condition for each state: only then is a partial index used. What has been sent has no words left."""
_ON_SITE: Final = "on_site"
"""The question who is on site, and on what phone."""


def _value(table: Table, column: str, value: Any) -> Any:
    return null() if value is None else literal(value, table.c[column].type)


def _erasing(trace: Trace) -> Any:
    if trace.cleared is None:
        return long(delete(trace.table).where(trace.where))
    values = {name: _value(trace.table, name, value) for name, value in trace.cleared.items()}
    return long(update(trace.table).where(trace.where).values(values))


def _showing(trace: Trace) -> Any:
    columns = [c for c in trace.table.c if c.name not in trace.hidden]
    return select(*columns).where(trace.where).order_by(trace.table.c.id)


_erased = [(trace, _erasing(trace)) for trace in TRACES if trace.cleared != {}]
_shown = [(trace, _showing(trace)) for trace in TRACES]
_contacts = [(columns, select(table.c.id, table.c.name, *columns).order_by(table.c.id)) for table, columns in CONTACTS]
_earlier_names = select(s.acts.c.detail).where(s.acts.c.person_id == bindparam("who"), s.acts.c.act == RENAMED)
_cards_of = select(s.cards.c.id).where(s.cards.c.chat_id == bindparam("who", type_=BigInteger))
_progress_cards = update(s.announcements).where(s.announcements.c.card_id.in_(_cards_of)).values(card_id=null())
_set_aside = update(s.inbox).where(among(s.inbox.c.state, "aside"), s.inbox.c.payload != "{}").values(payload="{}")
"""Anybody's: a press brings along the message that it is on, in which the person's words may stand."""
_open_matters = (
    update(s.matters)
    .where(s.matters.c.person_id == bindparam("who"), s.matters.c.text != "", s.matters.c.state != "answered")
    .values(state="answered", revision=s.matters.c.revision + 1)
)
_proposals = (
    update(s.namings)
    .where(
        exists().where(
            s.matters.c.person_id == bindparam("who"),
            s.matters.c.text == s.namings.c.proposal,
            s.matters.c.booking_id == s.bookings.c.id,
            s.bookings.c.activity_id == s.namings.c.activity_id,
        )
    )
    .values(proposal=null())
)
"""Issues in the person's words: coordinators have them as matters, which end too."""
_unsent = delete(s.recipients).where(
    s.recipients.c.person_id == bindparam("who"), among(s.recipients.c.state, "planned")
)
_nameless = (
    update(s.people)
    .where(s.people.c.id == bindparam("who"))
    .values(
        user_id=-s.people.c.id,
        name=bindparam("pseudonym"),
        language_chosen=False,
        phone=null(),
        email=null(),
        contact_asked_at=null(),
        held_as_newcomer_at=null(),
        muted=literal([], JSON),
        erased_at=bindparam("now", type_=UtcDateTime),
    )
)
_to_forget = (
    select(s.people).where(s.people.c.forget_at.is_not(None), s.people.c.erased_at.is_(None)).order_by(s.people.c.id)
)
_updates_waiting = (
    select(s.inbox.c.id)
    .where(among(s.inbox.c.state, "waiting"), s.inbox.c.user_id == bindparam("account", type_=BigInteger))
    .limit(1)
)
_rows_waiting = [
    select(s.outbox.c.id)
    .where(
        unsent,
        or_(s.outbox.c.chat_id == bindparam("account", type_=BigInteger), s.outbox.c.person_id == bindparam("who")),
    )
    .limit(1)
    for unsent in _UNSENT
]
_own_activities = select(s.activities.c.id, s.activities.c.title, s.activities.c.answers).where(
    s.activities.c.actor_id.in_(select(s.members.c.actor_id).where(s.members.c.person_id == bindparam("who"))),
    cast(s.activities.c.answers, Text).like(f'%"{_ON_SITE}"%'),
)
_set_answers = update(s.activities).where(s.activities.c.id == bindparam("id_")).values(answers=bindparam("answers"))
_log = insert(s.erasures).values(erased_at=bindparam("now"), why=bindparam("why"), counts=bindparam("counts"))


def _containing(column: Any, *conditions: ColumnElement[bool]) -> Any:
    """Rows of a column in which some words stand."""
    said = cast(column, Text)
    found = select(column.table.c.id, column.label("said")).where(
        *conditions,
        or_(
            said.like("%" + bindparam("plain") + "%", escape="\\"),
            said.like("%" + bindparam("quoted") + "%", escape="\\"),
            said.like("%" + bindparam("escaped") + "%", escape="\\"),
        ),
    )
    return long(found)


def _replacing(column: Any) -> Update:
    return update(column.table).where(column.table.c.id == bindparam("id_")).values({column.name: bindparam("said")})


_found = [
    *((column, _containing(column), _replacing(column)) for column in SCRUBBED),
    *(
        (s.outbox.c.payload, _containing(s.outbox.c.payload, unsent), _replacing(s.outbox.c.payload))
        for unsent in _UNSENT
    ),
]


class PersonalRecords:
    """A person's own, in all tables."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._people = Records(session, s.people, Person)

    async def kept_of(self, person: Person) -> list[Kept]:
        """All rows that are about a person, by table: columns as the database has them, less what is somebody else's."""
        kept = [Kept("people", "id", [await self._row(person)])]
        for trace, statement in _shown:
            rows = await self.session.rows(statement, who=trace.of(person))
            if rows:
                kept.append(Kept(trace.table.name, trace.column, [row._asdict() for row in rows]))
        return [*kept, *await self._named_in_contacts(person)]

    async def _named_in_contacts(self, person: Person) -> list[Kept]:
        """Where the person is who is to be reached: no more of a row than what is theirs, and what row it is."""
        words = await self._words(person)
        kept = []
        for columns, statement in _contacts:
            names = [column.name for column in columns]
            rows = [row._asdict() for row in await self.session.rows(statement)]
            theirs = [(row, own({name: row[name] for name in names}, words)) for row in rows]
            kept.append(
                Kept(
                    columns[0].table.name,
                    names[0],
                    [{"id": row["id"], "name": row["name"], **found} for row, found in theirs if found],
                )
            )
        on_site = [
            {"id": row.id, "title": row.title, _ON_SITE: said}
            for row in await self.session.rows(_own_activities, who=person.id)
            if (said := row.answers.get(_ON_SITE)) != without(said, words)
        ]
        return [part for part in (*kept, Kept(s.activities.name, "answers", on_site)) if part.rows]

    async def _words(self, person: Person) -> list[str]:
        """What tells who the person is, and what they were called before; the longest first, others may stand within."""
        earlier = [row.detail["was"] for row in await self.session.rows(_earlier_names, who=person.id)]
        words = (person.name, *earlier, person.phone, person.email, str(person.user_id))
        return sorted({word for word in words if word}, key=lambda word: (-len(word), word))

    async def _row(self, person: Person) -> dict[str, Any]:
        row = await self.session.row(select(s.people).where(s.people.c.id == bindparam("who")), who=person.id)
        return {} if row is None else row._asdict()

    async def list_to_forget(self) -> list[Person]:
        """Those who asked to be forgotten and are not yet."""
        return self._people.many(await self.session.rows(_to_forget))

    async def is_silent(self, person: Person) -> bool:
        """Whether nothing of the person's waits to be handled and nothing to be sent to them."""
        if await self.session.row(_updates_waiting, account=person.user_id) is not None:
            return False
        waiting = [await self.session.row(each, account=person.user_id, who=person.id) for each in _rows_waiting]
        return waiting == [None] * len(waiting)

    async def erase(self, person: Person, *, keep: frozenset[str], now: datetime) -> dict[str, int]:
        """Take a person out of every table, and log how much went. `keep` names tables that the law wants kept whole,
        with a pseudonym for the person.
        """
        counts: dict[str, int] = {}

        def count(table: str, n: int) -> None:
            if n:
                counts[table] = counts.get(table, 0) + n

        person = await self._people.get(person.id, lock=True)  # nobody is called anew while this goes on
        words = await self._words(person)
        for row in await self.session.rows(_own_activities, who=person.id):
            said = without(row.answers.get(_ON_SITE), words)
            if said != row.answers.get(_ON_SITE):
                await self.session.run(_set_answers, id_=row.id, answers={**row.answers, _ON_SITE: said})
                count("activities", 1)
        await self.session.run(_unsent, who=person.id)
        await self.session.run(_progress_cards, who=person.user_id)
        await self.session.run(_set_aside)
        if "matters" not in keep:
            count("namings", await self.session.run(_proposals, who=person.id))
            await self.session.run(_open_matters, who=person.id)
        for trace, statement in _erased:
            if trace.table.name not in keep:
                count(trace.table.name, await self.session.run(statement, who=trace.of(person)))
        for column, containing, replacing in _found:
            if column.table.name not in keep:
                count(column.table.name, await self._scrub(words, containing, replacing))
        count("people", await self.session.run(_nameless, who=person.id, pseudonym=f"№ {person.id}", now=now))
        await self.session.run(_log, now=now, why="forgotten", counts=counts)
        return counts

    async def _scrub(self, words: Sequence[str], containing: Any, replacing: Any) -> int:
        changed = 0
        for word in words:
            for row in await self.session.rows(containing, **like(word)):
                said = without(row.said, words)
                if said != row.said:
                    changed += await self.session.run(replacing, id_=row.id, said=said)
        return changed

    async def expire(
        self, *, requests_before: datetime, lines_before: datetime, keep: frozenset[str], now: datetime
    ) -> int:
        """Empty contact requests and free lines older than they are kept, and log how many; gives that number."""
        counts = await expiry.expire(
            self.session, requests_before=requests_before, lines_before=lines_before, keep=keep
        )
        if counts:
            await self.session.run(_log, now=now, why="expired", counts=counts)
        return sum(counts.values())
