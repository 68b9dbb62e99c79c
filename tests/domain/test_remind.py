from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.remind import (
    URGENT,
    Deadline,
    Kind,
    Planned,
    audible,
    for_deadlines,
    for_evaluation,
    for_fees,
    for_hold,
    for_slot,
    is_quiet,
    plan,
    tomorrow,
)

STOCKHOLM, OSLO, HELSINKI = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Oslo"), ZoneInfo("Europe/Helsinki")
ZONES = st.sampled_from([STOCKHOLM, OSLO, HELSINKI])
INSTANTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


def test_a_slot_is_reminded_of_a_week_a_day_and_an_hour_before() -> None:
    starts_at = utc(6, 29, 11)
    assert for_slot(starts_at, STOCKHOLM) == [
        Planned(utc(6, 22, 7), Kind.SLOT_WEEK, utc(6, 28, 7)),
        Planned(utc(6, 28, 7), Kind.SLOT_DAY, utc(6, 29, 10)),
        Planned(utc(6, 29, 10), Kind.SLOT_HOUR, starts_at),
    ]


@pytest.mark.parametrize("zone", [STOCKHOLM, OSLO])
@pytest.mark.parametrize(
    ("starts_at", "week", "day", "hour"),
    [
        # an event at 09.00 on 28 March, the day that summer time begins: 07.00 UTC, the mornings before are 08.00 UTC
        (utc(3, 28, 7), utc(3, 21, 8), utc(3, 27, 8), utc(3, 28, 6)),
        # at 09.00 on 31 October, the day that it ends
        (utc(10, 31, 8), utc(10, 24, 7), utc(10, 30, 7), utc(10, 31, 7)),
        # at 03.30 on 28 March: an hour before is 01.30 by the clock
        (utc(3, 28, 1, 30), utc(3, 21, 8), utc(3, 27, 8), utc(3, 28, 0, 30)),
        # at the second 02.30 on 31 October: an hour before is the first 02.30
        (utc(10, 31, 1, 30), utc(10, 24, 7), utc(10, 30, 7), utc(10, 31, 0, 30)),
    ],
)
def test_mornings_are_by_the_clock_and_hours_elapse_when_summer_time_changes(
    zone: ZoneInfo, starts_at: datetime, week: datetime, day: datetime, hour: datetime
) -> None:
    assert [planned.due_at for planned in for_slot(starts_at, zone)] == [week, day, hour]


def test_two_zones_at_once_each_have_their_own_morning() -> None:
    starts_at = utc(6, 29, 11)
    mornings = [for_slot(starts_at, zone)[1].due_at for zone in (STOCKHOLM, OSLO, HELSINKI)]
    assert mornings == [utc(6, 28, 7), utc(6, 28, 7), utc(6, 28, 6)]


@given(INSTANTS, ZONES)
def test_a_slots_mornings_are_at_nine_local_and_its_hour_is_sixty_minutes(starts_at: datetime, zone: ZoneInfo) -> None:
    week, day, hour = for_slot(starts_at, zone)
    local = starts_at.astimezone(zone).date()
    for planned, days in ((week, 7), (day, 1)):
        seen = planned.due_at.astimezone(zone)
        assert (seen.date(), seen.time()) == (local - timedelta(days=days), time(9))
    assert starts_at - hour.due_at == timedelta(hours=1)


def test_a_deadline_is_reminded_of_a_week_and_a_day_before() -> None:
    end_of_15_april = utc(4, 15, 22)
    assert for_deadlines([Deadline("description", end_of_15_april)], STOCKHOLM) == [
        Planned(utc(4, 8, 7), Kind.DEADLINE_WEEK, utc(4, 14, 7), "description"),
        Planned(utc(4, 14, 7), Kind.DEADLINE_DAY, end_of_15_april, "description"),
    ]


def test_a_deadline_at_noon_counts_from_its_own_day() -> None:
    [week, day] = for_deadlines([Deadline("file", utc(4, 15, 10))], STOCKHOLM)
    assert (week.due_at, day.due_at) == (utc(4, 8, 7), utc(4, 14, 7))


