from datetime import UTC, datetime, timedelta
from importlib.resources import files
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.views.canvas import WIDTH, font
from bot.views.day_columns import Box, Column, State
from bot.views.outbox import card
from bot.views.pictures import _STYLES, days
from bot.views.screen import File, Reader, Screen

WORDS = {
    State.FREE: "ledig",
    State.TAKEN: "bokad",
    State.HELD: "hålls",
    State.YOURS: "er tid",
    State.APPLIED: "er ansökan",
    State.BLOCKED: "regionens",
}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return (
        datetime(2027, 6, 28 + day, hour - 2, minute, tzinfo=UTC)
        if day < 3
        else datetime(2027, 7, day - 2, hour - 2, minute, tzinfo=UTC)
    )


def column(day: int, slots: int, length: int, state: State = State.FREE, text: str | None = None) -> Column:
    starts = [at(day, 8) + timedelta(minutes=(length + 10) * number) for number in range(slots)]
    boxes = [Box(start, start + timedelta(minutes=length), state, text) for start in starts]
    return Column(f"dag {day + 1}", f"{slots} lediga", boxes)


def picture(*columns: Column, title: str = "Norrbotten i Almedalen 2027") -> Image.Image:
    data = days(title, "Norra scen, Fiskargränd 5", columns, zone="Europe/Stockholm", words=WORDS)
    assert len(data) < 150_000
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("slots", "length"), [(1, 60), (8, 60), (14, 30), (14, 25)])
def test_days_of_any_number_of_slots_make_a_png_that_a_phone_can_show(count: int, slots: int, length: int) -> None:
    every = list(State)
    columns = [column(day, slots, length, every[day], "Luleå tekniska universitet") for day in range(count)]
    drawn = picture(*columns)
    assert (drawn.format, drawn.width) == ("PNG", WIDTH)
    assert 300 < drawn.height < 3000


@pytest.mark.parametrize("first", State)
@pytest.mark.parametrize("second", State)
def test_states_are_told_apart_in_black_and_white_without_their_words(first: State, second: State) -> None:
    words = dict.fromkeys(State, "x")
    grey = []
    for state in (first, second):
        boxes = [Box(at(0, 8), at(0, 9), State.FREE), Box(at(0, 9), at(0, 11), state)]
        data = days("a", "b", [Column("c", "d", boxes)], zone="Europe/Stockholm", words=words)
        image = Image.open(BytesIO(data)).convert("1")
        grey.append(image.crop((0, image.height - 420, WIDTH, image.height)))
    same = ImageChops.difference(grey[0].convert("L"), grey[1].convert("L")).getbbox() is None
    assert same is (first is second)


def test_an_actors_name_and_a_states_word_are_both_shown() -> None:
    named, unnamed = picture(column(0, 1, 60, State.TAKEN, "LKAB")), picture(column(0, 1, 60, State.TAKEN))
    assert ImageChops.difference(named.convert("L"), unnamed.convert("L")).getbbox() is not None


def test_times_are_local_to_the_zone() -> None:
    stockholm, helsinki = (
        days("a", "b", [column(0, 2, 60)], zone=zone, words=WORDS) for zone in ("Europe/Stockholm", "Europe/Helsinki")
    )
    oslo = days("a", "b", [column(0, 2, 60)], zone="Europe/Oslo", words=WORDS)
    assert oslo == stockholm != helsinki


def test_a_picture_without_any_slot_still_shows_its_days() -> None:
    assert picture(Column("mån 28 juni", "inga tider", [])).width == WIDTH
    assert picture().width == WIDTH


def test_a_slot_over_midnight_and_one_of_five_minutes_are_drawn() -> None:
    long_night = Box(at(0, 22), at(1, 2), State.FREE)
    short = Box(at(0, 8), at(0, 8, 5), State.FREE)
    assert picture(Column("a", "b", [long_night, short])).height < 4000


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=[]), max_size=300))
def test_no_text_breaks_the_picture_or_its_width(text: str) -> None:
    heading = Column(text, text, [Box(at(0, 8), at(0, 9), State.TAKEN, text)])
    assert picture(heading, title=text).width == WIDTH


def test_the_same_days_make_the_same_bytes() -> None:
    first, second = (days("a", "b", [column(0, 3, 60)], zone="Europe/Oslo", words=WORDS) for _ in range(2))
    assert first == second


def test_the_fonts_are_packaged_with_their_licence() -> None:
    fonts = files("bot").joinpath("fonts")
    names = sorted(font.name for font in fonts.iterdir() if font.name.endswith((".ttf", "LICENSE")))
    assert names == ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "LICENSE"]
    assert "Bitstream Vera" in fonts.joinpath("LICENSE").read_text(encoding="utf-8")


def test_the_font_holds_every_sign_and_swedish_and_sami_letters() -> None:
    drawn_with = font(24)
    missing = bytes(drawn_with.getmask("\U0010ffff"))
    signs = [style.sign for style in _STYLES.values()]
    assert [sign for sign in [*signs, *"åäöÅÄÖøáčđŋšŧž–…·"] if bytes(drawn_with.getmask(sign)) == missing] == []


def test_a_file_that_telegram_has_is_for_readers_of_its_language() -> None:
    screen = Screen(["x"], above=[File("year", {"year": 2027}, photo=True, cache_key="year:2027")])
    keys = {
        card(screen, Reader(language, datetime(2027, 1, 11, tzinfo=UTC)), chat_id=1, card_id=1)[0].payload["cache_key"]
        for language in ("sv", "en")
    }
    assert keys == {"year:2027:sv", "year:2027:en"}
