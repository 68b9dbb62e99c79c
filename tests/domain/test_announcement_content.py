import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcement_content import (
    AlbumUnsupported,
    ContentEmpty,
    ContentTooLong,
    ContentUnsupported,
    TextWantedHere,
    content_of,
    corrected,
    correction,
    in_language,
    is_correctable,
    tidy,
    words_of,
)
from bot.domain.text import telegram_length

BOLD = {"type": "bold", "offset": 0, "length": 4}


def test_text_keeps_its_formatting_and_what_is_found_anew_is_left_out() -> None:
    link = {"type": "text_link", "offset": 5, "length": 3, "url": "https://example.org"}
    found = {"type": "url", "offset": 9, "length": 11}
    message = {
        "message_id": 7,
        "text": "Hej  alla example.org",
        "entities": [BOLD, link, found],
        "link_preview_options": {"is_disabled": True},
    }
    assert content_of(message) == {
        "method": "sendMessage",
        "params": {
            "text": "Hej  alla example.org",
            "entities": [BOLD, link],
            "link_preview_options": {"is_disabled": True},
        },
    }


def test_formatting_stays_where_it_was_when_odd_signs_go() -> None:
    text = " \0👨‍👩‍👧 fet\ud800 kursiv\x07 "
    start = telegram_length(" \0👨‍👩‍👧 ")
    bold = {"type": "bold", "offset": start, "length": 4}
    italic = {"type": "italic", "offset": start + 5, "length": 7}
    clean, entities = tidy(text, [bold, italic])
    assert clean == "👨‍👩‍👧 fet kursiv"
    units = clean.encode("utf-16-le")
    parts = [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")) for e in entities
    ]
    assert parts == [("bold", "fet"), ("italic", "kursiv")]


@given(
    st.text(st.characters(codec=None), max_size=40),
    st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90)), max_size=5),
)
def test_whatever_is_sent_can_be_stored_and_its_formatting_lies_within(text: str, spans: list[tuple[int, int]]) -> None:
    clean, entities = tidy(text, [{"type": "bold", "offset": o, "length": n} for o, n in spans])
    json.dumps(clean).encode()
    clean.encode()
    assert "\0" not in clean
    assert all(e["offset"] >= 0 and 0 < e["length"] <= telegram_length(clean) - e["offset"] for e in entities)


@pytest.mark.parametrize(
    ("message", "method", "params"),
    [
        (
            {"photo": [{"file_id": "small", "width": 9, "height": 9}, {"file_id": "large", "width": 90, "height": 90}]},
            "sendPhoto",
            {"photo": "large"},
        ),
        (
            {"document": {"file_id": "d"}, "caption": "Karta", "caption_entities": [BOLD]},
            "sendDocument",
            {"document": "d", "caption": "Karta", "caption_entities": [BOLD]},
        ),
        (
            {"animation": {"file_id": "a"}, "document": {"file_id": "d"}},
            "sendAnimation",
            {"animation": "a"},
        ),
        (
            {
                "location": {"latitude": 57.6, "longitude": 18.2},
                "venue": {"location": {"latitude": 57.6, "longitude": 18.2}, "title": "Norra scen", "address": "Visby"},
            },
            "sendVenue",
            {"latitude": 57.6, "longitude": 18.2, "title": "Norra scen", "address": "Visby"},
        ),
        (
            {"location": {"latitude": 57.6, "longitude": 18.2, "live_period": 60}},
            "sendLocation",
            {"latitude": 57.6, "longitude": 18.2},
        ),
    ],
)
def test_a_message_becomes_the_call_that_says_the_same(
    message: dict[str, object], method: str, params: dict[str, object]
) -> None:
    assert content_of(message) == {"method": method, "params": params}


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"sticker": {"file_id": "s"}}, ContentUnsupported),
        ({"text": "\0 \ud800"}, ContentEmpty),
        ({"text": "å" * 4097}, ContentTooLong),
        ({"document": {"file_id": "d"}, "caption": "å" * 1025}, ContentTooLong),
        ({"media_group_id": "1", "photo": [{"file_id": "p", "width": 1, "height": 1}]}, AlbumUnsupported),
    ],
)
def test_what_cannot_be_sent_on_is_refused(message: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        content_of(message)


def test_a_correction_changes_words_and_nothing_else() -> None:
    picture = content_of({"document": {"file_id": "d"}, "caption": "Kl. 17"})
    right = corrected(picture, {"text": "Kl. 18", "entities": []})
    assert correction(right, 41) == {
        "method": "editMessageCaption",
        "params": {"caption": "Kl. 18", "caption_entities": [], "message_id": 41},
    }
    assert right["params"]["document"] == "d"
    with pytest.raises(TextWantedHere):
        corrected(picture, {"document": {"file_id": "other"}})


def test_a_place_has_no_words_to_correct() -> None:
    place = content_of({"location": {"latitude": 57.6, "longitude": 18.2}})
    assert (is_correctable(place), words_of(place)) == (False, "")


def test_a_reader_gets_their_language_else_swedish_else_what_there_is() -> None:
    sv, en = content_of({"text": "Hej"}), content_of({"text": "Hello"})
    assert [in_language(contents, "en") for contents in ({"sv": sv, "en": en}, {"sv": sv}, {"en": en})] == [en, sv, en]
    assert in_language({"en": en}, "sv") == en
