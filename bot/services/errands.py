"""Errands: what an actor with nobody in Telegram is to hear by mail or phone, ticked off when it is done."""

from datetime import datetime
from typing import Any

from bot.domain import answers
from bot.domain.errors import NotFound
from bot.domain.model import BookingView, Errand, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.applications import ErrandView
from bot.services import joint, notices, rights, slot_news


async def inform(work: UnitOfWork, view: BookingView, name: str, *, key: str, now: datetime, **ids: Any) -> None:
    """Let a booking's people know by the notice `name`; for an owner with nobody in Telegram an errand waits."""
    touched = await slot_news.reached(work, view)
    await notices.tell_all(work, touched.people, name, key=key, booking_id=view.booking.id, **ids)
    if view.actor.name in touched.unreachable:
        await work.errands.add_once(
            key=f"{key}:{view.actor.id}",
            kind=name,
            actor_id=view.actor.id,
            arena_id=view.edition.arena_id,
            booking_id=view.booking.id,
            detail=ids,
            created_at=now,
        )


async def may_do(work: UnitOfWork, person: Person, errand: Errand) -> bool:
    """Whether the errand is the person's: of an arena that they run, or of none in particular."""
    if errand.arena_id is None:
        return await rights.is_coordinator(work, person)
    return await rights.coordinates(work, person, errand.arena_id)


async def show_errand(work: UnitOfWork, person: Person, errand_id: int, *, now: datetime) -> ErrandView:
    """An errand as it is now. Raises NotFound, NotAllowed."""
    errand = await work.errands.get(errand_id)
    if errand.arena_id is None:
        await rights.require_any_coordinator(work, person)
    else:
        await rights.require_coordinator(work, person, errand.arena_id)
    return await view_of(work, errand, now=now)


async def view_of(work: UnitOfWork, errand: Errand, *, now: datetime) -> ErrandView:
    """An errand with the actor (the one that it was merged into) and what it is about. Asks for no right."""
    actor = await work.actors.get(errand.actor_id)
    if actor.merged_into_id is not None:
        actor = await work.actors.get(actor.merged_into_id)
    view = await work.bookings.view(errand.booking_id) if errand.booking_id is not None else None
    done_by = await work.people.get(errand.done_by) if errand.done_by is not None else None
    fields = await work.fields.list_of(view.edition.id) if view is not None else []
    lacking = [question.field for question in answers.lacking(fields, view.activity, now)] if view is not None else []
    part_id = errand.detail.get("part_id")
    asked = await joint.invitation(work, int(part_id)) if part_id is not None else None
    if asked is None and "joint_id" in errand.detail:
        asked = await joint.part_of(work, int(errand.detail["joint_id"]), actor.id)
    return ErrandView(errand, actor, view, done_by, lacking, asked)


async def finish(work: UnitOfWork, person: Person, errand_id: int, *, now: datetime) -> ErrandView:
    """Tick an errand off; one that is done stays with who did it. Raises NotFound, NotAllowed."""
    await show_errand(work, person, errand_id, now=now)
    errand = await work.errands.get(errand_id, lock=True)
    if errand.done_at is None:
        errand = await work.errands.change(errand, done_at=now, done_by=person.id)
        await work.acts.add(
            at=now,
            person_id=person.id,
            act="errand.done",
            subject=f"errand:{errand.id}",
            detail={"kind": errand.kind, "actor_id": errand.actor_id},
        )
    return await view_of(work, errand, now=now)


async def reopen(work: UnitOfWork, person: Person, errand_id: int, *, now: datetime) -> ErrandView:
    """«Ångra»: it waits again. Raises NotFound, NotAllowed."""
    await show_errand(work, person, errand_id, now=now)
    errand = await work.errands.get(errand_id, lock=True)
    if errand.done_at is None:
        raise NotFound(what="errands", id=errand_id)
    errand = await work.errands.change(errand, done_at=None, done_by=None)
    await work.acts.add(
        at=now, person_id=person.id, act="errand.reopened", subject=f"errand:{errand.id}", detail={"kind": errand.kind}
    )
    return await view_of(work, errand, now=now)
