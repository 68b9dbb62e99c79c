"""The report's figures: `compute(source, scope, now=…)`; docs/resultat.md defines each."""

from bot.domain.figures.figure import FAMILIES, MARKS, Basis, Figure
from bot.domain.figures.report import Report, compute
from bot.domain.figures.scope import Scope, from_code, named, of_edition, of_years
from bot.domain.figures.source import Source

__all__ = [
    "FAMILIES",
    "MARKS",
    "Basis",
    "Figure",
    "Report",
    "Scope",
    "Source",
    "compute",
    "from_code",
    "named",
    "of_edition",
    "of_years",
]
