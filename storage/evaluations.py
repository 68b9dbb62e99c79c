"""What came of activities and editions, who was asked, who took part, and who is an ambassador."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, not_, or_, select

from bot.domain.model import ActivityEvaluation, Ambassador, Asking, EarlierResult, EditionEvaluation, Person
from storage import schema
from storage.engine import Session
from storage.records import Records, joined

e, a, b, co = schema.activity_evaluations, schema.activities, schema.bookings, schema.co_organisers
m, f, p = schema.members, schema.followers, schema.people
_of_activity = select(e).where(e.c.activity_id == bindparam("activity_id"))
_of_activities = (
    select(e)
    .join(a, a.c.id == e.c.activity_id)
    .where(a.c.edition_id == bindparam("edition_id"))
    .order_by(e.c.answered_at.desc(), e.c.id.desc())
)

g = schema.edition_evaluations
_of_person = select(g).where(g.c.edition_id == bindparam("edition_id"), g.c.person_id == bindparam("person_id"))
_of_edition = select(g).where(g.c.edition_id == bindparam("edition_id")).order_by(g.c.answered_at.desc(), g.c.id.desc())

k = schema.askings
_askings = select(k).where(k.c.kind == bindparam("kind"), k.c.subject == bindparam("subject")).order_by(k.c.id)
_asked_person = _askings.where(k.c.person_id == bindparam("person_id"))
_asked_actor = _askings.where(k.c.person_id.is_(None), k.c.actor_id == bindparam("actor_id"))

w = schema.ambassadors
_willing = and_(w.c.answer == "yes", w.c.withdrawn_at.is_(None))
_ambassador = select(w).where(w.c.edition_id == bindparam("edition_id"), w.c.person_id == bindparam("person_id"))
_ambassadors = (
    select(*joined(w, p))
    .join(p, p.c.id == w.c.person_id)
    .join(schema.editions, schema.editions.c.id == w.c.edition_id)
    .where(_willing, schema.editions.c.arena_id == bindparam("arena_id"))
    .order_by(p.c.name, p.c.id, schema.editions.c.year.desc(), w.c.id.desc())
)
_ambassador_for = select(w).where(_willing, w.c.person_id == bindparam("person_id")).order_by(w.c.edition_id.desc())

_earlier = (
    select(schema.earlier_results)
    .where(schema.earlier_results.c.arena_id == bindparam("arena_id"))
    .order_by(schema.earlier_results.c.year.desc(), schema.earlier_results.c.measure)
)

_colleague = m.alias("colleague")
_arranges = or_(
    m.c.actor_id == a.c.actor_id,
    exists().where(co.c.activity_id == a.c.id, co.c.actor_id == m.c.actor_id, co.c.state == "accepted"),
)
_follows = exists().where(f.c.activity_id == a.c.id, f.c.person_id == m.c.person_id)
_nobody_follows = not_(
    exists().where(
        f.c.activity_id == a.c.id,
        f.c.person_id == _colleague.c.person_id,
        _colleague.c.actor_id == m.c.actor_id,
        _colleague.c.state == "active",
    )
)


def _taking_part(*columns: ColumnElement[Any]) -> Select[Any]:
    """People whose own a booked activity is: who follow it, or all of an actor that nobody follows it for."""
    return (
        select(*columns)
        .select_from(a)
        .join(b, and_(b.c.activity_id == a.c.id, b.c.state == "booked"))
        .join(m, and_(m.c.state == "active", _arranges))
        .where(or_(_follows, _nobody_follows))
    )


_participants = (
    _taking_part(m.c.person_id.label("of_person"), func.min(m.c.actor_id).label("of_actor"))
    .where(a.c.edition_id == bindparam("edition_id"))
    .group_by(m.c.person_id)
    .subquery()
)
_participating = (
    select(*p.c, _participants.c.of_actor).join(_participants, _participants.c.of_person == p.c.id).order_by(p.c.id)
)
_owners_of = _taking_part(a.c.id.label("activity_id"), m.c.person_id.label("of_person")).where(
    a.c.edition_id == bindparam("edition_id"), m.c.actor_id == a.c.actor_id
)
_editions_of = _taking_part(a.c.edition_id).where(m.c.person_id == bindparam("person_id")).distinct()


class EvaluationRecords(Records[ActivityEvaluation]):
    """One answer for each activity."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, e, ActivityEvaluation)

    async def of(self, activity_id: int) -> ActivityEvaluation | None:
        """What was answered about an activity."""
        row = await self.session.row(_of_activity, activity_id=activity_id)
        return None if row is None else self.one(row)

    async def list_of_edition(self, edition_id: int) -> list[ActivityEvaluation]:
        """What was answered about an edition's activities, latest first."""
        return self.many(await self.session.rows(_of_activities, edition_id=edition_id))


