"""Actors, people, and who may act for whom."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from bot.domain.model import Actor, Coordinator, Invitation, Member, Person
from bot.domain.text import swedish_order
from storage import schema
from storage.compiled import among
from storage.engine import Session, in_list
from storage.records import Records, SharedRecords

_known = select(schema.actors).where(schema.actors.c.state == "active").order_by(schema.actors.c.id)
_actors_of = (
    select(schema.actors)
    .join(schema.members, schema.members.c.actor_id == schema.actors.c.id)
    .where(
        schema.members.c.person_id == bindparam("person_id"),
        among(schema.members.c.state, "active", "requested"),
        among(schema.actors.c.state, "active", "requested"),
    )
    .order_by(schema.actors.c.name)
)
_unreachable = (
    select(schema.actors)
    .where(
        schema.actors.c.state == "active",
        schema.actors.c.id.not_in(select(schema.members.c.actor_id).where(schema.members.c.state == "active")),
    )
    .order_by(schema.actors.c.name)
)
_redirects = tuple(
    update(column.table).where(column == bindparam("old_id")).values({column.name: bindparam("new_id")})
    for column in (
        schema.bookings.c.offered_to,
        schema.invitations.c.actor_id,
        schema.errands.c.actor_id,
        schema.matters.c.actor_id,
        schema.methods.c.actor_id,
        schema.method_questions.c.actor_id,
        schema.actors.c.merged_into_id,
    )
)
_with_user_id = select(schema.people).where(schema.people.c.user_id == bindparam("user_id"))
_rename = (
    update(schema.people)
    .where(schema.people.c.id == bindparam("id_"), schema.people.c.user_id == bindparam("account"))
    .values(name=bindparam("new_name"))
    .returning(*schema.people.c)
)
_with_user_ids = select(schema.people).where(in_list(schema.people.c.user_id, "user_ids"))
_people_of_actor = (
    select(schema.people)
    .join(schema.members, schema.members.c.person_id == schema.people.c.id)
    .where(schema.members.c.actor_id == bindparam("actor_id"), schema.members.c.state == "active")
    .order_by(schema.people.c.name, schema.people.c.id)
)
_coordinating_all = select(schema.coordinators.c.person_id).where(schema.coordinators.c.arena_id.is_(None))
_coordinating = select(schema.coordinators.c.person_id).where(
    or_(schema.coordinators.c.arena_id.is_(None), schema.coordinators.c.arena_id == bindparam("arena_id"))
)
_people = select(schema.people).order_by(schema.people.c.id)
_coordinators_all = _people.where(schema.people.c.id.in_(_coordinating_all))
_coordinators = _people.where(schema.people.c.id.in_(_coordinating))
_member = select(schema.members).where(
    schema.members.c.actor_id == bindparam("actor_id"), schema.members.c.person_id == bindparam("person_id")
)
_members_of = select(schema.members).where(
    schema.members.c.person_id == bindparam("person_id"), among(schema.members.c.state, "active", "requested")
)
_members_of_actor = (
    select(schema.members).where(schema.members.c.actor_id == bindparam("actor_id")).order_by(schema.members.c.id)
)
_requested = select(schema.members).where(schema.members.c.state == "requested").order_by(schema.members.c.since_at)
_rights_of = select(schema.coordinators).where(schema.coordinators.c.person_id == bindparam("person_id"))
_rights = select(schema.coordinators).order_by(schema.coordinators.c.id)
_invitation = select(schema.invitations).where(schema.invitations.c.token_hash == bindparam("token_hash"))

_end_first_links = (
    update(schema.invitations)
    .where(
        schema.invitations.c.kind == "coordinator",
        schema.invitations.c.created_by.is_(None),
        schema.invitations.c.spent_at.is_(None),
        schema.invitations.c.expires_at > bindparam("now", type_=schema.UtcDateTime),
    )
    .values(expires_at=bindparam("now", type_=schema.UtcDateTime))
)

_end_links_to_act = (
    update(schema.invitations)
    .where(
        schema.invitations.c.created_by == bindparam("person_id"),
        schema.invitations.c.actor_id == bindparam("actor_id"),
        schema.invitations.c.spent_at.is_(None),
        schema.invitations.c.expires_at > bindparam("now", type_=schema.UtcDateTime),
    )
    .values(expires_at=bindparam("now", type_=schema.UtcDateTime))
)

_end_links_to_coordinate = (
    update(schema.invitations)
    .where(
        schema.invitations.c.created_by == bindparam("person_id"),
        schema.invitations.c.kind == "coordinator",
        schema.invitations.c.spent_at.is_(None),
        schema.invitations.c.expires_at > bindparam("now", type_=schema.UtcDateTime),
    )
    .values(expires_at=bindparam("now", type_=schema.UtcDateTime))
)


class ActorRecords(SharedRecords[Actor]):
    """Organisations."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.actors, Actor)

    async def list_known(self) -> list[Actor]:
        """Active actors by name, in Swedish order."""
        return sorted(self.many(await self.session.rows(_known)), key=lambda actor: swedish_order(actor.name))

    async def list_of(self, person_id: int) -> list[Actor]:
        """Actors that a person may act for now (a requested newcomer's own too), by name."""
        return self.keep(self.many(await self.session.rows(_actors_of, person_id=person_id)))

    async def list_unreachable(self) -> list[Actor]:
        """Active actors with nobody in Telegram, by name."""
        return self.many(await self.session.rows(_unreachable))

    async def redirect(self, old_id: int, new_id: int) -> None:
        """Let links, errands, matters, methods, offers and earlier merges that name one actor name another."""
        for statement in _redirects:
            await self.session.run(statement, old_id=old_id, new_id=new_id)


