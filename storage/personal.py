"""Where every table holds something of a person, what of it they are shown, and what becomes of it.

A person who is forgotten stays as a row without name or account, so that what refers to it stands. `TRACES` and
`PSEUDONYMS` together name every column that refers to a person or an account; a test compares them with the schema.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    delete,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
    update,
)

from bot.domain.model import Person
from bot.domain.ports.personal import Kept
from storage import schema
from storage.compiled import among, long
from storage.engine import Session
from storage.records import Records
from storage.schema import UtcDateTime

s = schema
EMPTIED: Final = "–"
"""Stands where a person's name or number was."""


@dataclass(frozen=True)
class Trace:
    """Rows whose `column` names a person (or `account`, by Telegram's id).

    They are deleted, or with `cleared` stay with these columns emptied. `shown` is what the person sees of them.
    """

    table: Table
    column: str
    cleared: Mapping[str, Any] | None = None
    account: bool = False
    shown: bool = True
    hidden: frozenset[str] = frozenset()
    """Columns that are somebody else's."""
    only: ColumnElement[bool] | None = field(default=None, compare=False)

    @property
    def where(self) -> ColumnElement[bool]:
        """The person's rows."""
        return self.table.c[self.column] == bindparam("who", type_=BigInteger)


def _emptied(*columns: str) -> dict[str, Any]:
    return dict.fromkeys(columns)


_requests_hidden = frozenset({"to_person_id", "from_person_id", "revision"})
_questions_hidden = frozenset({"person_id", "answered_by"})
TRACES: Final = (
    # what refers to cards comes before them
    Trace(s.drafts, "person_id"),
    Trace(s.drafts, "chat_id", account=True, shown=False),
    Trace(s.outbox, "person_id", shown=False),
    Trace(s.outbox, "chat_id", account=True),
    Trace(s.cards, "chat_id", account=True, shown=False),
    Trace(s.chats, "chat_id", account=True),
    Trace(s.chats, "person_id", shown=False),
    Trace(s.inbox, "user_id", {"user_id": None, "chat_id": None, "payload": "{}", "reason": None}, account=True),
    Trace(
        s.inbox,
        "chat_id",
        {"user_id": None, "chat_id": None, "payload": "{}", "reason": None},
        account=True,
        shown=False,
    ),
    Trace(s.reminders, "person_id"),
    Trace(s.recipients, "person_id", _emptied("reason", "message_id")),
    Trace(s.members, "person_id"),
    Trace(s.coordinators, "person_id"),
    Trace(s.followers, "person_id"),
    Trace(s.issue_followers, "person_id"),
    Trace(s.consents, "person_id"),
    Trace(s.evaluations, "person_id", shown=False),
    Trace(s.bookings, "person_id", _emptied("person_id")),
    Trace(s.matters, "person_id", {"text": "", "detail": {}, "message_id": None, "answer": None}),
    Trace(s.askings, "person_id", _emptied("person_id")),
    Trace(s.stances, "person_id", _emptied("person_id")),
    Trace(s.statement_versions, "person_id", _emptied("person_id")),
    Trace(s.joint_actions, "person_id", _emptied("person_id")),
    Trace(s.joint_actors, "person_id", _emptied("person_id")),
    Trace(s.methods, "person_id", _emptied("person_id")),
    Trace(s.method_questions, "person_id", _emptied("person_id", "text"), hidden=_questions_hidden),
    Trace(s.method_questions, "answered_by", _emptied("answered_by", "answer"), hidden=_questions_hidden),
    Trace(s.contact_requests, "from_person_id", _emptied("from_person_id", "why"), hidden=_requests_hidden),
    Trace(s.contact_requests, "to_person_id", _emptied("to_person_id", "why"), hidden=_requests_hidden),
    Trace(s.ambassadors, "person_id", _emptied("person_id")),
    Trace(s.activity_evaluations, "person_id", _emptied("person_id", "comment")),
    Trace(s.edition_evaluations, "person_id", _emptied("person_id", "change")),
    Trace(s.earlier_results, "person_id", _emptied("person_id")),
    Trace(s.outturns, "person_id", _emptied("person_id")),
    Trace(s.result_comments, "person_id", _emptied("person_id")),
    Trace(s.acts, "person_id", {}),
    Trace(s.announcements, "created_by", {}),
)
PSEUDONYMS: Final = frozenset(
    {
        "matters.answered_by",
        "errands.done_by",
        "members.decided_by",
        "coordinators.granted_by",
        "invitations.created_by",
        "invitations.spent_by",
    }
)
"""Columns that go on pointing to the row without a name: whoever it was did it."""

