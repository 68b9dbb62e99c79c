"""Matters: questions and changes that wait for a coordinator. One of them answers; the others see who did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.model import BookingView, Matter, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import notices

OPEN = "open"
ANSWERED = "answered"


async def open_matter(
    work: UnitOfWork,
    person: Person,
    kind: str,
    view: BookingView | None = None,
    *,
    now: datetime,
    text: str = "",
    detail: Mapping[str, Any] | None = None,
    arena_id: int | None = None,
    edition_id: int | None = None,
    actor_id: int | None = None,
    message_id: int | None = None,
) -> Matter:
    """Let a matter wait for the arena's coordinators (those of all arenas where none is named), who are told.

    `message_id` is the person's message that the answer replies to.
    """
    matter = await work.matters.add(
        kind=kind,
        arena_id=view.edition.arena_id if view else arena_id,
        edition_id=view.edition.id if view else edition_id,
        actor_id=view.actor.id if view else actor_id,
        booking_id=view.booking.id if view else None,
        person_id=person.id,
        text=text,
        detail=dict(detail or {}),
        message_id=message_id,
        state=OPEN,
        created_at=now,
    )
    coordinators = await work.people.list_coordinators(matter.arena_id)
    await notices.tell_all(
        work, coordinators, "matter_opened", key=f"matter:{matter.id}", but=person.id, matter_id=matter.id
    )
    return matter
