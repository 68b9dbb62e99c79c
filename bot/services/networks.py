"""/natverk: who lets themselves be found, and whom they find; off until a person says yes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from bot.domain.dates import local_day
from bot.domain.edition_rules import is_over
from bot.domain.errors import NotAllowed, Outdated
from bot.domain.model import Actor, Edition, Issue, Person
from bot.domain.networks import VISIBLE, NotShown, Standing, standing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.networks import Circle, Contacts, Fellow, FellowCard, NetworkHome, Profile, Via
from bot.domain.results.pages import page_of
from bot.domain.seat import Seat
from bot.services.dialogues import close_drafts
from bot.services.edition_evaluations import ambassador_for
from bot.services.issues import HOME_ZONE, year_of

KIND: Final = "network"
"""Drafts of a request for contact, and of its answer."""
PAGE = 8


async def leave(work: UnitOfWork, seat: Seat, *, now: datetime) -> None:
    """A request that was begun is left: the person went elsewhere."""
    await close_drafts(work, seat.chat_id, seat.person, {KIND}, now=now)


def gone(person: Person) -> Outdated:
    """Whoever is no longer shown looks like somebody who never was: the reader gets the present state."""
    return Outdated(what="networks", id=person.id)


# Shown or not


async def profile_of(
    work: UnitOfWork, person: Person, actors: Collection[Actor] | None = None, *, now: datetime
) -> Profile:
    """All that others are shown of a person who says yes."""
    if actors is None:
        actors = (await work.consents.actors_of([person.id]))[person.id]
    followed = set(await work.issues.list_followed(person.id))
    issues = [i for i in await work.issues.list_all() if i.id in followed and i.is_in_force(year_of(now))]
    return Profile(person, list(actors), issues, await _editions_ahead(work, person, now=now))


async def _editions_ahead(work: UnitOfWork, person: Person, *, now: datetime) -> list[Edition]:
    coming = set(await work.participation.editions_of(person.id))
    published = [e for e in await work.editions.list_published() if e.id in coming]
    return [e for e in published if not is_over(e, now)]


async def is_shown(work: UnitOfWork, person: Person) -> bool:
    """Whether the person has said yes, and acts for an actor."""
    return bool(await work.consents.list_people(VISIBLE, [person.id]))


async def require_shown(work: UnitOfWork, person: Person) -> None:
    """Who is not shown sees nobody. Raises NotShown."""
    if not await is_shown(work, person):
        raise NotShown


async def set_shown(work: UnitOfWork, seat: Seat, *, on: bool, now: datetime) -> NetworkHome:
    """«Visa mig för andra aktörer», or no longer: at once, whatever was asked. Raises NotAllowed for who acts for none."""
    person = seat.person
    given = await work.consents.of(person.id, VISIBLE)
    if on and not (await work.consents.actors_of([person.id]))[person.id]:
        raise NotAllowed
    if on and given is None:
        await work.consents.add(person_id=person.id, kind=VISIBLE, given_at=now)
    elif not on and given is not None:
        await work.consents.remove(given.id)
    if on != (given is not None):
        act = "network.shown" if on else "network.hidden"
        await work.acts.add(at=now, person_id=person.id, act=act, subject=f"person:{person.id}", detail={})
    return await home(work, seat, now=now, said="shown" if on else "hidden")


async def home(work: UnitOfWork, seat: Seat, *, now: datetime, said: str | None = None) -> NetworkHome:
    """What others are shown of the person; and, when they are, how many there are to find."""
    await leave(work, seat, now=now)
    person = seat.person
    me = await profile_of(work, person, now=now)
    agreed = await work.consents.of(person.id, VISIBLE) is not None
    shown = agreed and bool(me.actors)
    issues, editions = await _counted(work, me) if shown else ((), ())
    known = await _contacts(work, me)
    return NetworkHome(
        me,
        shown,
        agreed,
        issues,
        editions,
        sum(each.waits for _, each in known),
        len(known) if shown else 0,
        await ambassador_for(work, person),
        said,
    )


# Whom they find


async def others(work: UnitOfWork, me: Fellow, person_ids: Collection[int]) -> list[Fellow]:
    """Those of the people who are shown, by name; colleagues are no others."""
    people = await work.consents.list_people(VISIBLE, person_ids)
    actors: Mapping[int, list[Actor]] = await work.consents.actors_of([p.id for p in people])
    own = {actor.id for actor in me.actors}
    return [
        Fellow(person, actors[person.id])
        for person in people
        if person.id != me.person.id and own.isdisjoint(actor.id for actor in actors[person.id])
    ]


async def _counted(work: UnitOfWork, me: Profile) -> tuple[list[tuple[Issue, int]], list[tuple[Edition, int]]]:
    """How many there are to find by each of the person's issues and editions."""
    following = await work.consents.followed_with(me.person.id)
    coming = {e.id: {person.id for person, _ in await work.participation.list_of(e.id)} for e in me.editions}
    found = {each.person.id for each in await others(work, me, set(following).union(*coming.values()))}
    issues = [(i, sum(i.id in following.get(person_id, ()) for person_id in found)) for i in me.issues]
    return issues, [(e, len(coming[e.id] & found)) for e in me.editions]


