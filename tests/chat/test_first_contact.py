from bot import app
from bot.demo import DEMO_START
from bot.sandbox.client import Person, Telegram
from bot.services import invitations
from tests.chat.conftest import Running

INVITATION = "i_demo-gallivare-2027"


async def test_an_invited_person_has_a_slot_in_eight_interactions(newcomer: Person) -> None:
    await newcomer.starts(INVITATION)
    await newcomer.sees("bjuder in Gällivare kommun till Norrbotten i Almedalen 2027, 28–30 juni")
    await newcomer.presses("Ja, det är jag")
    await newcomer.sees("Bra, då företräder du Gällivare kommun här.")
    await newcomer.presses("Boka en tid")
    await newcomer.sees("Vilken dag passar?")
    await newcomer.presses("tis 29 juni")
    await newcomer.presses("12.30–13.30")
    await newcomer.sees("hålls för er till")
    await newcomer.sends("Vem äger vinden?")
    await newcomer.presses("Samtal")
    await newcomer.presses("Boka tiden")
    await newcomer.sees("Bokat")
    await newcomer.sees_document(".ics")
    assert newcomer.interactions == 8


async def test_after_the_first_booking_phone_and_e_mail_are_asked_for_and_can_be_skipped(newcomer: Person) -> None:
    await newcomer.starts(INVITATION)
    await newcomer.presses("Ja, det är jag")
    await newcomer.presses("Boka en tid")
    await newcomer.presses("tis 29 juni")
    await newcomer.presses("12.30–13.30")
    await newcomer.presses("Bestäms senare")
    await newcomer.presses("Samtal")
    await newcomer.presses("Boka tiden")
    await newcomer.sees("Vilket telefonnummer når samordnarna dig på")
    await newcomer.sends("ring mig")
    await newcomer.sees("ser inte ut som ett telefonnummer")
    await newcomer.sends("070-123 45 67")
    await newcomer.sees("Vilken e-postadress")
    await newcomer.presses("Hoppa över")
    await newcomer.sees("Tack, samordnarna kan nå dig.")
    await newcomer.presses("Mina uppgifter")
    await newcomer.sees("Telefon: 070-123 45 67")


async def test_a_used_link_says_so_and_its_own_person_comes_home(newcomer: Person, erik: Person) -> None:
    await newcomer.starts(INVITATION)
    await newcomer.presses("Ja, det är jag")
    await newcomer.sees("Bra, då företräder du")
    await newcomer.starts(INVITATION)
    await newcomer.sees("Du företräder Gällivare kommun.")
    await erik.starts(INVITATION)
    await erik.sees("Länken är redan använd.")


async def test_the_wrong_person_leaves_the_link_valid_and_coordinators_hear_who_is_right(
    newcomer: Person, erik: Person, coordinator: Person
) -> None:
    await erik.starts(INVITATION)
    await erik.presses("Nej, fel person")
    await erik.sees("länken gäller fortfarande")
    await coordinator.sees("Gällivare kommun")
    await erik.sends("Fråga kansliet, Sara Test")
    await erik.sees("Tack, det räcker.")
    await coordinator.sees("Fråga kansliet, Sara Test")
    await newcomer.starts(INVITATION)
    await newcomer.presses("Ja, det är jag")
    await newcomer.sees("Bra, då företräder du Gällivare kommun här.")


async def test_a_stranger_is_let_in_by_a_coordinator(newcomer: Person, coordinator: Person) -> None:
    await newcomer.starts()
    await newcomer.sees("Vilken organisation företräder du?")
    await newcomer.sends("ltu")
    await newcomer.presses("Luleå tekniska universitet")
    await newcomer.sees("Jag har frågat en samordnare")
    await coordinator.sees("vill företräda Luleå tekniska universitet")
    await coordinator.presses("Ja")
    await coordinator.sees("Maria sa ja: Sara företräder Luleå tekniska universitet.")
    await newcomer.sees("Samordnaren har sagt ja")
    await newcomer.starts()
    await newcomer.sees("Du företräder Luleå tekniska universitet.")


