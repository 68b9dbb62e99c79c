"""What nobody expected: the person is told, and no log holds whose words it was about."""

import pytest

from bot.sandbox.client import Person, Telegram
from bot.services import matters, understanding
from tests.year.looking_back import logged

PRIVATE = ("Kvickrot", "hemligt", "Erik", "1002", "070-000 00 02", "erik@example.org")


async def test_a_failure_is_apologised_for_and_no_log_holds_the_persons_name_number_or_words(
    erik: Person, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_work: object, seat: object, text: str = "", **_fields: object) -> None:
        raise ValueError(f"{text!r} of {seat!r}")

    with logged() as log:
        monkeypatch.setattr(understanding, "understand", fails)
        await erik.sends("hemligt, hälsar Erik Kvickrot")
        said = await erik.sees("Något gick fel")
        monkeypatch.setattr(matters, "view_of", fails)
        await erik.sends("/kontakt")
        await erik.sends("Ännu mer hemligt från Kvickrot")

        async def failed() -> bool:
            return "cannot be sent" in log.getvalue()

        assert await telegram.until(failed), "the word to coordinators, which is made when it is sent"
    written = log.getvalue()
    assert said["text"].split()[-1].strip(".") in written, "the number that the person was told"
    assert "ValueError" in written
    assert [word for word in PRIVATE if word in written] == []
