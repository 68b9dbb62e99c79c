"""Formatted text: HTML, MarkdownV2, what is found in plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.client import Person
from bot.sandbox.entities import read_text, utf16_length
from bot.sandbox.errors import BadRequest
from tests.sandbox.conftest import BotClient

HTML = {
    "<b>å😀</b> x": ("å😀 x", [{"type": "bold", "offset": 0, "length": 3}]),
    "a &lt;b&gt; &amp; &quot; &#229; &#xe5; &nbsp;": ('a <b> & " å å &nbsp;', None),
    "<i>a<b>b</b></i>": (
        "ab",
        [{"type": "italic", "offset": 0, "length": 2}, {"type": "bold", "offset": 1, "length": 1}],
    ),
    '<a href="https://x.se">x</a>': ("x", [{"type": "text_link", "offset": 0, "length": 1, "url": "https://x.se/"}]),
    '<pre><code class="language-py">x</code></pre>': (
        "x",
        [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
    ),
    "<blockquote expandable>x</blockquote>": ("x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
    '<span class="tg-spoiler">x</span>': ("x", [{"type": "spoiler", "offset": 0, "length": 1}]),
    "  <b> x </b> ": ("x", [{"type": "bold", "offset": 0, "length": 1}]),
}
WRONG_HTML = {
    "å<p>x</p>": 'Unsupported start tag "p" at byte offset 2',
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "x</b>": "Unexpected end tag at byte offset 1",
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<b": "Unclosed start tag at byte offset 0",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "5 < 6": 'Unsupported start tag "" at byte offset 2',
}


async def test_html_becomes_text_and_entities_counted_in_utf_16_units(bot: BotClient, anna: Person) -> None:
    for source, expected in HTML.items():
        message = await bot.call("sendMessage", chat_id=anna.id, text=source, parse_mode="HTML")
        assert (message["text"], message.get("entities")) == expected


async def test_html_that_cannot_be_parsed_is_refused_with_the_byte_offset(bot: BotClient, anna: Person) -> None:
    for source, reason in WRONG_HTML.items():
        refusal = await bot.refusal("sendMessage", chat_id=anna.id, text=source, parse_mode="HTML")
        assert refusal == f"Bad Request: can't parse entities: {reason}"


async def test_markdown_v2_is_read_and_reserved_signs_are_refused(bot: BotClient, anna: Person) -> None:
    given = {"chat_id": anna.id, "parse_mode": "MarkdownV2"}
    text = "*fet* _snett_ __under__ ~struket~ ||dolt|| `kod` [länk](https://x.se) slut\\."
    message = await bot.call("sendMessage", **given, text=text)
    assert message["text"] == "fet snett under struket dolt kod länk slut."
    assert [entity["type"] for entity in message["entities"]] == [
        *("bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link")
    ]
    for sign in ".!-+=#>|{}()":
        assert await bot.refusal("sendMessage", **given, text=f"slut{sign}") == (
            f"Bad Request: can't parse entities: Character '{sign}' is reserved "
            "and must be escaped with the preceding '\\'"
        )


async def test_an_unknown_parse_mode_is_refused(bot: BotClient, anna: Person) -> None:
    refusal = await bot.refusal("sendMessage", chat_id=anna.id, text="x", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/&;ab \"'=åé😀\n", max_size=40), st.sampled_from(["HTML", "MarkdownV2", "Markdown"]))
def test_whatever_is_written_is_refused_or_has_entities_within_the_text(source: str, mode: str) -> None:
    try:
        formatted = read_text(source, mode, None)
    except BadRequest as refused:
        assert refused.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either is right
        return
    length = utf16_length(formatted.text)
    assert all(one["offset"] >= 0 and one["offset"] + one["length"] <= length for one in formatted.entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [("#a·b c", ["#a·b"]), ("·#a", []), ("a#b", []), ("#_1", []), ("#1a", ["#1a"]), ("##a", [])],
)
def test_hashtags_are_of_letters_digits_and_middle_dots(text: str, found: list[str]) -> None:
    formatted = read_text(text, None, None)
    assert [text[one["offset"] : one["offset"] + one["length"]] for one in formatted.entities] == found


def test_links_commands_and_mentions_are_found() -> None:
    formatted = read_text("/boka @anna https://x.se/a. se x@y.se #almedalen", None, None)
    found = [(one["type"], formatted.text[one["offset"] : one["offset"] + one["length"]]) for one in formatted.entities]
    assert found == [
        ("bot_command", "/boka"),
        ("mention", "@anna"),
        ("url", "https://x.se/a"),
        ("email", "x@y.se"),
        ("hashtag", "#almedalen"),
    ]
