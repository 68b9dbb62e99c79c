"""A short year: two arenas and an earlier year, five actors, ten people, a dozen activities."""

from datetime import date

from tests.year.acts import (
    AddsIssue,
    AnswersAboutMethod,
    AnswersContact,
    AnswersJoint,
    AsksAboutMethod,
    AsksContact,
    Books,
    Cancels,
    ChangesStatement,
    EntersEarlier,
    EntersFinancing,
    EntersStance,
    Evaluates,
    EvaluatesEdition,
    FinishesJoint,
    Gives,
    Invites,
    InvitesJoint,
    Names,
    ReadsLines,
    Replies,
    SaysAmbassador,
    SharesMethod,
    ShowsSelf,
    StartsJoint,
    TakesStance,
    WritesStatement,
)
from tests.year.acts.bookings import Naming
from tests.year.diary import Day, Plan
from tests.year.setting import Actor, Edition, Setting, Slot

TALKS, WEEK = "Arctic Talks 2027", "Norrbotten i Almedalen 2027"
POLITICIANS, BUSINESS, UNIVERSITIES = "Nationella beslutsfattare och politiker", "Näringsliv", "Universitet"
GRID, RAIL = "Elnät och tillstånd", "Norrbotniabanan"
LETTER = "En gemensam skrivelse om elnätet"

SETTING = Setting(
    actors=(
        Actor("Region Norrbotten", "region", "Luleå", ("Eva",)),
        Actor("Luleå kommun", "municipality", "Luleå", ("Desideria", "Bo")),
        Actor("Bodens kommun", "municipality", "Boden", ("Cecilia",)),
        Actor("LKAB", "company", "Kiruna", ("Anselm",)),
        Actor("Svemin", "association", None, ("Fredrik",)),
        Actor("Pajala kommun", "municipality", "Pajala"),
    ),
    editions=(
        Edition(TALKS, "arctic_talks", "national", date(2027, 2, 4), 1, ("10.00", "11.00", "13.00"), applied_for=True),
        Edition(
            WEEK,
            "almedalen",
            "national",
            date(2027, 6, 28),
            2,
            ("08.00", "09.00", "10.00", "13.00"),
            own=frozenset({(1, "13.00")}),
            called_off=frozenset({(0, "13.00")}),
            asked_on=date(2027, 8, 16),
        ),
    ),
    groups={
        "arctic_talks": (POLITICIANS, BUSINESS, UNIVERSITIES, "Regionala utvecklingsaktörer"),
        "almedalen": (POLITICIANS, "Tjänstepersoner vid departement", BUSINESS, UNIVERSITIES, "Andra regioner"),
    },
    coordinators=("Maria",),
)


def at(day: int, hour: str) -> Slot:
    """An hour of the week in Almedalen."""
    return Slot(WEEK, day, hour)


PLAN = Plan(
    setting=SETTING,
    starts="2027-01-11",
    days=(
        Day(
            "2027-01-12",
            (
                AddsIssue("Maria", GRID),
                AddsIssue("Maria", RAIL),
                WritesStatement("Maria", GRID, "Elnätet ska byggas ut till 2032."),
                Books("Cecilia", "Kallt klimat", Slot(TALKS, 0, "10.00"), Naming([GRID], ["knowledge"], [BUSINESS])),
                Books("Anselm", "Kraft från älven", Slot(TALKS, 0, "10.00")),
                Gives("Maria", "Kraft från älven"),
                Books(
                    "Desideria", "Vem äger vinden", at(0, "08.00"), Naming([GRID, RAIL], ["consensus"], [POLITICIANS])
                ),
                Books("Anselm", "Brytningstid", at(0, "09.00"), Naming([], ["knowledge", "methods"])),
                Books("Eva", "Ett attraktivt Norrbotten", at(0, "10.00")),
                Books("Fredrik", "Mineralpolitik", at(1, "08.00")),
                Books("Cecilia", "Mellan stad och fjäll", at(1, "09.00")),
                Books("Bo", "Den som ångrar sig", at(1, "10.00")),
                Invites("Desideria", "Vem äger vinden", "Svemin"),
                Replies("Fredrik", "Vem äger vinden", yes=True),
            ),
        ),
        Day(
            "2027-01-20",
            (
                Cancels("Bo", "Den som ångrar sig"),
                Names("Maria", "Kraft från älven", Naming([RAIL], ["methods"], [UNIVERSITIES])),
                TakesStance("Desideria", GRID, "behind", decided=True),
                TakesStance("Anselm", GRID, "reserved", decided=False),
                EntersStance("Maria", GRID, "Bodens kommun", "abstains"),
                StartsJoint("Desideria", GRID, LETTER, date(2027, 5, 3)),
                InvitesJoint("Desideria", LETTER, "LKAB"),
                AnswersJoint("Anselm", LETTER, yes=True),
                EntersFinancing("Maria", "Region Norrbotten", 4_350_000, 2026, 2028),
                ShowsSelf("Desideria"),
                ShowsSelf("Anselm"),
                AsksContact("Desideria", "Anselm", WEEK, "Vi har samma farmor"),
                AnswersContact("Anselm", "Desideria", yes=True),
            ),
        ),
        Day(
            "2027-02-05 11.00",
            (
                Evaluates("Anselm", "Kraft från älven", 40, 4, 5, "yes", led_to=["talks"]),
                SharesMethod("Anselm", "Kraft från älven", "Vi gick ut och tittade på den"),
                AsksAboutMethod("Desideria", "Kraft från älven", "Vad tyckte min farmor?"),
                AnswersAboutMethod("Anselm", "Kraft från älven", "Att det var fint"),
            ),
        ),
        Day(
            "2027-04-10",
            (
                ChangesStatement("Maria", GRID, "Elnätet ska byggas ut till 2035.", is_change=True),
                TakesStance("Anselm", GRID, "behind", decided=True),
                FinishesJoint("Desideria", LETTER, "Skrivelsen lämnades till ministern"),
            ),
        ),
        Day(
            "2027-08-16 11.00",
            (
                Evaluates(
                    "Desideria",
                    "Vem äger vinden",
                    60,
                    5,
                    4,
                    "yes",
                    [POLITICIANS],
                    ["talks", "press"],
                    "Mer fika åt Desideria",
                ),
                Evaluates("Anselm", "Brytningstid", 25, 4, 4, "perhaps", [BUSINESS], ["contacts"]),
                Evaluates("Eva", "Ett attraktivt Norrbotten", 30, 3, 3, "yes", [], ["nothing"]),
                Evaluates("Cecilia", "Mellan stad och fjäll", None, again="no"),
                Evaluates("Maria", "Mineralpolitik", 12, 2, 3, "no"),
                *(
                    EvaluatesEdition(who, WEEK, score, 4)
                    for who, score in (("Desideria", 5), ("Anselm", 4), ("Eva", 3))
                ),
                EvaluatesEdition("Fredrik", WEEK, 2, 5, line="Fler stolar"),
                *(
                    SaysAmbassador(who, WEEK, yes=yes)
                    for who, yes in (("Desideria", True), ("Anselm", True), ("Eva", False))
                ),
                EntersEarlier("Maria", WEEK, 2022, "satisfied", 8.0, 10),
                ReadsLines("Maria", WEEK, "Mer fika åt Desideria"),
            ),
        ),
    ),
    ends="2027-09-01",
    forgotten=("Desideria", "Anselm"),
    private=("Mer fika", "farmor", "Att det var fint"),
    free_lines=("Fler stolar",),
)
