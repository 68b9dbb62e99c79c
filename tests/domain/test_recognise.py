from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recognise import Part, Recognised, Wish, recognise

ALMEDALEN, TALKS, FRONTIERS, UTVECKLA = 1, 2, 3, 4
ARENAS = {
    ALMEDALEN: ("Almedalsveckan", "Almedalen", "Norrbotten i Almedalen", "Visby"),
    TALKS: ("Arctic Talks", "Jokkmokk"),
    FRONTIERS: ("Arctic Frontiers", "Tromsö", "Tromsø"),
    UTVECKLA: ("Utveckla Norrbotten",),
}
MONDAY, TUESDAY, WEDNESDAY = DAYS = [date(2027, 6, 28), date(2027, 6, 29), date(2027, 6, 30)]


def read(text: str) -> Recognised:
    return recognise(text, arenas=ARENAS, days=DAYS, today=date(2027, 3, 1))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hej kan vi ta tisdag em för ett snack om batterier?", Recognised(day=TUESDAY, part=Part.AFTERNOON)),
        ("Vi vill boka en tid i Almedalen", Recognised(arena=ALMEDALEN, wish=Wish.BOOK)),
        ("Kan vi få en tid på onsdag förmiddag?", Recognised(day=WEDNESDAY, part=Part.MORNING, wish=Wish.BOOK)),
        ("boka tis 29 juni kl 13", Recognised(day=TUESDAY, hour=time(13), wish=Wish.BOOK)),
        ("29/6 efter lunch", Recognised(day=TUESDAY, part=Part.AFTERNOON)),
        ("tisdag före lunch", Recognised(day=TUESDAY, part=Part.MORNING)),
        ("den 30:e på kvällen", Recognised(day=WEDNESDAY, part=Part.EVENING)),
        ("vid lunch den 28", Recognised(day=MONDAY, part=Part.LUNCH)),
        ("13.00 på måndag", Recognised(day=MONDAY, hour=time(13))),
        ("Can we book Tuesday afternoon?", Recognised(day=TUESDAY, part=Part.AFTERNOON, wish=Wish.BOOK)),
        ("June 29th at 1 pm please", Recognised(day=TUESDAY, hour=time(13))),
        ("we need a slot at Arctic Talks", Recognised(arena=TALKS, wish=Wish.BOOK)),
        ("arctic frontiers", Recognised(arena=FRONTIERS)),
        ("något i tromso?", Recognised(arena=FRONTIERS)),
        ("Almedalsvekan", Recognised(arena=ALMEDALEN)),
        ("när är utveckla norbotten?", Recognised(arena=UTVECKLA)),
        ("Vi måste avboka", Recognised(wish=Wish.CANCEL)),
        ("boka av tiden på tisdag", Recognised(day=TUESDAY, wish=Wish.CANCEL)),
        ("we have to cancel our booking", Recognised(wish=Wish.CANCEL)),
        ("vi behöver ställa in", Recognised(wish=Wish.CANCEL)),
        ("kan vi flytta till onsdag", Recognised(day=WEDNESDAY, wish=Wish.MOVE)),
        ("boka om till 29/6", Recognised(day=TUESDAY, wish=Wish.MOVE)),
        ("vi skulle vilja byta till en senare tid", Recognised(wish=Wish.MOVE)),
        ("tiden 13–14 på tisdagen", Recognised(day=TUESDAY, hour=time(13))),
        ("28–30 juni kl 9-10?", Recognised(day=WEDNESDAY, hour=time(9))),
        ("omboka", Recognised(wish=Wish.MOVE)),
        ("visa mina bokningar", Recognised(wish=Wish.SEE)),
        ("show my bookings", Recognised(wish=Wish.SEE)),
        ("När är vår tid?", Recognised(wish=Wish.SEE)),
        ("torsdag går bra", Recognised(other_day=date(2027, 3, 4))),
        ("24 december", Recognised(other_day=date(2027, 12, 24))),
        ("i morgon", Recognised(other_day=date(2027, 3, 2))),
        ("i morgon bitti", Recognised(other_day=date(2027, 3, 2), part=Part.MORNING)),
    ],
)
def test_a_sentence_is_recognised_by_rule(text: str, found: Recognised) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hej",
        "Går det att ha servering?",
        "kan man få en parkeringsplats, är det fri entré?",
        "Vem äger vinden?",
        "tack",
        "vi blir 30 personer",
        "den här gången då",
        "boken om norra Sverige",
        "en månad till",
        "arctic",
        "vi blir 10-15 personer",
        "I am interested",
        "skicka ett pm",
        "majoriteten av 28 majblommor",
        "29.06.2027.1 är versionen",
    ],
)
def test_a_sentence_that_says_nothing_of_it_is_not_read_into(text: str) -> None:
    found = read(text)
    assert found == Recognised()
    assert not found.anything


def test_two_arenas_in_one_sentence_leave_it_open_unless_one_is_named_in_full() -> None:
    assert read("jokkmokk eller visby") == Recognised()
    assert read("arctic talks eller visby") == Recognised(arena=TALKS)


@pytest.mark.parametrize(
    ("text", "starts", "suiting"),
    [
        ("em", [8, 10, 12, 13, 16, 18], [12, 13, 16]),
        ("fm", [8, 10, 12, 13, 16, 18], [8, 10]),
        ("ikväll", [8, 16, 18], [18]),
        ("kl 13", [8, 13, 16], [13]),
        ("tisdag", [8, 13], [8, 13]),
    ],
)
def test_slots_that_suit_what_was_said_are_told_apart(text: str, starts: list[int], suiting: list[int]) -> None:
    found = read(text)
    assert [hour for hour in starts if found.suits(time(hour))] == suiting


def test_an_hour_with_minutes_means_just_that_time() -> None:
    assert read("kl 13.30").suits(time(13, 30))
    assert not read("kl 13.30").suits(time(13))
    assert read("kl 13").suits(time(13, 15))


@given(st.text() | st.text("0123456789/:.- klden juni tisfmem"))
def test_no_sentence_breaks_it_and_a_day_found_is_the_editions(text: str) -> None:
    assert read(text).day in {None, *DAYS}
