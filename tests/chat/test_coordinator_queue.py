"""What waits for coordinators, whole: over HTTP, with the demo's data."""

from datetime import UTC, datetime

from bot.sandbox.client import Person, Telegram


async def test_the_slot_goes_to_one_and_the_other_hears_why_with_free_times_near(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 1")
    await coordinator.sees("Jokkmokks kommun och Luleå tekniska universitet vill ha samma tid")
    await coordinator.sees("Kraft från Lule älv · Samtal")
    await coordinator.presses("Ge Jokkmokks kommun")
    await coordinator.sees("Jokkmokks kommun har fått tors 4 februari 10.00–10.45")
    await coordinator.sees("Luleå tekniska universitet får veta det")
    await coordinator.presses("Nästa")
    await coordinator.sees("1 av 2")
    await coordinator.sees("Att mejla eller ringa: Jokkmokks kommun")
    await coordinator.sees("Ni har fått tiden tors 4 februari 10.00–10.45 för Kraft från Lule älv")
    await coordinator.sees_document(".ics")
    await coordinator.presses("Klart")
    await coordinator.sees("har hört av sig till Jokkmokks kommun")
    await coordinator.presses("Nästa")
    await coordinator.sees("Tiden gick till Jokkmokks kommun.")
    await coordinator.presses("Senare")
    await coordinator.sees("Det var den sista. 1 väntar fortfarande.")


async def test_an_applicant_with_people_gets_slot_and_calendar_file(erik: Person, coordinator: Person) -> None:
    await _applies(erik)
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.presses("Senare")
    await coordinator.sees("Luleå kommun söker tors 4 februari 11.00–11.45.")
    await coordinator.presses("Ge Luleå kommun")
    await erik.sees("Tiden är er: Norrsken, tors 4 februari 11.00–11.45")
    await erik.sees_document(".ics")


async def _applies(erik: Person, hour: str = "11.00–11.45") -> None:
    await erik.sends("/boka")
    await erik.presses("Arctic Talks 2027")
    await erik.presses("tors 4 februari")
    await erik.presses(hour)
    await erik.sends("Norrsken")
    await erik.presses("Samtal")
    await erik.presses("Ansök om tiden")
    await erik.sees("Er ansökan är inne")


async def test_a_refused_applicant_takes_another_slot_with_one_press(erik: Person, coordinator: Person) -> None:
    await _applies(erik)
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.presses("Senare")
    await coordinator.sees("Luleå kommun söker")
    await coordinator.presses("Nej")
    await coordinator.sees("Varför får inte Luleå kommun")
    await coordinator.sends("Vi behöver tiden till invigningen")
    await coordinator.sees("Luleå kommun får veta")
    await erik.sees("Orsak: Vi behöver tiden till invigningen")
    await erik.presses("tors 4 februari 12.00–12.45")
    await erik.sees("Er ansökan är inne: tors 4 februari 12.00–12.45")


async def test_a_question_to_an_applicant_comes_back_as_a_matter(erik: Person, coordinator: Person) -> None:
    await _applies(erik)
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.presses("Senare")
    await coordinator.sees("Luleå kommun söker")
    await coordinator.presses("Fråga något")
    await coordinator.sends("Hur många blir ni?")
    await coordinator.sees("Frågan är på väg till Luleå kommun")
    await erik.sees("Hur många blir ni?")
    await erik.presses("Svara")
    await erik.sends("Fyra i panelen")
    await erik.sees("Svaret är hos samordnarna")
    await coordinator.sees("Fyra i panelen")
    await coordinator.sees("På frågan: Hur många blir ni?")
    await coordinator.presses("Svara")
    await coordinator.sends("Tack, då vet vi")
    await coordinator.sees("Maria svarade: Tack, då vet vi")
    await erik.sees("Tack, då vet vi")


async def test_a_coordinator_books_for_an_actor_with_nobody_in_telegram(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sees("har ingen i Telegram")
    await coordinator.sends("Älvsbyn")
    await coordinator.presses("Älvsbyns kommun")
    await coordinator.sees("Utanför Telegram: 0929-000 00")
    await coordinator.presses("Boka åt dem")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("Du bokar åt Älvsbyns kommun, som inte har någon kontaktperson i Telegram.")


async def test_an_invitation_comes_with_a_link_to_copy_and_a_text_to_forward(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sends("Pajala")
    await coordinator.presses("Pajala kommun")
    await coordinator.presses("Bjud in")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("Region Norrbotten bjuder in Pajala kommun till Norrbotten i Almedalen 2027")
    await coordinator.sees("Har ni inte Telegram")


async def test_rows_are_shown_before_they_are_saved_and_doubles_pointed_out(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.presses("Lägg till")
    await coordinator.sends("Namn\tSlag\tE-post\nBoliden\tFöretag\tinfo@example.org\nPiteå kommun\tKommun\t")
    await coordinator.sees("Jag läste 2 rader. Inget är sparat än.")
    await coordinator.sees("finns redan som Piteå kommun och sparas inte")
    await coordinator.presses("Spara 1 aktör")
    await coordinator.sees("1 aktör är tillagd")
    await coordinator.presses("Boliden")
    await coordinator.sees("Utanför Telegram: info@example.org")


async def test_all_who_have_nobody_are_invited_by_a_file(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.presses("Bjud in")
    await coordinator.presses("Ingen särskild arena")
    await coordinator.sees("inbjudningar ligger i filen här under")
    await coordinator.sees_document(".xlsx")


async def test_a_person_whose_right_is_taken_can_no_longer_book(
    telegram: Telegram, erik: Person, coordinator: Person
) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sends("Luleå kommun")
    await coordinator.presses("Luleå kommun")
    await coordinator.presses("Ta bort rätten: Erik")
    await coordinator.sees("Erik företräder inte längre Luleå kommun.")
    await erik.sees("En samordnare har avslutat ditt uppdrag för Luleå kommun")
    await erik.sends("/boka")
    await erik.sees("Jag vet inte än vem du företräder")


async def test_doubles_are_merged_after_it_is_said_what_moves(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sends("Svemin")
    await coordinator.presses("Svemin")
    await coordinator.presses("Slå ihop")
    await coordinator.sends("SSAB")
    await coordinator.presses("SSAB")
    await coordinator.sees("Slå ihop Svemin med SSAB?")
    await coordinator.sees("1 bokning flyttas.")
    await coordinator.presses("Slå ihop")
    await coordinator.sees("Svemin är nu SSAB.")
    await coordinator.presses("Visa aktören")
    await coordinator.sees("Kallas också Svemin.")
    await coordinator.sees("Brytningstid i Sverige")


async def test_coordinators_are_listed_and_the_last_one_stays(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.presses("Samordnare")
    await coordinator.sees("Maria: alla arenor")
    said = await coordinator.presses("Ta bort Maria: alla arenor")
    assert said == "Någon måste samordna alla arenor. Bjud in en till först."
    await coordinator.presses("Bjud in en samordnare")
    await coordinator.sees("Vad ska den nya samordna?")
    await coordinator.presses("alla arenor")
    await coordinator.sees("Skicka länken till den som ska samordna alla arenor")


async def test_a_newcomer_goes_first_in_the_queue_and_is_told_the_answer(newcomer: Person, coordinator: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.sends("LTU")
    await newcomer.presses("Luleå tekniska universitet")
    await coordinator.sees("vill företräda Luleå tekniska universitet")
    await coordinator.sends("/samordna")
    await coordinator.presses("Svara på 2")
    await coordinator.sees("1 av 2")
    await coordinator.presses("Ja")
    await coordinator.sees("sa ja")
    await newcomer.sees("du företräder Luleå tekniska universitet")
    await coordinator.presses("Nästa")
    await coordinator.sees("vill ha samma tid")


async def test_a_cancellation_after_closing_is_approved_by_a_coordinator(
    telegram: Telegram, erik: Person, coordinator: Person
) -> None:
    await telegram.clock.move(to=datetime(2027, 4, 5, 7, 0, tzinfo=UTC))
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Avboka")
    await erik.presses("Be samordnaren")
    await coordinator.sees("vill avboka efter att bokningen stängt")
    await coordinator.presses("Godkänn avbokningen")
    await coordinator.sees("Maria godkände.")
    await erik.sees("Samordnaren har avbokat, som ni bad om.")
