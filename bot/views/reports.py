"""/rapport: which report, the finished one, and what coordinators enter for it."""

from typing import Final

from bot.domain.report import COMMENT_MAX, RESULTS
from bot.domain.results.pages import Page
from bot.domain.results.report import About, Commented, Commenting, Comments, EditionOutturn, Frame, MadeReport, Reports
from bot.texts import Html
from bot.views.amount import Amount
from bot.views.edition_buttons import Coordinate, OpenEdition, OpenSheet
from bot.views.evaluation_buttons import ListEarlier
from bot.views.issues import page_line, paged
from bot.views.matters import quotation
from bot.views.report_buttons import (
    AskFinancing,
    AskOutturn,
    AskYears,
    ListComments,
    ListOutturns,
    ListReports,
    MakeReport,
    RemoveComment,
    RemoveOutturn,
    ShowFrame,
    ShowOutturn,
    WriteComment,
)
from bot.views.screen import Button, File, L, Line, Screen, Words, button, columns, t

_SHOWN: Final = 300
"""UTF-16 units of a comment in the list of six."""
_YEARS: Final = 6
"""Years that are offered with a press; others can be written."""
MAKER: Final = "report"


def name(about: About) -> Words:
    """What a report is called."""
    if about.edition is not None:
        return L(about.edition.name)
    return t("report.title", years=years(about.scope.from_year, about.scope.to_year))


def years(first: int, last: int) -> Words:
    """A year, or from one to another."""
    return str(first) if first == last else t("report.years", first=str(first), last=str(last))


# Which report


def reports(result: Reports) -> Screen:
    """Editions, years, and the project's frame."""
    lines: list[Line] = [t("reports.which"), page_line(result.editions)]
    if not result.editions.items:
        lines.append(t("reports.no_editions"))
    rows = [[button(L(e.name), MakeReport(scope=f"edition:{e.id}"))] for e in result.editions.items]
    turn = paged(result.editions, ListReports)
    every = [button(str(y), MakeReport(scope=f"years:{y}-{y}")) for y in result.years[:_YEARS]]
    outturns = [button(t("reports.outturn"), ListOutturns(page=0))] if result.editions.items else []
    overview = [button(t("reports.overview"), Coordinate())]
    if not result.all_arenas:
        return Screen(lines, [*rows, turn, outturns, overview])
    every.append(button(t("reports.several_years"), AskYears()))
    money = [button(t("reports.frame"), ShowFrame()), *outturns]
    return Screen(lines, [*rows, turn, *columns(every, 3), money, overview])


def which_years() -> Screen:
    """Several years: which."""
    return Screen([t("reports.which_years")], [[_others()]])


def being_made(about: About) -> Screen:
    """It is under way."""
    rows = [[_comments(about)], *_entering(about), [_others()]]
    return Screen([t("reports.being_made", report=name(about))], rows)


def finished(about: About, made: MadeReport, order: int) -> Screen:
    """The pictures, the six answers with what can be done, the document and the workbook."""
    files = {part: {"order": order, "part": part} for part in ("pdf", "xlsx")}
    pictures = [File(MAKER, {"order": order, "part": str(n)}, photo=True) for n in range(len(made.pictures))]
    return Screen(
        [Html(made.summary)],
        [[_comments(about)], *_entering(about), [_again(about), _others()]],
        above=pictures,
        below=[File(MAKER, ids) for ids in files.values()],
    )


def failed(about: About) -> Screen:
    """It could not be made."""
    return Screen(
        [t("reports.failed", report=name(about))],
        [[button(t("reports.try_again"), MakeReport(scope=about.scope.code))], [_others()]],
    )


def _comments(about: About) -> Button:
    return button(t("reports.comments"), ListComments(scope=about.scope.code))


def _entering(about: About) -> list[list[Button]]:
    """Ways to what is entered by hand."""
    if about.edition is None:
        return [[button(t("reports.frame"), ShowFrame())]]
    ids = {"edition_id": about.edition.id}
    return [[button(t("reports.outturn"), ShowOutturn(**ids)), button(t("evaluation.to_earlier"), ListEarlier(**ids))]]


def _again(about: About) -> Button:
    return button(t("reports.again"), MakeReport(scope=about.scope.code))


def _others() -> Button:
    return button(t("reports.others"), ListReports(page=0))


# Comments


