"""/rapport: what a person may have reports of, and asking for one. It is made by a process of its own and sent when it is."""

from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.figures.scope import RANGE_MAX, Scope, of_edition, of_years, read_code
from bot.domain.model import Draft, Edition, Person
from bot.domain.outgoing import Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.report import TooManyYears
from bot.domain.results.pages import page_of
from bot.domain.results.report import About, Reports
from bot.domain.seat import Seat
from bot.domain.years import read_years
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft

YEARS_KIND = "report_years"
PAGE = 6


async def list_reports(work: UnitOfWork, person: Person, page: int = 0) -> Reports:
    """What there is to report on, latest first. Raises NotAllowed."""
    own = await own_editions(work, person)
    all_arenas = await rights.coordinates(work, person, None)
    years = sorted({e.year for e in own}, reverse=True) if all_arenas else []
    return Reports(page_of(own, page, PAGE), years, all_arenas)


async def own_editions(work: UnitOfWork, person: Person) -> list[Edition]:
    """Published editions of the arenas that the person runs, latest first. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    published = await work.editions.list_published()
    own = [e for e in published if await rights.coordinates(work, person, e.arena_id)]
    return sorted(own, key=lambda e: (e.year, str(e.starts_on), e.id), reverse=True)


async def about(work: UnitOfWork, person: Person, code: str) -> About:
    """What a scope's code names, if the person may have a report of it. Raises NotFound, NotAllowed."""
    try:
        read = read_code(code)
    except ValueError as error:
        raise NotFound(what="reports", id=0) from error
    if isinstance(read, Scope):
        await rights.require_coordinator(work, person, None)
        return About(read, None)
    edition = await work.editions.get(read)
    await rights.require_coordinator(work, person, edition.arena_id)
    return About(of_edition(edition), edition)


async def order(work: UnitOfWork, seat: Seat, code: str) -> About:
    """Ask for a report; one that is being made for the person is not made twice. Raises NotFound, NotAllowed."""
    wanted = await about(work, seat.person, code)
    key = f"report:{seat.person.id}:{code}"
    await work.outbox.add(Outgoing("report", {"scope": code}, chat_id=seat.chat_id, person_id=seat.person.id, key=key))
    return wanted


async def order_years(work: UnitOfWork, seat: Seat, text: str) -> About:
    """Ask for a report of the years written. Raises NotAllowed, NotYears, TooManyYears."""
    first, last = read_years(text)
    if last - first >= RANGE_MAX:
        raise TooManyYears(limit=RANGE_MAX)
    return await order(work, seat, of_years(first, last).code)


async def ask_years(work: UnitOfWork, seat: Seat, *, now: datetime) -> Draft:
    """Ask for which years. Raises NotAllowed."""
    await rights.require_coordinator(work, seat.person, None)
    return await open_draft(work, seat, YEARS_KIND, "years", awaits_text=True, now=now)


async def take_years(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> About:
    """Ask for a report of the years written. Raises NotAllowed, NotYears, TooManyYears."""
    await close_draft(work, draft, now=now)
    return await order_years(work, seat, text)
