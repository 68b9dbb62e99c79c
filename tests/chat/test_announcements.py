from dataclasses import replace
from datetime import timedelta

from bot.sandbox.client import Person, Telegram, shown
from tests.chat.conftest import Running

EDITION = "Norrbotten i Almedalen 2027"


async def to_all_booked(coordinator: Person, text: str = "Välkomna till genomgången sön 27 juni kl. 17") -> None:
    """From the command to the preview."""
    await coordinator.sends("/utskick")
    await coordinator.sees("Jag visar det innan något skickas")
    await coordinator.sends(text)
    await coordinator.presses("En annan upplaga")
    await coordinator.presses(EDITION)
    await coordinator.presses("Alla med bokning")
    await coordinator.sees("alla med bokning")


async def heard(person: Person, text: str) -> int:
    """How many messages of the bot's hold the text."""
    return sum(text in shown(message) for message in await person.messages() if not message["out"])


async def test_an_announcement_is_seen_first_and_reaches_every_booked_person_once(
    coordinator: Person, erik: Person, emma: Person
) -> None:
    await to_all_booked(coordinator)
    assert "3 personer · 2 på svenska, 1 på engelska" in await coordinator.screen()
    assert "Engelsk text saknas" in await coordinator.screen()
    assert await heard(coordinator, "Välkomna till genomgången") == 1
    assert await heard(erik, "Välkomna till genomgången") == 0
    await coordinator.presses("Skicka nu")
    await erik.sees("Välkomna till genomgången")
    await emma.sees("Välkomna till genomgången")
    report = await coordinator.sees("Klart")
    assert "2 personer fick det" in shown(report)
    assert "Johan (Kiruna kommun) har blockerat boten" in shown(report)
    assert [await heard(p, "Välkomna till genomgången") for p in (erik, emma)] == [1, 1]


async def test_each_reader_gets_their_language(coordinator: Person, erik: Person, emma: Person) -> None:
    await to_all_booked(coordinator)
    await coordinator.presses("Skriv på engelska")
    await coordinator.sends("Welcome to the briefing")
    await coordinator.sees("3 personer")
    await coordinator.presses("Skicka nu")
    await erik.sees("Välkomna till genomgången")
    await emma.sees("Welcome to the briefing")


async def test_receipts_are_counted_and_only_the_others_are_reminded(
    coordinator: Person, erik: Person, emma: Person
) -> None:
    await to_all_booked(coordinator)
    await coordinator.presses("Be om kvittens")
    await coordinator.sees("Med knappen «Jag har läst»")
    assert await coordinator.presses("Jag har läst") == "Så här ser knappen ut. Det här är bara en förhandsvisning."
    await coordinator.presses("Skicka nu")
    await coordinator.sees("Klart")
    assert await erik.presses("Jag har läst") == "Tack, det är noterat."
    await coordinator.presses("Uppdatera")
    await coordinator.sees("1 har kvitterat")
    await coordinator.presses("Påminn de andra (1)")
    await coordinator.sees("Till dem som inte har kvitterat")
    assert [await heard(p, "Välkomna till genomgången") for p in (erik, emma)] == [1, 2]


async def test_a_picture_with_a_caption_is_corrected_in_every_chat(coordinator: Person, erik: Person) -> None:
    await coordinator.sends("/utskick")
    await coordinator.sees("Jag visar det")
    await coordinator.uploads(PIXEL, "karta.png", kind="photo", caption="Samling kl. 17")
    await coordinator.presses("Alla aktörer")
    await coordinator.presses("Skicka nu")
    await coordinator.sees("Klart")
    message = await erik.sees("Samling kl. 17")
    assert "photo" in message
    await coordinator.presses("Rätta texten")
    await coordinator.sends("Samling kl. 18")
    await coordinator.sees("Så här blir det")
    await coordinator.presses("Rätta hos alla")
    corrected = await erik.sees("Samling kl. 18")
    assert corrected["message_id"] == message["message_id"]
    assert await heard(erik, "Samling kl. 17") == 0


async def test_a_place_can_be_announced(coordinator: Person, erik: Person) -> None:
    await coordinator.sends("/utskick")
    await coordinator.sees("Jag visar det")
    await coordinator.shares_location(57.64, 18.29)
    await coordinator.presses("Välj själv")
    await coordinator.sends("luleå kommun")
    await coordinator.presses("Luleå kommun")
    await coordinator.presses("Gå vidare (1 aktör, 1 person)")
    await coordinator.presses("Skicka nu")
    await coordinator.sees("Klart")
    assert any("location" in message for message in await erik.messages())


async def test_one_for_later_goes_out_at_its_time_and_not_before(
    telegram: Telegram, coordinator: Person, erik: Person
) -> None:
    await to_all_booked(coordinator)
    await coordinator.presses("Skicka senare")
    await coordinator.sends("2027-01-10 kl 9")
    await coordinator.sees("Den tiden har redan varit")
    await coordinator.sends("tis 12 januari kl. 9")
    await coordinator.sees("Skickas tis 12 januari 09.00")
    await coordinator.presses("Skicka då")
    await coordinator.sees("Skickas tis 12 januari 09.00 till alla med bokning")
    await telegram.clock.move(by=timedelta(hours=23))
    assert await heard(erik, "Välkomna till genomgången") == 0
    await telegram.clock.move(by=timedelta(hours=2))
    await erik.sees("Välkomna till genomgången")
    await coordinator.sees("Klart i dag kl. 09.00")


async def test_who_is_no_coordinator_cannot_announce(erik: Person) -> None:
    await erik.sends("/utskick")
    await erik.sees("Du har inte rätt att göra det")


async def test_html_in_the_text_is_sent_as_it_was_written(coordinator: Person, erik: Person) -> None:
    await to_all_booked(coordinator, "<b>1 < 2 & 3</b>")
    await coordinator.presses("Skicka nu")
    message = await erik.sees("<b>1 < 2 & 3</b>")
    assert message["text"] == "<b>1 < 2 & 3</b>"


async def test_a_draft_goes_on_after_a_restart(local: Running) -> None:
    async with Telegram(local.address) as telegram:
        people = {person.id: person for person in await telegram.people()}
        coordinator, erik = people[1004], people[1002]
        async with local.bot():
            await to_all_booked(coordinator)
        async with local.bot():
            await coordinator.presses("Skicka nu")
            await erik.sees("Välkomna till genomgången")


async def test_a_paused_one_waits_through_a_restart_and_then_reaches_the_rest_once(local: Running) -> None:
    slow = replace(local, settings=local.settings.model_copy(update={"rate_per_second": 2}))
    async with Telegram(local.address) as telegram:
        people = {person.id: person for person in await telegram.people()}
        coordinator, readers = people[1004], (people[1002], people[1003])
        async with slow.bot():
            await to_all_booked(coordinator)
            await coordinator.presses("Skicka nu")
            await coordinator.presses("Pausa")
            await coordinator.sees("Pausat")
        async with local.bot():
            await coordinator.presses("Fortsätt")
            await coordinator.sees("Klart")
            assert [await heard(p, "Välkomna till genomgången") for p in readers] == [1, 1]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
