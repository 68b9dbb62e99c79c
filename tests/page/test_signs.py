"""The bot's signs are drawn where the system has no font for them."""

import re
from pathlib import Path

from fontTools.ttLib import TTFont

from bot.sandbox import server
from tests.test_texts import ROOT

STATIC = Path(server.__file__).parent / "static"
PLAIN = ROOT / "bot" / "fonts" / "DejaVuSans.ttf"
"""What any system can be trusted to draw."""


def ranges() -> set[int]:
    """What the style sheet says that the font is for."""
    listed = re.search(r"unicode-range: ([^;]+);", (STATIC / "style.css").read_text(encoding="utf-8"))
    assert listed is not None
    ends = [part.strip().removeprefix("U+").split("-") for part in listed[1].split(",")]
    return {code for end in ends for code in range(int(end[0], 16), int(end[-1], 16) + 1)}


def test_the_pages_font_has_every_sign_that_the_bot_writes() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot" / "texts").rglob("*.po"))
    signs = {ord(sign) for sign in texts if not sign.isspace()} - set(TTFont(PLAIN).getBestCmap())
    assert signs != set()
    assert signs - ranges() == set()


def test_the_font_holds_what_it_is_said_to_be_for() -> None:
    assert set(TTFont(STATIC / "signs.woff").getBestCmap()) == ranges()
