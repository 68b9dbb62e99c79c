"""Which language a person is met in."""

LANGUAGES = ("sv", "en")
"""The languages that people are met in, the first being the one to fall back on."""

SWEDISH_READERS = ("sv", "nb", "nn", "no", "da")
"""Telegram's language codes of those who are met in Swedish."""


def language_from(code: str | None) -> str:
    """The language to begin with: Swedish for those who read it and when Telegram says nothing, else English."""
    return "sv" if code is None or code.lower().split("-")[0] in SWEDISH_READERS else "en"
