"""/minadata: what is kept is shown, and whoever wants it is forgotten."""

import json
import re
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
    assert "• 1 fråga till samordnarna som du har ställt eller svarat på" in lines
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

    assert await telegram.until(nothing_left), await nothing_left()
    own_menu = [call["answer"]["ok"] for call in await telegram.calls("deleteMyCommands")]
    assert own_menu == [True]
    await coordinator.sends("/program")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("Etableringsekvationen")
    await erik.sends("/start")
    await erik.sees("Vilken organisation företräder du?")


async def test_who_changes_name_in_telegram_is_called_so_and_nothing_of_either_name_is_left(
    erik: Person, coordinator: Person, telegram: Telegram, demo_url: str
) -> None:
    await erik.is_called("Erik", last_name="Kvickrot")
    await erik.sends("/kontakt")
    await erik.sends("Hur lång är scenen?")
    await coordinator.sees("Erik Kvickrot")
    await erik.is_called("Rosenrot", last_name="")
    await erik.sends("/minadata")
    assert "Rosenrot, Telegram-id 1002" in (await erik.sees("Det här finns om dig"))["text"]
    await erik.presses("Glöm mig")
    await erik.presses("Ja, glöm mig")
    await erik.sees("När det här har kommit fram är du glömd.")
    await telegram.clock.move(by=timedelta(hours=1))

    async def nothing_left() -> bool:
        return await holding(demo_url, "Kvickrot", "Rosenrot", "1002") == {}

    assert await telegram.until(nothing_left)


async def test_a_coordinator_sees_what_they_did_and_is_forgotten_when_there_is_another(
    coordinator: Person, newcomer: Person, erik: Person, telegram: Telegram, demo_url: str
) -> None:
    await erik.sends("/kontakt")
    await erik.sends("Hur lång är scenen?")
    await coordinator.sees("Hur lång är scenen?")
    await coordinator.presses("Svara")
    await coordinator.sends("Åtta meter, hälsar Maria")
    await erik.sees("Åtta meter")
    await coordinator.sends("/samordna")
    for label in ("Mer", "Samordnare", "Bjud in en samordnare"):
        await coordinator.presses(label)
    await coordinator.sees("Vad ska den nya samordna?")
    await coordinator.presses("alla arenor")
    link = await coordinator.sees("Skicka länken till den som ska samordna alla arenor")
    payload = re.search(r"start=(\S+)", link["text"])
    assert payload is not None
    await newcomer.starts(payload[1])
    await newcomer.presses("Ja")
    await newcomer.sees("samordn")
    await coordinator.sends("/minadata")
    lines = (await coordinator.sees("Det här finns om dig"))["text"].splitlines()
    assert {
        "Du är samordnare.",
        "• 1 fråga till samordnarna som du har ställt eller svarat på",
        "• 1 inbjudan som du har gett eller använt",
    } <= {*lines}
    await coordinator.presses("Hämta allt som fil")
    data = json.loads(await coordinator.content(await coordinator.sees_document("minadata.json")))
    (matter,) = data["matters"]
    assert (matter["answer"], "text" in matter) == ("Åtta meter, hälsar Maria", False), "the question is another's"
    assert [invitation["kind"] for invitation in data["invitations"]] == ["coordinator"]
    assert "token_hash" not in data["invitations"][0]
    await coordinator.sends("/minadata")
    await coordinator.presses("Glöm mig")
    await coordinator.presses("Ja, glöm mig")
    await coordinator.sees("När det här har kommit fram är du glömd.")
    told = await newcomer.sees("En samordnare har slutat: alla arenor.")
    assert "Kvar är Sara." in told["text"]
    await telegram.clock.move(by=timedelta(hours=1))

    async def nothing_left() -> bool:
        return await holding(demo_url, "Maria", "1004") == {}

    assert await telegram.until(nothing_left)
    await coordinator.sends("/samordna")
    await coordinator.sees("samordnare")


async def test_the_last_coordinator_of_all_arenas_hands_over_first(coordinator: Person) -> None:
    await coordinator.sends("/minadata")
    alert = await coordinator.presses("Glöm mig")
    assert "samordn" in (alert or "")


def test_the_note_on_personal_data_names_every_table() -> None:
    note = (Path(__file__).parents[2] / "docs" / "personuppgifter.md").read_text("utf-8")
    assert [t.table.name for t in TRACES if f"`{t.table.name}`" not in note] == []
