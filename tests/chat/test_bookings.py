from datetime import UTC, datetime, timedelta

from bot.sandbox.client import Person, Telegram


async def test_a_booking_is_moved_and_its_calendar_file_follows(erik: Person, coordinator: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.sees("Tillsammans med Region Norrbotten")
    await erik.presses("Byt tid")
    await erik.presses("ons 30 juni")
    await erik.presses("15.00–16.00")
    await erik.sees("Byta tid för Etableringsekvationen: så lyckas norra Sverige till ons 30 juni 15.00–16.00?")
    await erik.presses("Byt till den tiden")
    await erik.sees("Nu gäller ons 30 juni 15.00–16.00")
    file = await erik.content(await erik.sees_document(".ics"))
    assert b"SEQUENCE:1" in file
    assert b"METHOD:PUBLISH" in file
    await coordinator.sees("mån 28 juni 07.30 → ons 30 juni 15.00–16.00")


async def test_a_cancelled_booking_is_restored_wholly_within_ten_minutes(
    erik: Person, coordinator: Person, telegram: Telegram
) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Avboka")
    await erik.sees("Medarrangör är Region Norrbotten, som får veta det.")
    await erik.sees("Tiden blir ledig för andra kl. 09.10.")
    await erik.presses("Avboka")
    await erik.sees("Tiden är er till 09.10")
    await telegram.clock.move(by=timedelta(minutes=9))
    await erik.presses("Ångra")
    await erik.sees("Allt är som förut.")
    await telegram.clock.move(by=timedelta(minutes=5))
    assert not [m for m in await coordinator.messages() if "avbokat" in m.get("text", "")]


async def test_a_cancelled_booking_is_over_after_ten_minutes_and_others_are_told(
    emma: Person, coordinator: Person, telegram: Telegram
) -> None:
    await emma.sends("/bookings")
    await emma.presses("Så klarar vi hoten")
    await emma.presses("Cancel")
    await emma.sees("becomes free for others")
    await emma.presses("Cancel")
    await emma.sees("yours until 09.10")
    await telegram.clock.move(by=timedelta(minutes=11))
    await emma.sees("Open the file to take the slot out of your calendar.")
    file = await emma.content(await emma.sees_document(".ics"))
    assert b"METHOD:CANCEL" in file
    assert b"SEQUENCE:1" in file
    await coordinator.sees("LKAB har avbokat Så klarar vi hoten mot omställningsresan")
    assert await emma.presses("Undo") == "The ten minutes are over. Book again with /book."


async def test_what_lacks_is_filled_in_one_question_after_another(erik: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Fyll i uppgifter")
    await erik.presses("Fyll i det som saknas")
    await erik.sees("Beskrivning av samhällsfrågan")
    await erik.sends("x" * 310)
    await erik.sees("Det blev 310 tecken, här får 300 plats.")
    await erik.sends("Hur lockar regionen etableringar? <b>Nu</b>")
    await erik.sees("Medverkande")
    await erik.presses("Vidare")
    await erik.sees("Teknik")
    await erik.sends("Två mikrofoner")
    await erik.sees("Vem som är på plats")
    await erik.sends("Erik, 070-000 00 02")
    await erik.sees("vad vill du fylla i?")
    await erik.presses("✅ Beskrivning")
    await erik.sees("Nu: Hur lockar regionen etableringar? <b>Nu</b>")


async def test_a_co_organiser_accepts_in_its_own_chat(erik: Person, emma: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Bjud in medarrangör")
    await erik.sends("lkab")
    await erik.presses("LKAB")
    await erik.sees("LKAB (har inte svarat)")
    await emma.sees("Luleå kommun would like to arrange an activity together with LKAB.")
    await emma.presses("Yes, we join")
    await emma.sees("You now arrange")
    await erik.sees("LKAB är med och arrangerar")
    await emma.sends("/bookings")
    await emma.presses("Etableringsekvationen")
    await emma.sees("Together with Region Norrbotten, LKAB")


async def test_somebody_else_takes_the_slot_first_and_the_nearest_are_offered(erik: Person, emma: Person) -> None:
    for person, edition in ((erik, "Norrbotten i Almedalen 2027"), (emma, "Norrbotten in Almedalen 2027")):
        await person.sends("/book")
        await person.presses(edition)
    await emma.presses("LKAB")
    await emma.presses("Tue 29 June")
    await erik.presses("tis 29 juni")
    await emma.presses("12.30–13.30")
    await emma.sees("is held for you until")
    await erik.presses("12.30–13.30")
    await erik.sees("Den tiden blev just bokad. Närmast lediga är")
    await erik.presses("tis 29 juni 15.00–16.00")
    await erik.sees("hålls för er till")


async def test_a_hold_that_ran_out_is_offered_again_with_its_answers(erik: Person, telegram: Telegram) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sends("Vem äger vinden?")
    await erik.presses("Samtal")
    await telegram.clock.move(by=timedelta(minutes=20))
    await erik.presses("Boka tiden")
    await erik.sees("Reservationen gick ut 09.15, men tiden är fortfarande ledig.")
    await erik.presses("Boka tiden")
    await erik.sees("Bokat: tis 29 juni 12.30–13.30")


async def test_two_actors_apply_for_one_time_and_name_a_second_choice(erik: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Arctic Talks 2027")
    await erik.presses("tors 4 feb")
    await erik.presses("10.00–10.45 · 2 söker")
    await erik.sends("Norrsken över Luleå")
    await erik.presses("Samtal")
    await erik.sees("2 andra söker samma tid.")
    await erik.presses("Ansök om tiden")
    await erik.sees("Er ansökan är inne: tors 4 februari 10.00–10.45.")
    await erik.sees("Ni får svar senast 22 januari.")
    await erik.presses("Lägg till ett andraval")
    await erik.presses("fre 5 feb")
    await erik.presses("10.00–10.45")
    await erik.sees("Norrsken över Luleå · Samtal")
    await erik.presses("Ansök som andraval")
    await erik.sees("Er ansökan är inne: fre 5 februari 10.00–10.45.")


async def test_a_coordinator_answers_for_a_co_organiser_with_nobody_in_telegram(
    erik: Person, coordinator: Person
) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Bjud in medarrangör")
    await erik.sends("Älvsbyn")
    await erik.presses("Älvsbyns kommun")
    await erik.sees("Älvsbyns kommun (har inte svarat)")
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på")
    await coordinator.presses("Senare")
    await coordinator.sees("Att mejla eller ringa: Älvsbyns kommun")
    await coordinator.presses("De är med")
    await coordinator.sees("Älvsbyns kommun är med. De som bjöd in får veta det.")
    await erik.sees("Älvsbyns kommun är med och arrangerar")
    await coordinator.sends("/samordna")
    await coordinator.sees("Väntar på dig: 1 tid som söks.")


async def test_a_presentation_reaches_the_coordinator_as_a_file(erik: Person, coordinator: Person) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Fyll i uppgifter")
    await erik.presses("Presentation (fil)")
    await erik.uploads(b"%PDF-1.4 etablering", "etablering.pdf")
    await erik.sees("vad vill du fylla i?")
    await coordinator.sends("/program")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.presses("07.30 Etablering")
    await coordinator.presses("Visa bokningen")
    await coordinator.sees("För Luleå kommun")
    await coordinator.presses("Hämta: Presentation (fil)")
    assert await coordinator.content(await coordinator.sees_document("etablering.pdf")) == b"%PDF-1.4 etablering"


async def test_a_new_title_brings_a_calendar_file_to_all_who_follow_the_booking(erik: Person, emma: Person) -> None:
    await emma.sends("/bookings")
    await emma.presses("Så klarar vi hoten")
    await emma.presses("Calendar file")
    assert b"DESCRIPTION:LKAB\r" in await emma.content(await emma.sees_document(".ics"))
    await emma.presses("Invite a co-organiser")
    await emma.sends("Luleå kommun")
    await emma.presses("Luleå kommun")
    await erik.presses("Ja, vi är med")
    file = await erik.content(await erik.sees_document(".ics"))
    assert b"SEQUENCE:0" in file
    assert b"DESCRIPTION:LKAB\\, Lule\xc3\xa5 kommun" in file
    await erik.presses("Visa bokningen")
    await erik.presses("Fyll i uppgifter")
    await erik.presses("Rubrik")
    await erik.sends("Klarar vi hoten?")
    await erik.sees("Klarar vi hoten?: vad vill du fylla i?")
    file = await erik.content(await erik.sees_document(".ics"))
    assert b"SEQUENCE:1" in file
    assert b"SUMMARY:Klarar vi hoten?" in file
    await emma.sees("Så klarar vi hoten mot omställningsresan is now called Klarar vi hoten? (LKAB)")
    assert b"SEQUENCE:1" in await emma.content(await emma.sees_document(".ics"))


async def test_the_co_organiser_is_asked_for_a_day_before_a_cancelled_slot_is_free(
    erik: Person, emma: Person, coordinator: Person, telegram: Telegram
) -> None:
    await emma.sends("/bookings")
    await emma.presses("Så klarar vi hoten")
    await emma.presses("Invite a co-organiser")
    await emma.sends("Luleå kommun")
    await emma.presses("Luleå kommun")
    await erik.presses("Ja, vi är med")
    await emma.presses("Show the booking")
    await emma.presses("Cancel")
    await emma.sees("At 09.10 the co-organiser is asked to take over the slot")
    await emma.presses("Cancel")
    await emma.sees("yours until 09.10")
    await telegram.clock.move(by=timedelta(minutes=11))
    await erik.sees("LKAB har avbokat Så klarar vi hoten mot omställningsresan")
    await erik.presses("Ta över tiden")
    await erik.sees("Tiden är er nu: Så klarar vi hoten mot omställningsresan, mån 28 juni 13.45–14.45.")
    file = await erik.content(await erik.sees_document(".ics"))
    assert b"METHOD:PUBLISH" in file
    assert b"SEQUENCE:1" in file
    await emma.sees("Luleå kommun has taken over Så klarar vi hoten mot omställningsresan")
    await coordinator.sees("Luleå kommun har tagit över Så klarar vi hoten mot omställningsresan")
    await telegram.clock.move(by=timedelta(days=2))
    assert not [m for m in await coordinator.messages() if "är ledig" in m.get("text", "")]


async def test_an_application_to_move_keeps_the_old_slot_until_it_is_granted(emma: Person, coordinator: Person) -> None:
    await _granted(emma, coordinator)
    await emma.sends("/bookings")
    await emma.presses("The cold as an asset")
    await emma.presses("Change time")
    await emma.presses("Fri 5 February")
    await emma.presses("10.00–10.45")
    await emma.presses("Apply for the slot")
    await emma.sees("Your application is in")
    await emma.sends("/bookings")
    await emma.sees("✅ Thu 4 February, 12.00")
    await _give_lkab_the_slot(coordinator)
    await emma.sees("The slot is yours: The cold as an asset, Fri 5 February, 10.00–10.45")
    assert b"SEQUENCE:1" in await emma.content(await emma.sees_document(".ics"))
    await emma.sends("/bookings")
    message = await emma.sees("Fri 5 February, 10.00 · The cold as an asset")
    assert "Thu 4 February" not in message["text"]


async def test_changed_texts_of_an_application_are_shown_to_coordinators(emma: Person, coordinator: Person) -> None:
    await _granted(emma, coordinator)
    await emma.sends("/bookings")
    await emma.presses("The cold as an asset")
    await emma.presses("Fill in details")
    await emma.presses("Title")
    await emma.sends("Cold & <b>clean</b>")
    await emma.sees("Cold & <b>clean</b>: ")
    await coordinator.sees("LKAB har ändrat Rubrik för Cold & <b>clean</b>, tors 4 februari 12.00–12.45.")
    await coordinator.sees("Förut: The cold as an asset")


async def _give_lkab_the_slot(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på")
    await coordinator.sees("1 av 2")
    await coordinator.presses("Senare")
    await coordinator.sees("2 av 2")
    await coordinator.presses("Ge LKAB")


async def _granted(emma: Person, coordinator: Person) -> None:
    """LKAB applies for a slot of Arctic Talks and is given it."""
    await emma.sends("/book")
    await emma.presses("Arctic Talks")
    await emma.presses("LKAB")
    await emma.presses("Thu 4 February")
    await emma.presses("12.00–12.45")
    await emma.sends("The cold as an asset")
    await emma.presses("Conversation")
    await emma.presses("Apply for the slot")
    await emma.sees("Your application is in")
    await _give_lkab_the_slot(coordinator)
    await emma.sees("The slot is yours: The cold as an asset, Thu 4 February, 12.00–12.45")


async def test_a_locked_field_is_opened_by_a_coordinator_and_filled_in(
    erik: Person, coordinator: Person, telegram: Telegram
) -> None:
    await telegram.clock.move(to=datetime(2027, 4, 16, 8, 0, tzinfo=UTC))
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen", on=await erik.sees("Era bokningar"))
    await erik.sees("Saknas, och är låst: Beskrivning av samhällsfrågan, Medverkande, Teknik")
    await erik.presses("Fyll i uppgifter")
    await erik.presses("🔒 Beskrivning av samhällsfrågan")
    await erik.presses("Be samordnaren öppna")
    await coordinator.sees("vill ändra ”Beskrivning av samhällsfrågan”, som är låst.")
    await coordinator.presses("Öppna fältet")
    answer = await erik.sees("”Beskrivning av samhällsfrågan” är öppet igen")
    await erik.presses("Visa bokningen", on=answer)
    await erik.sees("Saknas: Beskrivning av samhällsfrågan.")
    await erik.presses("Fyll i uppgifter")
    await erik.presses("Beskrivning av samhällsfrågan · saknas")
    await erik.sends("Hur lockar regionen etableringar?")
    form = await erik.sees("vad vill du fylla i?")
    await erik.presses("✅ Beskrivning av samhällsfrågan", on=form)
    await erik.sees("Nu: Hur lockar regionen etableringar?")


async def test_what_a_coordinator_books_for_an_actor_reaches_its_people_with_a_calendar_file(
    erik: Person, coordinator: Person
) -> None:
    await erik.sends("/bokningar")
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sees("Skriv ett namn för att söka.")
    await coordinator.sends("Luleå kommun")
    await coordinator.presses("Luleå kommun")
    await coordinator.presses("Boka åt dem")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.presses("ons 30 juni")
    await coordinator.presses("16.15–17.15")
    await coordinator.presses("Bestäms senare")
    await coordinator.presses("Samtal")
    await coordinator.presses("Boka tiden")
    await coordinator.sees("För Luleå kommun")
    await erik.sees("En samordnare har bokat ons 30 juni 16.15–17.15 åt Luleå kommun")
    assert b"METHOD:PUBLISH" in await erik.content(await erik.sees_document(".ics"))
    await coordinator.presses("Visa bokningen")
    await coordinator.presses("Avboka")
    await coordinator.sees("För Luleå kommun\nAvboka Luleå kommun, ons 30 juni 16.15?")
    await coordinator.presses("Behåll")
    await coordinator.presses("Samordna")
    await coordinator.sees("av 23 tider bokade")


async def test_a_cancellation_waits_as_a_letter_for_a_co_organiser_with_nobody_in_telegram(
    erik: Person, coordinator: Person, telegram: Telegram
) -> None:
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Avboka")
    await erik.sees("Medarrangör är Region Norrbotten")
    await erik.presses("Avboka")
    await erik.sees("Avbokat.")
    await telegram.clock.move(by=timedelta(minutes=11))
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.presses("Senare")
    await coordinator.sees("Att mejla eller ringa: Region Norrbotten")
    await coordinator.sees("är avbokad. Kalenderfilen som är bifogad tar bort den.")
