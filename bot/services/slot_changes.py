"""Moving, blocking and cancelling slots: who is touched, why, and telling them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import policy
from bot.domain.attributes import text_within
from bot.domain.errors import DomainError, NotFound
from bot.domain.grid import Span
from bot.domain.model import (
    BookingState,
    BookingView,
    Draft,
    Edition,
    Person,
    SlotState,
)
from bot.domain.ports.arenas import SlotStatus
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.slots import Act, Asked, AskedReason, AskedWhen, Change, Changed, Confirming, Touched
from bot.domain.seat import Seat
from bot.domain.slot_lines import as_text, from_text, read_move
from bot.services import endings, plans, rights, slot_news
from bot.services.dialogues import advance, close_draft, open_draft, own_draft
from bot.services.slots import KIND, frame_of, require_room

REASON_LIMIT = 300


class SlotHasBegun(DomainError):
    """What has begun is moved, blocked or cancelled no more."""


async def _own_slot(work: UnitOfWork, person: Person, slot_id: int, *, now: datetime) -> tuple[SlotStatus, Edition]:
    status = await work.slots.status(slot_id)
    edition = await work.editions.get(status.stage.edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    if status.slot.starts_at <= now:
        raise SlotHasBegun
    return status, edition


async def begin(work: UnitOfWork, seat: Seat, slot_id: int, act: Act, *, now: datetime) -> AskedWhen | Asked:
    """Begin to move, block or cancel a slot; a free one is cancelled at once.

    Raises NotFound, NotAllowed, SlotHasBegun.
    """
    status, edition = await _own_slot(work, seat.person, slot_id, now=now)
    data = {"slot_id": slot_id, "act": act.value}
    if act is Act.MOVE:
        draft = await open_draft(work, seat, KIND, "when", data, awaits_text=True, now=now)
        free = policy.nearest(await work.slots.list_free(edition.id, now), status, now) if status.booking else []
        stages = [s for s in await work.stages.list_of(edition.id) if s.id != status.stage.id]
        return AskedWhen(draft, edition, status, free, stages)
    draft = await open_draft(work, seat, KIND, "reason", data, now=now)
    return await _reason_or_done(work, seat, draft, now=now)


async def _reason_or_done(work: UnitOfWork, seat: Seat, draft: Draft, *, now: datetime) -> Asked:
    """Ask why when somebody is touched; what is blocked always has a reason."""
    change = await _change(work, draft, now=now)
    if not change.touched and change.act is not Act.BLOCK:
        return await _perform(work, seat, draft, change, now=now)
    await _require_possible(work, change)
    draft = await advance(work, draft, "reason", awaits_text=True, now=now, touched=change.touched_ids)
    return AskedReason(draft, change)


async def _change(work: UnitOfWork, draft: Draft, *, now: datetime) -> Change:
    """What the draft has come to, as things are now."""
    data = draft.data
    status = await work.slots.status(int(data["slot_id"]))
    act = Act(data["act"])
    span, stage = Span(status.slot.starts_at, status.slot.ends_at), status.stage
    if act is Act.REBOOK:
        target = await work.slots.status(int(data["to_slot_id"]))
        span, stage = Span(target.slot.starts_at, target.slot.ends_at), target.stage
    elif act is Act.MOVE:
        span = from_text(*data["span"])
        stage = await work.stages.get(int(data.get("stage_id") or stage.id))
    edition = await work.editions.get(status.stage.edition_id)
    return Change(act, edition, status, span, stage, await _touched(work, status, act, now=now), data.get("reason"))


async def _touched(work: UnitOfWork, status: SlotStatus, act: Act, *, now: datetime) -> list[Touched]:
    """The booking that takes the slot and, unless only it is moved, the applications for it."""
    views: list[BookingView] = []
    if status.booking is not None and not policy.is_over(status.booking, now):
        views.append(await work.bookings.view(status.booking.id))
    if act is not Act.REBOOK:
        views += await work.bookings.list_applied_for(status.slot.id)
    return [await slot_news.reached(work, view) for view in views]


async def move_to_slot(work: UnitOfWork, seat: Seat, draft_id: int, slot_id: int, *, now: datetime) -> Asked:
    """Move the booking to a free slot; its own slot becomes free.

    Raises NotFound, NotAllowed, SlotTaken, SlotNotBookable.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    _, edition = await _own_slot(work, seat.person, int(draft.data["slot_id"]), now=now)
    target = await work.slots.status(slot_id)
    if target.stage.edition_id != edition.id:
        raise NotFound(what="slots", id=slot_id)
    policy.require_bookable(target, edition, now)
    draft = await advance(work, draft, "reason", now=now, act=Act.REBOOK.value, to_slot_id=slot_id)
    return await _reason_or_done(work, seat, draft, now=now)


async def move_to_stage(work: UnitOfWork, seat: Seat, draft_id: int, stage_id: int, *, now: datetime) -> Asked:
    """Move the slot to another stage at the same time. Raises NotFound, NotAllowed, SlotClash."""
    draft = await own_draft(work, seat, draft_id, KIND)
    status, _ = await _own_slot(work, seat.person, int(draft.data["slot_id"]), now=now)
    if (await work.stages.get(stage_id)).edition_id != status.stage.edition_id:
        raise NotFound(what="stages", id=stage_id)
    span = as_text(Span(status.slot.starts_at, status.slot.ends_at))
    draft = await advance(work, draft, "reason", now=now, span=list(span), stage_id=stage_id)
    return await _reason_or_done(work, seat, draft, now=now)