def test_each_fee_step_is_reminded_of_likewise() -> None:
    steps = [Deadline("0", utc(3, 11, 23)), Deadline("500", utc(4, 15, 22))]
    assert [(p.kind, p.subject, p.due_at) for p in for_fees(steps, STOCKHOLM)] == [
        (Kind.FEE_WEEK, "0", utc(3, 4, 8)),
        (Kind.FEE_DAY, "0", utc(3, 10, 8)),
        (Kind.FEE_WEEK, "500", utc(4, 8, 7)),
        (Kind.FEE_DAY, "500", utc(4, 14, 7)),
    ]


def test_a_hold_is_reminded_of_three_minutes_before_it_ends_also_at_night() -> None:
    assert for_hold(utc(6, 1, 22)) == Planned(utc(6, 1, 21, 57), Kind.HOLD_ENDS, utc(6, 1, 22))
    assert Kind.HOLD_ENDS in URGENT


def test_an_activitys_evaluation_comes_the_day_after_at_ten() -> None:
    ends_at = utc(6, 30, 12)
    assert for_evaluation(ends_at, STOCKHOLM) == Planned(utc(7, 1, 8), Kind.EVALUATION, utc(7, 15, 8))


@pytest.mark.parametrize(
    ("due_at", "sent_at"),
    [
        (utc(6, 28, 18, 59), utc(6, 28, 18, 59)),
        (utc(6, 28, 19), utc(6, 29, 5)),
        (utc(6, 29, 4, 59), utc(6, 29, 5)),
        (utc(6, 29, 5), utc(6, 29, 5)),
        (utc(3, 27, 21), utc(3, 28, 5)),
        (utc(10, 30, 20), utc(10, 31, 6)),
        (utc(10, 31, 1, 30), utc(10, 31, 6)),
    ],
)
def test_what_can_wait_is_silent_from_21_to_07_local_in_every_season(due_at: datetime, sent_at: datetime) -> None:
    assert audible(due_at, STOCKHOLM) == sent_at
    assert is_quiet(due_at, STOCKHOLM) is (due_at != sent_at)


@given(INSTANTS, ZONES)
def test_what_can_wait_waits_ten_hours_at_most_and_one_more_when_clocks_go_back(at: datetime, zone: ZoneInfo) -> None:
    heard = audible(at, zone)
    assert not is_quiet(heard, zone)
    assert timedelta(0) <= heard - at <= timedelta(hours=11)


@given(INSTANTS, ZONES, st.lists(st.builds(Deadline, st.sampled_from("abc"), INSTANTS), max_size=3))
def test_a_plan_is_in_order_and_only_what_is_urgent_comes_at_night(
    starts_at: datetime, zone: ZoneInfo, deadlines: list[Deadline]
) -> None:
    planned = plan(starts_at, zone, deadlines=deadlines, fee_steps=deadlines)
    assert planned == sorted(planned)
    assert len(planned) == 3 + 4 * len(deadlines)
    assert not [p for p in planned if p.kind not in URGENT and is_quiet(p.due_at, zone)]


def test_a_plan_holds_everything_of_a_booking() -> None:
    planned = plan(
        utc(6, 29, 11),
        STOCKHOLM,
        deadlines=[Deadline("texts", utc(4, 15, 22))],
        fee_steps=[Deadline("500", utc(4, 15, 22))],
        evaluation=[for_evaluation(utc(6, 29, 12), STOCKHOLM)],
    )
    assert [(p.kind, p.due_at) for p in planned] == [
        (Kind.DEADLINE_WEEK, utc(4, 8, 7)),
        (Kind.FEE_WEEK, utc(4, 8, 7)),
        (Kind.DEADLINE_DAY, utc(4, 14, 7)),
        (Kind.FEE_DAY, utc(4, 14, 7)),
        (Kind.SLOT_WEEK, utc(6, 22, 7)),
        (Kind.SLOT_DAY, utc(6, 28, 7)),
        (Kind.SLOT_HOUR, utc(6, 29, 10)),
        (Kind.EVALUATION, utc(6, 30, 8)),
    ]


def test_remind_me_tomorrow_is_the_next_morning_by_the_clock() -> None:
    assert tomorrow(utc(3, 27, 12), STOCKHOLM) == utc(3, 28, 7)
    assert tomorrow(utc(10, 30, 12), STOCKHOLM) == utc(10, 31, 8)
    assert tomorrow(utc(6, 28, 23), STOCKHOLM) == utc(6, 30, 7)