class PersonRecords(Records[Person]):
    """People who have pressed Start."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.people, Person)
        self._ahead: dict[int, Person | None] = {}

    async def read_ahead(self, user_ids: Collection[int]) -> None:
        """Have the people behind these accounts at hand for `with_user_id`, each until they are written."""
        found = self.many(await self.session.rows(_with_user_ids, user_ids=list(user_ids)))
        self._ahead = dict.fromkeys(user_ids) | {person.user_id: person for person in found}

    def forget(self) -> None:
        """Have nobody at hand any more: something was undone."""
        self._ahead = {}

    async def with_user_id(self, user_id: int) -> Person | None:
        """The person behind a Telegram account."""
        if user_id in self._ahead:
            return self._ahead[user_id]
        row = await self.session.row(_with_user_id, user_id=user_id)
        return None if row is None else self.one(row)

    async def add(self, **values: Any) -> Person:
        """Store a new person."""
        self._ahead.pop(values["user_id"], None)
        return await super().add(**values)

    async def change(self, record: Person, /, **values: Any) -> Person:
        """Store changed columns of a person."""
        self._ahead.pop(record.user_id, None)
        return await super().change(record, **values)

    async def rename(self, person: Person, name: str) -> Person | None:
        """Let a person be called this; None when they were erased meanwhile, and the account is theirs no longer."""
        self._ahead.pop(person.user_id, None)
        row = await self.session.row(_rename, id_=person.id, account=person.user_id, new_name=name)
        return None if row is None else self.one(row)

    async def remove(self, record_id: int) -> None:
        """Delete a person."""
        self.forget()
        await super().remove(record_id)

    async def list_of_actor(self, actor_id: int) -> list[Person]:
        """People with an active right to act for an actor."""
        return self.many(await self.session.rows(_people_of_actor, actor_id=actor_id))

    async def list_coordinators(self, arena_id: int | None) -> list[Person]:
        """Coordinators of an arena, those of all arenas included; with None only the latter."""
        if arena_id is None:
            return self.many(await self.session.rows(_coordinators_all))
        return self.many(await self.session.rows(_coordinators, arena_id=arena_id))


class MemberRecords(Records[Member]):
    """Rights to act for an actor."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.members, Member)

    async def between(self, actor_id: int, person_id: int) -> Member | None:
        """The person's tie to the actor, in whatever state."""
        row = await self.session.row(_member, actor_id=actor_id, person_id=person_id)
        return None if row is None else self.one(row)

    async def list_of_person(self, person_id: int) -> list[Member]:
        """A person's ties that are requested or active."""
        return self.many(await self.session.rows(_members_of, person_id=person_id))

    async def list_of_actor(self, actor_id: int) -> list[Member]:
        """All ties to an actor, in whatever state."""
        return self.many(await self.session.rows(_members_of_actor, actor_id=actor_id))

    async def list_requested(self) -> list[Member]:
        """Newcomers who wait for a coordinator, oldest first."""
        return self.many(await self.session.rows(_requested))


class CoordinatorRecords(Records[Coordinator]):
    """Rights to run arenas."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.coordinators, Coordinator)

    async def list_of(self, person_id: int) -> list[Coordinator]:
        """A person's rights."""
        return self.many(await self.session.rows(_rights_of, person_id=person_id))

    async def list_all(self) -> list[Coordinator]:
        """Everybody's rights."""
        return self.many(await self.session.rows(_rights))


class InvitationRecords(Records[Invitation]):
    """Links given out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.invitations, Invitation)

    async def with_hash(self, token_hash: str) -> Invitation | None:
        """The invitation whose token has this hash."""
        row = await self.session.row(_invitation, token_hash=token_hash)
        return None if row is None else self.one(row)

    async def end_first_links(self, now: datetime) -> None:
        """Links for a first coordinator that nobody has used end now."""
        await self.session.run(_end_first_links, now=now)

    async def end_links_to_act(self, person_id: int, actor_id: int, now: datetime) -> None:
        """Links to act for an actor that this person has given out and nobody has used end now."""
        await self.session.run(_end_links_to_act, person_id=person_id, actor_id=actor_id, now=now)

    async def end_links_to_coordinate(self, person_id: int, now: datetime) -> None:
        """Coordinators' links that this person has given out and nobody has used end now."""
        await self.session.run(_end_links_to_coordinate, person_id=person_id, now=now)