async def _with_issue(work: UnitOfWork, me: Profile, issue_id: int) -> list[Fellow]:
    followed = await work.consents.followed_with(me.person.id)
    return await others(work, me, [person_id for person_id, issues in followed.items() if issue_id in issues])


async def _at_edition(work: UnitOfWork, me: Profile, edition_id: int) -> list[Fellow]:
    return await others(work, me, [person.id for person, _ in await work.participation.list_of(edition_id)])


async def circle(work: UnitOfWork, seat: Seat, via: Via, page: int, *, now: datetime) -> Circle:
    """A page of those who follow the same issue, or come to the same edition.

    Raises NotShown; Outdated when the person follows it or comes there no longer.
    """
    await require_shown(work, seat.person)
    await leave(work, seat, now=now)
    me = await profile_of(work, seat.person, now=now)
    issue, edition = _shared(me, via)
    if issue is not None:
        return Circle(page_of(await _with_issue(work, me, issue.id), page, PAGE), via, issue=issue)
    if edition is not None:
        return Circle(page_of(await _at_edition(work, me, edition.id), page, PAGE), via, edition=edition)
    raise gone(seat.person)


def _shared(me: Profile, via: Via) -> tuple[Issue | None, Edition | None]:
    """The person's own issue or edition by which they look for others."""
    issue = next((i for i in me.issues if i.id == via.issue_id), None)
    return issue, next((e for e in me.editions if e.id == via.edition_id), None)


async def show(work: UnitOfWork, seat: Seat, person_id: int, via: Via, *, now: datetime) -> FellowCard:
    """Somebody else's card as it is now. Raises NotShown; Outdated when the other is not shown (any more)."""
    await leave(work, seat, now=now)
    return await fellow(work, seat.person, person_id, via, now=now)


async def fellow(
    work: UnitOfWork, person: Person, person_id: int, via: Via, *, now: datetime, said: str | None = None
) -> FellowCard:
    """Somebody else's card, for who shares an issue or an edition with them, or has asked or been asked by them.

    Raises NotShown; Outdated when the other is not shown (any more).
    """
    await require_shown(work, person)
    me = await profile_of(work, person, now=now)
    found = await others(work, me, [person_id])
    if not found:
        raise gone(person)
    between = await standing_with(work, person, person_id)
    met = await _met(work, me, person_id, via)
    if met is None and between == Standing():
        raise gone(person)
    profile = await profile_of(work, found[0].person, found[0].actors, now=now)
    may_ask = between.may_ask(local_day(now, HOME_ZONE))
    return FellowCard(profile, between, met or Via(), may_ask, said)


async def _met(work: UnitOfWork, me: Profile, person_id: int, via: Via) -> Via | None:
    issue, edition = _shared(me, via)
    if issue is not None and issue.id in (await work.consents.followed_with(me.person.id)).get(person_id, ()):
        return Via(issue_id=issue.id)
    if edition is not None and any(p.id == person_id for p, _ in await work.participation.list_of(edition.id)):
        return Via(edition_id=edition.id)
    return None


async def standing_with(work: UnitOfWork, person: Person, other_id: int) -> Standing:
    """What there is between the person and another."""
    return standing(person.id, other_id, await work.contact_requests.list_of_person(person.id), HOME_ZONE)


async def contacts(work: UnitOfWork, seat: Seat, page: int, *, now: datetime) -> Contacts:
    """A page of those whom the person asked or was asked by: who waits for an answer first. Raises NotShown."""
    await require_shown(work, seat.person)
    await leave(work, seat, now=now)
    found = await _contacts(work, await profile_of(work, seat.person, now=now))
    return Contacts(page_of(sorted(found, key=lambda pair: not pair[1].waits), page, PAGE))


async def _contacts(work: UnitOfWork, me: Profile) -> list[tuple[Fellow, Standing]]:
    """Those who are shown, the latest request first; whom the person refused only is let be."""
    requests = await work.contact_requests.list_of_person(me.person.id)
    pairs = dict.fromkeys(i for r in requests for i in (r.from_person_id, r.to_person_id) if i is not None)
    seen = {each.person.id: each for each in await others(work, me, list(pairs))}
    found = [(seen[i], standing(me.person.id, i, requests, HOME_ZONE)) for i in pairs if i in seen]
    return [(each, s) for each, s in found if s.waits or s.asked_on is not None or s.exchanged is not None]
