"""Methods that are shared, contacts, and money."""

from collections import Counter

from tests.year.expected.answers import ENOUGH
from tests.year.expected.figure import Figure
from tests.year.expected.scope import View
from tests.year.record import Request
from tests.year.setting import HOME, Edition


def of_networks(view: View) -> dict[str, Figure]:
    return _methods(view) | _contacts(view) | _money(view)


def _methods(view: View) -> dict[str, Figure]:
    told = {each.title: each.actor for each in view.activities}
    shared = [method for title, method in view.record.methods.items() if title in told]
    return {
        "methods.shared": Figure(len(shared)),
        "methods.actors": Figure(len({told[method.title] for method in shared})),
        "methods.asked_about": Figure(sum(method.questions > 0 for method in shared), of=len(shared)),
        "methods.questions": Figure(sum(method.questions for method in shared)),
    }


def _contacts(view: View) -> dict[str, Figure]:
    """Of years also those through no edition, in the year that they were made."""
    made = [request for request in view.record.requests if request.at < view.until]
    asked = [request for request in made if _is_of(view, request)]
    yes = [(_edition(view, request), _year(view, request)) for request in made if request.accepted]
    exchanged = _shown(view, yes)
    return {
        "contacts.asked": Figure(len(asked)),
        "contacts.exchanged": Figure(exchanged or None, withheld=not exchanged),
    }


def _edition(view: View, request: Request) -> Edition | None:
    return next((e for e in view.record.setting.editions if e.name == request.ask.through), None)


def _year(view: View, request: Request) -> int:
    edition = _edition(view, request)
    return edition.year if edition is not None else request.at.astimezone(HOME).year


def _is_of(view: View, request: Request) -> bool:
    edition = _edition(view, request)
    if view.scope.edition is not None:
        return edition is not None and edition.name == view.scope.edition
    return view.scope.first <= _year(view, request) <= view.scope.last


def _shown(view: View, yes: list[tuple[Edition | None, int]]) -> int:
    """An edition's are told where they are enough; the others of a year, those through no edition too, together."""
    counts = Counter(yes)
    large = {key: n for key, n in counts.items() if key[0] is not None and n >= ENOUGH}
    if view.scope.edition is not None:
        return sum(n for (edition, _), n in large.items() if edition in view.editions)
    years = range(view.scope.first, view.scope.last + 1)
    rest = [sum(n for key, n in counts.items() if key[1] == year and key not in large) for year in years]
    return sum(n for (_, year), n in large.items() if year in years) + sum(n for n in rest if n >= ENOUGH)


def _money(view: View) -> dict[str, Figure]:
    frame = [f.amount for f in view.record.financings if f.first <= view.scope.last and f.last >= view.scope.first]
    outturns = [amount for edition, amount in view.record.outturns.items() if edition in view.names]
    return {
        "frame": Figure(sum(frame) or None),
        "outturn": Figure(sum(outturns) or None),
        "outturn.editions": Figure(len(outturns), of=len(view.editions)),
    }
