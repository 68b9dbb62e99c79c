"""Twelve actors that thirty people act for, one of them under two names, one more at home; the editions of two years."""

from datetime import date

from tests.year.setting import Actor, Edition, Setting, Slot

WEEK26, WEEK = "Norrbotten i Almedalen 2026", "Norrbotten i Almedalen 2027"
FRONTIERS, FORUM = "Arctic Frontiers 2027", "Utveckla Norrbotten 2027"
GRID, RAIL, SKILLS, FEES = "Elnät och tillstånd", "Norrbotniabanan", "Kompetens i norr", "Farledsavgifterna"

POLITICIANS, OFFICIALS = "Nationella beslutsfattare och politiker", "Tjänstepersoner vid departement"
ABROAD, COUNTY = "Internationella beslutsfattare och politiker", "Länets beslutsfattare och politiker"
BUSINESS, UNIVERSITIES, REGIONS = "Näringsliv", "Universitet", "Andra regioner"
DEVELOPERS, TOWN_HALLS, PARTNERS = (
    "Regionala utvecklingsaktörer",
    "Tjänstepersoner i kommuner och myndigheter",
    "Samverkansaktörer",
)

SETTING = Setting(
    actors=(
        Actor("Region Norrbotten", "region", "Luleå", ("Eva", "Sixten")),
        Actor("Luleå kommun", "municipality", "Luleå", ("Desideria", "Bo", "Ludmila")),
        Actor("Bodens kommun", "municipality", "Boden", ("Cecilia", "Hjalmar")),
        Actor("Kiruna kommun", "municipality", "Kiruna", ("Aslak", "Vendela", "Isidor")),
        Actor("Jokkmokks kommun", "municipality", "Jokkmokk", ("Elle", "Tobias")),
        Actor("Piteå kommun", "municipality", "Piteå", ("Gunvor", "Ragnar")),
        Actor("LKAB", "company", "Kiruna", ("Anselm", "Beata", "Kasper")),
        Actor("SSAB", "company", "Luleå", ("Quentin", "Rut")),
        Actor("Vattenfall", "company", None, ("Signe", "Torvald", "Ylva")),
        Actor("Luleå tekniska universitet", "university", "Luleå", ("Zelda", "Edvin")),
        Actor("Nordlabbet", "university", "Luleå", ("Folke",)),
        Actor("Svemin", "association", None, ("Fredrik", "Gerda")),
        Actor("Länsstyrelsen", "authority", "Luleå", ("Otto", "Petronella", "Wilma")),
        Actor("Pajala kommun", "municipality", "Pajala"),
    ),
    editions=(
        Edition(
            WEEK26,
            "almedalen",
            "national",
            date(2026, 6, 22),
            2,
            ("09.00", "10.00", "13.00", "14.00"),
            own=frozenset({(0, "13.00")}),
            asked_on=date(2026, 8, 17),
        ),
        Edition(
            FRONTIERS,
            "arctic_frontiers",
            "international",
            date(2027, 1, 25),
            2,
            ("09.00", "10.30", "13.00", "14.30", "16.00"),
            applied_for=True,
        ),
        Edition(
            FORUM,
            "utveckla_norrbotten",
            "regional",
            date(2027, 4, 20),
            1,
            ("08.00", "09.00", "10.00", "11.00", "13.00", "14.00", "15.00", "16.00", "17.00"),
        ),
        Edition(
            WEEK,
            "almedalen",
            "national",
            date(2027, 6, 28),
            3,
            ("08.00", "09.00", "10.00", "11.00", "12.00", "13.00", "14.00", "15.00", "16.00"),
            own=frozenset({(1, "12.00")}),
            called_off=frozenset({(2, "16.00")}),
            asked_on=date(2027, 8, 16),
        ),
    ),
    groups={
        "almedalen": (POLITICIANS, OFFICIALS, BUSINESS, UNIVERSITIES, REGIONS),
        "arctic_frontiers": (POLITICIANS, ABROAD, BUSINESS, UNIVERSITIES, DEVELOPERS),
        "utveckla_norrbotten": (COUNTY, TOWN_HALLS, UNIVERSITIES, PARTNERS, BUSINESS),
    },
    coordinators=("Maria", "Nils"),
)


def before(day: int, hour: str) -> Slot:
    """An hour of the week in Almedalen the year before."""
    return Slot(WEEK26, day, hour)


def north(day: int, hour: str) -> Slot:
    """An hour in Tromsö."""
    return Slot(FRONTIERS, day, hour)


def home(hour: str) -> Slot:
    """An hour of the conference in the county."""
    return Slot(FORUM, 0, hour)


def week(day: int, hour: str) -> Slot:
    """An hour of the week in Almedalen."""
    return Slot(WEEK, day, hour)
