"""/ar: the year of arenas, in words beside its picture."""

from collections.abc import Sequence
from typing import ClassVar

from bot.domain.model import Allocation
from bot.domain.results.year import BothPlaces, Year, YearEdition
from bot.views.arenas import ShowArena
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import File, L, Line, Reader, Screen, button, columns, plain, t
from bot.views.times import Day, Days
from bot.views.year_bands import Band, Drawing


class OpenYear(Press):
    """Another year."""

    code: ClassVar[str] = "ya"
    year: int


def year(shown: Year) -> Screen:
    """Each edition with its dates and how many come, what collides, and the picture above."""
    lines: list[Line] = [t("year.heading", year=str(shown.year))]
    for found in shown.editions:
        lines += ["", t("year.edition", name=L(found.edition.name), when=_when(found)), _coming(found), _opens(found)]
    lines += _clashes(shown)
    rows = [[button(L(e.arena.name), ShowArena(arena_id=e.arena.id))] for e in shown.editions]
    picture = File("year", {"year": shown.year}, photo=True)
    years = [button(str(y), OpenYear(year=y)) for y in shown.years if y != shown.year]
    return Screen(lines, [*rows, *columns(years, 4), [go("start")]], above=[picture] if shown.editions else ())


def _when(found: YearEdition) -> Line:
    edition = found.edition
    if edition.starts_on is None:
        return t("year.no_dates")
    days = Days(edition.starts_on, edition.ends_on or edition.starts_on)
    return t("year.preliminary", days=days) if edition.preliminary else days


def _coming(found: YearEdition) -> Line:
    return t("year.coming", n=len(found.actors)) if found.actors else None


def _opens(found: YearEdition) -> Line:
    edition = found.edition
    if edition.allocation is Allocation.NONE or edition.opens_at is None or edition.closes_at is None:
        return None
    key = "year.applies" if edition.allocation is Allocation.APPLICATION else "year.books"
    opens, closes = (Day(at.astimezone(edition.tz).date()) for at in (edition.opens_at, edition.closes_at))
    return t(key, opens=opens, closes=closes)


def _clashes(shown: Year) -> list[Line]:
    lines: list[Line] = []
    for each in shown.clashes:
        lines += ["", clash(each)]
        if each.people:
            lines.append(t("year.in_both", people=[person.name for person in each.people]))
        elif each.people is not None:
            lines.append(t("year.nobody_in_both"))
    return lines


def clash(each: BothPlaces) -> Line:
    """Two editions that share days."""
    days = Days(each.clash.starts_on, each.clash.ends_on)
    return t("year.clash", one=L(each.clash.one.name), other=L(each.clash.other.name), days=days)


def drawing(number: int, editions: Sequence[YearEdition], reader: Reader) -> Drawing:
    """What the picture shows, in the reader's language."""
    bands = [_band(found, reader) for found in editions]
    names = sorted({actor.name for found in editions for actor in found.actors}, key=str.casefold)
    who = [(name, [any(actor.name == name for actor in found.actors) for found in editions]) for name in names]
    words = {key: plain(t(f"year.legend_{key}"), reader) for key in ("held", "opens", "deadline", "who", "more")}
    months = [plain(t(f"year.month_{number}"), reader) for number in range(1, 13)]
    return Drawing(plain(t("year.picture", year=str(number)), reader), bands, who, months, words)


def _band(found: YearEdition, reader: Reader) -> Band:
    edition = found.edition
    local = [at.astimezone(edition.tz).date() if at else None for at in (edition.opens_at, edition.closes_at)]
    window = (local[0], local[1]) if local[0] and local[1] and edition.allocation is not Allocation.NONE else None
    held = None if edition.starts_on is None else (edition.starts_on, edition.ends_on or edition.starts_on)
    deadlines = [at.astimezone(edition.tz).date() for at in found.deadlines]
    return Band(plain(L(found.arena.name), reader), plain(_when(found), reader), window, held, deadlines)
