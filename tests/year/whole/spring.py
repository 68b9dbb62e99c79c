"""Spring: the week is booked, the conference at home is held, and the statement is written anew."""

from datetime import date

from tests.year.acts import (
    AnswersAboutMethod,
    AnswersJoint,
    AsksAboutMethod,
    BeginsJoint,
    Books,
    Cancels,
    ChangesStatement,
    EntersFinancing,
    EntersStance,
    Evaluates,
    EvaluatesEdition,
    FinishesJoint,
    Invites,
    InvitesJoint,
    Names,
    Replies,
    SaysAmbassador,
    SharesMethod,
    StartsJoint,
    StopsBeingAmbassador,
    TakesStance,
    WithdrawsMethod,
    WritesStatement,
)
from tests.year.acts.bookings import Naming
from tests.year.diary import Day
from tests.year.whole.autumn import LETTER
from tests.year.whole.setting import (
    BUSINESS,
    COUNTY,
    FORUM,
    FRONTIERS,
    GRID,
    OFFICIALS,
    PARTNERS,
    POLITICIANS,
    RAIL,
    REGIONS,
    SKILLS,
    TOWN_HALLS,
    UNIVERSITIES,
    home,
    week,
)

TRAIN = "En resa på den nya banan"

DAYS = (
    Day(
        "2027-02-15",
        (
            EntersFinancing("Nils", "ERUF", 2_100_000, 2027, 2027),
            Books("Eva", "Läget i länet", home("08.00"), Naming([], ["knowledge"], [COUNTY])),
            Books("Ludmila", "Bygga för fler", home("09.00"), Naming([SKILLS], ["methods"], [TOWN_HALLS])),
            Books("Wilma", "Tillstånd på ett år", home("10.00"), Naming([GRID], ["consensus"], [TOWN_HALLS, BUSINESS])),
            Books("Folke", "Studenter som stannar", home("11.00"), Naming([SKILLS], ["knowledge"], [UNIVERSITIES])),
            Books("Ragnar", "Två kommuner, en skola", home("13.00"), Naming([], ["methods"], [PARTNERS])),
            Books("Isidor", "En stad flyttar sin kyrka", home("14.00")),
            Books("Rut", "Lärlingar i verket", home("15.00"), Naming([SKILLS], ["methods"])),
            Books("Tobias", "Glesbygd som metod", home("16.00"), Naming([], ["methods"])),
            Invites("Ragnar", "Två kommuner, en skola", "Bodens kommun"),
            Replies("Hjalmar", "Två kommuner, en skola", yes=True),
            StopsBeingAmbassador("Elle", FRONTIERS),
        ),
    ),
    Day(
        "2027-03-08",
        (
            Books("Desideria", "Vem äger vinden", week(0, "08.00"), Naming([GRID, RAIL], ["consensus"], [POLITICIANS])),
            Books("Anselm", "Brytningstid", week(0, "09.00"), Naming([GRID], ["knowledge", "methods"], [BUSINESS])),
            Books("Eva", "Ett attraktivt Norrbotten", week(0, "10.00"), Naming([], ["knowledge"], [REGIONS])),
            Books("Fredrik", "Mineralpolitik", week(0, "11.00"), Naming([GRID], ["consensus"], [OFFICIALS])),
            Books("Cecilia", "Mellan stad och fjäll", week(0, "12.00"), Naming([SKILLS])),
            Books("Otto", "Vattnet och lagen", week(0, "13.00"), Naming([GRID], ["knowledge"], [OFFICIALS])),
            Books("Zelda", "Rymden börjar här", week(0, "14.00"), Naming([SKILLS], ["knowledge"], [UNIVERSITIES])),
            Books("Torvald", "Kraft när det blåser", week(0, "15.00"), Naming([GRID], ["knowledge"], [POLITICIANS])),
            Books("Aslak", "Två mil söderut", week(1, "08.00"), Naming([RAIL, SKILLS], ["consensus"], [POLITICIANS])),
            Books("Gunvor", "Skog, hav och stål", week(1, "09.00"), Naming([RAIL], ["knowledge"], [BUSINESS])),
            Books("Quentin", "Stål som andas", week(1, "10.00"), Naming([GRID], ["knowledge"], [BUSINESS, OFFICIALS])),
            Books("Elle", "Marken vi delar", week(1, "11.00"), Naming([], ["consensus"], [POLITICIANS])),
            Books("Bo", "Den som ångrar sig", week(1, "13.00"), Naming([RAIL])),
            Books("Sixten", "Vården på distans", week(1, "14.00"), Naming([SKILLS], ["knowledge"], [REGIONS])),
        ),
    ),
    Day(
        "2027-03-09",
        (
            Cancels("Bo", "Den som ångrar sig"),
            Books("Ylva", "Dammarnas framtid", week(1, "15.00")),
            Books("Beata", "En gruva till", week(1, "16.00"), Naming([GRID, SKILLS], ["consensus"], [POLITICIANS])),
            Books("Petronella", "Samråd på riktigt", week(2, "08.00"), Naming([], ["methods"], [OFFICIALS])),
            Books("Hjalmar", "Försvar och fritid", week(2, "09.00"), Naming([SKILLS], ["knowledge"], [POLITICIANS])),
            Books("Edvin", "Batterier och böcker", week(2, "10.00"), Naming([GRID], ["knowledge"])),
            Books("Vendela", "Natt hela vintern", week(2, "11.00")),
            Books("Gerda", "Kritiska råvaror", week(2, "12.00"), Naming([GRID], ["consensus"], [OFFICIALS, BUSINESS])),
            Books("Ragnar", "Byar med bredband", week(2, "13.00"), Naming([SKILLS], ["methods"], [REGIONS])),
            Books("Ludmila", "Bo kvar i norr", week(2, "14.00"), Naming([SKILLS])),
            Books("Kasper", "Tåg i tid", week(2, "15.00"), Naming([RAIL], ["consensus"], [POLITICIANS])),
            Invites("Desideria", "Vem äger vinden", "Vattenfall"),
            Replies("Signe", "Vem äger vinden", yes=True),
            Invites("Desideria", "Vem äger vinden", "Svemin"),
            Replies("Fredrik", "Vem äger vinden", yes=False),
            Invites("Kasper", "Tåg i tid", "Piteå kommun"),
            Replies("Gunvor", "Tåg i tid", yes=True),
            Names("Ylva", "Dammarnas framtid", Naming([GRID], [], [OFFICIALS])),
            Names("Maria", "Natt hela vintern", Naming([SKILLS], ["knowledge"], [REGIONS])),
        ),
    ),
    Day(
        "2027-03-22",
        (
            WritesStatement("Maria", RAIL, "Hela banan ska vara klar 2035."),
            TakesStance("Bo", RAIL, "behind", decided=True),
            TakesStance("Gunvor", RAIL, "behind", decided=True),
            TakesStance("Aslak", RAIL, "reserved", decided=False),
            EntersStance("Nils", GRID, "Piteå kommun", "behind"),
            EntersStance("Nils", RAIL, "Svemin", "abstains"),
            StartsJoint("Gunvor", RAIL, TRAIN, date(2027, 8, 30)),
            InvitesJoint("Gunvor", TRAIN, "LKAB"),
            InvitesJoint("Gunvor", TRAIN, "Luleå kommun"),
            AnswersJoint("Kasper", TRAIN, yes=True),
            AnswersJoint("Ludmila", TRAIN, yes=True),
        ),
    ),
    Day(
        "2027-04-12",
        (
            ChangesStatement("Maria", GRID, "Elnätet ska byggas ut till 2035.", is_change=True),
            ChangesStatement("Nils", RAIL, "Hela banan ska vara färdig 2035.", is_change=False),
            TakesStance("Anselm", GRID, "behind", decided=True),
            TakesStance("Cecilia", GRID, "behind", decided=True),
            TakesStance("Otto", GRID, "reserved", decided=False),
            TakesStance("Fredrik", GRID, "abstains", decided=True),
            FinishesJoint("Desideria", LETTER, "Skrivelsen lämnades till ministern"),
            BeginsJoint("Gunvor", TRAIN),
        ),
    ),
    Day(
        "2027-04-21 11.00",
        (
            Evaluates("Eva", "Läget i länet", 120, 4, 4, "yes", [COUNTY, TOWN_HALLS], ["talks"]),
            Evaluates("Ludmila", "Bygga för fler", 30, 4, 4, "yes", [TOWN_HALLS], ["contacts"]),
            Evaluates("Wilma", "Tillstånd på ett år", 45, 5, 5, "yes", [TOWN_HALLS, BUSINESS], ["talks", "contacts"]),
            Evaluates("Folke", "Studenter som stannar", 25, 3, 3, "perhaps", [UNIVERSITIES], ["nothing"]),
            SharesMethod("Ludmila", "Bygga för fler", "Vi ritade tillsammans på golvet"),
            SharesMethod("Wilma", "Tillstånd på ett år", "Alla myndigheter vid ett bord", "Mycket kaffe"),
            AsksAboutMethod("Rut", "Tillstånd på ett år", "Vem bjöd in?"),
            AnswersAboutMethod("Otto", "Tillstånd på ett år", "Landshövdingen"),
            WithdrawsMethod("Vendela", "Staden som flyttar"),
        ),
    ),
    Day(
        "2027-05-04 11.00",
        (
            *(
                EvaluatesEdition(who, FORUM, score, help_)
                for who, score, help_ in (("Eva", 4, 4), ("Wilma", 5, 5), ("Folke", 3, 4))
            ),
            SaysAmbassador("Wilma", FORUM, yes=True),
            SaysAmbassador("Folke", FORUM, yes=False),
        ),
    ),
)
