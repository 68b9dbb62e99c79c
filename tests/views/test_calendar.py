from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.domain.text import clean
from bot.views.calendar import Entry, Method, ics

STAMP_AT = datetime(2027, 3, 1, 8, tzinfo=UTC)
STARTS_AT = datetime(2027, 6, 29, 11, tzinfo=UTC)
ENTRY = Entry(
    uid="17@arenabot",
    sequence=2,
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + timedelta(hours=1),
    summary="Vem äger vinden?",
    location="Norra scen, Fiskargränd 5",
    description="Samtal; öppet för alla\nIngång Fiskargränd",
)


def parsed(data: bytes) -> Any:
    """The file as icalendar reads it."""
    return Calendar.from_ical(data)


def said(data: bytes) -> list[dict[str, object]]:
    """The events of a file as a reader sees them."""
    keys = ("uid", "sequence", "summary", "location", "description", "status")
    return [{key: event.get(key) for key in keys if key in event} for event in parsed(data).walk("VEVENT")]


def test_an_event_comes_back_as_it_went_in() -> None:
    [event] = parsed(ics([ENTRY], zone="Europe/Stockholm", stamp_at=STAMP_AT)).walk("VEVENT")
    assert (event["uid"], event["sequence"], event["summary"]) == (ENTRY.uid, 2, ENTRY.summary)
    assert (event["location"], event["description"]) == (ENTRY.location, ENTRY.description)
    assert (event["dtstart"].dt, event["dtend"].dt) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event["dtstart"].params == {"TZID": "Europe/Stockholm"}
    assert event["dtstamp"].dt == STAMP_AT


def test_the_same_event_gives_the_same_bytes() -> None:
    first, second = (ics([ENTRY], zone="Europe/Oslo", stamp_at=STAMP_AT) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("method", "status"), [(Method.PUBLISH, "CONFIRMED"), (Method.CANCEL, "CANCELLED")])
def test_a_cancellation_says_so_to_file_and_event(method: Method, status: str) -> None:
    calendar = parsed(ics([ENTRY], zone="Europe/Stockholm", stamp_at=STAMP_AT, method=method))
    assert (calendar["method"], calendar.walk("VEVENT")[0]["status"]) == (method.value, status)


def test_a_programme_holds_many_events_and_its_name() -> None:
    later = Entry(
        "18@arenabot", 0, STARTS_AT + timedelta(days=1), STARTS_AT + timedelta(days=1, hours=1), "Bestäms senare"
    )
    data = ics([ENTRY, later], zone="Europe/Stockholm", stamp_at=STAMP_AT, name="Norrbotten i Almedalen")
    assert [event["uid"] for event in said(data)] == ["17@arenabot", "18@arenabot"]
    assert parsed(data)["x-wr-calname"] == "Norrbotten i Almedalen"
    assert "location" not in said(data)[1]


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Oslo"])
def test_the_zones_rules_change_at_01_utc_on_both_nights(zone: str) -> None:
    [rules] = parsed(ics([ENTRY], zone=zone, stamp_at=STAMP_AT)).walk("VTIMEZONE")
    changes = [
        (part.name, part["dtstart"].dt.replace(tzinfo=UTC) - part["tzoffsetfrom"].td, part["tzoffsetto"].td)
        for part in rules.subcomponents
        if part["dtstart"].dt.year == 2027
    ]
    assert rules["tzid"] == zone
    assert changes == [
        ("DAYLIGHT", datetime(2027, 3, 28, 1, tzinfo=UTC), timedelta(hours=2)),
        ("STANDARD", datetime(2027, 10, 31, 1, tzinfo=UTC), timedelta(hours=1)),
    ]


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 2, tzinfo=UTC),
    ],
)
def test_local_times_are_right_beside_a_change_of_summer_time(starts_at: datetime) -> None:
    data = ics(
        [Entry("1@x", 0, starts_at, starts_at + timedelta(hours=2), "Natt")], zone="Europe/Oslo", stamp_at=STAMP_AT
    )
    local = starts_at.astimezone(ZoneInfo("Europe/Oslo"))
    assert f"DTSTART;TZID=Europe/Oslo:{local:%Y%m%dT%H%M%S}".encode() in data


def test_an_empty_programme_is_a_calendar_all_the_same() -> None:
    assert said(ics([], zone="Europe/Stockholm", stamp_at=STAMP_AT)) == []


@given(st.text(st.characters(exclude_categories=[])) | st.text('\r\n\x00;,:\\"BEGINVT'))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    hostile = Entry("1@x", 0, STARTS_AT, STARTS_AT, text, text, text)
    [event] = said(ics([hostile], zone="Europe/Stockholm", stamp_at=STAMP_AT))
    expected = {"uid": "1@x", "sequence": 0, "summary": clean(text), "status": "CONFIRMED"}
    if clean(text):
        expected |= {"location": clean(text), "description": clean(text)}
    assert event == expected


def test_an_injected_event_stays_text() -> None:
    summary = "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2@x\x00\r\n"
    data = ics([Entry("1@x", 0, STARTS_AT, STARTS_AT, summary)], zone="Europe/Stockholm", stamp_at=STAMP_AT)
    assert [event["summary"] for event in said(data)] == ["a\nEND:VEVENT\nBEGIN:VEVENT\nUID:2@x"]
    assert b"\x00" not in data
