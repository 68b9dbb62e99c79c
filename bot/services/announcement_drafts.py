"""An announcement's draft: whose it is, and all that it would send."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain import announcements as rules
from bot.domain.announcement_content import Content
from bot.domain.announcements import Audience
from bot.domain.model import Draft
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.announcements import Preview
from bot.domain.seat import Seat
from bot.services import announcement_reports as reports
from bot.services import audiences, rights
from bot.services.dialogues import advance, own_draft

KIND = "announcement"


async def own_announcement(work: UnitOfWork, seat: Seat, draft_id: int) -> Draft:
    """The person's draft, the right asked again. Raises NotFound, NotAllowed, AlreadyConfirmed."""
    await rights.require_any_coordinator(work, seat.person)
    draft = await work.drafts.find(draft_id)
    is_own = draft is not None and draft.kind == KIND and draft.person_id == seat.person.id
    if draft is not None and is_own and not draft.open and "announcement_id" in draft.data:
        await reports.require_own(work, seat.person, int(draft.data["announcement_id"]))
        raise rules.AlreadyConfirmed(announcement_id=draft.data["announcement_id"])
    return await own_draft(work, seat, draft_id, KIND)


async def preview_of(work: UnitOfWork, seat: Seat, draft: Draft, *, now: datetime, fresh: bool = True) -> Preview:
    """All that the draft would send, the right asked again; `fresh` to show the message itself anew. Raises NotAllowed."""
    audience = Audience.from_stored(draft.data["audience"])
    await audiences.require(work, seat.person, audience)
    shown = {} if fresh else draft.data.get("shown", {})
    draft = await advance(work, draft, "preview", now=now, shown=shown)
    edition = await audiences.edition_of(work, audience)
    size = await audiences.measure(work, audience, now=now)
    contents: Mapping[str, Content] = draft.data["contents"]
    send_at = draft.data.get("send_at")
    return Preview(
        draft,
        contents,
        audience,
        edition,
        await audiences.names(work, audience),
        size,
        [language for language in size.by_language if language not in contents],
        bool(draft.data.get("receipts")),
        datetime.fromisoformat(send_at) if send_at else None,
        edition.zone if edition is not None else audiences.HOME,
        fresh,
        shown,
    )
