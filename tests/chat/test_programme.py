from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from bot.sandbox.client import Person, Telegram


async def jumps(telegram: Telegram, to: datetime) -> None:
    """Set the clock, and move the last minute, which ends when the bot is there too."""
    await telegram.clock.set(to - timedelta(minutes=1))
    await telegram.clock.move(to=to)


async def titles(person: Person, label: str) -> list[str]:
    await person.presses(label)
    content = await person.content(await person.sees_document("program.ics"))
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


async def test_the_programme_shows_a_day_with_titles_and_who_arranges_them_together(erik: Person) -> None:
    await erik.sends("/program")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.sees("Tis 29 juni")
    assert await erik.screen() == (
        "Norrbotten i Almedalen 2027 (preliminära datum)\n"
        "Tis 29 juni · 📍 Norra scen, Fiskargränd 5\n"
        "\n"
        "07.30–08.30 En infrastruktur som matchar industrins tillväxt\n"
        "Region Norrbotten tillsammans med Norrbotniabanan\n"
        "08.45–09.45 Rymden: förmågor och möjligheter\n"
        "Swedish Space Corporation\n"
        "11.15–12.15 Kiruna kommun\n"
        "13.45–14.45 Regionens egen tid\n"
        "[07.30 En infrastruktur som matchar]\n"
        "[08.45 Rymden: förmågor och möjligheter]\n"
        "[11.15 Kiruna kommun]\n"
        "[mån 28 juni] [ons 30 juni]\n"
        "[Kalenderfil: dagen]\n"
        "[Kalenderfil: allt]\n"
        "[‹ Andra program]"
    )


async def test_an_activity_is_shown_and_leads_back_to_its_day(emma: Person) -> None:
    await emma.sends("/programme")
    await emma.presses("Norrbotten in Almedalen 2027")
    await emma.presses("Wed 30 June")
    await emma.presses("08.45")
    await emma.sees("Region Norrbotten")
    assert await emma.screen() == (
        "Ett attraktivt Norrbotten, i dag och i framtiden\n"
        "Conversation\n"
        "Region Norrbotten\n"
        "📍 Norra scen, Fiskargränd 5 · Wed 30 June, 08.45–09.45\n"
        "[‹ Programme]"
    )
    await emma.presses("‹ Programme")
    await emma.sees("Mellan stad och fjäll")


async def test_the_calendar_file_holds_the_day_or_all(newcomer: Person) -> None:
    await newcomer.sends("/program")
    await newcomer.presses("Norrbotten i Almedalen 2027")
    await newcomer.presses("ons 30 juni")
    await newcomer.sees("Mellan stad och fjäll")
    assert await titles(newcomer, "Kalenderfil: dagen") == [
        "Ett attraktivt Norrbotten, i dag och i framtiden",
        "Mellan stad och fjäll",
    ]
    assert len(await titles(newcomer, "Kalenderfil: allt")) == 9


async def test_an_activity_that_was_cancelled_gives_way_to_the_programme_as_it_is_now(
    erik: Person, emma: Person
) -> None:
    await emma.sends("/programme")
    await emma.presses("Norrbotten in Almedalen 2027")
    await erik.sends("/bokningar")
    await erik.presses("✅ mån 28 juni 07.30")
    await erik.presses("Avboka")
    await erik.sees("Avboka Etableringsekvationen")
    await erik.presses("Avboka")
    await erik.sees("Avbokat")
    assert await emma.presses("07.30 Etableringsekvationen") == "This card is old. This is how it looks now."
    shown = await emma.sees("Vätgasens betydelse")
    assert "Etableringsekvationen" not in shown["text"]


async def test_during_the_event_the_clock_tells_what_is_on_and_what_comes_next(
    telegram: Telegram, erik: Person
) -> None:
    await jumps(telegram, datetime(2027, 6, 29, 6, 0, tzinfo=UTC))
    await erik.sends("/program")
    await erik.sees("Tis 29 juni")
    await erik.presses("Nu och härnäst")
    await erik.sees("Härnäst")
    assert await erik.screen() == (
        "Norrbotten i Almedalen 2027 (preliminära datum)\n"
        "\n"
        "Norra scen\n"
        "Nu till 08.30: En infrastruktur som matchar industrins tillväxt, Region Norrbotten\n"
        "Härnäst i dag kl. 08.45: Rymden: förmågor och möjligheter, Swedish Space Corporation\n"
        "[07.30 En infrastruktur som matchar]\n"
        "[08.45 Rymden: förmågor och möjligheter]\n"
        "[Uppdatera] [‹ Programmet]"
    )
    await jumps(telegram, datetime(2027, 6, 29, 20, 0, tzinfo=UTC))
    await erik.presses("Uppdatera")
    await erik.sees("Inget pågår just nu.\nHärnäst i morgon kl. 08.45: Ett attraktivt Norrbotten")


async def test_after_the_last_activity_nothing_comes_next(telegram: Telegram, erik: Person) -> None:
    await jumps(telegram, datetime(2027, 6, 30, 18, 0, tzinfo=UTC))
    await erik.sends("program")
    await erik.presses("Nu och härnäst")
    await erik.sees("Inget pågår just nu.\nSedan är det slut här.")