SCRUBBED: Final = (
    s.acts.c.detail,
    s.errands.c.detail,
    s.matters.c.detail,
    s.methods.c.did,
    s.methods.c.worked,
    s.methods.c.change,
    s.methods.c.file_name,
    s.method_questions.c.text,
    s.method_questions.c.answer,
    s.operations.c.answer,
    s.editions.c.on_site,
    s.drafts.c.data,
    s.actors.c.contact_name,
    s.actors.c.contact_email,
    s.actors.c.contact_phone,
    s.matters.c.text,
    s.matters.c.answer,
    s.contact_requests.c.why,
    s.namings.c.proposal,
    s.statements.c.text,
    s.statement_versions.c.text,
    s.statement_versions.c.what_changed,
    s.stances.c.reservation,
    s.stances.c.source,
    s.joint_actions.c.what,
    s.joint_actions.c.outcome,
    s.evaluations.c.comment,
    s.activity_evaluations.c.comment,
    s.edition_evaluations.c.change,
    s.earlier_results.c.source,
    s.financings.c.source,
    s.outturns.c.source,
    s.result_comments.c.text,
    s.announcements.c.content,
    s.slots.c.reason,
)
"""Columns of others' rows in which a name or a number of the person may stand."""
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
    columns = [c for c in trace.table.c if c.name not in trace.hidden and c.name != "token_hash"]
    return select(*columns).where(trace.where).order_by(trace.table.c.id)


