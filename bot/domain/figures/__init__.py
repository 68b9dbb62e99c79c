"""The report's figures; docs/resultat.md defines each. `report.compute(source, scope, now=…)` is loaded by who asks for it."""

from bot.domain.figures.figure import FAMILIES, MARKS, Basis, Figure
from bot.domain.figures.scope import Scope, from_code, named, of_edition, of_years
from bot.domain.figures.source import Source

__all__ = [
    "FAMILIES",
    "MARKS",
    "Basis",
    "Figure",
    "Scope",
    "Source",
    "from_code",
    "named",
    "of_edition",
    "of_years",
]
