"""Autumn and winter: issues and statements, a joint letter, and Tromsö, whose slots are applied for."""

from datetime import date

from tests.year.acts import (
    AddsIssue,
    AnswersAboutMethod,
    AnswersJoint,
    AsksAboutMethod,
    Books,
    Cancels,
    Evaluates,
    EvaluatesEdition,
    Gives,
    Invites,
    InvitesJoint,
    Names,
    Refuses,
    Replies,
    SaysAmbassador,
    SharesMethod,
    StartsJoint,
    TakesStance,
    WritesStatement,
)
from tests.year.acts.bookings import Naming
from tests.year.diary import Day
from tests.year.whole.setting import (
    ABROAD,
    BUSINESS,
    DEVELOPERS,
    FRONTIERS,
    GRID,
    POLITICIANS,
    RAIL,
    SKILLS,
    UNIVERSITIES,
    north,
)

LETTER = "En gemensam skrivelse om elnätet"

DAYS = (
    Day(
        "2026-11-02",
        (
            AddsIssue("Maria", RAIL),
            AddsIssue("Nils", SKILLS),
            WritesStatement("Maria", GRID, "Elnätet ska byggas ut till 2032."),
            Books("Aslak", "Staden som flyttar", north(0, "09.00"), Naming([SKILLS], ["knowledge"], [ABROAD])),
            Books("Zelda", "Is och data", north(0, "09.00"), Naming([], ["knowledge"], [UNIVERSITIES])),
            Books("Anselm", "Järn utan kol", north(0, "10.30"), Naming([GRID], ["knowledge"], [BUSINESS])),
            Books("Elle", "Renens vägar", north(0, "13.00"), Naming([RAIL], ["consensus"], [POLITICIANS])),
            Books("Signe", "Älven som minne", north(0, "14.30"), Naming([GRID], ["knowledge", "methods"])),
            Books("Fredrik", "Mineral för freden", north(0, "16.00")),
            Books("Otto", "Gränsen i praktiken", north(1, "09.00"), Naming([], ["consensus"], [DEVELOPERS])),
            Books("Eva", "Ett Arktis som håller", north(1, "10.30"), Naming([GRID, RAIL, SKILLS], ["consensus"])),
            Books("Hjalmar", "Gröna jobb i norr", north(1, "13.00")),
            Books("Gunvor", "Hamnen som porten", north(1, "14.30")),
            Books("Quentin", "Stålets nästa steg", north(1, "16.00")),
        ),
    ),
    Day(
        "2026-11-16",
        (
            Cancels("Quentin", "Stålets nästa steg"),
            TakesStance("Desideria", GRID, "behind", decided=True),
            TakesStance("Cecilia", GRID, "behind", decided=False),
            TakesStance("Anselm", GRID, "reserved", decided=False),
            TakesStance("Torvald", GRID, "abstains", decided=True),
            StartsJoint("Desideria", GRID, LETTER, date(2027, 5, 3)),
            InvitesJoint("Desideria", LETTER, "LKAB"),
            InvitesJoint("Desideria", LETTER, "Bodens kommun"),
            InvitesJoint("Desideria", LETTER, "Svemin"),
            AnswersJoint("Beata", LETTER, yes=True),
            AnswersJoint("Cecilia", LETTER, yes=True),
            AnswersJoint("Gerda", LETTER, yes=False),
        ),
    ),
    Day(
        "2026-12-07",
        (
            Gives("Maria", "Staden som flyttar"),
            *(
                Gives("Nils", title)
                for title in (
                    "Järn utan kol",
                    "Renens vägar",
                    "Älven som minne",
                    "Mineral för freden",
                    "Gränsen i praktiken",
                    "Ett Arktis som håller",
                    "Gröna jobb i norr",
                )
            ),
            Refuses("Maria", "Hamnen som porten"),
            Names("Nils", "Gröna jobb i norr", Naming([SKILLS], ["methods"], [BUSINESS])),
            Invites("Anselm", "Järn utan kol", "SSAB"),
            Replies("Rut", "Järn utan kol", yes=True),
        ),
    ),
    Day(
        "2027-01-27 11.00",
        (
            Evaluates("Aslak", "Staden som flyttar", 60, 4, 5, "yes", [ABROAD], ["talks", "contacts"]),
            Evaluates("Anselm", "Järn utan kol", 75, 5, 5, "yes", [BUSINESS, ABROAD], ["press"]),
            Evaluates("Elle", "Renens vägar", 20, 3, 4, "perhaps", [POLITICIANS], ["talks"]),
            Evaluates("Signe", "Älven som minne", 35, 4, 3, "yes", [], ["nothing"]),
            Evaluates("Nils", "Mineral för freden", None, again="no"),
            Evaluates("Eva", "Ett Arktis som håller", 90, 4, 4, "yes", [ABROAD, DEVELOPERS], ["talks"]),
            Evaluates("Hjalmar", "Gröna jobb i norr", 15, 2, 2, "no", [BUSINESS], ["contacts"]),
            SharesMethod("Anselm", "Järn utan kol", "Vi lät kritikerna börja", "Ingen gick"),
            SharesMethod("Vendela", "Staden som flyttar", "Vi visade huset på hjul"),
            AsksAboutMethod("Desideria", "Järn utan kol", "Vad tyckte min farmor?"),
            AnswersAboutMethod("Kasper", "Järn utan kol", "Att det var fint"),
            AsksAboutMethod("Edvin", "Järn utan kol", "Hur hittade ni dem?"),
        ),
    ),
    Day(
        "2027-02-09 11.00",
        (
            *(
                EvaluatesEdition(who, FRONTIERS, score, help_)
                for who, score, help_ in (("Aslak", 4, 4), ("Elle", 3, 5), ("Signe", 5, 4))
            ),
            SaysAmbassador("Aslak", FRONTIERS, yes=True),
            SaysAmbassador("Elle", FRONTIERS, yes=True),
            SaysAmbassador("Signe", FRONTIERS, yes=True),
        ),
    ),
)
