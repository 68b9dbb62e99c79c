"""What those whom a change to a slot touches are told, in chat or by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain import policy
from bot.domain.model import BookingState, BookingView, CoOrganiserState
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.slots import Act, Change, Told, Touched
from bot.services import notices


async def reached(work: UnitOfWork, view: BookingView) -> Touched:
    """A booking's own people (all of an organiser's where none of them follows it), and who has nobody in Telegram."""
    people = {p.id: p for p in await work.activities.list_followers(view.activity.id)}
    unreachable: list[str] = []
    for actor_id, name in _organisers(view):
        members = await work.people.list_of_actor(actor_id)
        if not members:
            unreachable.append(name)
        elif not people.keys() & {p.id for p in members}:
            people |= {p.id: p for p in members}
    return Touched(view, [people[key] for key in sorted(people)], unreachable)


def _organisers(view: BookingView) -> list[tuple[int, str]]:
    """Owner and co-organisers that accepted."""
    accepted = [
        (co.actor_id, name)
        for co, name in view.co_organisers
        if co.actor_id is not None and co.state is CoOrganiserState.ACCEPTED
    ]
    return [(view.actor.id, view.actor.name), *accepted]


async def tell(work: UnitOfWork, touched: Touched, change: Change, sequence: int, *, now: datetime) -> None:
    """Tell a touched booking's people; for organisers with nobody in Telegram an errand waits."""
    view = touched.view
    name = "slot_moved" if change.act in {Act.MOVE, Act.REBOOK} else "slot_cancelled"
    ids: dict[str, Any] = {
        "booking_id": view.booking.id,
        "sequence": sequence,
        "was_starts_at": view.slot.starts_at.isoformat(),
        "was_stage": view.stage.name,
        "reason": change.reason,
    }
    await notices.tell_all(work, touched.people, name, key=f"{name}:{view.booking.id}:{sequence}", **ids)
    for actor_id, actor in _organisers(view):
        if actor in touched.unreachable:
            await work.errands.add_once(
                key=f"{name}:{view.booking.id}:{sequence}:{actor_id}",
                kind=name,
                actor_id=actor_id,
                arena_id=change.edition.arena_id,
                booking_id=view.booking.id,
                detail=ids,
                created_at=now,
            )


async def told_of_move(work: UnitOfWork, ids: Mapping[str, Any]) -> Told | None:
    """What is to be said of a move; None when the booking is over, which is told by itself."""
    view = await work.bookings.view(int(ids["booking_id"]))
    return None if view.booking.state is BookingState.ENDED else _told(view, ids)


async def told_of_end(work: UnitOfWork, ids: Mapping[str, Any], *, now: datetime) -> Told:
    """What is to be said of a slot that was taken away, with the nearest free ones while booking is open."""
    view = await work.bookings.view(int(ids["booking_id"]))
    status = await work.slots.status(view.slot.id)
    free = policy.nearest(await work.slots.list_of(view.edition.id), status, now) if view.edition.is_open(now) else []
    return _told(view, ids, free)


def _told(view: BookingView, ids: Mapping[str, Any], free: Sequence[SlotStatus] = ()) -> Told:
    was_at = datetime.fromisoformat(str(ids["was_starts_at"]))
    return Told(view, was_at, str(ids["was_stage"]), str(ids["reason"]), free)
