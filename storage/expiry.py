"""What is kept for so long and no longer: contact requests, and lines that people wrote freely.

What a figure counts (actor, edition, outcome, date) stays.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Table, Text, Update, and_, bindparam, cast, literal, not_, null, or_, select, update

from storage import schema
from storage.compiled import long
from storage.engine import Session
from storage.schema import UtcDateTime
from storage.words import EMPTIED

s = schema
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
    "evaluations": _old_line(s.evaluations, "comment", "answered_at"),
    "method_questions": _old_line(s.method_questions, "text", "asked_at", "answer"),
    "namings": _old_line(s.namings, "proposal", "proposed_at"),
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

WHY: Final = "reason"
"""Under this name a coordinator's own words stand in the detail of acts and errands."""


def _why(table: Table, at: str) -> tuple[Any, Update]:
    """Old rows with such words, and how one of them is emptied."""
    found = select(table.c.id, table.c.detail).where(
        table.c[at] < bindparam("before", type_=UtcDateTime), cast(table.c.detail, Text).like(f'%"{WHY}"%')
    )
    emptied = update(table).where(table.c.id == bindparam("id_")).values(detail=bindparam("detail_"))
    return long(found), emptied


_old_reasons = {"acts": _why(s.acts, "at"), "errands": _why(s.errands, "done_at")}


async def expire(
    session: Session, *, requests_before: datetime, lines_before: datetime, keep: frozenset[str]
) -> dict[str, int]:
    """Empty contact requests and free lines that are older, but in tables in `keep`; gives how many rows, by table."""
    counts = {
        "contact_requests": await session.run(_old_requests, before=requests_before),
        "acts": await session.run(_old_acts, before=requests_before),
    }
    for table, (found, emptied) in _old_reasons.items():
        counts[table] = counts.get(table, 0) + await _empty_reasons(session, found, emptied, lines_before)
    for table, statement in _old_lines.items():
        counts[table] = await session.run(statement, before=lines_before)
    if "matters" not in keep:
        counts["matters"] = await session.run(_old_matters, before=lines_before)
    return {name: n for name, n in counts.items() if n}


async def _empty_reasons(session: Session, found: Any, emptied: Update, before: datetime) -> int:
    changed = 0
    for row in await session.rows(found, before=before):
        if row.detail.get(WHY) not in {None, EMPTIED}:
            changed += await session.run(emptied, id_=row.id, detail_={**row.detail, WHY: EMPTIED})
    return changed