def comments(result: Comments) -> Screen:
    """The six results, each with what is said of it."""
    saved = None
    if result.saved is not None:
        saved = t("reports.saved" if result.saved in result.by_result else "reports.removed", number=result.saved)
    lines: list[Line] = [saved, t("reports.comments_heading", report=name(result.about)), ""]
    for number in RESULTS:
        lines.append(t("reports.result", number=number, title=t(f"report.result_{number}")))
        if (comment := result.by_result.get(number)) is not None:
            lines.append(t("reports.said", text=quotation(comment.text, _SHOWN)))
    lines += ["", t("reports.which_result")]
    scope = result.about.scope.code
    numbers = [button(str(number), WriteComment(scope=scope, result=number)) for number in RESULTS]
    return Screen(lines, [*columns(numbers, 3), [_again(result.about), _others()]])


def commented(result: Commented) -> Screen:
    """What a written comment led to."""
    return write_comment(result) if isinstance(result, Commenting) else comments(result)


def write_comment(result: Commenting) -> Screen:
    """The question for a comment, and what stands there now."""
    ids = {"scope": result.about.scope.code}
    lines: list[Line] = [
        t("reports.overtaken") if result.overtaken else None,
        t("reports.result", number=result.result, title=t(f"report.result_{result.result}")),
        t("reports.said_now", text=result.comment.text) if result.comment is not None else None,
        "",
        t("reports.ask_comment", limit=COMMENT_MAX),
    ]
    remove = button(t("reports.remove_comment"), RemoveComment(**ids, result=result.result))
    back = button(t("common.back"), ListComments(**ids))
    return Screen(lines, [[remove] if result.comment is not None else [], [back]])


# The frame, and what editions cost


def frame(result: Frame) -> Screen:
    """Who pays how much for which years."""
    gone = result.removed
    lines: list[Line] = [
        t("reports.financing_removed", financier=gone.financier, amount=Amount(gone.amount)) if gone else None,
        t("reports.frame_heading"),
        "",
    ]
    lines += [
        t(
            "reports.financing",
            financier=each.financier,
            amount=Amount(each.amount),
            years=years(each.from_year, each.to_year),
            source=each.source,
        )
        for each in result.financings
    ]
    if result.total is None:
        lines.append(t("reports.no_frame"))
    elif len(result.financings) > 1:
        lines.append(t("reports.frame_total", amount=Amount(result.total)))
    rows = [[button(each.financier, OpenSheet(sheet="financing", record_id=each.id))] for each in result.financings]
    return Screen(lines, [*rows, [button(t("reports.add_financing"), AskFinancing())], [_others()]])


def ask_financing() -> Screen:
    """The question for who pays."""
    return Screen([t("reports.ask_financing")], [[button(t("common.back"), ShowFrame())]])


def outturns(result: Page[EditionOutturn]) -> Screen:
    """What editions cost; a press opens one."""
    lines: list[Line] = [t("reports.outturns_heading"), page_line(result), ""]
    lines += [t("reports.outturn_of", edition=L(each.edition.name), cost=_cost(each)) for each in result.items]
    rows = [[button(L(each.edition.name), ShowOutturn(edition_id=each.edition.id))] for each in result.items]
    return Screen(lines, [*rows, paged(result, ListOutturns), [_others()]])


def _cost(of: EditionOutturn) -> Words:
    known = of.outturn
    if known is None:
        return t("reports.not_entered")
    return t("reports.cost", amount=Amount(known.amount), source=known.source)


def outturn(result: EditionOutturn) -> Screen:
    """What an edition cost."""
    ids = {"edition_id": result.edition.id}
    known, gone = result.outturn, result.removed
    lines: list[Line] = [
        t("reports.outturn_removed", amount=Amount(gone.amount)) if gone else None,
        t("reports.outturn_heading", edition=L(result.edition.name)),
        t("reports.no_outturn") if known is None else _cost(result),
    ]
    enter = button(t("reports.enter_outturn" if known is None else "reports.change_outturn"), AskOutturn(**ids))
    remove = [button(t("reports.remove_outturn"), RemoveOutturn(**ids))] if known is not None else []
    again = button(t("reports.again"), MakeReport(scope=f"edition:{result.edition.id}"))
    back = [
        button(t("reports.back_to_outturns"), ListOutturns(page=0)),
        button(t("editions.back_to_edition"), OpenEdition(**ids)),
    ]
    return Screen(lines, [[enter], remove, back, [again, _others()]])


def ask_outturn(edition_id: int, edition: Words) -> Screen:
    """The question for what an edition cost."""
    back = button(t("common.back"), ShowOutturn(edition_id=edition_id))
    return Screen([t("reports.ask_outturn", edition=edition)], [[back]])
