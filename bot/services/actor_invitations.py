"""Inviting actors: one, or all who have nobody in Telegram."""

from datetime import datetime

from bot.domain.model import Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import Invitation, Letters, WhichEdition
from bot.services import invitations, rights
from bot.services.actors import known_actor, list_ahead, record


async def which_edition(work: UnitOfWork, person: Person, actor_id: int, *, now: datetime) -> WhichEdition:
    """The editions, not over, that an actor can be invited to. Raises NotFound, NotAllowed."""
    return WhichEdition(await known_actor(work, person, actor_id), await list_ahead(work, now=now))


async def invite(
    work: UnitOfWork, person: Person, actor_id: int, edition_id: int | None, *, now: datetime
) -> Invitation:
    """A link for an actor's contact person, to an edition or in general. Raises NotFound, NotAllowed."""
    await known_actor(work, person, actor_id)
    edition = await work.editions.get(edition_id) if edition_id is not None else None
    link = await invitations.invite_contact(work, person, actor_id, edition_id, now=now)
    await record(work, person, "actor.invited", actor_id, now=now, edition_id=edition_id)
    return Invitation(link, edition, person)


async def all_editions(work: UnitOfWork, person: Person, *, now: datetime) -> list[Edition]:
    """The editions that all who have nobody can be invited to. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    return await list_ahead(work, now=now)


async def invite_unreachable(work: UnitOfWork, person: Person, edition_id: int | None, *, now: datetime) -> Letters:
    """A link for each actor with nobody in Telegram, for a mail merge; only the links' hashes are kept.

    Raises NotFound, NotAllowed.
    """
    await rights.require_any_coordinator(work, person)
    edition = await work.editions.get(edition_id) if edition_id is not None else None
    actors = await work.actors.list_unreachable()
    made = [
        (actor.id, (await invitations.invite_contact(work, person, actor.id, edition_id, now=now)).token)
        for actor in actors
    ]
    await work.acts.add(
        at=now, person_id=person.id, act="actors.invited", subject="actors", detail={"ids": [a.id for a in actors]}
    )
    return Letters(edition, made, sum(not actor.contact_email for actor in actors))
