"""2026: a first week in Almedalen, which the year is seen beside."""

from datetime import date

from tests.year.acts import (
    AddsIssue,
    ArchivesIssue,
    Books,
    EntersFinancing,
    EntersOutturn,
    Evaluates,
    EvaluatesEdition,
    GivesUpJoint,
    Invites,
    Replies,
    SaysAmbassador,
    StartsJoint,
)
from tests.year.acts.bookings import Naming
from tests.year.diary import Day
from tests.year.whole.setting import BUSINESS, FEES, GRID, POLITICIANS, WEEK26, before

DAYS = (
    Day(
        "2026-02-10",
        (
            AddsIssue("Maria", GRID),
            AddsIssue("Maria", FEES),
            EntersFinancing("Maria", "Tillväxtverket", 1_200_000, 2024, 2025),
            EntersFinancing("Maria", "Region Norrbotten", 4_350_000, 2026, 2028),
            Books("Eva", "Välkommen norrut", before(0, "09.00"), Naming([], ["knowledge"], [POLITICIANS])),
            Books("Anselm", "Malmens väg", before(0, "10.00"), Naming([GRID, FEES], ["knowledge"], [BUSINESS])),
            Books("Bo", "Stad under bygge", before(0, "14.00"), Naming([GRID], ["consensus"])),
            Books("Fredrik", "Gruvorna och freden", before(1, "09.00")),
            Books("Signe", "Vatten som batteri", before(1, "10.00"), Naming([GRID])),
            Books("Zelda", "Forskning i kyla", before(1, "13.00"), Naming([], ["methods"])),
            Invites("Anselm", "Malmens väg", "Svemin"),
            Replies("Fredrik", "Malmens väg", yes=True),
            StartsJoint("Bo", FEES, "En uppvaktning om farlederna", date(2026, 5, 4)),
        ),
    ),
    Day("2026-05-11", (GivesUpJoint("Bo", "En uppvaktning om farlederna"),)),
    Day(
        "2026-08-17 11.00",
        (
            Evaluates("Eva", "Välkommen norrut", 55, 4, 4, "yes", [POLITICIANS], ["talks"]),
            Evaluates("Anselm", "Malmens väg", 40, 3, 3, "perhaps", [BUSINESS], ["press"]),
            Evaluates("Bo", "Stad under bygge", 22, 3, 2, "yes", led_to=["nothing"]),
            Evaluates("Fredrik", "Gruvorna och freden", 31, 4, 5, "yes", led_to=["contacts"]),
            Evaluates("Signe", "Vatten som batteri", 18, 5, 4, "no"),
            *(
                EvaluatesEdition(who, WEEK26, score, help_)
                for who, score, help_ in (("Eva", 4, 5), ("Anselm", 3, 4), ("Bo", 4, 4), ("Fredrik", 5, 5))
            ),
            SaysAmbassador("Anselm", WEEK26, yes=True),
            SaysAmbassador("Bo", WEEK26, yes=True),
            SaysAmbassador("Fredrik", WEEK26, yes=False),
            EntersOutturn("Maria", WEEK26, 980_000),
        ),
    ),
    Day("2026-09-01", (ArchivesIssue("Maria", FEES),)),
)
