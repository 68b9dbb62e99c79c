"""A coordinator's stages and slots: laid out, shown day by day, removed while free."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.attributes import line_within
from bot.domain.errors import DomainError
from bot.domain.grid import SlotsOverlap, Span, refuse_overlap
from bot.domain.model import Draft, Edition, Person, Slot, SlotState, Stage
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.slots import (
    AskedSlots,
    AskedStage,
    RemovingFree,
    SlotCard,
    SlotsPreview,
    StageList,
    StageSlots,
)
from bot.domain.seat import Seat
from bot.domain.slot_lines import Frame, SlotClash, as_text, from_text, read_slots
from bot.services import rights
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "slots"


class StageInUse(DomainError):
    """Slots of the stage are, or have been, booked; `stage` is its name."""


def frame_of(edition: Edition, now: datetime) -> Frame:
    """Where the edition's slots may lie."""
    return Frame(edition.starts_on, edition.ends_on, edition.tz, now)


async def _own_edition(work: UnitOfWork, person: Person, edition_id: int) -> Edition:
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return edition


async def _own_stage(work: UnitOfWork, person: Person, stage_id: int, *, lock: bool = False) -> tuple[Stage, Edition]:
    stage = await work.stages.get(stage_id, lock=lock)
    return stage, await _own_edition(work, person, stage.edition_id)


# Stages


async def list_stages(work: UnitOfWork, person: Person, edition_id: int) -> StageList:
    """An edition's stages. Raises NotFound, NotAllowed."""
    edition = await _own_edition(work, person, edition_id)
    statuses = await work.slots.list_of(edition_id)
    stages = await work.stages.list_of(edition_id)
    return StageList(edition, [(stage, [s for s in statuses if s.stage.id == stage.id]) for stage in stages])


async def ask_stage(work: UnitOfWork, seat: Seat, edition_id: int, *, now: datetime) -> AskedStage:
    """Ask for a new stage's name and address. Raises NotFound, NotAllowed."""
    edition = await _own_edition(work, seat.person, edition_id)
    draft = await open_draft(work, seat, KIND, "stage", {"edition_id": edition_id}, awaits_text=True, now=now)
    return AskedStage(draft, edition)


