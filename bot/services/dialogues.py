"""Dialogues under way: opened, moved on and closed. Their state is a draft row, never process memory."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import NotFound
from bot.domain.model import Draft, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.seat import Seat


async def open_draft(
    work: UnitOfWork,
    seat: Seat,
    kind: str,
    step: str,
    data: Mapping[str, Any] | None = None,
    *,
    awaits_text: bool = False,
    now: datetime,
) -> Draft:
    """Begin a dialogue. One that awaits text takes the person's words from any other."""
    if awaits_text:
        await work.drafts.stop_awaiting(seat.chat_id, seat.person.id)
    return await work.drafts.add(
        chat_id=seat.chat_id,
        person_id=seat.person.id,
        card_id=seat.card_id,
        kind=kind,
        step=step,
        data=dict(data or {}),
        awaits_text=awaits_text,
        open=True,
        created_at=now,
        updated_at=now,
    )


async def advance(
    work: UnitOfWork,
    draft: Draft,
    step: str,
    *,
    awaits_text: bool = False,
    now: datetime,
    card_id: int | None = None,
    **data: Any,
) -> Draft:
    """Go to a step, with answers added to the draft's data. Raises Outdated when the draft has moved since."""
    if awaits_text and not draft.awaits_text:
        await work.drafts.stop_awaiting(draft.chat_id, draft.person_id)
    return await work.drafts.change(
        draft,
        step=step,
        data={**draft.data, **data},
        awaits_text=awaits_text,
        updated_at=now,
        card_id=card_id or draft.card_id,
    )


async def close_draft(work: UnitOfWork, draft: Draft, *, now: datetime) -> Draft:
    """The dialogue is over."""
    return await work.drafts.change(draft, open=False, awaits_text=False, updated_at=now)


async def close_drafts(
    work: UnitOfWork, chat_id: int, person: Person, kinds: Collection[str], *, now: datetime
) -> None:
    """What was asked in dialogues of these kinds is left unanswered: the person went elsewhere."""
    for draft in await work.drafts.list_open(chat_id, person.id):
        if draft.kind in kinds:
            await close_draft(work, draft, now=now)


async def past_draft(work: UnitOfWork, seat: Seat, draft_id: int, kind: str) -> Draft:
    """The person's own draft of a kind, closed or not: a second press finds what the first one did. Raises NotFound."""
    draft = await work.drafts.find(draft_id)
    if draft is None or draft.kind != kind or draft.person_id != seat.person.id:
        raise NotFound(what="drafts", id=draft_id)
    return draft


async def own_draft(work: UnitOfWork, seat: Seat, draft_id: int, kind: str) -> Draft:
    """The person's own open draft of a kind, behind a button. Raises NotFound."""
    draft = await work.drafts.find(draft_id)
    if draft is None or not draft.open or draft.kind != kind or draft.person_id != seat.person.id:
        raise NotFound(what="drafts", id=draft_id)
    return draft