class EditionEvaluationRecords(Records[EditionEvaluation]):
    """One answer for each person who took part."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, g, EditionEvaluation)

    async def of(self, edition_id: int, person_id: int) -> EditionEvaluation | None:
        """What a person answered about an edition."""
        row = await self.session.row(_of_person, edition_id=edition_id, person_id=person_id)
        return None if row is None else self.one(row)

    async def list_of(self, edition_id: int) -> list[EditionEvaluation]:
        """What people answered about an edition, latest first."""
        return self.many(await self.session.rows(_of_edition, edition_id=edition_id))


class AskingRecords(Records[Asking]):
    """Who was asked what, and when."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, k, Asking)

    async def of(self, kind: str, subject: str, *, actor_id: int | None, person_id: int | None) -> Asking | None:
        """Whether somebody has been asked: a person, or (without one) an actor."""
        if person_id is not None:
            row = await self.session.row(_asked_person, kind=kind, subject=subject, person_id=person_id)
        else:
            row = await self.session.row(_asked_actor, kind=kind, subject=subject, actor_id=actor_id)
        return None if row is None else self.one(row)

    async def list_of(self, kind: str, subject: str) -> list[Asking]:
        """All who were asked, first to last."""
        return self.many(await self.session.rows(_askings, kind=kind, subject=subject))


class AmbassadorRecords(Records[Ambassador]):
    """Who said yes or no."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, w, Ambassador)
        self._people = Records(session, p, Person)

    async def of(self, edition_id: int, person_id: int) -> Ambassador | None:
        """What a person answered, withdrawn or not."""
        row = await self.session.row(_ambassador, edition_id=edition_id, person_id=person_id)
        return None if row is None else self.one(row)

    async def list_of_person(self, person_id: int) -> list[Ambassador]:
        """Where a person said yes and stands by it, latest edition first."""
        return self.many(await self.session.rows(_ambassador_for, person_id=person_id))

    async def list_of_arena(self, arena_id: int) -> list[tuple[Ambassador, Person]]:
        """Those who said yes after any of an arena's editions and stand by it, by name; the latest yes first."""
        rows = await self.session.rows(_ambassadors, arena_id=arena_id)
        return [(self.one(row, "ambassadors_"), self._people.one(row, "people_")) for row in rows]

    async def list_people(self, arena_id: int) -> list[Person]:
        """An arena's ambassadors, each once, by name."""
        return list({person.id: person for _, person in await self.list_of_arena(arena_id)}.values())


class EarlierResultRecords(Records[EarlierResult]):
    """What was measured elsewhere."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.earlier_results, EarlierResult)

    async def list_of(self, arena_id: int) -> list[EarlierResult]:
        """An arena's, latest year first."""
        return self.many(await self.session.rows(_earlier, arena_id=arena_id))


class ParticipationRecords:
    """Who takes part in an edition: those whose own its booked activities are."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._people = Records(session, p, Person)

    async def list_of(self, edition_id: int) -> list[tuple[Person, int]]:
        """People with the actor that they take part for (the first of several), by id."""
        rows = await self.session.rows(_participating, edition_id=edition_id)
        return [(self._people.one(row), row.of_actor) for row in rows]

    async def owners_of(self, edition_id: int) -> Mapping[int, frozenset[int]]:
        """Ids of the people whose own each booked activity is by its owner, by the activity's id."""
        found: dict[int, set[int]] = defaultdict(set)
        for row in await self.session.rows(_owners_of, edition_id=edition_id):
            found[row.activity_id].add(row.of_person)
        return {activity_id: frozenset(people) for activity_id, people in found.items()}

    async def editions_of(self, person_id: int) -> list[int]:
        """Ids of the editions that a person takes part in."""
        return sorted(row.edition_id for row in await self.session.rows(_editions_of, person_id=person_id))