async def test_what_a_newcomer_confirmed_is_booked_by_the_yes(newcomer: Person, coordinator: Person) -> None:
    await newcomer.starts()
    await newcomer.sends("Kiruna")
    await newcomer.presses("Kiruna kommun")
    await newcomer.presses("Boka en tid")
    await newcomer.presses("Norrbotten i Almedalen 2027")
    await newcomer.presses("tis 29 juni")
    await newcomer.presses("12.30–13.30")
    await newcomer.sends("Staden som flyttar")
    await newcomer.presses("Samtal")
    await newcomer.presses("Boka tiden")
    await coordinator.presses("Ja")
    await newcomer.sees("Staden som flyttar")
    await newcomer.sees_document(".ics")


async def test_a_new_organisation_can_be_refused_with_a_reason(newcomer: Person, coordinator: Person) -> None:
    await newcomer.starts()
    await newcomer.sends("Zebrafabriken AB")
    await newcomer.sees("Zebrafabriken AB är ny för mig.")
    await newcomer.presses("Företag")
    await newcomer.sees("Jag har frågat en samordnare")
    await coordinator.presses("Nej")
    await coordinator.sends("Ni behöver verka i länet")
    await coordinator.sees("Maria sa nej")
    await newcomer.sees("Orsak: Ni behöver verka i länet")
    await newcomer.starts()
    await newcomer.sees("Vilken organisation företräder du?")


async def test_an_organisation_that_was_known_by_another_name_is_joined_to_it(
    newcomer: Person, coordinator: Person
) -> None:
    await newcomer.starts()
    await newcomer.sends("Zebrafabriken AB")
    await newcomer.presses("Företag")
    await coordinator.presses("Samma som en annan")
    await coordinator.sends("Svemin")
    await coordinator.presses("Svemin")
    await coordinator.sees("Sara företräder Svemin.")
    await newcomer.sees("du företräder Svemin här")


async def test_the_language_changes_at_once_with_the_menu(newcomer: Person) -> None:
    await newcomer.starts()
    await newcomer.presses("In English")
    await newcomer.sees("Which organisation do you act for?")

    async def english_menu() -> bool:
        return list(await newcomer.commands())[:2] == ["book", "bookings"]

    assert await newcomer.telegram.until(english_menu)
    await newcomer.sends("/language")
    await newcomer.presses("På svenska", on=await newcomer.sees("Which language shall I use?"))
    await newcomer.sees("Då skriver jag på svenska.")


async def test_someone_whose_telegram_is_in_english_is_met_in_english(emma: Person) -> None:
    await emma.starts()
    await emma.sees("You act for LKAB, SSAB.")
    await emma.presses("Help")
    await emma.sees("Here you book slots")


async def test_cancel_lets_the_held_slot_go(erik: Person) -> None:
    await erik.sends("/boka")
    await erik.presses("Norrbotten i Almedalen 2027")
    await erik.presses("tis 29 juni")
    await erik.presses("12.30–13.30")
    await erik.sees("hålls för er till")
    await erik.sends("/start")
    await erik.presses("Fortsätt boka", on=await erik.sees("hålls för er till"))
    await erik.sees("Vad ska aktiviteten heta?")
    await erik.sends("/avbryt")
    await erik.sees("Tis 29 juni 12.30–13.30 är ledig för andra igen.")
    await erik.sends("/cancel")
    await erik.sees("Det finns inget att avbryta.")


async def test_a_task_is_passed_on_by_a_link(newcomer: Person, erik: Person, coordinator: Person) -> None:
    await erik.starts()
    await erik.presses("Mina uppgifter")
    await erik.presses("Luleå kommun")
    await erik.presses("Lämna över uppdraget")
    shown = await erik.sees("?start=i_")
    payload = shown["text"].partition("?start=")[2].split()[0]
    await erik.starts(payload)
    await erik.sees("Den länken har du själv gjort.")
    await newcomer.starts(payload)
    await newcomer.sees("Erik lämnar över uppdraget att företräda Luleå kommun")
    await newcomer.presses("Ja, det är jag")
    await newcomer.sees("Bra, då företräder du Luleå kommun här.")
    await erik.sees("Sara har tagit över uppdraget")
    await erik.starts()
    await erik.sees("Vilken organisation företräder du?")


