import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import clean, cut_at_word, length, one_line, shortened, swedish_order, telegram_length

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
FAMILY = "👨‍👩‍👧‍👦"


@given(ANY_TEXT)
def test_clean_text_is_storable_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}
    assert "\n\n\n\n" not in cleaned


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Vem äger\x00 vinden?\x07", "Vem äger vinden?"),
        ("a\ud800b", "ab"),
        ("rad 1\r\nrad 2\rrad 3\u2028rad 4", "rad 1\nrad 2\nrad 3\nrad 4"),
        ("A\u030alands", "Ålands"),
        ("  \n hej \t", "hej"),
        ("a\n\n\n\n\n \n\nb", "a\n\n\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("namn\te-post", "namn\te-post"),
        ("\u202egnp.exe", "gnp.exe"),
        (FAMILY, FAMILY),
        ("\u200b\u200d \u3164", ""),
        ("", ""),
    ],
)
def test_clean_keeps_what_people_meant(sent: str, kept: str) -> None:
    assert clean(sent) == kept


def test_a_title_is_on_one_line() -> None:
    assert one_line(" Vem\täger \n\n vinden? ") == "Vem äger vinden?"


def test_people_count_characters_and_telegram_counts_utf16_units() -> None:
    assert (length("Luleå"), telegram_length("Luleå")) == (5, 5)
    assert (length(FAMILY), telegram_length(FAMILY)) == (7, 11)


@given(ANY_TEXT.map(clean))
def test_telegrams_count_is_that_of_utf16(text: str) -> None:
    assert telegram_length(text) == len(text.encode("utf-16-le")) // 2


@given(st.text().map(clean), st.integers(1, 60), st.sampled_from([length, telegram_length]))
def test_a_cut_text_is_a_beginning_within_the_limit(text: str, limit: int, measure: type[int]) -> None:
    cut = cut_at_word(text, limit, measure=measure)
    assert measure(cut) <= limit
    assert text.startswith(cut)


@given(st.lists(st.text("abcåäö", min_size=1, max_size=8), min_size=1, max_size=30), st.integers(8, 60))
def test_a_cut_text_ends_with_a_whole_word_and_no_further_word_fits(words: list[str], limit: int) -> None:
    kept = cut_at_word(" ".join(words), limit).split()
    assert kept == words[: len(kept)]
    assert len(kept) == len(words) or len(" ".join(words[: len(kept) + 1])) > limit


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Vem äger vinden?", 16, "Vem äger vinden?"),
        ("Vem äger vinden?", 15, "Vem äger"),
        ("Vem äger vinden?", 8, "Vem äger"),
        ("Vem äger – och vinden?", 11, "Vem äger"),
        ("Etableringsekvationen", 10, "Etablering"),
        ("a" + FAMILY, 4, "a"),
        ("", 3, ""),
    ],
)
def test_a_text_is_cut_at_a_word_without_dangling_signs(text: str, limit: int, cut: str) -> None:
    assert cut_at_word(text, limit) == cut


def test_a_text_that_is_shortened_says_that_more_follows() -> None:
    assert [shortened("Vem äger vinden?", limit) for limit in (16, 15)] == ["Vem äger vinden?", "Vem äger …"]


def test_names_stand_in_swedish_order() -> None:
    names = ["Överkalix", "Ånge", "Zinkgruvan", "Älvsbyn", "arjeplog", "Boden"]
    assert sorted(names, key=swedish_order) == ["arjeplog", "Boden", "Zinkgruvan", "Ånge", "Älvsbyn", "Överkalix"]
