from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook

from bot.sandbox.client import Person, Telegram
from bot.views.edition_buttons import OpenSlot
from bot.views.editions import FetchAll

GRID = "26–28 juni, 07.30–17.30, 60 min, 15 min mellan"


async def opens_almedalen(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.sees("Norrbotten i Almedalen 2027")
    await coordinator.presses("Mer")
    await coordinator.presses("Norrbotten i Almedalen 2027")
    await coordinator.sees("24 tider · 1 scen")


async def opens_first_slot(coordinator: Person) -> None:
    """The one that Luleå kommun has booked, with Region Norrbotten."""
    await opens_almedalen(coordinator)
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("mån 28 juni")
    await coordinator.presses("07.30–08.30 · Luleå kommun")
    await coordinator.sees("Bokad: Luleå kommun, Region Norrbotten · Etableringsekvationen: så lyckas norra Sverige")


async def test_the_work_opens_on_what_waits(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    seen = await coordinator.sees("Norrbotten i Almedalen 2027 · 9 av 23 tider bokade")
    assert "Norra scen · 28–30 juni (preliminärt) · bokningen stänger 31 mars" in seen["text"]
    assert "Väntar på dig: 1 tid som söks." in seen["text"]
    assert "Arctic Talks 2027 · 1 av 15 tider bokade · 2 väntar på svar" in seen["text"]
    await coordinator.sends("/coordinate")
    await coordinator.presses("Svara på 1")


async def test_an_edition_is_made_from_last_years(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Ny upplaga")
    await coordinator.presses("Almedalsveckan")
    await coordinator.presses("Från Norrbotten i Almedalen 2027")
    await coordinator.sees("Norrbotten i Almedalen 2027 var 28–30 juni.")
    await coordinator.sends("26–28 juni 2026")
    await coordinator.sees("har redan varit")
    await coordinator.sends("28–26 juni 2028")
    await coordinator.sees("Slutet ligger före början.")
    await coordinator.sends("26–28 juni 2028, preliminärt")
    seen = await coordinator.sees("Norrbotten i Almedalen 2028 · 26–28 juni 2028 (preliminärt)")
    assert "Först till kvarn · inte publicerad" in seen["text"]
    assert "24 tider · 1 scen" in seen["text"]
    assert "5 avgiftssteg" in seen["text"]
    await coordinator.presses("Publicera")
    await coordinator.sees("Publicerad: ja")


async def test_every_datum_is_a_few_presses_away(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Datum och plats")
    await coordinator.presses("Kartpunkt")
    await coordinator.sees("Kartpunkt nu: 57.6406, 18.2916")
    await coordinator.sends("på torget")
    await coordinator.sees("Jag hittar ingen kartpunkt i det.")
    await coordinator.shares_location(57.64, 18.295)
    await coordinator.sees("Kartpunkt: 57.6400, 18.2950")
    await coordinator.presses("Preliminärt: ja")
    await coordinator.sees("Preliminärt: nej")
    await coordinator.presses("Namn")
    await coordinator.presses("På engelska")
    await coordinator.sees("Namn nu: Norrbotten in Almedalen 2027")
    await coordinator.sends("<b>Norrbotten</b> at Almedalen")
    await coordinator.sees("Sparat.")
    await coordinator.presses("‹ Upplagan")
    await coordinator.presses("Bokning")
    await coordinator.presses("Stänger")
    await coordinator.sends("1 januari 2027")
    await coordinator.sees("fre 1 januari har redan varit".capitalize())
    await coordinator.sends("15 april")
    await coordinator.sees("Stänger: tors 15 april")
    await coordinator.presses("Fördelning")
    await coordinator.presses("Efter ansökan")
    await coordinator.sees("Fördelning: efter ansökan")


async def test_what_is_written_after_a_question_was_left_changes_nothing(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Datum och plats")
    for leave in ("‹ Ändra inget", "På engelska"):
        await coordinator.presses("Namn")
        await coordinator.sees("Namn nu: Norrbotten i Almedalen 2027")
        await coordinator.presses(leave)
    await coordinator.sends("/samordna")
    await coordinator.sees("Norrbotten i Almedalen 2027")
    await coordinator.sends("hej på er")
    await coordinator.sends("/samordna")
    await coordinator.sees("Norrbotten i Almedalen 2027")


async def test_fields_and_fees_are_edited(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Fält")
    await coordinator.presses("Nytt fält")
    await coordinator.sends("Blommor på scenen")
    await coordinator.sees("Slag: text")
    await coordinator.presses("Slag")
    await coordinator.presses("Ja eller nej")
    await coordinator.sees("Slag: ja eller nej")
    await coordinator.presses("Krävs: nej")
    await coordinator.sees("Krävs: ja")
    await coordinator.presses("‹ Fält")
    await coordinator.sees("Blommor på scenen · ja eller nej · krävs")
    await coordinator.presses("Sista dag för alla")
    await coordinator.sends("20 april kl 12")
    await coordinator.sees("Sista dag för alla: tis 20 april 12.00")
    await coordinator.presses("‹ Upplagan")
    await coordinator.presses("Avgifter")
    await coordinator.sees("500 kr till tors 15 april · preliminärt")
    await coordinator.presses("Lägg till steg")
    await coordinator.sends("7 000 kr till 27 juni")
    await coordinator.sees("7\xa0000 kr till sön 27 juni")


async def test_stages_and_grids_are_laid_out_in_one_line(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Ny upplaga")
    await coordinator.presses("Almedalsveckan")
    await coordinator.presses("Börja från början")
    await coordinator.sends("26–28 juni 2028")
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Ny scen")
    await coordinator.sends("Norra scen, Fiskargränd 5")
    await coordinator.sees("Norra scen · Fiskargränd 5")
    await coordinator.presses("Lägg till tider")
    await coordinator.sends(GRID)
    await coordinator.sees("Det blir 24 tider på Norra scen:")
    await coordinator.presses("Spara 24 tider")
    await coordinator.sees("24 tider är sparade.")
    await coordinator.presses("Lägg till tider")
    await coordinator.sends("mån 26 juni 07.00–08.00")
    await coordinator.sees("Det krockar med en tid på Norra scen som börjar mån 26 juni 2028 07.30.")
    await coordinator.sends("mån 26 juni 17.30–17.00")
    await coordinator.sees("Slutet ligger före början.")
    await coordinator.sends("mån 26 juni 17.30–19.00")
    await coordinator.presses("Spara 1 tid")
    await coordinator.presses("mån 26 juni 2028 · 9 av 9 lediga")
    await coordinator.presses("17.30–19.00 · ledig")
    await coordinator.presses("Spärra")
    await coordinator.sends("Regionens mottagning")
    await coordinator.sees("är spärrad")
    await coordinator.presses("Visa tiden")
    await coordinator.presses("Öppna tiden igen")
    await coordinator.presses("Ta bort tiden")
    await coordinator.sees("är borttagen")


async def test_moving_what_is_booked_tells_its_people_with_a_new_calendar_file(
    coordinator: Person, erik: Person
) -> None:
    await opens_first_slot(coordinator)
    await coordinator.presses("Flytta")
    await coordinator.sends("08.45")
    await coordinator.sees("Det krockar med en tid på Norra scen")
    await coordinator.sends("07.40")
    await coordinator.sees(
        "Det rör Luleå kommun · Etableringsekvationen: så lyckas norra Sverige · 1 person får veta det"
    )
    await coordinator.sends("försenad installation")
    await coordinator.sees("De får veta det med orsaken: försenad installation")
    await coordinator.presses("Flytta och meddela")
    await coordinator.sees("Flyttad: mån 28 juni 07.30–08.30 är nu mån 28 juni 07.40–08.40, Norra scen.")
    seen = await erik.sees("Er tid flyttades: mån 28 juni 07.30 → 07.40 (Norra scen).")
    assert "Orsak: försenad installation" in seen["text"]
    file = (await erik.content(await erik.sees_document(".ics"))).decode()
    assert "SEQUENCE:1" in file
    assert "DTSTART;TZID=Europe/Stockholm:20270628T074000" in file


async def test_a_new_address_reaches_calendars(coordinator: Person, erik: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("Ändra scenen")
    await coordinator.presses("Adress")
    await coordinator.sees("9 bokningar får veta det, med ny kalenderfil.")
    await coordinator.sends("Fiskargränd 7")
    await coordinator.sees("Adress: Fiskargränd 7")
    await erik.sees("Platsen för er tid mån 28 juni 07.30–08.30 har ändrats: Norra scen, Fiskargränd 7.")
    file = (await erik.content(await erik.sees_document(".ics"))).decode()
    assert "SEQUENCE:1" in file
    assert "Fiskargränd 7" in file


async def test_calling_off_tells_in_the_readers_language_with_free_times(coordinator: Person, emma: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("mån 28 juni")
    await coordinator.presses("13.45–14.45 · LKAB")
    await coordinator.presses("Ställ in")
    await coordinator.sees("Det rör LKAB · Så klarar vi hoten mot omställningsresan · 1 person får veta det")
    await coordinator.sends("scenen byggs om")
    await coordinator.presses("Ställ in och meddela")
    await coordinator.sees("1 person får besked nu.")
    seen = await emma.sees("Your slot was called off: Mon 28 June, 13.45 (Norra scen).")
    assert "The nearest free ones are" in seen["text"]
    file = (await emma.content(await emma.sees_document(".ics"))).decode()
    assert "METHOD:CANCEL" in file


async def test_whom_nobody_can_tell_in_chat_waits_on_the_list(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("ons 30 juni")
    await coordinator.presses("11.15–12.15 · Älvsbyns kommun")
    await coordinator.presses("Ställ in")
    await coordinator.sees("ingen i Telegram, behöver ringas")
    await coordinator.sends("scenen byggs om")
    await coordinator.presses("Ställ in och meddela")
    await coordinator.sees("Har ingen i Telegram och väntar på att bli uppringda: Älvsbyns kommun.")
    await coordinator.sends("/samordna")
    await coordinator.sees("1 att ringa eller mejla")


async def test_everything_comes_as_a_workbook(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Hämta allt")
    file = await coordinator.sees_document(".xlsx")
    sheet = load_workbook(BytesIO(await coordinator.content(file))).worksheets[0]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:13] == [
        "Dag",
        "Från",
        "Till",
        "Scen",
        "Läge",
        "Aktör",
        "Rubrik",
        "Slag",
        "Medarrangörer",
        "Allt är klart",
        "Saknas",
        "Kontaktpersoner",
        "Kontakt utanför Telegram",
    ]
    assert len(rows) == 25
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Aktör"] == "Luleå kommun"
    assert first["Medarrangörer"] == "Region Norrbotten"
    assert first["Kontaktpersoner"] == "Erik, 070-000 00 02, erik@example.org"
    assert "Teknik" in str(first["Saknas"])
    assert next(row[4] for row in rows if "mottagning" in str(row[4])) == "spärrad: Regionens mottagning"
    assert next(row[12] for row in rows if row[5] == "Älvsbyns kommun") == "0929-000 00, kommunen@example.org"


async def test_on_the_days_the_work_opens_on_today(telegram: Telegram, coordinator: Person) -> None:
    await telegram.clock.move(to=datetime(2027, 6, 28, 5, 0, tzinfo=UTC))
    await coordinator.sends("/samordna")
    seen = await coordinator.sees("I dag på Norrbotten i Almedalen 2027")
    assert "07.30–08.30 · Etableringsekvationen: så lyckas norra Sverige" in seen["text"]
    assert "Luleå kommun, Region Norrbotten · inte klart än" in seen["text"]
    assert "På plats: Erik 070-000 00 02" in seen["text"]
    await coordinator.presses("07.30 Luleå kommun")
    await coordinator.sees("Bokad: Luleå kommun")
    await coordinator.sends("/samordna")
    await coordinator.presses("Översikt")
    await coordinator.sees("9 av 23 tider bokade")


async def test_others_are_refused_by_command_and_by_forged_buttons(erik: Person, telegram: Telegram) -> None:
    await erik.sends("/samordna")
    await erik.sees("Du har inte rätt att göra det.")
    await erik.sends("/bokningar")
    card = await erik.sees("Era bokningar")
    user = {"id": erik.id, "is_bot": False, "first_name": "Erik", "language_code": "sv"}
    for press in (FetchAll(edition_id=1), OpenSlot(slot_id=1)):
        query = {"id": press.pack(), "from": user, "chat_instance": "1", "data": press.pack(), "message": card}
        await telegram.inject({"callback_query": query})

    async def refused() -> bool:
        calls = await telegram.calls("answerCallbackQuery")
        return sum("Du har inte rätt" in str(call) for call in calls) == 2

    assert await telegram.until(refused)
