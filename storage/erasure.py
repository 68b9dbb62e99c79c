"""A person taken out of every table: their own rows, and what of them stands in others'."""

from collections.abc import Mapping, Sequence
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
    literal,
    null,
    or_,
    select,
    update,
)

from bot.domain.frozen import dataclass
from bot.domain.model import Person
from bot.domain.ports.personal import RENAMED
from storage import schema
from storage.compiled import among, long
from storage.engine import Session
from storage.official import struck
from storage.schema import UtcDateTime
from storage.traces import CONTACTS, ON_SITE, OWN_ACTIVITIES, PRIVATE, PUBLISHED, TRACES, Trace
from storage.words import EMPTIED, certain, like, own, without

s = schema
UNSENT: Final = (among(s.outbox.c.state, "waiting"), among(s.outbox.c.state, "claimed"))
"""One condition for each state: only then is a partial index used. What has been sent has no words left."""


def _value(table: Table, column: str, value: Any) -> Any:
    return null() if value is None else literal(value, table.c[column].type)


def _erasing(trace: Trace) -> Any:
    if trace.cleared is None:
        return long(delete(trace.table).where(trace.where))
    values = {name: _value(trace.table, name, value) for name, value in trace.cleared.items()}
    return long(update(trace.table).where(trace.where).values(values))


_erased = [(trace, _erasing(trace)) for trace in TRACES if trace.cleared != {}]
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
_earlier_names = (
    update(s.acts)
    .where(s.acts.c.person_id == bindparam("who"), among(s.acts.c.act, RENAMED))
    .values(detail=literal({"was": EMPTIED}, JSON))
)
_set_answers = update(s.activities).where(s.activities.c.id == bindparam("id_")).values(answers=bindparam("answers"))


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


_naming_sites = _containing(s.activities.c.answers)
"""Activities, anybody's, in whose answers some words stand."""
_contacts = [
    (table.name, select(table.c.id, *columns), {column.name: _replacing(column) for column in columns})
    for table, columns in CONTACTS
]
_published = [(column, _containing(column), _replacing(column)) for column in PUBLISHED]
_private = [
    *((column, _containing(column), _replacing(column)) for column in PRIVATE),
    *(
        (s.outbox.c.payload, _containing(s.outbox.c.payload, unsent), _replacing(s.outbox.c.payload))
        for unsent in UNSENT
    ),
]


async def erase(
    session: Session, person: Person, words: Sequence[str], *, keep: frozenset[str], now: datetime
) -> dict[str, int]:
    """Take a person, whom these words tell, out of every table but those in `keep`; gives how many rows, by table."""
    counts: dict[str, int] = {}

    def count(table: str, n: int) -> None:
        if n:
            counts[table] = counts.get(table, 0) + n

    out = await struck(session, person, words)  # before what tells who was let in is gone
    count("acts", await session.run(_earlier_names, who=person.id))
    count("activities", await _leave_sites(session, person, out.private))
    for table, rows, emptying in _contacts:
        count(table, await _leave_contacts(session, out.contacts, rows, emptying))
    await session.run(_unsent, who=person.id)
    await session.run(_progress_cards, who=person.user_id)
    await session.run(_set_aside)
    if "matters" not in keep:
        count("namings", await session.run(_proposals, who=person.id))
        await session.run(_open_matters, who=person.id)
    for trace, statement in _erased:
        if trace.table.name not in keep:
            count(trace.table.name, await session.run(statement, who=trace.of(person)))
    for found, theirs in ((_private, out.private), (_published, out.published)):
        for column, containing, replacing in found:
            if column.table.name not in keep:
                count(column.table.name, await _scrub(session, theirs, containing, replacing))
    count("people", await session.run(_nameless, who=person.id, pseudonym=f"№ {person.id}", now=now))
    return counts


@dataclass(frozen=True, slots=True)
class Site:
    """An activity where a person is on site: whether they act for its actor, its title if so, and their words there."""

    activity_id: int
    is_own: bool
    title: str | None
    answers: Mapping[str, Any]
    words: Sequence[str]


async def sites_of(session: Session, person: Person, words: Sequence[str]) -> list[Site]:
    """Who is on site: a first name alone is the person's with the actors that they act for, and anybody's elsewhere."""
    own_rows = await session.rows(OWN_ACTIVITIES, who=person.id)
    found = {row.id: Site(row.id, is_own=True, title=row.title, answers=row.answers, words=words) for row in own_rows}
    sure = certain(words)
    for word in sure:
        for row in await session.rows(_naming_sites, **like(word)):
            found.setdefault(row.id, Site(row.id, is_own=False, title=None, answers=row.said, words=sure))
    return [site for site in found.values() if (said := site.answers.get(ON_SITE)) != without(said, site.words)]


async def _leave_sites(session: Session, person: Person, words: Sequence[str]) -> int:
    changed = 0
    for site in await sites_of(session, person, words):
        answers = {**site.answers, ON_SITE: without(site.answers[ON_SITE], site.words)}
        changed += await session.run(_set_answers, id_=site.activity_id, answers=answers)
    return changed


async def _leave_contacts(session: Session, words: Sequence[str], rows: Any, replacing: Mapping[str, Update]) -> int:
    """The person is no longer who is to be reached: what they were shown as theirs goes, however it is written."""
    changed = 0
    for row in await session.rows(rows):
        said = {name: getattr(row, name) for name in replacing}
        for name, theirs in own(said, words).items():
            left = {k: v for k, v in said[name].items() if k not in theirs} if isinstance(theirs, dict) else None
            changed += await session.run(replacing[name], id_=row.id, said=left)
    return changed


async def _scrub(session: Session, words: Sequence[str], containing: Any, replacing: Any) -> int:
    changed = 0
    for word in words:
        for row in await session.rows(containing, **like(word)):
            said = without(row.said, words)
            if said != row.said:
                changed += await session.run(replacing, id_=row.id, said=said)
    return changed
