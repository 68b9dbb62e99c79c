"""What coordinators see of evaluations: answers as they come, last year's beside them, and what was measured elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain import evaluation as rules
from bot.domain.attributes import UnknownOption
from bot.domain.dates import local_day
from bot.domain.figures import Figure, Source, of_edition
from bot.domain.model import (
    ActivityEvaluation,
    BookingView,
    Draft,
    Edition,
    Person,
)
from bot.domain.policy import has_been
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.results.evaluations import (
    Answers,
    EarlierResults,
    EditionResults,
    FreeLines,
    Willing,
)
from bot.domain.seat import Seat
from bot.services import rights
from bot.services.dialogues import close_draft, open_draft
from bot.services.evaluations import groups_of

KIND = "earlier_result"
PAGE = 8
_PARTS = (
    *("arenas", "editions", "stages", "slots", "actors", "activities", "bookings", "co_organisers", "target_groups"),
    *("ambassadors", "activity_evaluations", "edition_evaluations", "askings"),
)
"""What figures of answers are made of."""


async def list_editions(work: UnitOfWork, person: Person, *, now: datetime) -> list[Edition]:
    """Editions that have begun, of the arenas that the person runs, latest first. Raises NotAllowed."""
    await rights.require_any_coordinator(work, person)
    found = []
    for arena in await work.arenas.list_all():
        if await rights.coordinates(work, person, arena.id):
            found += [e for e in await work.editions.list_of(arena.id) if _has_begun(e, now)]
    return sorted(found, key=lambda e: (str(e.starts_on), e.id), reverse=True)


def _has_begun(edition: Edition, now: datetime) -> bool:
    return edition.published and edition.starts_on is not None and edition.starts_on <= local_day(now, edition.tz)


async def _own(work: UnitOfWork, person: Person, edition_id: int) -> Edition:
    edition = await work.editions.get(edition_id)
    await rights.require_coordinator(work, person, edition.arena_id)
    return edition


async def results(work: UnitOfWork, person: Person, edition_id: int, *, now: datetime) -> EditionResults:
    """An edition's figures beside earlier ones. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    arenas = await work.editions.list_of(edition.arena_id)
    before = next((e for e in arenas if e.year < edition.year and e.published), None)
    earlier = [each for each in await work.earlier_results.list_of(edition.arena_id) if each.year < edition.year]
    source = await work.report.source(*_PARTS)
    return EditionResults(
        edition,
        _figures(source, edition, now),
        before,
        _figures(source, before, now) if before is not None else None,
        earlier,
        await groups_of(work, edition.arena_id),
        len(await list_editions(work, person, now=now)) > 1,
    )


def _figures(source: Source, edition: Edition, now: datetime) -> Mapping[str, Figure]:
    """The report's, as answers come."""
    from bot.domain.figures.report import compute  # noqa: PLC0415  # all that a report is made of, seldom asked for here

    return compute(source, of_edition(edition), now=now, least=1).figures


