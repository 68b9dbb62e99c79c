"""Reminders in whole conversations: the clock is moved, the real bot sends, people press."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.client import Person, Telegram, shown, shown_text
from tests.chat.conftest import Running

ERIKS = "Etableringsekvationen: så lyckas norra Sverige"
EMMAS = "Så klarar vi hoten mot omställningsresan"


def stockholm(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A local time of 2027 in Stockholm as UTC."""
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


async def rung(person: Person, about: str = "") -> list[str]:
    """The first lines of the reminders in a chat, oldest first."""
    texts = [shown_text(message) for message in await person.messages()]
    return [text.partition("\n")[0].removeprefix("🔔 ") for text in texts if text.startswith("🔔") and about in text]


async def awakens(person: Person, words: str = "Det här påminner jag dig om") -> None:
    """Have the bot's first words, so that a move of the clock finds it at work."""
    await person.sends("/paminnelser")
    await person.sees(words)


async def test_each_reminder_of_a_slot_arrives_once_and_nothing_that_was_turned_off(
    telegram: Telegram, erik: Person
) -> None:
    await erik.sends("/paminnelser")
    await erik.presses("✅ Officiella programmet")
    await erik.presses("✅ Det som saknas")
    await erik.sees("mån 21 juni 09.00: er tid")
    await telegram.clock.move(to=stockholm(7, 1, 12))
    assert await rung(erik) == [
        f"Mån 28 juni 07.30 är det er tur på Norra scen: {ERIKS}",
        f"I morgon kl. 07.30 är det er tur på Norra scen: {ERIKS}",
        f"I dag kl. 07.30 är det er tur på Norra scen: {ERIKS}",
    ]


async def test_a_cancelled_booking_is_not_reminded_of(telegram: Telegram, erik: Person) -> None:
    await cancels(erik)
    await telegram.clock.move(to=stockholm(7, 1, 12))
    assert await rung(erik) == []


