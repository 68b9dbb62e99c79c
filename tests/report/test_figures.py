"""Figures: as docs/resultat.md defines them, on hand-made rows and from both databases."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.figures import FAMILIES, MARKS, Source, from_code, named, of_edition, of_years
from bot.domain.figures import source as rows
from bot.domain.figures.report import Report, compute
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.report import example
from tests.report.example import ARENAS, NOW, at, words
from tests.report.filling import fill

ROOT = Path(__file__).parents[2]
EDITIONS = (
    rows.Edition(1, 1, words("Almedalen 2026"), 2026, date(2026, 6, 22), date(2026, 6, 24), "Europe/Stockholm"),
    rows.Edition(2, 1, words("Almedalen 2027"), 2027, date(2027, 6, 28), date(2027, 6, 30), "Europe/Stockholm"),
    rows.Edition(3, 3, words("Utveckla 2027"), 2027, date(2027, 5, 11), date(2027, 5, 11), "Europe/Stockholm"),
)
ACTORS = (
    rows.Actor(1, "Region Norrbotten", "region", "active", None, "Luleå"),
    rows.Actor(2, "Bodens kommun", "municipality", "active", None, "Boden"),
    rows.Actor(3, "LKAB", "company", "active", None, "Kiruna"),
    rows.Actor(4, "LKAB AB", "company", "merged", 3, None),
    rows.Actor(5, "Svemin", "association", "active", None, None),
    rows.Actor(6, "SSAB", "company", "active", None, "Luleå"),
    rows.Actor(7, "Okänd", "company", "requested", None, None),
)


class Making:
    """Bookings one after another, an hour each, on the edition's first day."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Any]] = {name: [] for name in ("slots", "bookings", "activities", "co_organisers")}
        self.parts["activity_evaluations"] = []

    def slot(self, edition: int, state: str = "open") -> rows.Slot:
        number = len(self.parts["slots"]) + 1
        first = EDITIONS[edition - 1].starts_on
        assert first is not None
        starts = datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=6, minutes=number)
        slot = rows.Slot(number, edition, starts, starts + timedelta(hours=1), state, None)
        self.parts["slots"].append(slot)
        return slot

    def activity(self, edition: int, actor: int, *co: int, state: str = "booked", why: str | None = None) -> int:
        number = len(self.parts["activities"]) + 1
        slot = self.slot(edition)
        self.parts["activities"].append(rows.Activity(number, edition, actor, "En rubrik", "seminar"))
        self.parts["bookings"].append(rows.Booking(number, number, slot.id, state, None, why))
        self.parts["co_organisers"] += [rows.CoOrganiser(number, other, "accepted") for other in co]
        return number

    def answer(self, activity: int, **values: Any) -> None:
        given: dict[str, Any] = {
            "held": True,
            "came": None,
            "satisfied": None,
            "worth": None,
            "again": None,
            "groups_came": None,
        }
        given |= {"led_to": None, "given_by": "actor"} | values
        self.parts["activity_evaluations"].append(rows.ActivityAnswer(activity, **given))

    def source(self, **more: Any) -> Source:
        stages = tuple(rows.Stage(edition.id, edition.id, "Norra scen") for edition in EDITIONS)
        made = {name: tuple(found) for name, found in self.parts.items()}
        return Source(arenas=ARENAS, editions=EDITIONS, actors=ACTORS, stages=stages, **made, **more)


def values(report: Report, *keys: str) -> list[float | None]:
    return [report.value(key) for key in keys]


def year(source: Source, *, now: datetime = NOW) -> Report:
    return compute(source, of_years(2027, 2027), now=now)


def test_a_double_counts_as_the_actor_it_was_merged_into_back_in_time_too() -> None:
    making = Making()
    making.activity(1, 4)
    making.activity(2, 3)
    making.activity(2, 4, 3)
    making.activity(2, 2)
    report = compute(making.source(), of_years(2027, 2027), now=NOW)
    assert values(report, "actors.others", "actors.new", "actors.returning", "activities.joint") == [2, 1, 1, 0]


