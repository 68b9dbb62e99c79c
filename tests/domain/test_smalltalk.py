import pytest

from bot.domain.smalltalk import SmallTalk, asks_for_facts, is_question, mentions_times, small_talk


@pytest.mark.parametrize("text", ["hej", "Hej!", "Hej hej", "God morgon", "hello there", "Hallå?", "tjena bot"])
def test_a_greeting_is_known(text: str) -> None:
    assert small_talk(text) is SmallTalk.GREETING


@pytest.mark.parametrize(
    "text", ["tack", "Tack så mycket!", "ok tack", "Tusen tack", "👍", "🙏🏽 ❤️", "thank you", "toppen"]
)
def test_thanks_are_known(text: str) -> None:
    assert small_talk(text) is SmallTalk.THANKS


@pytest.mark.parametrize("text", ["", "hej, kan vi boka tisdag?", "tack, men när är det?", "?", "bra fråga", "ord"])
def test_what_says_more_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


def test_when_where_and_what_are_told_from_whether_something_can_be_done() -> None:
    assert [asks_for_facts(text) for text in ("När är det?", "hej, var är det?", "Kan man parkera?")] == [
        True,
        True,
        False,
    ]
    assert [is_question(text) for text in ("Kan man parkera?", "Vi kommer")] == [True, False]


def test_what_speaks_of_free_times_is_known() -> None:
    said = ("Är något ledigt?", "finns det tider", "any free slot", "Finns det lunch?")
    assert [mentions_times(text) for text in said] == [True, True, True, False]
