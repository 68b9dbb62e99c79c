"""The figures that what was played adds up to, as docs/resultat.md defines them; nothing here is the product's."""

from tests.year.expected.activities import of_activities
from tests.year.expected.answers import of_answers
from tests.year.expected.arenas import of_arenas
from tests.year.expected.figure import Figure
from tests.year.expected.issues import of_issues
from tests.year.expected.networks import of_networks
from tests.year.expected.scope import Scope, View
from tests.year.record import Record

__all__ = ["Figure", "Scope", "expected"]


def expected(record: Record, scope: Scope) -> dict[str, Figure]:
    """All of them, each by its key, in which issues, groups and editions have names for numbers."""
    view = View(record, scope)
    return of_issues(view) | of_activities(view) | of_networks(view) | of_arenas(view) | of_answers(view)
