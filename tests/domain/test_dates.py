from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import (
    AmbiguousTime,
    EndsBeforeStart,
    NotADate,
    NotATime,
    TimeInGap,
    WrongWeekday,
    at_local,
    local_day,
    parse_at,
    parse_day,
    parse_days,
    parse_moment,
    parse_span,
    parse_time,
    parse_times,
)

STOCKHOLM, OSLO = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Oslo")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
JUNE_29 = date(2027, 6, 29)


@pytest.mark.parametrize(
    "written",
    [
        "29 juni",
        "29 juni 2027",
        "29/6",
        "29/6 2027",
        "29/6/27",
        "29.6.2027",
        "2027-06-29",
        "2027-6-29",
        "tis 29 juni",
        "tisdag den 29 juni",
        "Tisdag 29:e juni",
        " den 29 JUNI ",
        "på tisdag 29/6",
        "June 29",
        "June 29th, 2027",
        "the 29th of June",
        "Tue 29 June",
        "Tuesday, June 29",
        "29 jun.",
        "29juni",
    ],
)
def test_a_date_is_read_as_people_write_it(written: str) -> None:
    assert parse_day(written, today=TODAY) == JUNE_29


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("i dag", TODAY),
        ("imorgon", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 24)),
        ("övermorgon", date(2026, 11, 25)),
        ("måndag", TODAY),
        ("söndag", date(2026, 11, 29)),
        ("22 november", date(2027, 11, 22)),
        ("23 november", TODAY),
        ("29 februari", date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_next_one(written: str, day: date) -> None:
    assert parse_day(written, today=TODAY) == day


def test_a_given_year_is_used_for_dates_without_one() -> None:
    assert parse_day("1 mars", today=TODAY, year=2026) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "written",
    ["", "snart", "31 juni", "6/28", "juni", "29", "29 30", "2027-13-01", "29 feb 2027", "0 maj", "29-6", "²/6"],
)
def test_what_is_no_date_is_refused_with_what_was_written(written: str) -> None:
    with pytest.raises(NotADate) as refusal:
        parse_day(written, today=TODAY)
    assert refusal.value.fields == {"text": written}


def test_a_date_on_another_weekday_is_refused_with_the_day_it_is() -> None:
    with pytest.raises(WrongWeekday) as refusal:
        parse_day("mån 29 juni", today=TODAY)
    assert refusal.value.fields == {"day": JUNE_29, "text": "mån 29 juni"}


@given(
    st.dates(date(2026, 11, 23), date(2027, 11, 22)),
    st.sampled_from(["{d.day}/{d.month}", "{d:%Y-%m-%d}", "{d:%B} {d.day}"]),
)
def test_any_day_of_the_coming_year_is_read_back(day: date, form: str) -> None:
    assert parse_day(form.format(d=day), today=TODAY) == day


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("28–30 juni 2027", date(2027, 6, 28), date(2027, 6, 30)),
        ("28-30 juni", date(2027, 6, 28), date(2027, 6, 30)),
        ("28 juni-2 juli", date(2027, 6, 28), date(2027, 7, 2)),
        ("28 juni till 2 juli 2027", date(2027, 6, 28), date(2027, 7, 2)),
        ("mån 28 juni – fre 2 juli", date(2027, 6, 28), date(2027, 7, 2)),
        ("från 28/6 till 30/6", date(2027, 6, 28), date(2027, 6, 30)),
        ("28/6-30/6", date(2027, 6, 28), date(2027, 6, 30)),
        ("28–30/6", date(2027, 6, 28), date(2027, 6, 30)),
        ("28 juni t.o.m. 2 juli", date(2027, 6, 28), date(2027, 7, 2)),
        ("2027-06-28 – 2027-06-30", date(2027, 6, 28), date(2027, 6, 30)),
        ("2027-06-28-2027-06-30", date(2027, 6, 28), date(2027, 6, 30)),
        ("June 28–30", date(2027, 6, 28), date(2027, 6, 30)),
        ("June 28 to July 2, 2027", date(2027, 6, 28), date(2027, 7, 2)),
        ("30 december–2 januari", date(2026, 12, 30), date(2027, 1, 2)),
        ("30 december–2 januari 2028", date(2027, 12, 30), date(2028, 1, 2)),
        ("4 februari", date(2027, 2, 4), date(2027, 2, 4)),
    ],
)
def test_a_range_of_days_is_read_as_people_write_it(written: str, first: date, last: date) -> None:
    assert parse_days(written, today=TODAY) == (first, last)


@pytest.mark.parametrize("written", ["30–28 juni", "2 juli–28 juni 2027", "2027-06-30 – 2027-06-28"])
def test_a_range_that_ends_before_it_starts_is_refused(written: str) -> None:
    with pytest.raises(EndsBeforeStart):
        parse_days(written, today=TODAY)


