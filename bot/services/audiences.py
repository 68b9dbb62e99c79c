"""Whom an announcement is for: actors by the audience chosen, their people, and who may write to them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.announcements import Audience, AudienceKind, actors_in, kinds_for
from bot.domain.edition_rules import is_over
from bot.domain.model import Actor, ActorKind, Announcement, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import Size
from bot.services import rights

HOME = "Europe/Stockholm"
"""The zone of what is about no edition."""


async def arena_of(work: UnitOfWork, audience: Audience) -> int | None:
    """The arena whose coordinators may write to the audience; None asks for the right to all arenas."""
    if audience.edition_id is not None:
        return (await work.editions.get(audience.edition_id)).arena_id
    if audience.announcement_id is not None:
        return (await work.announcements.get(audience.announcement_id)).arena_id
    return None


async def require(work: UnitOfWork, person: Person, audience: Audience) -> None:
    """Raise NotAllowed unless the person may write to the audience."""
    await rights.require_coordinator(work, person, await arena_of(work, audience))


async def edition_of(work: UnitOfWork, audience: Audience) -> Edition | None:
    """The edition that it is about."""
    return None if audience.edition_id is None else await work.editions.get(audience.edition_id)


async def editions_with_somebody(
    work: UnitOfWork, person: Person, *, now: datetime
) -> list[tuple[Edition, list[tuple[AudienceKind, Size]]]]:
    """Published editions that the person coordinates and somebody takes part in, with their audiences: the next one
    first, those that are over last.
    """
    own = [e for e in await work.editions.list_published() if await rights.coordinates(work, person, e.arena_id)]
    over = [e for e in own if is_over(e, now)]
    found = [(e, await options(work, e, now=now)) for e in [e for e in own if e not in over] + over[::-1]]
    return [(edition, audiences) for edition, audiences in found if audiences]


async def actor_ids(work: UnitOfWork, audience: Audience, *, now: datetime) -> frozenset[int]:
    """The actors that an audience means now. Those of AMBASSADORS and UNREAD are people, no actors."""
    match audience.kind:
        case AudienceKind.ALL:
            return frozenset(actor.id for actor in await work.actors.list_known())
        case AudienceKind.KINDS:
            return frozenset(a.id for a in await work.actors.list_known() if a.kind in audience.actor_kinds)
        case AudienceKind.CHOSEN:
            return frozenset(audience.actor_ids) & {a.id for a in await pool(work, audience, now=now)}
        case AudienceKind.AMBASSADORS | AudienceKind.UNREAD:
            return frozenset()
        case _:
            assert audience.edition_id is not None  # noqa: S101  # these kinds have an edition
            edition = await work.editions.get(audience.edition_id)
            return (await _of_edition(work, edition, [audience.kind], now=now))[audience.kind]


async def _of_edition(
    work: UnitOfWork, edition: Edition, kinds: Sequence[AudienceKind], *, now: datetime
) -> dict[AudienceKind, frozenset[int]]:
    views = await work.bookings.list_of_edition(edition.id)
    fields = await work.fields.list_of(edition.id)
    found = {kind: actors_in(views, kind, fields, now) for kind in kinds}
    if AudienceKind.APPLIED in found:
        found[AudienceKind.APPLIED] |= await work.recipients.list_refused(edition.id)
    return found


async def pool(work: UnitOfWork, audience: Audience, *, now: datetime) -> list[Actor]:
    """The actors among whom single ones can be chosen: an edition's, or all."""
    if audience.edition_id is None:
        return await work.actors.list_known()
    edition = await work.editions.get(audience.edition_id)
    ids = (await _of_edition(work, edition, [AudienceKind.CHOSEN], now=now))[AudienceKind.CHOSEN]
    return sorted([await work.actors.get(actor_id) for actor_id in ids], key=lambda actor: actor.name)


async def size_of(work: UnitOfWork, ids: Collection[int], *, own: bool) -> Size:
    """How many actors and people that is."""
    reachable = await work.recipients.list_reachable(ids, own=own)
    return Size(
        len(ids),
        await work.recipients.count_by_language(ids, own=own),
        len(set(ids) - reachable),
        await work.recipients.count_muted(ids, own=own),
    )


async def measure(work: UnitOfWork, audience: Audience, *, now: datetime) -> Size:
    """How many an audience is now."""
    if audience.kind is AudienceKind.AMBASSADORS:
        return _size_of_people(await ambassadors(work, audience))
    return await size_of(work, await actor_ids(work, audience, now=now), own=audience.is_their_own)


async def options(work: UnitOfWork, edition: Edition, *, now: datetime) -> list[tuple[AudienceKind, Size]]:
    """An edition's audiences that are somebody."""
    found = await _of_edition(work, edition, kinds_for(edition), now=now)
    sizes = [(kind, await size_of(work, ids, own=True)) for kind, ids in found.items() if ids]
    willing = await work.ambassadors.list_people(edition.arena_id)
    return [*sizes, *([(AudienceKind.AMBASSADORS, _size_of_people(willing))] if willing else [])]


async def kinds(work: UnitOfWork) -> list[tuple[ActorKind, Size]]:
    """Every kind of actor that there is somebody of."""
    actors = await work.actors.list_known()
    by_kind = {kind: [a.id for a in actors if a.kind is kind] for kind in ActorKind}
    return [(kind, await size_of(work, ids, own=False)) for kind, ids in by_kind.items() if ids]


async def names(work: UnitOfWork, audience: Audience) -> list[str]:
    """The single actors that were chosen, by name."""
    actors = [await work.actors.find(actor_id) for actor_id in audience.actor_ids]
    return sorted(actor.name for actor in actors if actor is not None)


# People, whomever they act for


async def ambassadors(work: UnitOfWork, audience: Audience) -> list[Person]:
    """The ambassadors for the arena of the audience's edition, after whichever edition they said yes."""
    edition = await edition_of(work, audience)
    return [] if edition is None else await work.ambassadors.list_people(edition.arena_id)


def _size_of_people(people: Collection[Person]) -> Size:
    return Size(0, Counter(person.language for person in people))


async def _to_ambassadors(work: UnitOfWork, announcement: Announcement) -> Audience | None:
    """The audience of ambassadors that it goes to, or of what it reminds of; None: it is for others."""
    audience = Audience.from_stored(announcement.audience)
    if audience.kind is AudienceKind.UNREAD and audience.announcement_id is not None:
        audience = Audience.from_stored((await work.announcements.get(audience.announcement_id)).audience)
    return audience if audience.kind is AudienceKind.AMBASSADORS else None


async def keep_willing(work: UnitOfWork, announcement: Announcement) -> None:
    """Who has stopped being an ambassador is not reminded of what went to them."""
    audience = await _to_ambassadors(work, announcement)
    if audience is not None:
        people = await ambassadors(work, audience)
        await work.recipients.keep_only(announcement.id, [person.id for person in people])


async def spare_ambassador(work: UnitOfWork, person: Person, arena_id: int) -> None:
    """Whoever stops gets nothing more, of what is under way neither."""
    for each in await work.announcements.list_under_way():
        if each.arena_id == arena_id and await _to_ambassadors(work, each) is not None:
            await work.recipients.spare(each.id, person.id)
