"""Networks in chat: two find one another, one asks, the other says yes; and a consent that is taken back."""

from bot.sandbox.client import Person

EDITION = "Norrbotten i Almedalen 2027"


async def _both_shown(erik: Person, emma: Person) -> None:
    await erik.sends("/natverk")
    await erik.sees("Det är avstängt för dig.")
    await erik.presses("Visa mig för andra aktörer")
    await erik.sees("Ingen annan som syns")
    await emma.sends("/network")
    await emma.sees("Name: Emma")
    await emma.presses("Show me to others")
    await emma.sees("You are shown now.")


async def test_two_who_come_to_the_same_arena_find_one_another_and_exchange_what_both_agree_to(
    erik: Person, emma: Person
) -> None:
    await _both_shown(erik, emma)
    await erik.sends("/natverk")
    await erik.presses(f"{EDITION} · 1")
    await erik.sees(f"De här kommer också till {EDITION}")
    await erik.presses("Emma, LKAB, SSAB")
    await erik.presses("Be om kontakt")
    await erik.sees("Varför vill du ha kontakt med Emma?")
    await erik.sends("Vi borde ordna något om elen ihop")
    await erik.sees("Så här ser Emma frågan:")
    await erik.presses("Telefon")
    await erik.presses("Skicka frågan")
    await erik.sees("Frågan är skickad.")
    asked = await emma.sees("Erik, Luleå kommun, would like contact with you.")
    assert "070-000 00 02" not in asked["text"]
    await emma.presses("Yes")
    await emma.presses("Exchange details")
    given = await emma.sees("Erik now has what you share.")
    assert "Phone: 070-000 00 02" in given["text"]
    told = await erik.sees("Emma, LKAB, SSAB, har sagt ja till kontakt.")
    assert told["text"].splitlines()[1:] == ["• Namn i Telegram: Emma"]
    await erik.sends("/natverk")
    await erik.presses("Dina kontakter")
    await erik.sees("Emma, LKAB, SSAB: ni har bytt kontaktuppgifter")


async def test_a_consent_taken_back_is_gone_at_the_next_press(erik: Person, emma: Person) -> None:
    await _both_shown(erik, emma)
    await erik.sends("/natverk")
    await erik.presses(f"{EDITION} · 1")
    await erik.presses("Emma, LKAB, SSAB")
    await emma.presses("Show me no longer")
    await emma.sees("Nobody sees you any more.")
    assert await erik.presses("Be om kontakt") == "Det här kortet är gammalt. Så här ser det ut nu."
    now = await erik.sees("Ingen annan som syns")
    assert "Emma" not in now["text"]
    keys = [key["text"] for row in now["reply_markup"]["inline_keyboard"] for key in row]
    assert keys == ["Frågorna", "Visa mig inte längre", "Sluta som ambassadör: Almedalsveckan", "‹ Hem"]
