"""Who lets themselves be found, and who has asked whom for contact."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, or_, select

from bot.domain.model import Actor, Consent, ContactRequest, Person
from storage import schema
from storage.engine import Session, in_list
from storage.records import Records

c, r, p, m = schema.consents, schema.contact_requests, schema.people, schema.members
_consent = select(c).where(c.c.person_id == bindparam("person_id"), c.c.kind == bindparam("kind"))
_acting = (
    select(m.c.person_id)
    .join(schema.actors, schema.actors.c.id == m.c.actor_id)
    .where(m.c.state == "active", schema.actors.c.state == "active")
)
_actors_of = (
    select(m.c.person_id.label("of_person"), *schema.actors.c)
    .join(m, m.c.actor_id == schema.actors.c.id)
    .where(in_list(m.c.person_id, "person_ids"), m.c.state == "active", schema.actors.c.state == "active")
    .order_by(schema.actors.c.name, schema.actors.c.id)
)
_found = (
    select(p)
    .join(c, c.c.person_id == p.c.id)
    .where(c.c.kind == bindparam("kind"), in_list(p.c.id, "person_ids"), p.c.id.in_(_acting))
    .order_by(p.c.name, p.c.id)
)
_mine, _theirs = schema.issue_followers.alias("mine"), schema.issue_followers.alias("theirs")
_followed_with = (
    select(_theirs.c.person_id, _theirs.c.issue_id)
    .join(_mine, _mine.c.issue_id == _theirs.c.issue_id)
    .join(schema.issues, schema.issues.c.id == _mine.c.issue_id)
    .where(
        _mine.c.person_id == bindparam("person_id"),
        _theirs.c.person_id != bindparam("person_id"),
        schema.issues.c.archived_at.is_(None),
    )
)
_of_person = (
    select(r)
    .where(or_(r.c.from_person_id == bindparam("person_id"), r.c.to_person_id == bindparam("person_id")))
    .order_by(r.c.id.desc())
)


class ConsentRecords(Records[Consent]):
    """What people have said yes to."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, c, Consent)
        self._people = Records(session, p, Person)
        self._actors = Records(session, schema.actors, Actor)

    async def of(self, person_id: int, kind: str) -> Consent | None:
        """A person's yes."""
        row = await self.session.row(_consent, person_id=person_id, kind=kind)
        return None if row is None else self.one(row)

    async def list_people(self, kind: str, person_ids: Collection[int]) -> list[Person]:
        """Those of them who have said yes and act for an active actor, by name."""
        return self._people.many(await self.session.rows(_found, kind=kind, person_ids=list(person_ids)))

    async def actors_of(self, person_ids: Collection[int]) -> Mapping[int, list[Actor]]:
        """The active actors that each of these people acts for, by name."""
        found: dict[int, list[Actor]] = {person_id: [] for person_id in person_ids}
        for row in await self.session.rows(_actors_of, person_ids=list(person_ids)):
            found[row.of_person].append(self._actors.one(row))
        return found

    async def followed_with(self, person_id: int) -> Mapping[int, frozenset[int]]:
        """Ids of the issues (not archived) that others follow as the person does, by person."""
        found: dict[int, set[int]] = defaultdict(set)
        for row in await self.session.rows(_followed_with, person_id=person_id):
            found[row.person_id].add(row.issue_id)
        return {person: frozenset(issues) for person, issues in found.items()}


class ContactRequestRecords(Records[ContactRequest]):
    """Who asked whom."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, r, ContactRequest)

    async def list_of_person(self, person_id: int) -> list[ContactRequest]:
        """Asked of or by a person, latest first."""
        return self.many(await self.session.rows(_of_person, person_id=person_id))
