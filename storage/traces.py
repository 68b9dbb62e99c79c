"""Where every table holds something of a person: what of it they are shown, and what becomes of it.

`TRACES` names every column that refers to a person or an account, `CONTACTS` those in which somebody to be reached is
named; a test compares them with the schema.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, Table, Text, bindparam, cast, literal, select

from bot.domain.frozen import dataclass
from bot.domain.model import Person
from storage import schema

s = schema


@dataclass(frozen=True)
class Trace:
    """Rows that are a person's by `column`, which holds `of` the person.

    They are deleted, or with `cleared` stay with these columns emptied; with nothing to empty they go on pointing to
    the row without a name: whoever it was did it.
    """

    table: Table
    column: str
    cleared: Mapping[str, Any] | None = None
    of: Callable[[Person], Any] = attrgetter("id")
    hidden: frozenset[str] = frozenset()
    """Columns that are somebody else's, and not shown."""
    any_of: Select[Any] | None = None
    """What the column holds when it is no one value."""

    @property
    def where(self) -> ColumnElement[bool]:
        """The person's rows."""
        if self.any_of is not None:
            return self.table.c[self.column].in_(self.any_of)
        column = self.table.c[self.column]
        who = bindparam("who", type_=column.type)
        return column.like(who) if isinstance(column.type, String) else column == who


def _presses(person: Person) -> str:
    """What the keys of operations in the person's own chat look like."""
    return f"{person.user_id}.%"


def _subject(person: Person) -> str:
    """The subject of acts that were about the person."""
    return f"person:{person.id}"


_memberships = select(literal("member:") + cast(s.members.c.id, Text)).where(s.members.c.person_id == bindparam("who"))
"""The subjects of acts by which it was answered whether the person may act for somebody."""


def _emptied(*columns: str) -> dict[str, Any]:
    return dict.fromkeys(columns)


_account = attrgetter("user_id")
_update = {"user_id": None, "chat_id": None, "payload": "{}", "reason": None}
_requests_hidden = frozenset({"to_person_id", "from_person_id", "revision"})
_questions_hidden = frozenset({"person_id", "answered_by"})
TRACES: Final = (
    # what refers to cards comes before them
    Trace(s.drafts, "person_id"),
    Trace(s.drafts, "chat_id", of=_account),
    Trace(s.outbox, "person_id"),
    Trace(s.outbox, "chat_id", of=_account),
    Trace(s.cards, "chat_id", of=_account),
    Trace(s.chats, "chat_id", of=_account),
    Trace(s.chats, "person_id"),
    Trace(s.inbox, "user_id", _update, of=_account),
    Trace(s.inbox, "chat_id", _update, of=_account),
    Trace(s.operations, "key", of=_presses),
    Trace(s.reminders, "person_id"),
    Trace(s.recipients, "person_id", _emptied("reason", "message_id")),
    Trace(s.members, "person_id"),
    Trace(s.members, "decided_by", {}, hidden=frozenset({"person_id"})),
    Trace(s.coordinators, "person_id"),
    Trace(s.coordinators, "granted_by", {}, hidden=frozenset({"person_id"})),
    Trace(s.invitations, "created_by", {}, hidden=frozenset({"token_hash", "spent_by"})),
    Trace(s.invitations, "spent_by", {}, hidden=frozenset({"token_hash", "created_by"})),
    Trace(s.followers, "person_id"),
    Trace(s.issue_followers, "person_id"),
    Trace(s.consents, "person_id"),
    Trace(s.evaluations, "person_id"),
    Trace(s.bookings, "person_id", _emptied("person_id")),
    Trace(s.matters, "person_id", {"text": "", "detail": {}, "message_id": None, "answer": None}),
    Trace(s.matters, "answered_by", {}, hidden=frozenset({"person_id", "text", "detail", "message_id"})),
    Trace(s.errands, "done_by", {}, hidden=frozenset({"detail"})),
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
    Trace(s.acts, "subject", {}, of=_subject, hidden=frozenset({"person_id"})),
    Trace(s.acts, "subject", {}, hidden=frozenset({"person_id"}), any_of=_memberships),
    Trace(s.announcements, "created_by", {}),
)

CONTACTS: Final = (
    (s.actors, (s.actors.c.contact_name, s.actors.c.contact_email, s.actors.c.contact_phone)),
    (s.editions, (s.editions.c.on_site,)),
)
"""Columns in which somebody to be reached is named, whether or not they have ever written here."""

ON_SITE: Final = "on_site"
"""The question who is on site, and on what phone."""
OWN_ACTIVITIES: Final = select(s.activities.c.id, s.activities.c.title, s.activities.c.answers).where(
    s.activities.c.actor_id.in_(select(s.members.c.actor_id).where(s.members.c.person_id == bindparam("who"))),
    cast(s.activities.c.answers, Text).like(f'%"{ON_SITE}"%'),
)
"""Activities of actors that the person acts for, where that is answered."""

PRIVATE: Final = (
    s.acts.c.detail,
    s.errands.c.detail,
    s.matters.c.detail,
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
    s.evaluations.c.comment,
    s.activity_evaluations.c.comment,
    s.edition_evaluations.c.change,
)
"""Columns of others' rows that few see, in which a name or a number of the person may stand."""

PUBLISHED: Final = (
    s.methods.c.did,
    s.methods.c.worked,
    s.methods.c.change,
    s.methods.c.file_name,
    s.statements.c.text,
    s.statement_versions.c.text,
    s.statement_versions.c.what_changed,
    s.stances.c.reservation,
    s.stances.c.source,
    s.joint_actions.c.what,
    s.joint_actions.c.outcome,
    s.earlier_results.c.source,
    s.financings.c.source,
    s.outturns.c.source,
    s.result_comments.c.text,
    s.announcements.c.content,
    s.slots.c.reason,
)
"""Columns with what actors and the region have written for all, in which a person may be named."""
