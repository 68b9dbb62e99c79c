"""/ar: the year of arenas on one picture, and what collides."""

from bot.sandbox.client import Person


async def test_a_year_is_one_picture_with_dates_windows_and_who_comes(erik: Person) -> None:
    await erik.sends("/ar")
    shown = await erik.sees("Arenaåret 2027")
    lines = shown["text"].splitlines()
    at = lines.index("Norrbotten i Almedalen 2027: 28–30 juni, preliminärt")
    assert lines[at + 1 : at + 3] == ["9 aktörer kommer", "Bokning tors 7 januari–ons 31 mars"]
    assert "Arctic Frontiers 2027: datum är inte klara" in lines
    picture = next(m for m in reversed(await erik.messages()) if "photo" in m)
    assert (await erik.content(picture))[:4] == b"\x89PNG"


async def test_editions_that_share_a_day_are_told_when_made_and_who_is_booked_on_both(
    coordinator: Person, erik: Person
) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Arctic Frontiers 2027")
    await coordinator.presses("Datum och plats")
    await coordinator.presses("Dagar")
    await coordinator.sends("4–6 februari 2027")
    saved = await coordinator.sees("Sparat.")
    assert "Krockar med Arctic Talks 2027: 4–6 februari." in saved["text"]
    await coordinator.presses("‹ Upplagan")
    await coordinator.sees("Krockar med Arctic Talks 2027: 4–6 februari.")
    await coordinator.sends("/ar")
    shown = await coordinator.sees("Arctic Talks 2027 och Arctic Frontiers 2027 krockar 4–6 februari.")
    assert "Ingen är bokad på båda." in shown["text"]
    await erik.sends("/year")
    assert "på båda" not in (await erik.sees("krockar"))["text"]


async def test_a_clash_is_told_on_the_card_of_an_edition_that_is_made(coordinator: Person, erik: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Ny upplaga")
    await coordinator.presses("Utveckla Norrbotten")
    await coordinator.presses("Börja från början")
    await coordinator.sends("6–7 februari 2027")
    made = await coordinator.sees("inte publicerad")
    assert "Krockar med Arctic Talks 2027: 6 februari." in made["text"]
    await erik.sends("/ar")
    assert "krockar" not in (await erik.sees("Arenaåret 2027"))["text"], "a draft is told to coordinators alone"
