"""Methods that are shared, contacts, and money."""

from tests.year.expected.figure import Figure
from tests.year.expected.scope import View


def of_networks(view: View) -> dict[str, Figure]:
    return {
        "methods.shared": Figure(0),
        "methods.actors": Figure(0),
        "methods.asked_about": Figure(0, of=0),
        "methods.questions": Figure(0),
        "contacts.asked": Figure(0),
        "contacts.exchanged": Figure(None, withheld=True),
        "frame": Figure(None),
        "outturn": Figure(None),
    }