def _page(total: int, page: int) -> tuple[int, int]:
    pages = max(-(-total // PAGE), 1)
    return min(max(page, 0), pages - 1), pages


async def _activities(
    work: UnitOfWork, edition: Edition, *, now: datetime
) -> list[tuple[BookingView, ActivityEvaluation | None]]:
    answers = {each.activity_id: each for each in await work.evaluations.list_of_edition(edition.id)}
    views = await work.bookings.list_of_edition(edition.id)
    over = [v for v in views if has_been(v, now)]
    return [(view, answers.get(view.activity.id)) for view in over]


async def list_answers(work: UnitOfWork, person: Person, edition_id: int, page: int, *, now: datetime) -> Answers:
    """A page of an edition's activities that are over: those without an answer first. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    every = sorted(await _activities(work, edition, now=now), key=lambda pair: rules.is_whole(pair[1]))
    page, pages = _page(len(every), page)
    return Answers(edition, every[page * PAGE : (page + 1) * PAGE], page, pages)


async def list_free_lines(work: UnitOfWork, person: Person, edition_id: int, page: int, *, now: datetime) -> FreeLines:
    """A page of what was written about an edition, by nobody's name. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    lines: list[tuple[BookingView | None, str]] = [
        (view, answer.comment)
        for view, answer in await _activities(work, edition, now=now)
        if answer is not None and answer.comment
    ]
    lines += [(None, each.change) for each in await work.edition_evaluations.list_of(edition.id) if each.change]
    page, pages = _page(len(lines), page)
    return FreeLines(edition, lines[page * PAGE : (page + 1) * PAGE], page, pages)


async def list_ambassadors(work: UnitOfWork, person: Person, edition_id: int) -> Willing:
    """Who is an ambassador for the edition's arena, by name. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    found: dict[int, tuple[Person, str | None]] = {}
    for ambassador, willing in await work.ambassadors.list_of_arena(edition.arena_id):
        actor = await work.actors.find(ambassador.actor_id) if ambassador.actor_id is not None else None
        found.setdefault(willing.id, (willing, actor.name if actor is not None else None))
    return Willing(edition, await work.arenas.get(edition.arena_id), list(found.values()))


# Measured elsewhere


async def list_earlier(work: UnitOfWork, person: Person, edition_id: int) -> EarlierResults:
    """What was measured elsewhere of an edition's arena. Raises NotFound, NotAllowed."""
    edition = await _own(work, person, edition_id)
    arena = await work.arenas.get(edition.arena_id)
    return EarlierResults(arena, edition_id, await work.earlier_results.list_of(arena.id))


async def ask_earlier(work: UnitOfWork, seat: Seat, edition_id: int, measure: str, *, now: datetime) -> EarlierResults:
    """Ask for a result: year, value, scale and source. Raises NotFound, NotAllowed, UnknownOption."""
    if measure not in rules.MEASURES:
        raise UnknownOption
    listed = await list_earlier(work, seat.person, edition_id)
    data = {"edition_id": edition_id, "measure": measure}
    draft = await open_draft(work, seat, KIND, "result", data, awaits_text=True, now=now)
    return EarlierResults(listed.arena, edition_id, listed.results, draft, measure)


async def take_earlier(work: UnitOfWork, seat: Seat, draft: Draft, text: str, *, now: datetime) -> EarlierResults:
    """Keep a result; one of the same year is replaced. Raises NotFound, NotAllowed, NotAnEarlierResult, TextTooLong."""
    edition_id, measure = int(draft.data["edition_id"]), str(draft.data["measure"])
    listed = await list_earlier(work, seat.person, edition_id)
    year, value, out_of, answers, source = rules.read_earlier(text)
    kept = {"value": value, "out_of": out_of, "answers": answers, "source": source}
    who = {"person_id": seat.person.id, "entered_at": now}
    same = next((each for each in listed.results if (each.year, each.measure) == (year, measure)), None)
    if same is not None:
        await work.earlier_results.change(same, **kept, **who)
    else:
        await work.earlier_results.add(arena_id=listed.arena.id, year=year, measure=measure, **kept, **who)
    await close_draft(work, draft, now=now)
    await _record(work, seat.person, "earlier_result.entered", listed.arena.id, {"year": year, "measure": measure}, now)
    return await list_earlier(work, seat.person, edition_id)


async def remove_earlier(
    work: UnitOfWork, person: Person, edition_id: int, result_id: int, *, now: datetime
) -> EarlierResults:
    """Take a result away; one that is gone is gone. Raises NotFound, NotAllowed."""
    listed = await list_earlier(work, person, edition_id)
    for each in listed.results:
        if each.id == result_id:
            await work.earlier_results.remove(result_id)
            detail = {"year": each.year, "measure": each.measure}
            await _record(work, person, "earlier_result.removed", listed.arena.id, detail, now)
    return await list_earlier(work, person, edition_id)


async def _record(
    work: UnitOfWork, person: Person, act: str, arena_id: int, detail: dict[str, object], now: datetime
) -> None:
    await work.acts.add(at=now, person_id=person.id, act=act, subject=f"arena:{arena_id}", detail=detail)