async def cancels(erik: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("✅ mån 28 juni 07.30")
    await erik.presses("Avboka")
    await erik.sees("blir ledig för andra")
    await erik.presses("Avboka")
    await erik.sees("om ni ändrar er")


async def test_an_undone_cancellation_misses_nothing(telegram: Telegram, erik: Person) -> None:
    await awakens(erik)
    await telegram.clock.move(to=stockholm(3, 4, 8, 55))
    await cancels(erik)
    await telegram.clock.move(by=timedelta(minutes=9))
    assert await rung(erik) == []
    await erik.presses("Ångra")
    await erik.sees("Är Etableringsekvationen: så lyckas norra Sverige anmäld?")
    await telegram.clock.move(to=stockholm(3, 10, 9))
    assert len(await rung(erik, "officiella programmet")) == 2


async def test_what_lacks_comes_again_tomorrow(telegram: Telegram, erik: Person) -> None:
    await awakens(erik)
    await telegram.clock.move(to=stockholm(4, 8, 9))
    await erik.presses("Påminn mig i morgon")
    noted = await erik.sees("Då påminner jag dig i morgon kl. 09.00.")
    assert "officiella programmet" in shown_text(noted)  # what else stood in the message still does
    await telegram.clock.move(to=stockholm(4, 9, 8, 59))
    assert len(await rung(erik, "Saknas till")) == 0
    await telegram.clock.move(by=timedelta(minutes=1))
    [again] = await rung(erik, "Saknas till")
    assert again.endswith("Vi behöver det senast tors 15 april, sedan låser vi texterna.")
    await erik.presses("Fyll i nu (2 min)")
    await erik.sees("Beskrivning av samhällsfrågan")


async def test_one_answer_settles_the_official_programme_and_can_be_taken_back(
    telegram: Telegram, erik: Person
) -> None:
    await awakens(erik)
    await telegram.clock.move(to=stockholm(3, 4, 9))
    await erik.presses("Ja, den är anmäld")
    await erik.sees("Noterat som anmäld")
    await telegram.clock.move(to=stockholm(3, 12, 9))
    assert await rung(erik) == []
    await erik.presses("Ångra")
    await erik.sees("Då frågar jag igen")
    await telegram.clock.move(to=stockholm(5, 13, 9))
    await erik.presses("Inte än")
    await erik.sees("inför nästa avgiftssteg: tors 3 juni 09.00.")
    before = len(await rung(erik, "officiella programmet"))
    await telegram.clock.move(to=stockholm(6, 2, 9))
    assert len(await rung(erik, "officiella programmet")) == before
    await telegram.clock.move(to=stockholm(6, 3, 9))
    assert len(await rung(erik, "officiella programmet")) == before + 1


async def test_on_the_day_before_all_is_ready_or_something_has_changed(
    telegram: Telegram, erik: Person, coordinator: Person
) -> None:
    await awakens(erik)
    await telegram.clock.move(to=stockholm(6, 27, 9))
    reminder = await erik.sees("I morgon kl. 07.30 är det er tur på Norra scen")
    assert shown(reminder).splitlines()[1:] == [
        "Fiskargränd 5, ingång Fiskargränd.",
        "Teknik: Tre mikrofoner, skärm och strömning",
        "Samordnarna på plats: 0920-000 00",
        "[Allt är klart]",
        "[Något har ändrats]",
    ]
    await erik.presses("Allt är klart", on=reminder)
    await erik.sees("Samordnarna ser att allt är klart.")
    await telegram.clock.move(to=stockholm(6, 28, 6))
    await coordinator.sends("/samordna")
    await coordinator.sees("Luleå kommun, Region Norrbotten · allt är klart")
    await erik.presses("Något har ändrats", on=reminder)
    await erik.sees("Vad har ändrats?")
    await erik.sends("Vi blir fem i panelen, inte fyra.")
    await erik.sees("Samordnarna har fått det.")
    await coordinator.sees("Vi blir fem i panelen, inte fyra.")


async def test_several_bookings_are_a_line_each_and_open_one_by_one(telegram: Telegram, erik: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sees("Vad ska aktiviteten heta?")
    await erik.sends("Vem äger vinden?")
    await erik.presses("Samtal")
    await erik.sees("Vem äger vinden? · Samtal")
    await erik.presses("Boka tiden")
    await erik.sees("Bokat")
    await telegram.clock.move(to=stockholm(3, 4, 9))
    fee = "anmälan kostar inget till tors 11 mars, därefter 500 kr (preliminärt)"
    several = await erik.sees("2 bokningar att tänka på")
    assert shown(several).splitlines() == [
        "🔔 2 bokningar att tänka på",
        "",
        f"{ERIKS} · det officiella programmet: {fee}",
        f"Vem äger vinden? · det officiella programmet: {fee}",
        "[Etableringsekvationen: så lyckas norra …]",
        "[Vem äger vinden?]",
    ]
    await erik.presses("Vem äger vinden?", on=several)
    one = await erik.sees("Är Vem äger vinden? anmäld?")
    await erik.presses("Vi anmäler inte", on=one)
    await erik.sees("Noterat, ni anmäler den inte: Vem äger vinden?")
    await telegram.clock.move(to=stockholm(3, 10, 9))
    await erik.sees(f"Är {ERIKS} anmäld?")


async def moves_eriks(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("mån 28 juni")
    await coordinator.presses("07.30–08.30 · Luleå kommun")
    await coordinator.presses("Flytta")
    await coordinator.sees("Till vilken tid flyttas")
    await coordinator.sends("07.40")
    await coordinator.sees("Luleå kommun")
    await coordinator.sends("försenad installation")
    await coordinator.presses("Flytta och meddela")
    await coordinator.sees("Flyttad")


async def test_a_moved_time_is_reminded_of_anew_and_may_suit_or_not(
    telegram: Telegram, erik: Person, coordinator: Person
) -> None:
    await moves_eriks(coordinator)
    moved = await erik.sees("Er tid flyttades: mån 28 juni 07.30 → 07.40 (Norra scen).")
    await erik.presses("Det går inte", on=moved)
    await erik.sees("vet nu att den nya tiden inte går")
    await coordinator.sees("det går inte")
    await erik.sends("Vår talare landar 07.55.")
    await erik.sees("Samordnarna har fått det.")
    await coordinator.sees("Vår talare landar 07.55.")
    await telegram.clock.move(to=stockholm(6, 27, 9))
    await erik.sees("I morgon kl. 07.40 är det er tur på Norra scen")


async def test_a_moved_time_that_suits_is_said_so(erik: Person, coordinator: Person) -> None:
    await moves_eriks(coordinator)
    await erik.presses("Det går bra")
    await erik.sees("Bra, då gäller mån 28 juni 07.40 på Norra scen.")


async def test_a_hold_about_to_end_is_said_and_gone_on_with(telegram: Telegram, erik: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sees("Vad ska aktiviteten heta?")
    await telegram.clock.move(by=timedelta(minutes=12))
    await erik.sees("hålls för er bara till 09.15.")
    await erik.presses("Fortsätt")
    await erik.sees("Vad ska aktiviteten heta?")


async def test_almedalen_is_asked_about_in_july_with_its_activities_and_once_more_in_mid_august(
    telegram: Telegram, erik: Person, emma: Person
) -> None:
    await awakens(erik)
    await telegram.clock.move(to=stockholm(7, 5, 9, 59))
    assert await rung(erik, "Almedalen") == []
    await telegram.clock.move(to=stockholm(7, 5, 10))
    asked = await erik.sees("Norrbotten i Almedalen 2027 är över.")
    assert shown(asked).splitlines() == [
        "🔔 Norrbotten i Almedalen 2027 är över. Tack för att du var med.",
        "Hur nöjd är du med arenan, från 1 till 5 där 5 är bäst?",
        "Och en aktivitet som ingen av er har svarat om:",
        "[1] [2] [3] [4] [5]",
        "[Svara om Etableringsekvationen: så …]",
        "[Bli ambassadör?]",
        "[Så gjorde vi]",
        "[Svara här]",
    ]
    await emma.presses("How we did it", on=await emma.sees("Norrbotten in Almedalen 2027 is over."))
    await emma.sees("1 of 3. What did you do?")
    await emma.presses("‹ The evaluation")
    for score in ("4", "5"):
        await emma.presses(score, on=await emma.sees("How satisfied are you with"))
    await emma.sees("What should we change for next time?")
    await telegram.clock.move(to=stockholm(8, 16, 9, 59))
    assert await rung(erik, "vi saknar svar") == []
    await telegram.clock.move(to=stockholm(8, 16, 10))
    again = await erik.sees("Norrbotten i Almedalen 2027: vi saknar svar från dig.")
    assert "Bli ambassadör?" not in shown(again)
    await telegram.clock.move(to=stockholm(12, 1, 10))
    assert len(await rung(erik, "Norrbotten i Almedalen 2027")) == 2


async def test_the_evaluation_is_five_presses_in_ones_own_language_and_can_be_changed(
    telegram: Telegram, emma: Person
) -> None:
    await awakens(emma, "What I will remind you of")
    await telegram.clock.move(to=stockholm(7, 5, 10))
    asked = await emma.sees("Norrbotten in Almedalen 2027 is over.")
    before = emma.interactions
    await emma.presses("About Så klarar vi hoten", on=asked)
    await emma.sees("How many came?")
    await emma.presses("30", on=asked)
    await emma.sees("How satisfied are you")
    await emma.presses("4")
    await emma.sees("Was it worth the time and the money")
    await emma.presses("3")
    await emma.sees("Would you take part next time?")
    await emma.presses("Yes")
    await emma.sees("Thank you, the answer is for you all.")
    assert emma.interactions - before == 5
    await emma.presses("Own words")
    await emma.sees("Write a line if you like.")
    await emma.sends("More coffee <please>")
    await emma.sees("In your own words: More coffee <please>")
    await emma.presses("Satisfied")
    await emma.sees("How satisfied are you")
    await emma.presses("5")
    done = await emma.sees("Satisfied: 5 of 5")
    assert "Coming again: yes" in shown_text(done)


async def test_what_fell_due_while_the_bot_was_down_is_sent_once_if_it_still_helps(local: Running) -> None:
    async with Telegram(local.address) as telegram:
        async with local.bot():
            erik = next(person for person in await telegram.people() if person.id == 1002)
            await awakens(erik)
        await telegram.clock.set(stockholm(6, 27, 15))
        for _ in range(2):
            async with local.bot():
                await erik.sees("I morgon kl. 07.30 är det er tur på Norra scen")
                await telegram.clock.move(by=timedelta(minutes=1))
        assert await rung(erik) == [f"I morgon kl. 07.30 är det er tur på Norra scen: {ERIKS}"]
