from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import AmbiguousTime, EndsBeforeStart, TimeInGap
from bot.domain.grid import Grid, NotAGrid, NothingFits, SlotsOverlap, Span, lay_out, parse_grid, refuse_overlap

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAYS = [date(2027, 6, 28), date(2027, 6, 29), date(2027, 6, 30)]


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


USUAL = Grid(time(7, 30), time(17, 30), minutes(60), minutes(15))


@pytest.mark.parametrize(
    ("written", "grid"),
    [
        ("07.30–17.30, 60 min, 15 min mellan", USUAL),
        ("07:30-17:30 60 min 15 min between", USUAL),
        ("kl 7.30 till 17.30; 1 timme; paus 15 minuter", USUAL),
        ("7.30 – 17.30, 60, 15", USUAL),
        ("60 minuter, 15 minuters paus, 07.30–17.30", USUAL),
        ("60 min med 15 min paus, 07.30–17.30", USUAL),
        ("07.30–17.30, 60 min", Grid(time(7, 30), time(17, 30), minutes(60))),
        ("07.30–17.30, 60 min, utan paus", Grid(time(7, 30), time(17, 30), minutes(60))),
        ("07.30–17.30, 60 min, 0 min mellan", Grid(time(7, 30), time(17, 30), minutes(60))),
        ("7.30–17.30, en timme, en kvart emellan", USUAL),
        ("9–12, halvtimmar", Grid(time(9), time(12), minutes(30))),
        ("9–12, half an hour", Grid(time(9), time(12), minutes(30))),
        ("9–12, 1,5 h", Grid(time(9), time(12), minutes(90))),
        ("9 am to 1 pm, 45 minutes, 5 min break", Grid(time(9), time(13), minutes(45), minutes(5))),
        ("9–12, 45-minuters, paus: 10 min", Grid(time(9), time(12), minutes(45), minutes(10))),
    ],
)
def test_a_grid_is_read_as_coordinators_write_it(written: str, grid: Grid) -> None:
    assert parse_grid(written) == grid


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hela dagen",
        "60 min",
        "07.30–17.30",
        "25–30, 60 min",
        "9–12, 1 min",
        "9–12, 60 min, 30 min, 15 min",
        "9–12, 0",
        "9–12, 5 min mellan, 5 min paus, 30 min",
    ],
)
def test_what_is_no_grid_is_refused_with_what_was_written(written: str) -> None:
    with pytest.raises(NotAGrid) as refusal:
        parse_grid(written)
    assert refusal.value.fields == {"text": written}


def test_hours_that_end_before_they_start_are_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        parse_grid("17.30–07.30, 60 min")
    with pytest.raises(EndsBeforeStart):
        Grid(time(9), time(9), minutes(60))


def test_three_days_of_the_usual_grid_are_24_slots_in_utc() -> None:
    spans = lay_out(DAYS, USUAL, STOCKHOLM)
    assert len(spans) == 24
    assert spans[0] == Span(datetime(2027, 6, 28, 5, 30, tzinfo=UTC), datetime(2027, 6, 28, 6, 30, tzinfo=UTC))
    assert spans[7] == Span(datetime(2027, 6, 28, 14, 15, tzinfo=UTC), datetime(2027, 6, 28, 15, 15, tzinfo=UTC))
    refuse_overlap(spans)


def test_a_day_given_twice_gets_its_slots_once() -> None:
    assert lay_out([*DAYS, *reversed(DAYS)], USUAL, STOCKHOLM) == lay_out(DAYS, USUAL, STOCKHOLM)


def test_nothing_fits_in_too_short_hours_or_on_no_day() -> None:
    with pytest.raises(NothingFits):
        lay_out(DAYS, Grid(time(9), time(9, 59), minutes(60)), STOCKHOLM)
    with pytest.raises(NothingFits):
        lay_out([], USUAL, STOCKHOLM)