def test_an_actor_is_new_to_an_edition_that_has_only_been_to_other_arenas() -> None:
    making = Making()
    making.activity(3, 2)
    making.activity(2, 2)
    source = making.source()
    earlier = replace(source, editions=(EDITIONS[0], EDITIONS[1], replace(EDITIONS[2], year=2026)))
    assert values(compute(earlier, of_edition(EDITIONS[1]), now=NOW), "actors.new", "actors.returning") == [1, 0]
    assert values(compute(earlier, of_years(2027, 2027), now=NOW), "actors.new", "actors.returning") == [0, 1]


def test_actors_are_counted_by_kind_and_the_region_apart() -> None:
    making = Making()
    for actor in (1, 2, 3, 5):
        making.activity(2, actor)
    making.slot(2, "blocked")
    report = year(making.source())
    kinds = ("actors.others", "actors.public", "actors.private", "actors.association")
    assert values(report, *kinds) == [3, 1, 1, 1]
    assert values(report, "own.activities", "own.blocks", "others.activities") == [1, 1, 3]
    assert values(report, "own.activities.level.national", "own.blocks.level.national") == [1, 1]


def test_editions_add_up_to_the_whole_and_kinds_to_the_new_and_returning() -> None:
    source = example.made()
    report = compute(source, of_years(2027, 2027), now=NOW)
    editions = report.arenas.by_edition
    sums = [sum(getattr(of.slots, name) for of in editions) for name in ("offered", "asked", "booked", "used")]
    assert sums == values(report, "slots.offered", "slots.asked", "slots.booked", "slots.used")
    assert [sum(of.activities for of in editions), sum(of.own for of in editions)] == values(
        report, "activities.all", "own.activities"
    )
    assert sum(of.visitors for of in editions) == report.value("visitors.total")
    for which in ("new", "returning"):
        parts = [f.value or 0 for f in report.family(f"actors.{which}.kind")]
        assert (len(parts), sum(parts)) == (3, report.value(f"actors.{which}"))
    entered = report.figures["outturn.editions"]
    assert (entered.value, entered.of) == (1, len(editions))


def test_coordinators_follow_answers_from_the_first_one_where_a_report_tells_of_none() -> None:
    making = Making()
    making.answer(making.activity(2, 2), satisfied=4, given_by="coordinator")
    source = making.source()
    shown = [compute(source, of_edition(EDITIONS[1]), now=NOW, least=least).value("satisfied") for least in (1, 5)]
    assert shown == [4.0, None]
    assert values(year(source), "activities.held", "activities.answered_for") == [1, 1]


def test_who_was_asked_about_a_statement_is_told_beside_who_has_answered() -> None:
    askings = tuple(rows.Asking(i, "stance", "statement:1:1", actor) for i, actor in enumerate((2, 3, 4, 5), 1))
    versions = (rows.StatementVersion(1, 1, "first", at(2026, 1, 1)),)
    stances = (_stance(1, 2, "behind", at(2027, 1, 1)), _stance(2, 6, "behind", at(2027, 1, 1)))
    source = _with_stances(*stances, statement_versions=versions, askings=askings)
    basis = year(source).figures["stances.actors"].basis
    assert basis is not None
    assert (basis.asked, basis.answered) == (4, 2)  # the double counts as the actor that it was merged into


def test_known_actors_that_stay_away_are_named_and_others_are_not() -> None:
    making = Making()
    making.activity(2, 2)
    assert list(year(making.source()).absent) == ["LKAB", "SSAB", "Svemin"]


@pytest.mark.parametrize(
    ("state", "why", "asked", "booked"),
    [
        ("booked", None, 1, 1),
        ("applied", None, 1, 0),
        ("requested", None, 1, 0),
        ("cancelling", None, 1, 0),
        ("held", None, 0, 0),
        ("ended", "expired", 0, 0),
        ("ended", "released", 0, 0),
        ("ended", "refused", 1, 0),
        ("ended", "withdrawn", 1, 0),
        ("ended", "unanswered", 1, 0),
        ("ended", "cancelled", 1, 0),
    ],
)
def test_a_slot_is_asked_for_when_somebody_wanted_it_and_not_when_it_was_only_held(
    state: str, why: str | None, asked: int, booked: int
) -> None:
    making = Making()
    making.activity(2, 2, state=state, why=why)
    making.slot(2)
    making.slot(2, "cancelled")
    making.slot(2, "blocked")
    report = year(making.source())
    assert values(report, "slots.offered", "slots.asked", "slots.booked", "activities.all") == [
        2,
        asked,
        booked,
        booked,
    ]


