"""A whole report made: its summary, pictures, document and workbook.

Nothing heavy is imported until something is made, so that a process which only asks for reports stays small.
"""

from datetime import datetime

from bot.domain.figures import Source, from_code
from bot.domain.figures.report import compute
from bot.domain.figures.scope import ZONE
from bot.domain.frozen import dataclass
from bot.domain.results.report import MadeReport
from bot.views.screen import Reader


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is made of: rows, the scope's code, the time, and the language of its summary and pictures.

    The document and the workbook are in Swedish.
    """

    source: Source
    scope: str
    now: datetime
    language: str = "sv"


def make(wanted: Wanted) -> MadeReport:
    """All of it, from figures computed once. Raises ValueError where there is no such scope."""
    # heavy, and only wanted in the process that makes reports
    from bot.views.report import charts, document, sheets, summary  # noqa: PLC0415
    from bot.views.report.wording import Wording  # noqa: PLC0415

    report = compute(wanted.source, from_code(wanted.scope, wanted.source), now=wanted.now)
    swedish = Wording(report, Reader("sv", wanted.now))
    theirs = Wording(report, Reader(wanted.language, wanted.now))
    mine = charts.charts(theirs)
    shown = [[(result, chart) for result in pair for chart in mine[result]] for pair in ((1, 2), (3, 4), (5, 6))]
    day = f"{wanted.now.astimezone(ZONE):%Y-%m-%d}"
    return MadeReport(
        f"{swedish.title()} {day}",
        summary.summary(theirs),
        tuple(charts.png(every, theirs.title()) for every in shown if every),
        document.pdf(swedish, mine if wanted.language == "sv" else charts.charts(swedish)),
        sheets.workbook(swedish),
    )
