"""What of a person there is in all tables, and how it is erased.

A person who is forgotten stays as a row without name or account, so that what refers to it stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, insert, or_, select

from bot.domain.model import Person
from bot.domain.ports.personal import RENAMED, Kept
from storage import erasure, expiry, schema
from storage.compiled import among
from storage.engine import Session
from storage.erasure import UNSENT
from storage.records import Records
from storage.traces import CONTACTS, ON_SITE, TRACES, Trace
from storage.words import own, without

s = schema


def _showing(trace: Trace) -> Any:
    columns = [c for c in trace.table.c if c.name not in trace.hidden]
    return select(*columns).where(trace.where).order_by(trace.table.c.id)


_shown = [(trace, _showing(trace)) for trace in TRACES]
_contacts = [(columns, select(table.c.id, table.c.name, *columns).order_by(table.c.id)) for table, columns in CONTACTS]
_earlier_names = select(s.acts.c.detail).where(s.acts.c.person_id == bindparam("who"), s.acts.c.act == RENAMED)
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
    for unsent in UNSENT
]
_log = insert(s.erasures).values(erased_at=bindparam("now"), why=bindparam("why"), counts=bindparam("counts"))


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
        sites = Kept(s.activities.name, "answers", await self._on_sites(person, words))
        return [part for part in (*kept, sites) if part.rows]

    async def _on_sites(self, person: Person, words: Sequence[str]) -> list[dict[str, Any]]:
        """Activities where the person is on site: those of who they act for, and no more of others' than their words."""
        found = []
        for site in await erasure.sites_of(self.session, person, words):
            said = site.answers[ON_SITE]
            if site.is_own:
                found.append({"id": site.activity_id, "title": site.title, ON_SITE: said})
            else:
                theirs = [word for word in site.words if said != without(said, [word])]
                found.append({"id": site.activity_id, ON_SITE: theirs})
        return found

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
        person = await self._people.get(person.id, lock=True)  # nobody is called anew while this goes on
        words = await self._words(person)
        counts = await erasure.erase(self.session, person, words, keep=keep, now=now)
        await self.session.run(_log, now=now, why="forgotten", counts=counts)
        return counts

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
