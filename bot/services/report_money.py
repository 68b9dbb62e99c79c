"""The project's frame and what editions cost: entered in a line each, and edited on their sheets."""

from datetime import datetime
from typing import Any

from bot.domain.errors import Outdated
from bot.domain.model import Draft, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.report import read_financing, read_outturn
from bot.domain.results.editions import SheetCard
from bot.domain.results.pages import Page, page_of
from bot.domain.results.report import EditionOutturn, Frame
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.editing import open_sheet
from bot.services.report import PAGE, own_editions

FINANCING_KIND, OUTTURN_KIND = "financing", "outturn"


async def show_frame(work: UnitOfWork, person: Person) -> Frame:
    """Who pays for the project. Raises NotAllowed."""
    await rights.require_coordinator(work, person, None)
    return Frame(await work.financings.list_all())


async def ask_financing(work: UnitOfWork, seat: Seat, *, now: datetime) -> Draft:
    """Ask who pays how much for which years. Raises NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    return await open_draft(work, seat, FINANCING_KIND, "financing", awaits_text=True, now=now)


async def take_financing(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> SheetCard:
    """Keep it. Raises NotAllowed, NotAFinancing, TextTooLong."""
    await rights.require_coordinator(work, person, None)
    columns = read_financing(text)
    financing = await work.financings.add(**columns)
    await close_draft(work, draft, now=now)
    await _record(work, person, "financings.made", f"financings:{financing.id}", columns, now)
    return await open_sheet(work, person, "financing", financing.id)


async def remove_financing(
    work: UnitOfWork, person: Person, financing_id: int, revision: int, *, now: datetime
) -> Frame:
    """Take a financing away, if it still is as it was shown. Raises NotFound, NotAllowed, Outdated."""
    await rights.require_coordinator(work, person, None)
    removed = await work.financings.get(financing_id)
    if removed.revision != revision:
        raise Outdated(what="financings", id=financing_id)
    await work.financings.remove(financing_id)
    detail = {"financier": removed.financier, "amount": removed.amount, "source": removed.source}
    await _record(work, person, "financings.removed", f"financings:{financing_id}", detail, now)
    return Frame(await work.financings.list_all(), removed)


# What editions cost


async def _own(work: UnitOfWork, person: Person, edition_id: int) -> Edition:
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return edition


async def list_outturns(work: UnitOfWork, person: Person, page: int = 0) -> Page[EditionOutturn]:
    """What the editions of the person's arenas cost, latest first. Raises NotAllowed."""
    editions = page_of(await own_editions(work, person), page, PAGE)
    shown = [EditionOutturn(edition, await work.outturns.of(edition.id)) for edition in editions.items]
    return Page(shown, editions.number, editions.count, editions.total)


async def show_outturn(work: UnitOfWork, person: Person, edition_id: int) -> EditionOutturn:
    """What an edition cost. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    return EditionOutturn(edition, await work.outturns.of(edition_id))


async def ask_outturn(work: UnitOfWork, seat: Seat, edition_id: int, *, now: datetime) -> Edition:
    """Ask what an edition cost, and where that stands. Raises NotFound, NotAllowed."""
    edition = await _own(work, seat.person, edition_id)
    data = {"edition_id": edition_id}
    await open_draft(work, seat, OUTTURN_KIND, "outturn", data, awaits_text=True, now=now)
    return edition


async def take_outturn(work: UnitOfWork, person: Person, draft: Draft, text: str, *, now: datetime) -> EditionOutturn:
    """Keep it, in the place of what was known. Raises NotFound, NotAllowed, NotAnAmount, SourceMissing, TextTooLong."""
    edition = await _own(work, person, int(draft.data["edition_id"]))
    amount, source = read_outturn(text)
    kept = {"amount": amount, "source": source, "person_id": person.id, "entered_at": now}
    known = await work.outturns.of(edition.id)
    if known is None:
        outturn = await work.outturns.add(edition_id=edition.id, **kept)
    else:
        outturn = await work.outturns.change(known, **kept)
    await close_draft(work, draft, now=now)
    detail = {"amount": amount, "source": source, "was": None if known is None else known.amount}
    await _record(work, person, "outturns.entered", f"editions:{edition.id}", detail, now)
    return EditionOutturn(edition, outturn)


async def remove_outturn(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> EditionOutturn:
    """Take it away; what is gone is gone. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    outturn = await work.outturns.of(edition_id)
    if outturn is not None:
        await work.outturns.remove(outturn.id)
        detail = {"amount": outturn.amount, "source": outturn.source}
        await _record(work, person, "outturns.removed", f"editions:{edition_id}", detail, now)
    return EditionOutturn(edition, None, outturn)


async def _record(
    work: UnitOfWork, person: Person, act: str, subject: str, detail: dict[str, Any], now: datetime
) -> None:
    await work.acts.add(at=now, person_id=person.id, act=act, subject=subject, detail=detail)
