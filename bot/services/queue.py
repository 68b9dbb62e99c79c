"""What waits for a coordinator, as one queue: newcomers, matters, slots that are applied for, and errands."""

from collections import Counter
from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import Item, Kind, Place, Queued
from bot.domain.results.overview import Waiting
from bot.services import applications, errands, matters, members, rights


async def list_waiting(work: UnitOfWork, person: Person, *, now: datetime) -> list[Place]:
    """What waits for the person, in the queue's order; nothing for who runs no arena.

    Newcomers wait for every coordinator, since actors and people are shared by the arenas.
    """
    if not await rights.is_coordinator(work, person):
        return []
    own = [e for e in await work.errands.list_open() if await errands.may_do(work, person, e)]
    places = [
        *(Place(Kind.NEWCOMER, member.id) for member in await work.members.list_requested()),
        *(Place(Kind.MATTER, matter.id) for matter in await matters.list_waiting(work, person)),
        *(Place(Kind.SLOT, slot_id) for slot_id in await applications.list_slots(work, person, now=now)),
        *(Place(Kind.ERRAND, errand.id) for errand in own),
    ]
    return sorted(places, key=lambda place: place.order)


async def count_waiting(work: UnitOfWork, person: Person, *, now: datetime) -> Waiting:
    """How many cards wait for the person, by what they are: all who want the same slot are one."""
    counts = Counter(place.kind for place in await list_waiting(work, person, now=now))
    return Waiting(counts[Kind.SLOT], counts[Kind.NEWCOMER], counts[Kind.MATTER], counts[Kind.ERRAND])


async def next_card(work: UnitOfWork, person: Person, after: Place | None, *, now: datetime) -> Queued:
    """The queue's first card, or the one after another. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    places = await list_waiting(work, person, now=now)
    left = [place for place in places if after is None or place.order > after.order]
    if not left:
        return Queued(None, 0, len(places), None)
    item = await _item(work, person, left[0], now=now)
    return Queued(left[0], places.index(left[0]) + 1, len(places), item)


async def _item(work: UnitOfWork, person: Person, place: Place, *, now: datetime) -> Item:
    match place.kind:
        case Kind.NEWCOMER:
            return await members.show_newcomer(work, person, place.item_id, now=now)
        case Kind.MATTER:
            return await matters.show_matter(work, person, place.item_id)
        case Kind.SLOT:
            return await applications.show_contest(work, person, place.item_id, now=now)
        case Kind.ERRAND:
            return await errands.show_errand(work, person, place.item_id, now=now)


def place_from(kind: str | None, item_id: int | None) -> Place | None:
    """The place behind a button's kind and id; None for none. Raises NotFound."""
    if kind is None or item_id is None:
        return None
    if kind not in set(Kind):
        raise NotFound(what="queue", id=item_id)
    return Place(Kind(kind), item_id)