def test_a_slot_is_used_once_it_is_past_unless_nothing_took_place() -> None:
    making = Making()
    first, second = making.activity(2, 2), making.activity(2, 3)
    making.answer(second, held=False)
    source = making.source()
    assert year(source).value("slots.used") == 1
    assert year(source, now=at(2027, 6, 1)).value("slots.used") == 0
    assert first != second


def test_held_and_visitors_are_what_was_answered_with_no_floor() -> None:
    making = Making()
    for answer in ({"held": True, "came": 40}, {"held": True}, {"held": False}, None):
        activity = making.activity(2, 2)
        if answer is not None:
            making.answer(activity, **answer)
    report = year(making.source())
    keys = ("activities.held", "activities.not_held", "activities.unanswered", "visitors.total", "visitors.activities")
    assert values(report, *keys) == [2, 1, 1, 40, 1]


@pytest.mark.parametrize(("count", "mean"), [(4, None), (5, 4.0)])
def test_answers_are_shown_from_five_on(count: int, mean: float | None) -> None:
    making = Making()
    for _ in range(count):
        making.answer(making.activity(2, 2), satisfied=4, again="yes", led_to=("press",))
    report = year(making.source())
    assert values(report, "satisfied", "again.yes", "outcomes.press") == [mean, mean and count, mean and count]
    assert report.figures["satisfied"].withheld == (count == 4)
    basis = report.figures["satisfied"].basis
    assert basis is not None
    assert (basis.answered, basis.shown) == (count, count if count >= 5 else 0)


def test_a_year_is_the_sum_of_its_groups_and_leaves_small_ones_out() -> None:
    making = Making()
    for score in (5, 5, 5, 5, 5):
        making.answer(making.activity(2, 2), satisfied=score)
    making.answer(making.activity(3, 2), satisfied=1)
    source = making.source()
    assert year(source).value("satisfied") == 5.0
    assert compute(source, of_edition(EDITIONS[1]), now=NOW).value("satisfied") == 5.0
    assert compute(source, of_edition(EDITIONS[2]), now=NOW).value("satisfied") is None


def test_a_refused_contact_and_an_unanswered_one_are_counted_alike() -> None:
    def report(*states: str) -> Report:
        requests = tuple(rows.ContactRequest(i, 2, s, at(2027, 7, 1), None) for i, s in enumerate(states, 1))
        return year(Making().source(contact_requests=requests))

    keys = ("contacts.asked", "contacts.exchanged")
    assert values(report(*["accepted"] * 5, "refused"), *keys) == values(report(*["accepted"] * 5, "asked"), *keys)
    assert values(report(*["accepted"] * 4, "refused"), *keys) == [5, None]


def _stance(number: int, actor: int, position: str, day: datetime, **more: Any) -> rows.Stance:
    given: dict[str, Any] = {"version": 1, "decided": True, "replaced_at": None} | more
    return rows.Stance(number, 1, actor, given["version"], position, given["decided"], day, given["replaced_at"])


def _with_stances(*stances: rows.Stance, **more: Any) -> Source:
    issue = rows.Issue(1, words("Energi"), 2026, None, 0, at(2025, 1, 1), None)
    return Making().source(issues=(issue,), statements=(rows.Statement(1, 1),), stances=stances, **more)


def test_stances_are_those_of_the_day_decided_and_officials_apart() -> None:
    source = _with_stances(
        _stance(1, 2, "reserved", at(2026, 5, 1), replaced_at=at(2027, 3, 1)),
        _stance(2, 2, "behind", at(2027, 3, 1)),
        _stance(3, 5, "behind", at(2027, 4, 1), decided=False),
        _stance(4, 6, "behind", at(2028, 2, 1)),
    )
    then = compute(source, of_years(2026, 2026), now=at(2028, 6, 1))
    now = compute(source, of_years(2027, 2027), now=at(2028, 6, 1))
    keys = ("stances.actors", "stances.decided.behind", "stances.decided.reserved", "stances.official.behind")
    assert values(then, *keys) == [1, 0, 1, 0]
    assert values(now, *keys) == [2, 1, 0, 1]


def test_of_doubles_the_latest_answer_counts() -> None:
    report = year(_with_stances(_stance(1, 3, "abstains", at(2027, 1, 1)), _stance(2, 4, "behind", at(2027, 2, 1))))
    assert values(report, "stances.actors", "stances.decided.behind", "stances.decided.abstains") == [1, 1, 0]


