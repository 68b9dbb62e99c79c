"""What those whom a change to a slot touches are told, in chat or by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain import policy
from bot.domain.model import BookingState, BookingView, Stage
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.slots import Act, Change, Told, Touched
from bot.services import notices


async def reached(work: UnitOfWork, view: BookingView) -> Touched:
    """A booking's own people (all of an organiser's where none of them follows it), and who has nobody in Telegram."""
    people = {p.id: p for p in await work.activities.list_followers(view.activity.id)}
    unreachable: list[str] = []
    for actor_id, name in view.organisers:
        members = await work.people.list_of_actor(actor_id)
        if not members:
            unreachable.append(name)
        elif not people.keys() & {p.id for p in members}:
            people |= {p.id: p for p in members}
    return Touched(view, [people[key] for key in sorted(people)], unreachable)


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
    await _leave_errands(work, touched, name, sequence, ids, now=now)


async def _leave_errands(
    work: UnitOfWork, touched: Touched, kind: str, sequence: int, detail: dict[str, Any], *, now: datetime
) -> None:
    """For each organiser with nobody in Telegram, one that waits on /samordna."""
    view = touched.view
    for actor_id, actor in view.organisers:
        if actor in touched.unreachable:
            await work.errands.add_once(
                key=f"{kind}:{view.booking.id}:{sequence}:{actor_id}",
                kind=kind,
                actor_id=actor_id,
                arena_id=view.edition.arena_id,
                booking_id=view.booking.id,
                detail=detail,
                created_at=now,
            )


async def booked_ahead(work: UnitOfWork, stage: Stage, *, now: datetime) -> list[BookingView]:
    """Bookings of a stage that are still to take place."""
    views = await work.bookings.list_of_edition(stage.edition_id)
    booked = (view for view in views if view.booking.state is BookingState.BOOKED)
    return [view for view in booked if view.stage.id == stage.id and view.slot.starts_at > now]


async def tell_of_place(work: UnitOfWork, stage: Stage, *, now: datetime) -> None:
    """Tell all who have booked a stage that it has another address; their calendars hear it too."""
    for view in await booked_ahead(work, stage, now=now):
        sequence = view.activity.sequence + 1
        await work.activities.change(view.activity, sequence=sequence)
        touched = await reached(work, view)
        ids = {"booking_id": view.booking.id}
        key = f"place_changed:{view.booking.id}:{sequence}"
        await notices.tell_all(work, touched.people, "place_changed", key=key, **ids)
        text = f"{stage.name}, {stage.address}"
        await _leave_errands(work, touched, "place_changed", sequence, {**ids, "text": text}, now=now)


async def told_of_place(work: UnitOfWork, ids: Mapping[str, Any]) -> BookingView | None:
    """The booking whose place changed; None when it is over."""
    view = await work.bookings.view(int(ids["booking_id"]))
    return view if view.booking.state is BookingState.BOOKED else None


async def told_of_move(work: UnitOfWork, ids: Mapping[str, Any]) -> Told | None:
    """What is to be said of a move; None when the booking is over, which is told by itself."""
    view = await work.bookings.view(int(ids["booking_id"]))
    return None if view.booking.state is BookingState.ENDED else _told(view, ids)


async def told_of_end(work: UnitOfWork, ids: Mapping[str, Any], *, now: datetime) -> Told:
    """What is to be said of a slot that was taken away, with the nearest free ones while booking is open."""
    view = await work.bookings.view(int(ids["booking_id"]))
    status = await work.slots.status(view.slot.id)
    if not view.edition.is_open(now):
        return _told(view, ids)
    return _told(view, ids, policy.nearest(await work.slots.list_free(view.edition.id, now), status, now))


def _told(view: BookingView, ids: Mapping[str, Any], free: Sequence[SlotStatus] = ()) -> Told:
    was_at = datetime.fromisoformat(str(ids["was_starts_at"]))
    return Told(view, was_at, str(ids["was_stage"]), str(ids["reason"]), free)
