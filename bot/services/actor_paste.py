"""Adding actors: one by its name, or many by pasting rows from a spreadsheet."""

from datetime import datetime

from bot.domain.errors import DomainError
from bot.domain.model import ActorKind, ActorState, Draft
from bot.domain.municipalities import own_municipality
from bot.domain.paste import parse_rows
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.actors import Pasted, Saved
from bot.domain.seat import Seat
from bot.domain.text import clean
from bot.services import rights
from bot.services.actors import record
from bot.services.dialogues import advance, close_draft, open_draft, own_draft

KIND = "paste"
ROWS_MAX = 60_000
"""Characters of pasted rows that are kept between messages."""


class PasteTooLong(DomainError):
    """More was pasted than is taken at once."""


async def start_paste(work: UnitOfWork, seat: Seat, *, now: datetime) -> Draft:
    """Ask for a name, or for rows from a spreadsheet. Raises NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    return await open_draft(work, seat, KIND, "rows", {"text": ""}, awaits_text=True, now=now)


async def add_rows(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> Pasted:
    """Read rows and show them before they are saved; a long paste comes in several messages, which add up.

    Raises NotAllowed, NoRows, TooManyRows, PasteTooLong.
    """
    await rights.require_any_coordinator(work, seat.person)
    whole = "\n".join(part for part in (str(draft.data.get("text", "")), clean(text)) if part)
    if len(whole) > ROWS_MAX:
        raise PasteTooLong
    rows = parse_rows(whole, await work.actors.list_known())
    draft = await advance(work, draft, "rows", awaits_text=True, now=now, text=whole)
    return Pasted(draft, rows, _kind_of(draft))


def _kind_of(draft: Draft) -> ActorKind | None:
    kind = draft.data.get("kind")
    return ActorKind(kind) if kind else None


async def choose_kind(work: UnitOfWork, seat: Seat, draft_id: int, kind: ActorKind, *, now: datetime) -> Pasted:
    """What rows that say no kind become. Raises NotFound, NotAllowed."""
    await rights.require_any_coordinator(work, seat.person)
    draft = await own_draft(work, seat, draft_id, KIND)
    draft = await advance(work, draft, "rows", awaits_text=True, now=now, kind=kind.value)
    return Pasted(draft, parse_rows(str(draft.data["text"]), await work.actors.list_known()), kind)


async def drop_rows(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Draft:
    """Begin the paste anew. Raises NotFound, NotAllowed."""
    await close_draft(work, await own_draft(work, seat, draft_id, KIND), now=now)
    return await start_paste(work, seat, now=now)


async def save_rows(work: UnitOfWork, seat: Seat, draft_id: int, *, now: datetime) -> Saved | Pasted:
    """Store the rows that can be; shown once more when some still lack a kind. Raises NotFound, NotAllowed, NoRows."""
    await rights.require_any_coordinator(work, seat.person)
    draft = await own_draft(work, seat, draft_id, KIND)
    pasted = Pasted(draft, parse_rows(str(draft.data["text"]), await work.actors.list_known()), _kind_of(draft))
    if pasted.kindless and pasted.kind is None:
        return pasted
    added = [
        await work.actors.add(
            name=row.name,
            kind=row.kind or pasted.kind,
            aliases=(),
            state=ActorState.ACTIVE,
            contact_name=row.contact,
            contact_email=row.email,
            contact_phone=row.phone,
            municipality=own_municipality(row.name, row.kind or pasted.kind),
            created_at=now,
        )
        for row in pasted.savable
    ]
    await close_draft(work, draft, now=now)
    for actor in added:
        await record(work, seat.person, "actor.added", actor.id, now=now, name=actor.name)
    return Saved(added)
