"""/minadata: what is kept is shown, and whoever wants it is forgotten."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Text, cast, select

from bot.sandbox.client import Person, Telegram
from storage import schema
from storage.engine import open_database
from storage.traces import TRACES


async def holding(url: str, *words: str) -> dict[str, list[str]]:
    """Where in the database any of these words stands."""
    database = await open_database(url)
    found: dict[str, list[str]] = {}
    try:
        async with database.read() as session:
            for table in schema.metadata.sorted_tables:
                for column in table.c:
                    rows = await session.rows(select(cast(column, Text).label("said")))
                    hits = [r.said for r in rows if r.said and any(w in r.said for w in words)]
                    if hits:
                        found[f"{table.name}.{column.name}"] = hits
    finally:
        await database.close()
    return found


async def test_all_that_is_kept_is_shown_in_words_and_as_a_file(erik: Person) -> None:
    await erik.sends("/kontakt")
    await erik.sends("Får vi ha med en egen mikrofon?")
    await erik.sends("/minadata")
    shown = await erik.sees("Det här finns om dig")
    lines = shown["text"].splitlines()
    assert lines[:5] == [
        "Det här finns om dig",
        "Erik, Telegram-id 1002",
        "Telefon: 070-000 00 02",
        "E-post: erik@example.org",
        "Du företräder Luleå kommun.",
    ]
    assert "• 1 bokning som du har gjort" in lines
    assert "• 1 fråga till samordnarna, med svar" in lines
    await erik.presses("Hämta allt som fil")
    sent = await erik.sees_document("minadata.json")
    data = json.loads(await erik.content(sent))
    assert [m["text"] for m in data["matters"]] == ["Får vi ha med en egen mikrofon?"]
    assert data["people"][0]["phone"] == "070-000 00 02"


async def test_whoever_wants_it_is_forgotten_once_the_farewell_has_come(
    erik: Person, coordinator: Person, telegram: Telegram, demo_url: str
) -> None:
    await erik.sends("/kontakt")
    await erik.sends("Jag slutar, hälsar Erik Kvickrot")
    await erik.sends("/minadata")
    await erik.presses("Glöm mig")
    asked = await erik.sees("Ska jag glömma dig?")
    assert "Du är ensam kontaktperson för Luleå kommun, som har 1 bokning." in asked["text"]
    await erik.presses("Nej, behåll mig")
    await erik.sees("Det här finns om dig")
    await erik.presses("Glöm mig")
    await erik.presses("Ja, glöm mig")
    await erik.sees("När det här har kommit fram är du glömd.")
    await coordinator.sees("Luleå kommun")
    await telegram.clock.move(by=timedelta(hours=1))

    async def nothing_left() -> bool:
        return await holding(demo_url, "Kvickrot", "1002", "erik@example.org", "070-000 00 02", "Erik") == {}

    await telegram.until(nothing_left)
    own_menu = [call["answer"]["ok"] for call in await telegram.calls("deleteMyCommands")]
    assert own_menu == [True]
    await coordinator.sends("/program")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("Etableringsekvationen")
    await erik.sends("/start")
    await erik.sees("Vilken organisation företräder du?")


async def test_the_last_coordinator_of_all_arenas_hands_over_first(coordinator: Person) -> None:
    await coordinator.sends("/minadata")
    alert = await coordinator.presses("Glöm mig")
    assert "samordn" in (alert or "")


def test_the_note_on_personal_data_names_every_table() -> None:
    note = (Path(__file__).parents[2] / "docs" / "personuppgifter.md").read_text("utf-8")
    assert [t.table.name for t in TRACES if f"`{t.table.name}`" not in note] == []
