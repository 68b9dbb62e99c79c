"""Three arenas through two years, as rows: what the report's tests and a look at its pages begin from."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from bot.domain.evaluation import LED_TO
from bot.domain.figures import source as rows
from bot.domain.figures.source import Source
from bot.domain.municipalities import MUNICIPALITIES

NOW = datetime(2027, 9, 1, 10, tzinfo=UTC)
_KINDS = ("municipality", "company", "university", "association", "authority")
_TITLES = (
    "Vem äger vinden?",
    "Vätgasens betydelse för den gröna omställningen",
    "Så får norra Sverige fler händer",
    "Rymden: förmågor och möjligheter",
    "Bostäder i takt med industrin",
    "Gles geografi, rak väg: infrastruktur som håller",
)
_ISSUES = (
    ("Infrastruktur som bär tillväxten", "Infrastructure that carries growth"),
    ("Kompetensförsörjning och bostäder", "Skills and housing"),
    ("Energi för den gröna omställningen", "Energy for the green transition"),
    ("Likvärdig vård i glesbygd", "Equal care in sparsely populated areas"),
)


def words(sv: str, en: str | None = None) -> dict[str, str]:
    return {"sv": sv, "en": en or sv}


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


ARENAS = (
    rows.Arena(1, "almedalen", words("Almedalsveckan", "Almedalen Week"), 0, "national"),
    rows.Arena(2, "arctic_talks", words("Arctic Talks"), 1, "national"),
    rows.Arena(3, "utveckla_norrbotten", words("Utveckla Norrbotten"), 2, "regional"),
    rows.Arena(4, "arctic_frontiers", words("Arctic Frontiers"), 3, "international"),
)


def _edition(number: int, arena: int, year: int, starts: date, days: int = 3) -> rows.Edition:
    name = {1: "Norrbotten i Almedalen", 2: "Arctic Talks", 3: "Utveckla Norrbotten", 4: "Arctic Frontiers"}[arena]
    last = starts + timedelta(days=days - 1)
    return rows.Edition(number, arena, words(f"{name} {year}"), year, starts, last, "Europe/Stockholm")


EDITIONS = (
    _edition(1, 1, 2026, date(2026, 6, 22)),
    _edition(2, 2, 2026, date(2026, 2, 5)),
    _edition(3, 1, 2027, date(2027, 6, 28)),
    _edition(4, 2, 2027, date(2027, 2, 4)),
    _edition(5, 3, 2027, date(2027, 5, 11), 1),
)


def _called(municipality: str) -> str:
    with_s = {"Arjeplog", "Arvidsjaur", "Boden", "Jokkmokk", "Älvsbyn"}
    if municipality == "Haparanda":
        return "Haparanda stad"
    return f"{municipality}{'s' if municipality in with_s else ''} kommun"


def _actors() -> tuple[rows.Actor, ...]:
    municipal = [
        rows.Actor(i, _called(name), "municipality", "active", None, name) for i, name in enumerate(MUNICIPALITIES, 2)
    ]
    others = [
        ("Luleå tekniska universitet", "university", "Luleå"),
        ("LKAB", "company", "Kiruna"),
        ("Vattenfall", "company", None),
        ("Sparbanken Nord", "company", "Piteå"),
        ("SSAB", "company", "Luleå"),
        ("Swedish Space Corporation", "company", "Kiruna"),
        ("Norrbotniabanan", "company", None),
        ("Länsstyrelsen i Norrbottens län", "authority", "Luleå"),
        ("Svemin", "association", None),
        ("North Sweden European Office", "association", None),
        ("Norrbottens Kommuner", "association", "Luleå"),
    ]
    region = rows.Actor(1, "Region Norrbotten", "region", "active", None, "Luleå")
    known = [rows.Actor(i, name, kind, "active", None, where) for i, (name, kind, where) in enumerate(others, 16)]
    return (region, *municipal, *known, rows.Actor(40, "LTU", "university", "merged", 16, None))


class _Making:
    """Rows as they come to be."""

    def __init__(self) -> None:
        self.random = Random(9)
        self.made: dict[str, list[Any]] = {name: [] for name in Source.__slots__}

    def add(self, part: str, make: Any, *values: Any) -> Any:
        row = make(len(self.made[part]) + 1, *values)
        self.made[part].append(row)
        return row

    def edition(self, edition: rows.Edition, slots: int, held: int, answered: int) -> None:
        stage = self.add("stages", rows.Stage, edition.id, "Norra scen")
        assert edition.starts_on is not None
        first = datetime.combine(edition.starts_on, datetime.min.time(), UTC)
        for number in range(slots):
            starts = first + timedelta(days=number % 3, hours=7 + number // 3)
            state = "blocked" if number == slots - 1 else "open"
            reason = "Regionens mottagning" if state == "blocked" else None
            slot = self.add("slots", rows.Slot, stage.id, starts, starts + timedelta(hours=1), state, reason)
            if number < held:
                self.activity(edition, slot, number, answers=number < answered)
            elif number == held:
                actor = self.random.randrange(2, 27)
                lost = self.add("activities", rows.Activity, edition.id, actor, "Drogs tillbaka", "seminar")
                self.add("bookings", rows.Booking, lost.id, slot.id, "ended", None, "withdrawn")

    def activity(self, edition: rows.Edition, slot: rows.Slot, number: int, *, answers: bool) -> None:
        random = self.random
        owner = 1 if number % 5 == 1 else random.choice([*range(2, 27), 16, 17, 40])
        title = _TITLES[number % len(_TITLES)]
        made = self.add("activities", rows.Activity, edition.id, owner, title, "seminar")
        self.add("bookings", rows.Booking, made.id, slot.id, "booked", slot.starts_at - timedelta(days=60), None)
        if number % 3 == 0:
            self.made["co_organisers"].append(rows.CoOrganiser(made.id, random.randrange(2, 27), "accepted"))
        self.aims(made, edition)
        if answers:
            self.answer(made, edition, number)
        self.add("askings", rows.Asking, "evaluation", f"activity:{made.id}")
        if number % 4 == 0:
            method = self.add(
                "methods",
                rows.Method,
                made.id,
                owner,
                slot.ends_at + timedelta(days=3),
                None if number else at(2027, 8, 1),
            )
            for _ in range(number % 3):
                self.add("method_questions", rows.MethodQuestion, method.id, slot.ends_at + timedelta(days=9))

    def aims(self, made: rows.Activity, edition: rows.Edition) -> None:
        random, namer = self.random, "actor" if self.random.random() < 0.7 else "coordinator"
        if random.random() < 0.1:
            return
        for issue in random.sample(range(1, 5), random.choice([1, 1, 2])):
            self.made["aims"].append(rows.Aim(made.id, issue, None, None, namer))
        for purpose in random.sample(["consensus", "knowledge", "methods"], random.choice([1, 2])):
            self.made["aims"].append(rows.Aim(made.id, None, purpose, None, namer))
        groups = [g.id for g in GROUPS if g.arena_id == edition.arena_id]
        for group in random.sample(groups, min(2, len(groups))):
            self.made["aims"].append(rows.Aim(made.id, None, None, group, namer))

    def answer(self, made: rows.Activity, edition: rows.Edition, number: int) -> None:
        random = self.random
        groups = [g.id for g in GROUPS if g.arena_id == edition.arena_id]
        held = number != 7
        self.made["activity_evaluations"].append(
            rows.ActivityAnswer(
                made.id,
                held,
                random.choice([15, 20, 30, 45, 60]) if held else None,
                random.choice([3, 4, 4, 5, 5]) if held else None,
                random.choice([3, 4, 5]) if held else None,
                random.choice(["yes", "yes", "perhaps", "no"]) if held else None,
                tuple(random.sample(groups, min(2, len(groups)))) if held else None,
                tuple(random.sample(LED_TO[:3], random.choice([1, 2]))) if held else None,
                "coordinator" if number % 6 == 5 else "actor",
            )
        )


GROUPS = tuple(
    rows.TargetGroup(number, arena, words(name), number)
    for number, (arena, name) in enumerate(
        (
            (1, "Nationella beslutsfattare och politiker"),
            (1, "Tjänstepersoner vid departement"),
            (1, "Näringsliv och universitet"),
            (1, "Andra regioner"),
            (2, "Nationella beslutsfattare och politiker"),
            (2, "Näringsliv och universitet"),
            (2, "Regionala utvecklingsaktörer"),
            (3, "Länets beslutsfattare och politiker"),
            (3, "Samverkansaktörer"),
        ),
        1,
    )
)


def made() -> Source:
    """A well filled installation."""
    making = _Making()
    for edition, counts in zip(EDITIONS, ((16, 9, 7), (9, 6, 3), (18, 14, 12), (9, 8, 6), (6, 5, 2)), strict=True):
        making.edition(edition, *counts)
    _opinions(making)
    _people(making)
    parts = {name: tuple(found) for name, found in making.made.items()}
    given: dict[str, Any] = {
        "arenas": ARENAS,
        "editions": EDITIONS,
        "actors": _actors(),
        "target_groups": GROUPS,
        "earlier_results": (
            rows.EarlierResult(1, 2022, "satisfied", 8.0, 10.0, None, "Ytans enkät 2022"),
            rows.EarlierResult(1, 2023, "satisfied", 7.8, 10.0, None, "Ytans enkät 2023"),
            rows.EarlierResult(1, 2023, "recommend", 93.2, 100.0, None, "Ytans enkät 2023"),
        ),
        "financings": (
            rows.Financing(1, "ERP", 4_350_000, 2026, 2028, "Regionala utvecklingsnämndens beslut"),
            rows.Financing(2, "Region Norrbotten, 1:1", 4_350_000, 2026, 2028, "Regionala utvecklingsnämndens beslut"),
        ),
        "outturns": (rows.Outturn(1, 1_215_000, "Bokslut 2026"), rows.Outturn(3, 1_180_000, "Preliminärt utfall")),
        "result_comments": (
            rows.Comment(
                "years:2027-2027", 1, "Uttalandet om infrastrukturen bar hela vägen till riksdagens talarstol."
            ),
            rows.Comment("years:2027-2027", 4, "Frågan om ambassadörer ställdes för första gången i år."),
        ),
    }
    return Source(**{**parts, **given})


def _opinions(making: _Making) -> None:
    random = making.random
    for number, (sv, en) in enumerate(_ISSUES):
        issue = making.add("issues", rows.Issue, words(sv, en), 2026, None, number, at(2025, 11, 1), None)
        if number == 3:
            continue
        statement = making.add("statements", rows.Statement, issue.id)
        making.made["statement_versions"].append(rows.StatementVersion(statement.id, 1, "first", at(2026, 1, 10)))
        for actor in random.sample(range(2, 27), 14 - 3 * number):
            position = random.choice(["behind", "behind", "behind", "reserved", "abstains"])
            given = at(2026, 3, 1) + timedelta(days=random.randrange(400))
            making.add("stances", rows.Stance, statement.id, actor, 1, position, random.random() < 0.6, given, None)
    for what, issue, state, due, done in (
        ("Gemensamt brev till infrastrukturministern", 1, "done", date(2027, 5, 1), at(2027, 4, 22)),
        ("Hearing i riksdagen om Norrbotniabanan", 1, "under_way", date(2027, 11, 15), None),
        ("Bostadsforum med byggherrarna", 2, "planned", date(2027, 8, 20), None),
        ("Remissvar om elnätet", 3, "done", date(2026, 10, 1), at(2026, 9, 28)),
    ):
        outcome = "Ministern besökte länet i juni." if done else None
        action = making.add(
            "joint_actions",
            rows.JointAction,
            issue,
            random.randrange(2, 27),
            what,
            due,
            state,
            outcome,
            at(2026, 6, 1),
            done,
        )
        for actor in random.sample(range(2, 27), 4):
            answered = random.choice(["accepted", "accepted", "invited", "declined"])
            making.made["joint_actors"].append(rows.JointActor(action.id, actor, answered))


def _people(making: _Making) -> None:
    random = making.random
    for of, asked, answered in ((1, 14, 8), (2, 8, 3), (3, 24, 17), (4, 12, 9), (5, 7, 2)):
        for number in range(asked):
            making.add("askings", rows.Asking, "edition", f"edition:{of}")
            making.add("askings", rows.Asking, "ambassador", f"edition:{of}")
            if number < answered:
                answer = rows.EditionAnswer(of, random.choice([3, 4, 4, 5]), random.choice([4, 5, 5]))
                making.made["edition_evaluations"].append(answer)
                said = random.choice(["yes", "yes", "no"])
                making.made["ambassadors"].append(rows.Ambassador(of, said, at(2027, 8, 10), None))
    for number in range(19):
        state = ("accepted", "accepted", "asked", "refused")[number % 4]
        edition: int | None = (3, 3, 4, None)[number % 4] if number < 12 else 3
        answered_at = None if state == "asked" else at(2027, 7, 10)
        making.add("contact_requests", rows.ContactRequest, edition, state, at(2027, 7, 2), answered_at)


def empty() -> Source:
    """An installation with its arenas, and nothing yet."""
    return Source(arenas=ARENAS, actors=_actors()[:3])


def without(source: Source, part: str) -> Source:
    """The same, less one table's rows."""
    return replace(source, **{part: ()})