async def take(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Asked:
    """Take what was written: the new time, or why.

    Raises NotFound, NotAllowed, SlotHasBegun, SlotClash, NameMissing, TextTooLong, and as `read_move`.
    """
    status, edition = await _own_slot(work, seat.person, int(draft.data["slot_id"]), now=now)
    if draft.step == "when":
        span = read_move(text, Span(status.slot.starts_at, status.slot.ends_at), frame_of(edition, now))
        draft = await advance(work, draft, "reason", now=now, span=list(as_text(span)))
        return await _reason_or_done(work, seat, draft, now=now)
    draft = await advance(work, draft, "confirm", awaits_text=True, now=now, reason=text_within(text, REASON_LIMIT))
    change = await _change(work, draft, now=now)
    if not change.touched:
        return await _perform(work, seat, draft, change, now=now)
    return await _confirming(work, seat, draft, now=now)


async def _confirming(work: UnitOfWork, _seat: Seat, draft: Draft, *, now: datetime) -> Confirming:
    change = await _change(work, draft, now=now)
    anew = change.touched_ids != draft.data.get("touched")
    draft = await advance(work, draft, "confirm", awaits_text=True, now=now, touched=change.touched_ids)
    return Confirming(draft, change, anew)


async def confirm(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Asked:
    """Do it; when others are touched than were shown, they are shown first.

    Raises NotFound, NotAllowed, SlotHasBegun, SlotClash, SlotTaken, SlotNotBookable.
    """
    draft = await own_draft(work, seat, draft_id, KIND)
    await _own_slot(work, seat.person, int(draft.data["slot_id"]), now=now)
    change = await _change(work, draft, now=now)
    if change.reason is None or change.touched_ids != draft.data.get("touched"):
        return await _confirming(work, seat, draft, now=now)
    return await _perform(work, seat, draft, change, now=now)


async def _require_possible(work: UnitOfWork, change: Change) -> None:
    if change.act is Act.MOVE:
        await require_room(work, change.edition, change.stage, [change.span], but=change.status.slot.id)


async def _perform(work: UnitOfWork, seat: Seat, draft: Draft, shown: Change, *, now: datetime) -> Asked:
    """Lock, look once more, write, tell; when others are touched than were shown, they are shown instead.

    Stages are locked in order of id, so that two changes never wait crosswise.
    """
    for stage_id in sorted({shown.status.stage.id, shown.stage.id}):
        await work.stages.get(stage_id, lock=True)
    await work.slots.get(shown.status.slot.id, lock=True)
    change = await _change(work, draft, now=now)
    if change.touched_ids != shown.touched_ids:
        return await (_confirming if change.reason else _reason_or_done)(work, seat, draft, now=now)
    await _require_possible(work, change)
    await _write(work, change, draft.data, now=now)
    for touched in change.touched:
        await _reach(work, touched, change, now=now)
    await close_draft(work, draft, now=now)
    await work.acts.add(
        at=now,
        person_id=seat.person.id,
        act=f"slot.{change.act}",
        subject=f"slot:{change.status.slot.id}",
        detail={
            "was": change.status.slot.starts_at.isoformat(),
            "is": change.span.starts_at.isoformat(),
            "stage": change.stage.name,
            "reason": change.reason,
            "bookings": change.touched_ids,
        },
    )
    return Changed(change)


async def _write(work: UnitOfWork, change: Change, data: Mapping[str, Any], *, now: datetime) -> None:
    slot = change.status.slot
    match change.act:
        case Act.MOVE:
            await work.slots.change(
                slot, stage_id=change.stage.id, starts_at=change.span.starts_at, ends_at=change.span.ends_at
            )
        case Act.REBOOK:
            target = await work.slots.status(int(data["to_slot_id"]))
            policy.require_bookable(target, change.edition, now)
            if target.booking is not None:
                await endings.end_overdue(work, target.booking, now=now)
            for touched in change.touched:
                await work.bookings.change(touched.view.booking, slot_id=target.slot.id)
        case Act.BLOCK:
            await work.slots.change(slot, state=SlotState.BLOCKED, reason=change.reason)
        case Act.CANCEL:
            await work.slots.change(slot, state=SlotState.CANCELLED, reason=change.reason)


async def _reach(work: UnitOfWork, touched: Touched, change: Change, *, now: datetime) -> None:
    """Let a touched booking follow, tell its people, and note whom nobody can tell in chat."""
    view = touched.view
    sequence = view.activity.sequence + 1
    moved = change.act in {Act.MOVE, Act.REBOOK}
    await work.activities.change(view.activity, sequence=sequence, ready_at=None)
    if moved:
        await plans.replan(work, view.booking.id, now=now)
    else:
        booking = await work.bookings.get(view.booking.id)
        await endings.end(work, booking, "slot_blocked" if change.act is Act.BLOCK else "slot_cancelled", now=now)
    if view.booking.state is BookingState.CANCELLING:
        return
    await slot_news.tell(work, touched, change, sequence, now=now)
