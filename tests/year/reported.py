"""The report's figures as `arenabot report` reads them, with names for numbers in their keys."""

from datetime import UTC, datetime

from bot.domain.figures import Figure as Reported
from bot.domain.figures import Source, of_edition, of_years
from bot.domain.figures.report import compute
from storage.reading import reading
from tests.year.expected.figure import Figure
from tests.year.expected.scope import Scope


async def reported(database_url: str, scope: Scope, now: datetime) -> dict[str, Figure]:
    """A report's figures, from the database as it is."""
    async with reading(database_url) as work:
        source = await work.report.source()
    wanted = next((of_edition(e) for e in source.editions if e.name["sv"] == scope.edition), None)
    report = compute(source, wanted or of_years(scope.first, scope.last), now=now.astimezone(UTC))
    names = _names(source)
    return {_key(figure, names): _as_said(figure) for figure in report.figures.values()}


def _names(source: Source) -> dict[tuple[str, str], str]:
    """What the numbers in keys are, by the first word of the family."""
    arenas = {arena.id: arena.key for arena in source.arenas}
    issues = {str(issue.id): issue.title["sv"] for issue in source.issues}
    return {
        **{("issues", number): title for number, title in issues.items()},
        **{("stances", number): title for number, title in issues.items()},
        **{("groups", str(g.id)): f"{arenas[g.arena_id]}/{g.name['sv']}" for g in source.target_groups},
        **{("trend", str(edition.id)): edition.name["sv"] for edition in source.editions},
    }


def _key(figure: Reported, names: dict[tuple[str, str], str]) -> str:
    if figure.part is None:
        return figure.family
    first, dot, rest = figure.part.partition(".")
    return f"{figure.family}.{names.get((figure.family.partition('.')[0], first), first)}{dot}{rest}"


def _as_said(figure: Reported) -> Figure:
    basis = figure.basis and (figure.basis.asked, figure.basis.answered, figure.basis.shown)
    return Figure(figure.value, figure.of, basis or None, figure.withheld)
