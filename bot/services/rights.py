"""Who may do what: rights are keyed on the person and the arena, and asked for at every act."""

from bot.domain.errors import NotAllowed
from bot.domain.model import Actor, BookingView, MemberState, Person
from bot.domain.ports.unit_of_work import UnitOfWork


async def coordinates(work: UnitOfWork, person: Person, arena_id: int | None) -> bool:
    """Whether the person runs an arena; None asks for the right to all arenas."""
    rights = await work.coordinators.list_of(person.id)
    return any(right.arena_id is None or right.arena_id == arena_id for right in rights)


async def is_coordinator(work: UnitOfWork, person: Person) -> bool:
    """Whether the person runs any arena."""
    return bool(await work.coordinators.list_of(person.id))


async def require_coordinator(work: UnitOfWork, person: Person, arena_id: int | None) -> None:
    """Raise NotAllowed unless the person runs the arena (None: all arenas)."""
    if not await coordinates(work, person, arena_id):
        raise NotAllowed


async def require_any_coordinator(work: UnitOfWork, person: Person) -> None:
    """Raise NotAllowed unless the person runs some arena."""
    if not await is_coordinator(work, person):
        raise NotAllowed


async def acts_for(work: UnitOfWork, person: Person, actor_id: int) -> bool:
    """Whether the person is an active or requested contact person of the actor."""
    member = await work.members.between(actor_id, person.id)
    return member is not None and member.state in {MemberState.ACTIVE, MemberState.REQUESTED}


async def represents(work: UnitOfWork, person: Person, actor_id: int) -> bool:
    """Whether the person is an active contact person of the actor: confirmed by a coordinator or an invitation."""
    member = await work.members.between(actor_id, person.id)
    return member is not None and member.state is MemberState.ACTIVE


async def _owns(work: UnitOfWork, person: Person, view: BookingView) -> bool:
    """A newcomer whom nobody has confirmed has only what they took themselves."""
    if view.booking.person_id == person.id:
        return await acts_for(work, person, view.actor.id)
    return await represents(work, person, view.actor.id)


async def require_acting(work: UnitOfWork, person: Person, actor_id: int, arena_id: int) -> Actor:
    """The actor, if the person may act for it: as its contact person, or as the arena's coordinator.

    Raises NotAllowed.
    """
    if not await acts_for(work, person, actor_id) and not await coordinates(work, person, arena_id):
        raise NotAllowed
    return await work.actors.get(actor_id)


async def require_booking(work: UnitOfWork, person: Person, booking_id: int, *, owner: bool = True) -> BookingView:
    """A booking that the person may act on: for its owner, as the arena's coordinator or, unless `owner`, for a
    co-organiser that accepted. Raises NotFound, NotAllowed.
    """
    view = await work.bookings.view(booking_id)
    if await _owns(work, person, view) or await coordinates(work, person, view.edition.arena_id):
        return view
    if not owner:
        for co_organiser, _ in view.co_organisers:
            actor_id = co_organiser.actor_id
            if actor_id is not None and co_organiser.state == "accepted" and await represents(work, person, actor_id):
                return view
    raise NotAllowed