@pytest.mark.parametrize("written", ["28–30", "28–31 juni", "-", "juni–juli", "28 juni–"])
def test_a_range_without_real_days_is_refused(written: str) -> None:
    with pytest.raises(NotADate):
        parse_days(written, today=TODAY)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("13", time(13)),
        ("13.00", time(13)),
        ("kl 13:30", time(13, 30)),
        ("kl. 9", time(9)),
        ("klockan 7.30", time(7, 30)),
        ("0730", time(7, 30)),
        ("1 pm", time(13)),
        ("1.30 p.m.", time(13, 30)),
        ("12 am", time(0)),
        ("at 12pm", time(12)),
        ("0", time(0)),
        ("23.59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_write_it(written: str, clock: time) -> None:
    assert parse_time(written) == clock


@pytest.mark.parametrize("written", ["", "24", "13.60", "13.5", "lunch", "13 pm", "1300 1400", "²", "-1"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(NotATime):
        parse_time(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("07.30–17.30", time(7, 30), time(17, 30)),
        ("9-10", time(9), time(10)),
        ("kl 13 till 14.30", time(13), time(14, 30)),
        ("13:00 to 14:00", time(13), time(14)),
        ("1–2 pm", time(13), time(14)),
        ("11–1 pm", time(11), time(13)),
        ("9 am–1 pm", time(9), time(13)),
        ("mellan 9 och 10", time(9), time(10)),
    ],
)
def test_a_time_range_is_read_as_people_write_it(written: str, start: time, end: time) -> None:
    assert parse_times(written) == (start, end)


def test_a_time_range_that_ends_before_or_as_it_starts_is_refused() -> None:
    for written in ("14–13", "13.00-13.00"):
        with pytest.raises(EndsBeforeStart):
            parse_times(written)
    with pytest.raises(NotATime):
        parse_times("13")


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("tors 15 april kl 12", date(2027, 4, 15), time(12)),
        ("29 juni, 13.00", JUNE_29, time(13)),
        ("29 juni 13", JUNE_29, time(13)),
        ("29 juni 2027 13", JUNE_29, time(13)),
        ("29/6 kl. 13:30", JUNE_29, time(13, 30)),
        ("2027-06-29 13:00", JUNE_29, time(13)),
        ("2027-06-29T13:00", JUNE_29, time(13)),
        ("i morgon kl 9", date(2026, 11, 24), time(9)),
        ("June 29 at 1 pm", JUNE_29, time(13)),
        ("kl 13 den 29 juni", JUNE_29, time(13)),
        ("13.00 på tisdag", date(2026, 11, 24), time(13)),
    ],
)
def test_a_date_with_a_time_is_read_as_people_write_it(written: str, day: date, clock: time) -> None:
    assert parse_moment(written, today=TODAY) == (day, clock)


def test_a_moment_that_lacks_its_date_or_its_time_says_which() -> None:
    with pytest.raises(NotATime):
        parse_moment("29 juni 2027", today=TODAY)
    with pytest.raises(NotADate):
        parse_moment("kl 13", today=TODAY)
    with pytest.raises(WrongWeekday):
        parse_moment("mån 29 juni kl 13", today=TODAY)


def test_a_moment_is_local_to_its_zone() -> None:
    assert parse_at("29 juni kl 13", OSLO, now=NOW) == datetime(2027, 6, 29, 11, tzinfo=UTC)
    assert parse_at("4 februari kl 13", STOCKHOLM, now=NOW) == datetime(2027, 2, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "tis 29 juni 13.00–14.00",
        "29/6 13-14",
        "29 juni kl 13 till 14",
        "13 – 14 den 29 juni",
        "June 29, 1–2 pm",
        "2027-06-29 13:00 - 14:00",
    ],
)
def test_a_span_is_a_day_and_its_times(written: str) -> None:
    assert parse_span(written, STOCKHOLM, now=NOW) == (
        datetime(2027, 6, 29, 11, tzinfo=UTC),
        datetime(2027, 6, 29, 12, tzinfo=UTC),
    )


def test_a_span_that_ends_before_it_starts_or_lacks_a_part_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        parse_span("29 juni 14–13", STOCKHOLM, now=NOW)
    with pytest.raises(NotATime):
        parse_span("29 juni", STOCKHOLM, now=NOW)
    with pytest.raises(NotADate):
        parse_span("13–14", STOCKHOLM, now=NOW)


@pytest.mark.parametrize("zone", [STOCKHOLM, OSLO])
def test_local_times_that_summer_time_skips_or_repeats_are_refused(zone: ZoneInfo) -> None:
    with pytest.raises(TimeInGap) as gap:
        at_local(date(2027, 3, 28), time(2, 30), zone)
    assert gap.value.fields == {"day": date(2027, 3, 28), "time": time(2, 30)}
    with pytest.raises(AmbiguousTime) as twice:
        at_local(date(2027, 10, 31), time(2, 30), zone)
    assert twice.value.fields == {"day": date(2027, 10, 31), "time": time(2, 30)}
    assert at_local(date(2027, 3, 28), time(3), zone) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert at_local(date(2027, 10, 31), time(3), zone) == datetime(2027, 10, 31, 2, tzinfo=UTC)


@given(
    st.builds(datetime.combine, st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.times()),
    st.sampled_from(["Europe/Stockholm", "Europe/Oslo", "America/New_York"]),
)
def test_a_local_time_comes_back_from_utc_unless_it_is_refused(local: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    try:
        instant = at_local(local.date(), local.time(), zone)
    except (TimeInGap, AmbiguousTime):
        assert zone.utcoffset(local - timedelta(days=1)) != zone.utcoffset(local + timedelta(days=1))
        return
    assert instant.tzinfo is UTC
    assert instant.astimezone(zone).replace(tzinfo=None) == local
    assert local_day(instant, zone) == local.date()


@given(st.text("0123456789 -–/.:,jun maklockt") | st.text())
def test_anything_else_is_refused_by_a_typed_error(text: str) -> None:
    refusals = (NotADate, NotATime, WrongWeekday, EndsBeforeStart)
    for parse in (parse_day, parse_days, parse_moment):
        with suppress(*refusals):
            parse(text, today=TODAY)
    for read in (parse_time, parse_times):
        with suppress(NotATime, EndsBeforeStart):
            read(text)