async def add_stage(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> StageSlots:
    """Store a stage written as "name, address". Raises NameMissing, TextTooLong, NotAllowed."""
    edition = await _own_edition(work, seat.person, int(draft.data["edition_id"]))
    name, _, address = text.partition(",")
    stage = await work.stages.add(
        edition_id=edition.id,
        name=line_within(name, 60),
        address=line_within(address, 100) if address.strip() else edition.place.get("sv", ""),
        latitude=edition.latitude,
        longitude=edition.longitude,
    )
    await close_draft(work, draft, now=now)
    await work.acts.add(
        at=now, person_id=seat.person.id, act="stage.added", subject=f"stage:{stage.id}", detail={"name": stage.name}
    )
    return StageSlots(edition, stage, [])


async def remove_stage(work: UnitOfWork, person: Person, stage_id: int, *, now: datetime) -> StageList:
    """Take away a stage on which nothing was ever booked, with its slots. Raises StageInUse, NotFound, NotAllowed."""
    stage, edition = await _own_stage(work, person, stage_id, lock=True)
    if await work.slots.any_booked(stage_id):
        raise StageInUse(stage=stage.name)
    for slot in await work.slots.list_of_stage(stage_id):
        await work.slots.remove(slot.id)
    await work.stages.remove(stage_id)
    await work.acts.add(
        at=now, person_id=person.id, act="stage.removed", subject=f"stage:{stage_id}", detail={"name": stage.name}
    )
    return await list_stages(work, person, edition.id)


# Slots


async def open_stage(work: UnitOfWork, person: Person, stage_id: int, day: date | None = None) -> StageSlots:
    """A stage's slots, all or a day's. Raises NotFound, NotAllowed."""
    stage, edition = await _own_stage(work, person, stage_id)
    statuses = [
        s
        for s in await work.slots.list_of(edition.id)
        if s.stage.id == stage_id and (day is None or s.slot.starts_at.astimezone(edition.tz).date() == day)
    ]
    return StageSlots(edition, stage, statuses, day)


async def open_slot(work: UnitOfWork, person: Person, slot_id: int) -> SlotCard:
    """One slot with who has it and who applies. Raises NotFound, NotAllowed."""
    status = await work.slots.status(slot_id)
    edition = await _own_edition(work, person, status.stage.edition_id)
    view = None if status.booking is None else await work.bookings.view(status.booking.id)
    return SlotCard(edition, status, view, await work.bookings.list_applied_for(slot_id))


async def ask_slots(work: UnitOfWork, seat: Seat, stage_id: int, *, now: datetime) -> AskedSlots:
    """Ask for new slots, a grid or a single one. Raises NotFound, NotAllowed."""
    stage, edition = await _own_stage(work, seat.person, stage_id)
    draft = await open_draft(work, seat, KIND, "slots", {"stage_id": stage_id}, awaits_text=True, now=now)
    return AskedSlots(draft, edition, stage)


async def preview_slots(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> SlotsPreview:
    """Read new slots and show them before they are saved; another line replaces them.

    Raises SlotClash, NotAllowed, and what `read_slots` raises.
    """
    stage, edition = await _own_stage(work, seat.person, int(draft.data["stage_id"]))
    spans = read_slots(text, frame_of(edition, now))
    await require_room(work, edition, stage, spans)
    draft = await advance(work, draft, "slots", awaits_text=True, now=now, spans=[list(as_text(s)) for s in spans])
    return SlotsPreview(draft, edition, stage, spans)


async def require_room(
    work: UnitOfWork, edition: Edition, stage: Stage, spans: Sequence[Span], *, but: int | None = None
) -> None:
    """Raise SlotClash when a span would share time with another or with a slot of the stage (`but` left out)."""
    first, last = min(s.starts_at for s in spans), max(s.ends_at for s in spans)
    existing = [s for s in await work.slots.list_overlapping(stage.id, first, last) if s.id != but]
    try:
        refuse_overlap(spans, [Span(s.starts_at, s.ends_at) for s in existing])
    except SlotsOverlap as error:
        raise SlotClash(starts_at=error.fields["starts_at"], zone=edition.zone, stage=stage.name) from error


async def save_slots(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> StageSlots:
    """Store the slots that were shown. Raises NotFound, NotAllowed, SlotClash, SlotInPast, OutsideEdition."""
    draft = await own_draft(work, seat, draft_id, KIND)
    stage, edition = await _own_stage(work, seat.person, int(draft.data["stage_id"]), lock=True)
    spans = [from_text(*span) for span in draft.data.get("spans", [])]
    frame_of(edition, now).require_within(spans)
    if spans:
        await require_room(work, edition, stage, spans)
    for span in spans:
        await work.slots.add(stage_id=stage.id, starts_at=span.starts_at, ends_at=span.ends_at, state=SlotState.OPEN)
    await close_draft(work, draft, now=now)
    await work.acts.add(
        at=now, person_id=seat.person.id, act="slots.added", subject=f"stage:{stage.id}", detail={"count": len(spans)}
    )
    shown = await open_stage(work, seat.person, stage.id)
    return StageSlots(edition, stage, shown.statuses, None, len(spans))


async def drop(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> StageSlots | SlotCard:
    """Leave a dialogue about slots as if it had not been. Raises NotFound, NotAllowed."""
    draft = await own_draft(work, seat, draft_id, KIND)
    await close_draft(work, draft, now=now)
    if "slot_id" in draft.data:
        return await open_slot(work, seat.person, int(draft.data["slot_id"]))
    return await open_stage(work, seat.person, int(draft.data["stage_id"]))


async def reopen(work: UnitOfWork, person: Person, slot_id: int, revision: int, *, now: datetime) -> SlotCard:
    """Open a blocked slot, or put back one that was removed. Raises NotFound, NotAllowed, Outdated, SlotClash."""
    status = await work.slots.status(slot_id)
    stage, edition = await _own_stage(work, person, status.stage.id, lock=True)
    slot = await work.slots.get(slot_id, lock=True)
    if slot.revision == revision and slot.state is not SlotState.OPEN:
        await require_room(work, edition, stage, [Span(slot.starts_at, slot.ends_at)], but=slot.id)
        await work.slots.change(slot, state=SlotState.OPEN, reason=None)
        await work.acts.add(
            at=now, person_id=person.id, act="slot.opened", subject=f"slot:{slot_id}", detail={"was": slot.state}
        )
    return await open_slot(work, person, slot_id)


async def removing_free(work: UnitOfWork, person: Person, stage_id: int, day: date) -> RemovingFree:
    """How many free slots of a day there are to remove. Raises NotFound, NotAllowed."""
    shown = await open_stage(work, person, stage_id, day)
    return RemovingFree(shown.edition, shown.stage, day, sum(s.is_free and not s.applicants for s in shown.statuses))


async def remove_free(work: UnitOfWork, person: Person, stage_id: int, day: date, *, now: datetime) -> StageSlots:
    """Remove a day's free slots that nobody applies for. Raises NotFound, NotAllowed."""
    await _own_stage(work, person, stage_id, lock=True)
    removed: list[Slot] = []
    for status in (await open_stage(work, person, stage_id, day)).statuses:
        slot = await work.slots.get(status.slot.id, lock=True)
        if status.is_free and not status.applicants and await work.bookings.taking(slot.id) is None:
            removed.append(await work.slots.change(slot, state=SlotState.CANCELLED))
    await work.acts.add(
        at=now,
        person_id=person.id,
        act="slots.removed",
        subject=f"stage:{stage_id}",
        detail={"ids": [slot.id for slot in removed]},
    )
    return await open_stage(work, person, stage_id)