def test_an_answer_to_an_older_wording_is_told_and_a_correction_makes_none() -> None:
    versions = (
        rows.StatementVersion(1, 1, "first", at(2026, 1, 1)),
        rows.StatementVersion(1, 2, "change", at(2027, 2, 1)),
        rows.StatementVersion(1, 3, "correction", at(2027, 3, 1)),
    )
    stances = (_stance(1, 2, "behind", at(2027, 1, 1)), _stance(2, 5, "behind", at(2027, 2, 5), version=2))
    assert year(_with_stances(*stances, statement_versions=versions)).value("stances.older") == 1


def test_joint_actions_are_those_alive_in_the_years_in_the_state_of_then() -> None:
    def action(number: int, state: str, done: datetime | None, due: date = date(2027, 12, 1)) -> rows.JointAction:
        return rows.JointAction(number, 1, 2, "Ett brev", due, state, None, at(2026, 5, 1), done)

    actions = (
        action(1, "done", at(2026, 11, 1)),
        action(2, "done", at(2027, 3, 1)),
        action(3, "done", at(2028, 3, 1)),
        action(4, "planned", None, date(2027, 6, 1)),
    )
    source = _with_stances(joint_actions=actions, joint_actors=(rows.JointActor(2, 3, "accepted"),))
    report = year(source, now=at(2028, 6, 1))
    keys = ("joint.planned", "joint.under_way", "joint.done", "joint.late", "joint.actors")
    assert values(report, *keys) == [1, 1, 1, 2, 2]


def test_who_named_what_an_activity_is_for_is_the_actor_where_any_of_it_is() -> None:
    making = Making()
    first, second, _ = making.activity(2, 2), making.activity(2, 3), making.activity(2, 5)
    aims = (
        rows.Aim(first, None, "consensus", None, "coordinator"),
        rows.Aim(first, None, "knowledge", None, "actor"),
        rows.Aim(second, None, "knowledge", None, "coordinator"),
    )
    report = year(making.source(aims=aims))
    assert values(report, "named.purpose", "named.purpose.actor", "named.purpose.coordinator") == [2, 1, 1]
    assert values(report, "activities.consensus", "activities.knowledge", "activities.methods") == [1, 2, 0]


def test_an_earlier_result_of_fewer_than_five_is_not_shown() -> None:
    results = (
        rows.EarlierResult(1, 2022, "satisfied", 8.0, 10.0, None, "Ytans enkät"),
        rows.EarlierResult(1, 2023, "satisfied", 7.8, 10.0, 4, "Ytans enkät"),
    )
    report = year(Making().source(earlier_results=results))
    keys = ("earlier.almedalen.2022.satisfied", "earlier.almedalen.2023.satisfied")
    assert values(report, *keys) == [8.0, None]


@pytest.mark.parametrize("code", ["edition:99", "years:2029-2027", "years:2027-2099", "all", "edition:x", ""])
def test_a_scope_that_is_none_is_refused(code: str) -> None:
    source = example.made()
    with pytest.raises(ValueError):  # the code is the message, the empty one too
        from_code(code, source)


def test_an_edition_is_named_by_its_arena_and_year() -> None:
    source = example.made()
    assert [named(words, source).edition_id for words in ("almedalen-2027", "Arctic-Talks-2026")] == [3, 2]


async def test_what_is_read_from_a_database_is_what_was_stored(database: Database) -> None:
    stored = example.made()
    await fill(database, stored)
    async with database.read() as session:
        assert await SqlUnitOfWork(session).report.source() == stored


@pytest.mark.parametrize("report", [year(example.made()), year(example.empty())], ids=["filled", "empty"])
def test_every_figure_belongs_to_a_numbered_family(report: Report) -> None:
    assert {figure.family for figure in report.figures.values()} <= set(MARKS)
    assert all(key == figure.key for key, figure in report.figures.items())


def test_every_family_is_defined_in_the_documentation_under_its_number() -> None:
    text = (ROOT / "docs" / "resultat.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| (\d\.\d+) \| `([a-z_.]+?)(?:\.\*)?` \| \S.* \|$", text, re.MULTILINE)
    assert documented == [(MARKS[family], family) for families in FAMILIES.values() for family in families]
