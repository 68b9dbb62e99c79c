"""Result 4: networks, and people who are ambassadors."""

from bot.domain.evaluation import AMBASSADOR
from bot.domain.figures.answers import Answers
from bot.domain.figures.figure import Figure
from bot.domain.figures.floor import Answer, values
from bot.domain.figures.population import Population
from bot.domain.figures.scope import ZONE
from bot.domain.figures.source import Ambassador, ContactRequest


class Networks:
    """Contacts, ambassadors, and who arranges together."""

    def __init__(self, population: Population, answers: Answers) -> None:
        self.population = population
        self.answers = answers

    def figures(self) -> list[Figure]:
        """Those of result 4."""
        joint = [h for h in self.population.activities if len(h.actors) > 1]
        return [
            *self._contacts(),
            self._ambassadors(),
            Figure("activities.joint", len(joint), of=len(self.population.activities)),
            Figure("actors.together", len({a.id for h in joint for a in h.actors})),
        ]

    def _year(self, request: ContactRequest) -> int:
        edition = self.population.edition_of.get(request.edition_id or 0)
        return edition.year if edition is not None else request.asked_at.astimezone(ZONE).year

    def _requests(self) -> list[ContactRequest]:
        return [r for r in self.population.source.contact_requests if r.asked_at < self.population.as_of]

    def exchanges(self) -> list[Answer[str]]:
        """Each yes to a request, wherever."""
        return [Answer(r.edition_id, self._year(r), "yes") for r in self._requests() if r.state == "accepted"]

    def willing(self) -> list[Answer[str]]:
        """Each answer to whether one will be an ambassador, wherever; who took it back does not say yes."""
        editions = self.population.edition_of
        return [
            Answer(a.edition_id, editions[a.edition_id].year, "yes" if _is_willing(a) else "no")
            for a in self.population.source.ambassadors
        ]

    def _contacts(self) -> list[Figure]:
        """Only a yes is an answer here: a no is never told apart from silence, not by counting either."""
        scope = self.population.scope
        every = self._requests()
        if scope.edition_id is not None:
            asked = [r for r in every if r.edition_id == scope.edition_id]
        else:
            asked = [r for r in every if scope.from_year <= self._year(r) <= scope.to_year]
        exchanged = values(self.answers.shown(self.exchanges()))
        return [
            Figure("contacts.asked", len(asked)),
            Figure("contacts.exchanged", len(exchanged) or None, withheld=not exchanged),
        ]

    def _ambassadors(self) -> Figure:
        answered = self.willing()
        shown = self.answers.shown(answered)
        basis = self.answers.basis(answered, shown, self.answers.people_asked(AMBASSADOR))
        said = values(shown)
        withheld = not said and basis.answered > 0
        yes = said.count("yes") if said else None
        return Figure("ambassadors", yes, of=len(said) or None, basis=basis, withheld=withheld)


def _is_willing(ambassador: Ambassador) -> bool:
    return ambassador.answer == "yes" and ambassador.withdrawn_at is None