async def test_the_last_contact_person_to_leave_is_told_whom_it_touches(erik: Person, coordinator: Person) -> None:
    await erik.starts()
    await erik.presses("Mina uppgifter")
    await erik.presses("Luleå kommun")
    await erik.presses("Sluta företräda")
    await erik.sees("samordnarna får veta det")
    await erik.presses("Sluta företräda")
    await erik.sees("Du företräder inte längre Luleå kommun")
    await coordinator.sees("Luleå kommun")


async def test_who_blocks_the_bot_cannot_be_reached_until_they_come_back(local: Running, erik: Person) -> None:
    await erik.starts()
    await erik.sees("Du företräder Luleå kommun.")
    async with app.opened(local.settings) as units:

        async def reachable() -> bool:
            async with units.read() as work:
                return await work.chats.is_reachable(erik.id)

        async def lost() -> bool:
            return not await reachable()

        await erik.blocks()
        assert await erik.telegram.until(lost)
        await erik.unblocks()
        assert await erik.telegram.until(reachable)


async def test_a_link_makes_a_coordinator_with_the_coordinators_menu(
    local: Running, newcomer: Person, coordinator: Person
) -> None:
    async def coordinates(person: Person) -> bool:
        return list(await person.commands())[:2] == ["samordna", "utskick"]

    assert await coordinator.telegram.until(lambda: coordinates(coordinator))
    async with app.opened(local.settings) as units, units.begin() as work:
        token = await invitations.first_coordinator_link(work, DEMO_START)
    await newcomer.starts(invitations.payload(token))
    await newcomer.sees("bjuder in dig som samordnare för alla arenor")
    await newcomer.presses("Ja, det är jag")
    await newcomer.sees("Nu är du samordnare för alla arenor.")
    assert await newcomer.telegram.until(lambda: coordinates(newcomer))


async def test_forged_buttons_and_unknown_links_get_a_sentence(newcomer: Person, telegram: Telegram) -> None:
    await newcomer.starts("i_nosuchtoken")
    await newcomer.sees("Den länken känner jag inte igen.")
    await newcomer.starts()
    card = await newcomer.sees("Vilken organisation")
    user = {"id": newcomer.id, "is_bot": False, "first_name": "Sara", "language_code": "sv"}
    forged = (
        "sy.zzz",
        "sp.zz.1",
        "sp.1.zz",
        "pk.1.1",
        "py.1",
        "pr.1",
        "pi.1",
        "pe.1",
        "ll.xx.",
        "sg.nowhere",
        "sg",
        "\u0000",
    )
    for number, data in enumerate(forged):
        query = {"id": str(number), "from": user, "chat_instance": "1", "data": data, "message": card}
        await telegram.inject({"callback_query": query})

    async def refused() -> bool:
        calls = await telegram.calls("answerCallbackQuery")
        texts = {call["parameters"]["callback_query_id"]: call["parameters"].get("text") for call in calls}
        return all(texts.get(str(number)) for number in range(len(forged)))

    assert await telegram.until(refused)


async def test_in_a_group_the_bot_asks_to_be_written_to_in_private(telegram: Telegram, erik: Person) -> None:
    await erik.starts()
    await erik.sees("Du företräder")
    group = {"id": -100500, "type": "supergroup", "title": "Gruppen"}
    user = {"id": erik.id, "is_bot": False, "first_name": "Erik", "language_code": "sv"}
    message = {"message_id": 1, "date": 1799650800, "chat": group, "from": user, "text": "/boka"}
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    await telegram.inject({"message": message | {"entities": entities}})

    async def refused_kindly() -> bool:
        calls = await telegram.calls("sendMessage")
        return any("inte i grupper" in str(call) for call in calls)

    assert await telegram.until(refused_kindly)
