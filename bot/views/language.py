"""Choosing a language."""

from typing import ClassVar, Literal

from bot.texts import LANGUAGES
from bot.views.menus import go
from bot.views.press import Press
from bot.views.screen import Button, Screen, button, t

NAMES = {"sv": "På svenska", "en": "In English"}
"""Each language's button, which is read by those who do not read the other."""


class PickLanguage(Press):
    """A language; `draft_id` is the dialogue that is shown anew in it."""

    code: ClassVar[str] = "ll"
    language: Literal["sv", "en"]
    draft_id: int | None = None


def switch(language: str, draft_id: int | None = None) -> list[Button]:
    """The buttons to the languages other than the present one."""
    return [_pick(other, draft_id) for other in LANGUAGES if other != language]


def _pick(language: str, draft_id: int | None = None) -> Button:
    known: Literal["sv", "en"] = "en" if language == "en" else "sv"
    return button(NAMES[known], PickLanguage(language=known, draft_id=draft_id))


def choice() -> Screen:
    """Ask which language."""
    return Screen([t("language.which")], [[_pick(language) for language in LANGUAGES]])


def chosen(language: str) -> Screen:
    """The language is the new one from here on."""
    return Screen([t("language.chosen")], [[go("start"), go("hjalp")], switch(language)])