_erased = [(trace, _erasing(trace)) for trace in TRACES if trace.cleared != {}]
_shown = [(trace, _showing(trace)) for trace in TRACES if trace.shown]
_cards_of = select(s.cards.c.id).where(s.cards.c.chat_id == bindparam("who", type_=BigInteger))
_progress_cards = update(s.announcements).where(s.announcements.c.card_id.in_(_cards_of)).values(card_id=null())
_set_aside = update(s.inbox).where(among(s.inbox.c.state, "aside"), s.inbox.c.payload != "{}").values(payload="{}")
"""Anybody's: a press brings along the message that it is on, in which the person's words may stand."""
_operations = delete(s.operations).where(s.operations.c.key.like(bindparam("beginning") + "%"))
_open_matters = (
    update(s.matters)
    .where(s.matters.c.person_id == bindparam("who"), s.matters.c.text != "", s.matters.c.state != "answered")
    .values(state="answered", revision=s.matters.c.revision + 1)
)
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
_own_activities = select(s.activities.c.id, s.activities.c.answers).where(
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

# What is kept for so long and no longer

_requests_before = s.contact_requests.c.asked_at < bindparam("before", type_=UtcDateTime)
_old_requests = (
    update(s.contact_requests)
    .where(
        _requests_before,
        or_(
            s.contact_requests.c.from_person_id.is_not(None),
            s.contact_requests.c.to_person_id.is_not(None),
            s.contact_requests.c.why.is_not(None),
        ),
    )
    .values(
        from_person_id=null(),
        to_person_id=null(),
        why=null(),
        revision=s.contact_requests.c.revision + 1,
    )
)

_old_acts = long(
    update(s.acts)
    .where(
        s.acts.c.at < bindparam("before", type_=UtcDateTime),
        s.acts.c.person_id.is_not(None),
        s.acts.c.subject.like("contact_request:%"),
    )
    .values(person_id=null())
)
"""Who asked whom, and who said no, stands in the record of acts too."""


def _old_line(table: Table, column: str, at: str, *others: str) -> Update:
    """Free lines written before an instant, with who wrote them."""
    names = (column, *others)
    return (
        update(table)
        .where(table.c[at] < bindparam("before", type_=UtcDateTime), or_(*(table.c[n].is_not(None) for n in names)))
        .values({n: null() for n in names})
    )


_old_lines = {
    "activity_evaluations": _old_line(s.activity_evaluations, "comment", "answered_at"),
    "edition_evaluations": _old_line(s.edition_evaluations, "change", "answered_at"),
    "method_questions": _old_line(s.method_questions, "text", "asked_at", "answer"),
}
_old_matters = (
    update(s.matters)
    .where(
        s.matters.c.created_at < bindparam("before", type_=UtcDateTime),
        s.matters.c.state == "answered",
        not_(and_(s.matters.c.text == "", s.matters.c.answer.is_(None))),
    )
    .values(text="", detail=literal({}, JSON), answer=null())
)


def _words(person: Person) -> list[str]:
    """What tells who the person is."""
    return [word for word in (person.name, person.phone, person.email, str(person.user_id)) if word]


def _like(word: str) -> dict[str, str]:
    """A word as it may stand in a column: in words, and in JSON as it is written now and where that cannot be."""
    written = {
        "plain": word,
        "quoted": json.dumps(word, ensure_ascii=False)[1:-1],
        "escaped": json.dumps(word)[1:-1],
    }
    return {name: re.sub(r"([%_\\])", r"\\\1", text) for name, text in written.items()}


def without(value: Any, words: Sequence[str]) -> Any:
    """A value, however deep, with these words taken out wherever they stand as words."""
    if isinstance(value, str):
        for word in words:
            value = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", EMPTIED, value)
        return value
    if isinstance(value, Mapping):
        return {key: without(each, words) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without(each, words) for each in value]
    return EMPTIED if isinstance(value, int) and str(value) in words else value


class PersonalRecords:
    """A person's own, in all tables."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._people = Records(session, s.people, Person)

    async def kept_of(self, person: Person) -> list[Kept]:
        """All rows that are about a person, by table: columns as the database has them, less what is somebody else's."""
        kept = [Kept("people", "id", [await self._row(person)])]
        for trace, statement in _shown:
            who = person.user_id if trace.account else person.id
            rows = await self.session.rows(statement, who=who)
            if rows:
                kept.append(Kept(trace.table.name, trace.column, [row._asdict() for row in rows]))
        return kept

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

        words = _words(person)
        for row in await self.session.rows(_own_activities, who=person.id):
            said = without(row.answers.get(_ON_SITE), words)
            if said != row.answers.get(_ON_SITE):
                await self.session.run(_set_answers, id_=row.id, answers={**row.answers, _ON_SITE: said})
                count("activities", 1)
        await self.session.run(_unsent, who=person.id)
        await self.session.run(_progress_cards, who=person.user_id)
        await self.session.run(_set_aside)
        if "matters" not in keep:
            await self.session.run(_open_matters, who=person.id)
        for trace, statement in _erased:
            if trace.table.name not in keep:
                who = person.user_id if trace.account else person.id
                count(trace.table.name, await self.session.run(statement, who=who))
        count("operations", await self.session.run(_operations, beginning=f"{person.user_id}."))
        for column, containing, replacing in _found:
            if column.table.name not in keep:
                count(column.table.name, await self._scrub(words, containing, replacing))
        count("people", await self.session.run(_nameless, who=person.id, pseudonym=f"№ {person.id}", now=now))
        await self.session.run(_log, now=now, why="forgotten", counts=counts)
        return counts

    async def _scrub(self, words: Sequence[str], containing: Any, replacing: Any) -> int:
        changed = 0
        for word in words:
            for row in await self.session.rows(containing, **_like(word)):
                said = without(row.said, words)
                if said != row.said:
                    changed += await self.session.run(replacing, id_=row.id, said=said)
        return changed

    async def expire(
        self, *, requests_before: datetime, lines_before: datetime, keep: frozenset[str], now: datetime
    ) -> int:
        """Empty contact requests and free lines older than they are kept, and log how many; gives that number."""
        counts = {
            "contact_requests": await self.session.run(_old_requests, before=requests_before),
            "acts": await self.session.run(_old_acts, before=requests_before),
        }
        for table, statement in _old_lines.items():
            counts[table] = await self.session.run(statement, before=lines_before)
        if "matters" not in keep:
            counts["matters"] = await self.session.run(_old_matters, before=lines_before)
        counts = {name: n for name, n in counts.items() if n}
        if counts:
            await self.session.run(_log, now=now, why="expired", counts=counts)
        return sum(counts.values())