@pytest.mark.parametrize(("night", "slots"), [(date(2027, 3, 28), 4), (date(2027, 10, 31), 6)])
def test_a_night_shift_has_an_hour_less_or_more_when_summer_time_changes(night: date, slots: int) -> None:
    spans = lay_out([night], Grid(time(0), time(5), minutes(60)), STOCKHOLM)
    assert len(spans) == slots
    assert {span.ends_at - span.starts_at for span in spans} == {minutes(60)}
    assert spans[-1].ends_at.astimezone(STOCKHOLM).time() == time(5)


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Oslo"])
def test_each_day_opens_at_the_same_local_time_whatever_the_season(zone: str) -> None:
    tz = ZoneInfo(zone)
    days = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)]
    spans = lay_out(days, Grid(time(9), time(10), minutes(60)), tz)
    assert [span.starts_at.astimezone(tz).time() for span in spans] == [time(9)] * 4
    assert [span.starts_at.hour for span in spans] == [8, 7, 7, 8]


def test_opening_in_an_hour_that_is_skipped_or_comes_twice_is_refused() -> None:
    night = Grid(time(2, 30), time(5), minutes(60))
    with pytest.raises(TimeInGap):
        lay_out([date(2027, 3, 28)], night, STOCKHOLM)
    with pytest.raises(AmbiguousTime):
        lay_out([date(2027, 10, 31)], night, STOCKHOLM)


@given(
    st.integers(0, 1380),
    st.integers(1, 600),
    st.integers(5, 300),
    st.integers(0, 120),
    st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), min_size=1, max_size=5),
)
def test_a_layout_is_within_hours_evenly_spaced_and_full(
    opens: int, open_for: int, length: int, pause: int, days: set[date]
) -> None:
    days -= {date(2027, 3, 28), date(2027, 10, 31)}
    closes = min(opens + open_for, 1439)
    grid = Grid(time(*divmod(opens, 60)), time(*divmod(closes, 60)), minutes(length), minutes(pause))
    per_day = max(0, (closes - opens - length) // (length + pause) + 1) if closes - opens >= length else 0
    if not per_day or not days:
        with pytest.raises(NothingFits):
            lay_out(days, grid, STOCKHOLM)
        return
    spans = lay_out(days, grid, STOCKHOLM)
    assert len(spans) == per_day * len(days)
    assert all(span.ends_at - span.starts_at == grid.length for span in spans)
    assert all(later.starts_at - earlier.ends_at >= grid.pause for earlier, later in pairwise(spans))
    assert all(span.ends_at.astimezone(STOCKHOLM).time() <= grid.closes for span in spans)


def at(start: int, end: int) -> Span:
    noon = datetime(2027, 6, 28, 12, tzinfo=UTC)
    return Span(noon + minutes(start), noon + minutes(end))


def test_overlapping_slots_are_refused_with_the_one_in_the_way() -> None:
    with pytest.raises(SlotsOverlap) as refusal:
        refuse_overlap([at(0, 60)], [at(60, 120), at(30, 45)])
    assert refusal.value.fields == {"starts_at": at(30, 45).starts_at, "ends_at": at(30, 45).ends_at}
    with pytest.raises(SlotsOverlap):
        refuse_overlap([at(0, 60), at(59, 90)])


def test_a_slot_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        refuse_overlap([at(60, 0)])


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 30)), max_size=6))
def test_overlap_is_refused_exactly_when_two_slots_share_a_minute(pairs: list[tuple[int, int]]) -> None:
    spans = [at(start, start + length) for start, length in pairs]
    shared = any(a.overlaps(b) for a, b in combinations(spans, 2))
    for new, existing in ((spans, []), (spans[:1], spans[1:])):
        relevant = shared if not existing else any(spans[0].overlaps(b) for b in existing)
        if relevant:
            with pytest.raises(SlotsOverlap):
                refuse_overlap(new, existing)
        elif not existing or not shared:
            refuse_overlap(new, existing)
