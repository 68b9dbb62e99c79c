"""Issues in chat: read, followed, named by bookings, stood behind, and acted on together."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.client import Person, Telegram

STATEMENT = "Elnätet i norr ska vara utbyggt till 2032."


async def _asked(coordinator: Person) -> None:
    """Maria asks the actors to stand behind a statement."""
    await coordinator.sends("/fragor")
    await coordinator.presses("Elnät och tillstånd")
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("Skriv ett ställningstagande")
    await coordinator.sends(STATEMENT)
    await coordinator.sees("Jag frågar 3 personer hos 4 aktörer, en gång var.")
    await coordinator.presses("Fråga aktörerna")
    await coordinator.sees("Aktörerna tillfrågas nu")


async def test_an_issue_shows_what_is_done_about_it_and_is_followed_by_one_press(erik: Person) -> None:
    await erik.sends("/fragor")
    await erik.sees("Frågor vi driver för Norrbotten")
    await erik.presses("Elnät och tillstånd")
    await erik.sees("Gäller från 2025 · exempel")
    await erik.presses("Aktiviteterna (2)")
    await erik.sees("Vätgasens betydelse för den gröna omställningen · Luleå tekniska universitet")
    await erik.sees("Arctic Talks 2027, Stora scenen")
    await erik.presses("‹ Frågan")
    await erik.presses("Följ frågan")
    await erik.sees("Nu följer du frågan.")
    await erik.sees("1 följer frågan")
    await erik.presses("Följ inte längre")
    await erik.sees("0 följer frågan")


async def test_who_takes_no_part_reads_the_issues_but_no_answers(newcomer: Person, coordinator: Person) -> None:
    await _asked(coordinator)
    await newcomer.starts("i_demo-gallivare-2027")
    await newcomer.sends("/fragor")
    await newcomer.presses("Elnät och tillstånd")
    message = await newcomer.sees("Industrins omställning behöver el")
    assert STATEMENT not in message["text"]


async def test_a_booking_is_asked_once_what_it_is_for_and_named_by_presses(erik: Person, coordinator: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sends("Vem äger vinden?")
    await erik.presses("Samtal")
    await erik.presses("Boka tiden")
    await erik.sees("Vad ska Vem äger vinden? bidra till?")
    await erik.presses("Elnät och tillstånd")
    await erik.presses("Samsyn")
    await erik.presses("Tjänstepersoner vid departement")
    await erik.presses("Klart")
    await erik.sees("Frågor: Elnät och tillstånd")
    await erik.sees("Syfte: Samsyn och samhandling")
    await erik.sees("För: Tjänstepersoner vid departement")
    await erik.sends("/fragor")
    await erik.presses("Elnät och tillstånd")
    await erik.presses("Aktiviteterna (3)")
    await erik.sees("Vem äger vinden?")


async def test_at_most_three_issues_are_named_and_the_question_can_be_left(erik: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Frågor och syfte")
    for title in ("Elnät och tillstånd", "Kompetensförsörjning", "Norrbotniabanan"):
        await erik.presses(title)
    assert await erik.presses("Gruvor och mineral") == ("En aktivitet kan välja högst 3 frågor. Ta bort en först.")
    await erik.presses("✅ Norrbotniabanan")
    await erik.presses("Gruvor och mineral")
    await erik.presses("Klart")
    await erik.sees("Frågor: Elnät och tillstånd, Kompetensförsörjning, Gruvor och mineral")


async def test_a_proposed_issue_becomes_one_of_the_list(emma: Person, coordinator: Person) -> None:
    await emma.sends("/bookings")
    await emma.presses("Så klarar vi hoten")
    await emma.presses("Issues and purpose")
    await emma.presses("Another issue")
    await emma.sends("Vätgas för stål")
    await emma.sees("Your proposed issue waits for a coordinator: Vätgas för stål")
    card = await coordinator.sees("föreslår en fråga:")
    await coordinator.presses("Gör en ny fråga av det", on=card)
    await emma.sees("it is the issue Vätgas för stål")
    await emma.sends("/issues")
    await emma.presses("Vätgas för stål")
    await emma.sees("1 activity")


async def test_a_coordinator_fills_in_what_activities_lack_from_one_list(coordinator: Person) -> None:
    await coordinator.sends("/fragor")
    await coordinator.presses("Aktiviteternas frågor")
    await coordinator.sees("saknar fråga, syfte eller målgrupp")
    await coordinator.presses("⏳ Kraft från Lule älv")
    await coordinator.sees("För Jokkmokks kommun")
    await coordinator.presses("Kunskap")
    await coordinator.presses("Klart")
    await coordinator.sees("Syfte: Kunskapsbyggande")
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 1")
    await coordinator.sees("Syfte: Kunskapsbyggande.")


async def test_an_actor_answers_once_for_all_and_the_two_ways_are_counted_apart(
    erik: Person, emma: Person, coordinator: Person
) -> None:
    await _asked(coordinator)
    card = await erik.sees("Kan Luleå kommun stå bakom det här om Elnät och tillstånd?")
    await erik.presses("Vi står bakom", on=card)
    await erik.presses("Beslutat av oss")
    await erik.sees("Sparat för Luleå kommun: Elnät och tillstånd.")
    card = await emma.sees("Can LKAB, SSAB stand behind this")
    await emma.presses("With a reservation", on=card)
    await emma.presses("LKAB")
    await emma.presses("An official's assessment")
    await emma.sends("Not at the cost of permits for mines <b>")
    await emma.sees("Saved for LKAB")
    await emma.presses("Where actors stand")
    await emma.sees("Decided by the organisation: 1 stands behind it")
    await emma.sees("Assessed by officials: 1 with a reservation")
    await emma.sees("Reservation: Not at the cost of permits for mines <b>")


async def test_a_change_asks_again_and_a_correction_asks_nobody(
    erik: Person, coordinator: Person, telegram: Telegram
) -> None:
    await _asked(coordinator)
    await telegram.clock.move(by=timedelta(days=1))
    await erik.presses("Avstår", on=await erik.sees("Kan Luleå kommun stå bakom"))
    await erik.presses("Beslutat av oss")
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("Ändra ställningstagandet")
    await coordinator.presses("Svenska")
    await coordinator.sends("Elnätet i norr ska vara utbyggt till år 2032.")
    await coordinator.presses("Spara rättelsen")
    await coordinator.sees("Rättat. Ingen tillfrågas igen.")
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("Ändra ställningstagandet")
    await coordinator.presses("Svenska")
    await coordinator.sends("Elnätet i norr ska vara utbyggt till år 2035.")
    await coordinator.presses("Det är en ändring")
    await coordinator.sends("Tre år senare")
    await coordinator.presses("Fråga aktörerna igen")
    card = await erik.sees("Ställningstagandet om Elnät och tillstånd har ändrats.")
    assert "Ändrat: Tre år senare" in card["text"]
    await coordinator.sees("1 av svaren gäller hur det löd förut.")
    await erik.presses("Vi står bakom", on=card)
    await erik.presses("En tjänstepersons bedömning")
    await erik.presses("Var aktörerna står")
    await erik.presses("Tidigare svar: Luleå kommun")
    await erik.sees("avstår (beslutat)")


async def test_a_coordinator_enters_only_what_is_decided_with_its_source(erik: Person, coordinator: Person) -> None:
    await _asked(coordinator)
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("För in ett beslut")
    await coordinator.sends("Luleå kommun")
    await coordinator.presses("Luleå kommun")
    await coordinator.presses("Med förbehåll")
    await coordinator.sends("Bara med statliga pengar")
    await coordinator.sends("Kommunstyrelsen 4 januari 2027, § 3")
    await coordinator.sees("Källa: Kommunstyrelsen 4 januari 2027, § 3")
    await erik.sees("En samordnare har fört in vad Luleå kommun har beslutat")


async def test_the_night_and_the_choice_to_hear_nothing_hold_the_question(
    erik: Person, emma: Person, coordinator: Person, telegram: Telegram
) -> None:
    await emma.sends("/reminders")
    await emma.presses("announcements")
    await telegram.clock.move(to=datetime(2027, 1, 11, 21, 30, tzinfo=UTC))
    await coordinator.sends("/fragor")
    await coordinator.presses("Norrbotniabanan")
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("Skriv ett ställningstagande")
    await coordinator.sends("Bygg hela banan.")
    await coordinator.presses("Fråga aktörerna")
    await coordinator.sees("Aktörerna tillfrågas nu")
    await telegram.clock.move(to=datetime(2027, 1, 12, 5, 59, tzinfo=UTC))
    assert not [m for m in await erik.messages() if "Bygg hela banan" in m.get("text", "")]
    await telegram.clock.move(to=datetime(2027, 1, 12, 6, 1, tzinfo=UTC))
    await erik.sees("Kan Luleå kommun stå bakom det här om Norrbotniabanan?")
    assert not [m for m in await emma.messages() if "Bygg hela banan" in m.get("text", "")]


async def test_a_joint_action_is_started_joined_and_done_and_its_followers_hear(
    erik: Person, emma: Person, coordinator: Person, telegram: Telegram
) -> None:
    await coordinator.sends("/fragor")
    await coordinator.presses("Kompetensförsörjning")
    await coordinator.presses("Följ frågan")
    await erik.sends("/fragor")
    await erik.presses("Kompetensförsörjning")
    await erik.presses("Starta något gemensamt")
    await erik.sends("Gemensam skrivelse till regeringen")
    await erik.presses("Luleå kommun", on=await erik.sees("Vem håller i det?"))
    await erik.sends("15 mars")
    await erik.sees("Planerat, till 15 mars · Luleå kommun håller i det")
    await erik.presses("Bjud in en aktör")
    await erik.sends("LKAB")
    await erik.presses("LKAB")
    card = await emma.sees("Luleå kommun asks whether LKAB wants to take part:")
    await emma.presses("We take part", on=card)
    await erik.sees("LKAB är med: Gemensam skrivelse till regeringen")
    await telegram.clock.move(to=datetime(2027, 3, 8, 8, 1, tzinfo=UTC))
    await erik.sees("Om en vecka, mån 15 mars, skulle det här vara klart")
    await telegram.clock.move(to=datetime(2027, 3, 15, 8, 1, tzinfo=UTC))
    card = await erik.sees("I dag skulle det här vara klart")
    await erik.presses("Det är klart", on=card)
    await erik.sends("Skrivelsen lämnades till näringsministern")
    await erik.sees("✅ Klart 15 mars · Luleå kommun håller i det")
    await emma.sees("Gemensam skrivelse till regeringen is done.")
    await coordinator.sees("Det blev: Skrivelsen lämnades till näringsministern")
    await telegram.clock.move(by=timedelta(days=2))
    assert not [m for m in await erik.messages() if "är klart. Med var" in m.get("text", "")]


async def test_an_actor_outside_telegram_is_asked_by_a_coordinator(erik: Person, coordinator: Person) -> None:
    await erik.sends("/fragor")
    await erik.presses("Norrbotniabanan")
    await erik.presses("Starta något gemensamt")
    await erik.sends("Resa till Bryssel")
    await erik.sends("Älvsbyn")
    await erik.presses("Älvsbyns kommun")
    await erik.presses("3 mån")
    await erik.sees("Älvsbyns kommun är tillfrågad om att hålla i det.")
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.presses("Senare")
    await coordinator.sees("vill att ni håller i något gemensamt för frågan Norrbotniabanan: Resa till Bryssel")
    await coordinator.presses("De är med")
    await erik.sees("Älvsbyns kommun är med: Resa till Bryssel")


async def test_a_coordinator_keeps_the_list(coordinator: Person, emma: Person) -> None:
    await coordinator.sends("/fragor")
    await coordinator.presses("Ny fråga")
    await coordinator.sends("Rymd och försvar")
    await coordinator.presses("Titel", on=await coordinator.sees("Rymd och försvar"))
    await coordinator.presses("På engelska")
    await coordinator.sends("Space and defence")
    await emma.sends("/issues")
    await emma.presses("Space and defence")
    await coordinator.presses("‹ Frågan")
    await coordinator.presses("Redigera frågan")
    await coordinator.presses("Arkivera")
    await emma.sends("/issues")
    assert "Space and defence" not in (await emma.sees("Issues we argue for Norrbotten"))["text"]
