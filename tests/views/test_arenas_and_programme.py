"""How arenas, programmes and questions read where the demo does not show it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.model import (
    Activity,
    Actor,
    ActorKind,
    ActorState,
    Allocation,
    Booking,
    BookingState,
    BookingView,
    CoOrganiser,
    CoOrganiserState,
    Edition,
    Reported,
    Slot,
    SlotState,
    Stage,
)
from bot.domain.results.programme import Item, Programme
from bot.domain.text import telegram_length
from bot.views import arenas, contact, programme
from bot.views.screen import Line, Reader, Screen, message, words

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
DAY = date(2027, 6, 29)
EDITION = Edition(
    id=1,
    arena_id=1,
    name={"sv": "Norrbotten i Almedalen 2027", "en": "Norrbotten in Almedalen 2027"},
    year=2027,
    starts_on=DAY,
    ends_on=DAY,
    preliminary=False,
    place={"sv": "Visby"},
    latitude=None,
    longitude=None,
    zone="Europe/Stockholm",
    allocation=Allocation.FIRST_COME,
    opens_at=NOW,
    closes_at=None,
    answers_at=None,
    official_programme=False,
    published=True,
    on_site={},
    revision=1,
)


def read(screen: Screen) -> tuple[str, list[str]]:
    params: dict[str, Any] = message(screen, Reader("sv", NOW))
    return params["text"], [key["text"] for row in params["reply_markup"]["inline_keyboard"] for key in row]


def said(line: Line) -> str | None:
    return None if line is None else str(words(line, Reader("sv", NOW)))


def item(number: int, title: str | None, name: str, partner: str, stage: str) -> Item:
    starts_at = datetime(2027, 6, 29, 5, 0, tzinfo=UTC) + timedelta(minutes=20 * number)
    slot = Slot(number, 1, starts_at, starts_at + timedelta(minutes=15), SlotState.OPEN, None, 1)
    place = Stage(number % 2, 1, stage, "Fiskargränd 5", None, None, None, None, 1)
    activity = Activity(number, 1, 1, title, None, {}, frozenset(), Reported.UNKNOWN, f"{number}@x", 0, None, 1)
    booking = Booking(number, number, number, None, BookingState.BOOKED, 1, None, NOW, NOW, None, None, None, None, 1)
    actor = Actor(1, name, ActorKind.COMPANY, (), ActorState.ACTIVE, None, None, None, None, NOW, 1)
    together = CoOrganiser(1, number, None, partner, CoOrganiserState.NAMED, 1)
    view = BookingView(booking, activity, slot, place, EDITION, actor, ((together, partner),))
    return Item(slot, place, view)


def of(items: list[Item]) -> Programme:
    return Programme(EDITION, [DAY], DAY, items, several_stages=True, under_way=False, several_editions=False)


def test_a_long_programme_is_paged_within_what_a_message_holds() -> None:
    items = [item(n, "😀" * 100, "N" * 100, "M" * 400, "S" * 200) for n in range(30)]
    pages = [read(programme.day(of(items), page)) for page in range(4)]
    assert [telegram_length(text) <= 4096 for text, _ in pages] == [True] * 4
    assert [sum("😀" in label for label in labels) for _, labels in pages] == [8, 8, 8, 6]
    assert [[x for x in labels if x in {"‹ Tidigare", "Senare ›"}] for _, labels in pages] == [
        ["Senare ›"],
        ["‹ Tidigare", "Senare ›"],
        ["‹ Tidigare", "Senare ›"],
        ["‹ Tidigare"],
    ]


def test_a_page_that_is_no_more_gives_the_last() -> None:
    items = [item(n, "Samtal", "LKAB", "SSAB", "Norra scen") for n in range(9)]
    assert read(programme.day(of(items), 99)) == read(programme.day(of(items), 1))


def test_several_stages_stand_with_each_activity() -> None:
    text, _ = read(programme.day(of([item(1, "Samtal", "LKAB", "SSAB", "Norra scen")])))
    assert text.splitlines()[3:] == ["07.20–07.35 <b>Samtal</b>", "LKAB tillsammans med SSAB · Norra scen"]


def test_an_undecided_title_is_shown_as_who_arranges_it() -> None:
    text, _ = read(programme.day(of([item(1, None, "LKAB", "SSAB", "Norra scen")])))
    assert text.splitlines()[3:] == ["07.20–07.35 <b>LKAB tillsammans med SSAB</b>", "Norra scen"]


def test_markup_in_names_is_text() -> None:
    text, _ = read(programme.day(of([item(1, "<b>&", "<i>", "</i>", "Norra scen")])))
    assert "<b>&lt;b&gt;&amp;</b>\n&lt;i&gt; tillsammans med &lt;/i&gt;" in text


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("Europe/Stockholm", None),
        ("Europe/Oslo", "Alla tider är norsk tid, samma som svensk tid."),
        ("Europe/Helsinki", "Alla tider är finsk tid, 1 h före svensk tid."),
        ("America/New_York", "Alla tider är lokal tid i New York, 6 h efter svensk tid."),
    ],
)
def test_a_zone_that_is_not_swedens_is_said_in_words(zone: str, line: str | None) -> None:
    assert said(arenas.zone_line(zone, DAY)) == line


@pytest.mark.parametrize(
    ("on_site", "line"),
    [
        ({}, None),
        ({"phone": "070-1"}, "På plats, Norrbotten i Almedalen 2027: 070-1"),
        ({"phone": "070-1", "name": "Karin"}, "På plats, Norrbotten i Almedalen 2027: 070-1 (Karin)"),
        ({"phone": "070-1", "name": "Norrbotten i Almedalen"}, "På plats, Norrbotten i Almedalen 2027: 070-1"),
    ],
)
def test_the_phone_on_site_is_told_where_it_is_known(on_site: dict[str, str], line: str | None) -> None:
    assert said(contact.on_site_line(replace(EDITION, on_site=on_site))) == line
