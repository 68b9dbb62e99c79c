"""/rapport: asked for, made beside everything else, commented on, and told when it cannot be made."""

import io
import shutil
from collections.abc import AsyncIterator

import pytest
from openpyxl import load_workbook

from bot.sandbox.client import Person, Telegram
from schedules import workshop
from tests.chat.conftest import Running
from tests.report.test_making import text_of

COMMENT = "Energifrågan samlade <alla> & bar ända till =riksdagen."


@pytest.fixture
async def telegram(local: Running) -> AsyncIterator[Telegram]:
    """As everywhere, with time for a report on a busy machine."""
    async with local.bot(), Telegram(local.address, deadline=60) as client:
        yield client


def commented(xlsx: bytes) -> list[tuple[int, str]]:
    sheet = load_workbook(io.BytesIO(xlsx))["Kommentarer"]
    return [(int(str(n)), str(text)) for n, text in sheet.iter_rows(min_row=2, max_col=2, values_only=True) if text]


async def test_a_report_comes_as_pictures_six_answers_and_two_files_while_other_presses_are_answered(
    coordinator: Person,
) -> None:
    await coordinator.sends("/rapport")
    await coordinator.sees("Vilken rapport?")
    await coordinator.presses("2027")
    await coordinator.sees("Jag gör rapporten Mötesplatser 2027.")
    await coordinator.presses("Kommentera resultaten")
    await coordinator.presses("1")
    await coordinator.sees("Skriv kommentaren, högst 600 tecken.")
    await coordinator.sees_document(".xlsx")
    kinds = [
        next(k for k in ("text", "photo", "document") if k in m) for m in await coordinator.messages() if not m["out"]
    ]
    assert kinds == ["text", *["photo"] * 3, "text", "document", "document"]
    await coordinator.sends(COMMENT)
    await coordinator.sees("✅ Kommentaren till resultat 1 är sparad.")
    await coordinator.presses("Gör rapporten")
    summary = await coordinator.sees(f"Samordnarna: {COMMENT}")
    assert summary["text"].startswith("Mötesplatser 2027\nLäget 11 januari 2027\n\n1. Samsyn")
    xlsx, pdf = [await coordinator.sees_document(kind) for kind in (".xlsx", ".pdf")]
    assert commented(await coordinator.content(xlsx)) == [(1, COMMENT)]
    text = text_of(await coordinator.content(pdf)) if shutil.which("pdftotext") else COMMENT
    assert COMMENT in " ".join(text.split())


async def test_a_report_that_cannot_be_made_says_so_and_can_be_asked_for_again(
    coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(workshop, "PROGRAM", "bot.nowhere")
        await coordinator.sends("/rapport 2027")
        await coordinator.sees("Rapporten Mötesplatser 2027 gick inte att göra, och inget är ändrat.")
    await coordinator.presses("Försök igen")
    await coordinator.sees_document("Mötesplatser 2027 2027-01-11.pdf")


async def test_money_is_entered_in_chat_and_stands_in_the_cards(coordinator: Person) -> None:
    await coordinator.sends("/rapport")
    await coordinator.presses("Projektets ram")
    await coordinator.presses("Lägg till en finansiär")
    await coordinator.sees("Skriv finansiär, belopp, år")
    await coordinator.sends("Europeiska regionala utvecklingsfonden")
    await coordinator.sees("Jag hittar inte finansiär, belopp, år och källa")
    await coordinator.sends("ERUF, 4,35 mnkr, 2026–2028, nämndens beslut")
    await coordinator.sees("Belopp: 4\N{NO-BREAK SPACE}350\N{NO-BREAK SPACE}000 kr")
    await coordinator.presses("‹ Projektets ram")
    await coordinator.sees("000 kr, 2026–2028 (nämndens beslut)")


async def test_what_an_edition_cost_is_entered_from_rapport_and_from_the_editions_own_page_with_no_report_ordered(
    coordinator: Person,
) -> None:
    await coordinator.sends("/rapport")
    await coordinator.presses("Utfall")
    await coordinator.sees("Norrbotten i Almedalen 2026 (exempel): 1\N{NO-BREAK SPACE}240\N{NO-BREAK SPACE}000 kr")
    await coordinator.sees("Norrbotten i Almedalen 2027: inte infört")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("Norrbotten i Almedalen 2027: vad upplagan kostade")
    await coordinator.presses("Skriv in utfallet")
    await coordinator.sends("1 215 000 kr, bokslut 2027")
    entered = "1\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}000 kr (bokslut 2027)"
    await coordinator.sees(entered)
    await coordinator.presses("‹ Utfall")
    await coordinator.sees(f"Norrbotten i Almedalen 2027: {entered}")
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    editions = await coordinator.sees("Vilken upplaga gäller det?")
    await coordinator.presses("Norrbotten i Almedalen 2027", on=editions)
    await coordinator.sees("Norrbotten i Almedalen 2027 · 28–30 juni")
    await coordinator.presses("Utfall")
    await coordinator.sees(entered)
    await coordinator.presses("Ta bort utfallet")
    await coordinator.sees("Utfallet är inte infört än.")
    await coordinator.presses("‹ Upplagan")
    await coordinator.sees("Norrbotten i Almedalen 2027 · 28–30 juni")
    said = [message.get("text", "") for message in await coordinator.messages()]
    assert not any("Jag gör rapporten" in text for text in said)


async def test_nobody_but_coordinators_gets_one(erik: Person) -> None:
    await erik.sends("/report")
    await erik.sees("Du har inte rätt att göra det.")
