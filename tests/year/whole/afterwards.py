"""August: how the week went, by those who say so."""

from tests.year.acts import (
    EntersEarlier,
    EntersOutturn,
    Evaluates,
    EvaluatesEdition,
    ReadsLines,
    SaysAmbassador,
    SharesMethod,
)
from tests.year.diary import Day
from tests.year.whole.setting import BUSINESS, OFFICIALS, POLITICIANS, REGIONS, UNIVERSITIES, WEEK

DAYS = (
    Day(
        "2027-08-16 11.00",
        (
            Evaluates("Desideria", "Vem äger vinden", 60, 5, 4, "yes", [POLITICIANS], ["talks"], "Mer fika, Desideria"),
            Evaluates("Anselm", "Brytningstid", 25, 4, 4, "perhaps", [BUSINESS], ["contacts"]),
            Evaluates("Eva", "Ett attraktivt Norrbotten", 30, 3, 3, "yes", [], ["nothing"]),
            Evaluates("Cecilia", "Mellan stad och fjäll", None, again="no"),
            Evaluates("Otto", "Vattnet och lagen", 18, 4, 3, "yes", [OFFICIALS], ["talks"]),
            Evaluates(
                "Zelda", "Rymden börjar här", 80, 5, 5, "yes", [UNIVERSITIES, POLITICIANS], ["press", "contacts"]
            ),
            Evaluates("Torvald", "Kraft när det blåser", 33, 4, 4, "yes", [POLITICIANS], ["talks"]),
            Evaluates("Aslak", "Två mil söderut", 21, 3, 4, "perhaps", [POLITICIANS], ["contacts"]),
            Evaluates("Gunvor", "Skog, hav och stål", 17, 4, 3, "yes", [BUSINESS], ["nothing"]),
            Evaluates("Quentin", "Stål som andas", 52, 5, 5, "yes", [BUSINESS, OFFICIALS], ["press"]),
            Evaluates("Elle", "Marken vi delar", 29, 2, 3, "no", [POLITICIANS], ["talks"]),
            Evaluates("Sixten", "Vården på distans", 44, 4, 5, "yes", [REGIONS], ["contacts"]),
            Evaluates("Beata", "En gruva till", 38, 3, 3, "perhaps"),
            Evaluates("Petronella", "Samråd på riktigt", 12, 4, 4, "yes", [OFFICIALS], ["talks"], "Kallt i tältet"),
            Evaluates("Hjalmar", "Försvar och fritid", 26, 3, 3, "yes"),
            Evaluates("Edvin", "Batterier och böcker", 31, 4, 4, "yes", [], ["contacts"]),
            Evaluates("Nils", "Kritiska råvaror", 19, 4, 4, "yes", [BUSINESS]),
            Evaluates("Ragnar", "Byar med bredband", 14, 5, 4, "yes", [REGIONS], ["contacts"]),
        ),
    ),
    Day(
        "2027-08-18 11.00",
        (
            *(
                EvaluatesEdition(who, WEEK, score, help_)
                for who, score, help_ in (
                    ("Desideria", 5, 4),
                    ("Anselm", 4, 4),
                    ("Eva", 3, 5),
                    ("Zelda", 5, 5),
                    ("Gunvor", 4, 3),
                    ("Quentin", 4, 4),
                    ("Petronella", 3, 4),
                )
            ),
            EvaluatesEdition("Fredrik", WEEK, 2, 5, line="Fler stolar"),
            *(
                SaysAmbassador(who, WEEK, yes=yes)
                for who, yes in (
                    ("Desideria", True),
                    ("Zelda", True),
                    ("Eva", False),
                    ("Anselm", False),
                    ("Gunvor", True),
                    ("Quentin", True),
                )
            ),
            SharesMethod("Rut", "Stål som andas", "Vi tog med en ugn"),
            EntersEarlier("Maria", WEEK, 2022, "satisfied", 8.0, 10),
            EntersEarlier("Maria", WEEK, 2023, "satisfied", 7.8, 10, answers=118),
            EntersEarlier("Maria", WEEK, 2023, "recommend", 93.2, 100),
            EntersEarlier("Nils", WEEK, 2021, "satisfied", 9.0, 10, answers=4),
            EntersOutturn("Maria", WEEK, 1_215_000),
            ReadsLines("Maria", WEEK, "Mer fika"),
            ReadsLines("Nils", WEEK, "Kallt i tältet"),
            ReadsLines("Nils", WEEK, "Fler stolar"),
        ),
    ),
)
