"""/ar: all arenas of a year on one picture, and who is wanted in two places."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.dates import local_day
from bot.domain.errors import NotFound
from bot.domain.model import Actor, BookingState, Edition, Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.year import BothPlaces, Year, YearEdition
from bot.domain.year import Clash, clashes
from bot.services import plans, rights

HOME = ZoneInfo("Europe/Stockholm")
COMING = frozenset({BookingState.BOOKED, BookingState.REQUESTED, BookingState.CANCELLING})


async def year_of_arenas(work: UnitOfWork, person: Person, year: int | None, *, now: datetime) -> Year:
    """The year asked for, else the present one if it has editions, else the next that has. Raises NotFound."""
    years = sorted({_year(e) for e in await work.editions.list_published()})
    today = local_day(now, HOME).year
    if year is None:
        year = next((y for y in years if y >= today), years[-1] if years else today)
    elif year not in years:
        raise NotFound(what="years", id=year)
    found = await editions_of(work, year)
    both = [await _both(work, person, clash) for clash in clashes([each.edition for each in found])]
    return Year(year, years, found, both)


async def editions_of(work: UnitOfWork, year: int) -> list[YearEdition]:
    """A year's published editions by date, those without dates last."""
    arenas = {arena.id: arena for arena in await work.arenas.list_all()}
    shown = sorted(
        (e for e in await work.editions.list_published() if _year(e) == year),
        key=lambda e: (e.starts_on or date.max, arenas[e.arena_id].position),
    )
    return [YearEdition(e, arenas[e.arena_id], await _deadlines(work, e), await _coming(work, e)) for e in shown]


def _year(edition: Edition) -> int:
    return edition.starts_on.year if edition.starts_on is not None else edition.year


async def _deadlines(work: UnitOfWork, edition: Edition) -> list[datetime]:
    fields = {field.deadline_at for field in await work.fields.list_of(edition.id) if field.deadline_at is not None}
    return sorted(fields | ({edition.answers_at} if edition.answers_at is not None else set()))


async def _coming(work: UnitOfWork, edition: Edition) -> list[Actor]:
    """Actors with a booked activity: owners and co-organisers that accepted."""
    ids = {
        actor_id
        for view in await work.bookings.list_of_edition(edition.id)
        if view.booking.state in COMING
        for actor_id, _ in view.organisers
    }
    return sorted([await work.actors.get(actor_id) for actor_id in ids], key=lambda actor: actor.name.casefold())


async def _both(work: UnitOfWork, person: Person, clash: Clash) -> BothPlaces:
    """Who is booked on both is known to a coordinator of either: to each they are their own arena's people."""
    if not any([await rights.coordinates(work, person, each.arena_id) for each in (clash.one, clash.other)]):
        return BothPlaces(clash, None)
    first, second = await _people(work, clash.one), await _people(work, clash.other)
    return BothPlaces(clash, sorted((first[i] for i in first.keys() & second.keys()), key=lambda p: p.name.casefold()))


async def _people(work: UnitOfWork, edition: Edition) -> dict[int, Person]:
    """Whose own some booked activity of the edition is."""
    return {
        person.id: person
        for view in await work.bookings.list_of_edition(edition.id)
        if view.booking.state in COMING
        for organiser in await plans.organisers(work, view)
        for person in organiser.people
    }
