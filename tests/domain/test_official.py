from datetime import date
from itertools import pairwise

import pytest

from bot.domain import official
from bot.domain.official import Choice, Fee, fees_for

LISTS = [official.TYPES, official.ACCESSIBILITY, official.LANGUAGES, official.TOPICS, official.PURPOSES]


@pytest.mark.parametrize("choices", LISTS)
def test_choices_have_keys_and_labels_of_their_own_in_both_languages(choices: tuple[Choice, ...]) -> None:
    for labels in ([c.key for c in choices], [c.label("sv") for c in choices], [c.label("en") for c in choices]):
        assert len(set(labels)) == len(choices)
        assert all(labels)


@pytest.mark.parametrize("choices", LISTS)
def test_keys_are_short_enough_for_a_buttons_data(choices: tuple[Choice, ...]) -> None:
    assert all(len(choice.key) <= 20 and choice.key.isascii() for choice in choices)


def test_a_language_without_labels_reads_the_swedish_ones() -> None:
    assert [official.TYPES[0].label(language) for language in ("sv", "en", "fi")] == [
        "Samtal",
        "Conversation",
        "Samtal",
    ]


def test_the_official_lists_are_whole() -> None:
    assert sorted(choice.sv for choice in official.TYPES) == [
        "Debatt/panelsamtal",
        "Ekonomiskt seminarium",
        "Filmvisning med samtal",
        "Manifestation/demonstration",
        "Nätverkande",
        "Presskonferens",
        "Samtal",
        "Seminarium/föreläsning",
        "Tal",
        "Tal i Almedalen",
        "Teater med samtal",
        "Träffpunkt",
        "Utfrågning/frågestund",
        "Workshop",
    ]
    sizes = [len(choices) for choices in (*LISTS, official.MUNICIPALITIES)]
    assert sizes == [14, 6, 3, 34, 3, 14]


def test_the_fee_only_rises_and_the_steps_follow_one_another() -> None:
    assert all(a.amount < b.amount and a.through < b.through for a, b in pairwise(official.FEES_2026))
    assert official.FEES_2026[0].through > official.FEES_2026_OPEN_ON


def test_the_ladder_of_2026_holds_until_another_is_known_and_ends_with_the_week() -> None:
    assert fees_for(date(2026, 6, 26)) == official.FEES_2026
    assert fees_for(date(2027, 7, 2)) == (
        Fee(0, date(2027, 3, 11)),
        Fee(500, date(2027, 4, 15)),
        Fee(1000, date(2027, 5, 20)),
        Fee(3000, date(2027, 6, 10)),
        Fee(5000, date(2027, 7, 2)),
    )


def test_types_are_found_by_key_and_the_five_likeliest_come_first() -> None:
    assert official.KINDS["debate"].words == {"sv": "Debatt/panelsamtal", "en": "Debate/panel"}
    assert official.COMMON_KINDS == ("conversation", "seminar", "debate", "workshop", "networking")
