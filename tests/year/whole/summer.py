"""Before the week people who come to it find one another, and an actor is found to be there twice."""

from tests.year.acts import AnswersContact, AsksContact, Follows, HidesSelf, Merges, ShowsSelf
from tests.year.diary import Day
from tests.year.whole.setting import GRID, WEEK

SHOWN = ("Desideria", "Anselm", "Fredrik", "Cecilia", "Zelda", "Torvald", "Gunvor", "Otto", "Petronella")

DAYS = (
    Day(
        "2027-05-17",
        (
            *map(ShowsSelf, SHOWN),
            Follows("Cecilia", GRID),
            Follows("Otto", GRID),
            *(AsksContact("Desideria", whom, WEEK, "Vi har samma farmor") for whom in ("Anselm", "Fredrik", "Zelda")),
            *(AsksContact("Torvald", whom, WEEK) for whom in ("Gunvor", "Fredrik", "Petronella")),
            AsksContact("Zelda", "Otto", WEEK),
            AsksContact("Gunvor", "Anselm", WEEK),
            AsksContact("Cecilia", "Otto", GRID),
        ),
    ),
    Day(
        "2027-05-18",
        (
            *(AnswersContact(who, "Desideria", yes=True) for who in ("Anselm", "Fredrik", "Zelda")),
            AnswersContact("Gunvor", "Torvald", yes=True),
            AnswersContact("Fredrik", "Torvald", yes=False),
            AnswersContact("Anselm", "Gunvor", yes=True),
            AnswersContact("Otto", "Cecilia", yes=True),
            HidesSelf("Otto"),
            Merges("Maria", "Nordlabbet", "Luleå tekniska universitet"),
        ),
    ),
)
