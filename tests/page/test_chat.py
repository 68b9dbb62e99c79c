"""What a phone's user knows: bubbles, keyboards, commands, pictures, answers to presses."""

import asyncio
import io
from datetime import UTC, datetime

from PIL import Image
from playwright.async_api import expect

from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens, keyboard

MENU = [{"command": "boka", "description": "Boka en tid"}, {"command": "hjalp", "description": "Hjälp"}]


def picture(width: int = 1200, height: int = 800) -> bytes:
    """A plain picture."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "#1c7a3e").save(kept, "PNG")
    return kept.getvalue()


async def test_entities_are_shown_as_what_they_are(anna: Person, bot: BareBot, screens: Screens) -> None:
    text = (
        '<b>fet</b> <i>kursiv</i> <code>kod</code> <tg-spoiler>dold</tg-spoiler> <a href="https://example.org/">länk</a>\n'
        "<blockquote>citat</blockquote>\n/hjalp"
    )
    await bot.call("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    chat = await (await screens.open(bot.address)).opens("Anna")
    body = chat.row("fet").locator(".text")
    for tag, words in {"strong": "fet", "em": "kursiv", "code": "kod", "blockquote": "citat", "a": "länk"}.items():
        await expect(body.locator(tag)).to_have_text(words)
    await expect(body.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    await body.get_by_role("button", name="Visa dold text").click()
    await expect(body.locator(".spoiler.shown")).to_have_text("dold")
    await body.get_by_role("button", name="/hjalp").click()
    await expect(chat.root.locator(".message.out .text").last).to_contain_text("/hjalp")


async def test_a_hidden_picture_is_shown_by_a_first_press_and_enlarged_by_a_second(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    await bot.uploads("sendPhoto", "photo", "a.png", picture(), chat_id=str(anna.id), has_spoiler="true")
    chat = await (await screens.open(bot.address)).opens("Anna")
    await chat.root.get_by_role("button", name="Visa dold bild").click()
    await expect(chat.root.locator(".veil")).to_have_count(0)
    await chat.root.get_by_role("button", name="Visa större: Bild").click()
    await expect(chat.page.get_by_role("dialog").locator("img")).to_be_visible()


async def test_a_press_waits_for_its_answer_as_toast_or_alert(anna: Person, bot: BareBot, screens: Screens) -> None:
    await bot.call("sendMessage", chat_id=anna.id, text="Välj", reply_markup=keyboard("Ett", "Två"))
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.presses("Ett")
    await expect(chat.root.locator(".key", has_text="Ett")).to_have_attribute("aria-busy", "true")
    query = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Tiden hålls")
    await expect(chat.root.get_by_role("status").filter(has_text="Tiden hålls")).to_be_visible()
    await expect(chat.root.locator("[aria-busy=true].key")).to_have_count(0)
    await chat.presses("Två")
    query = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Den är tagen", show_alert=True)
    await expect(screen.page.get_by_role("alert")).to_contain_text("Den är tagen")
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.get_by_role("dialog")).to_have_count(0)


async def test_an_edit_is_marked_and_keeps_the_keyboards_focus(anna: Person, bot: BareBot, screens: Screens) -> None:
    sent = await bot.call("sendMessage", chat_id=anna.id, text="Före", reply_markup=keyboard("Ändra"))
    chat = await (await screens.open(bot.address)).opens("Anna")
    await chat.root.locator(".key", has_text="Ändra").focus()
    await bot.call(
        "editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="Efter", reply_markup=keyboard("Klart")
    )
    await expect(chat.row("Efter").locator(".meta")).to_contain_text("redigerad")
    await expect(chat.root.locator(".key", has_text="Klart")).to_be_focused()
    await bot.call("deleteMessage", chat_id=anna.id, message_id=sent["message_id"])
    await expect(chat.root.locator(".row")).to_have_count(1)


async def test_commands_by_slash_and_by_the_button(anna: Person, bot: BareBot, screens: Screens) -> None:
    await bot.call("setMyCommands", commands=MENU)
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.root.get_by_role("button", name="Kommandon").click()
    await expect(chat.root.get_by_role("option")).to_have_text(["/bokaBoka en tid", "/hjalpHjälp"])
    await screen.page.keyboard.press("Escape")
    await screen.page.keyboard.type("/")
    await screen.page.keyboard.press("ArrowDown")
    await expect(chat.root.locator('[aria-selected="true"]')).to_have_text("/hjalpHjälp")
    await screen.page.keyboard.press("Enter")
    await chat.sees("/hjalp")
    assert (await bot.update("message"))["text"] == "/start"
    assert (await bot.update("message"))["text"] == "/hjalp"


async def test_a_command_that_is_written_in_full_is_sent_though_a_longer_one_begins_alike(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    await bot.call("setMyCommands", commands=[{"command": c, "description": "Se"} for c in ("arenor", "ar")])
    chat = await (await screens.open(bot.address)).opens("Anna")
    await chat.box.fill("/ar")
    await expect(chat.root.get_by_role("option")).to_have_text(["/arenorSe", "/arSe"])
    await chat.box.press("Enter")
    assert (await bot.update("message"))["text"] == "/start"
    assert (await bot.update("message"))["text"] == "/ar"


async def test_who_has_not_begun_reads_what_the_bot_says_of_itself(
    telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    await telegram.person("Nils", language="sv")
    await bot.call("setMyDescription", description="Boka tider på arenorna.")
    screen = await screens.open(bot.address)
    await expect(screen.entry("Nils")).to_contain_text("Har inte startat boten")
    chat = await screen.opens("Nils")
    await expect(chat.root.locator(".empty-chat")).to_contain_text("Boka tider på arenorna.")
    await chat.root.get_by_role("button", name="Starta").click()
    await chat.sees("/start")


async def test_a_right_press_on_a_message_opens_its_menu(anna: Person, bot: BareBot, screens: Screens) -> None:
    await bot.call("sendMessage", chat_id=anna.id, text="Fråga")
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.row("Fråga").locator(".bubble").click(button="right")
    await expect(screen.page.get_by_role("menuitem")).to_have_text(["Svara", "Kopiera text", "Visa anropen bakom"])


async def test_a_reply_keyboard_comes_closes_and_goes(anna: Person, bot: BareBot, screens: Screens) -> None:
    rows = [[{"text": "Dela telefonnummer", "request_contact": True}], [{"text": "Hoppa över"}]]
    markup = {"keyboard": rows, "one_time_keyboard": True, "input_field_placeholder": "Skriv numret"}
    await bot.call("sendMessage", chat_id=anna.id, text="Numret?", reply_markup=markup)
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await expect(chat.box).to_have_attribute("placeholder", "Skriv numret")
    await chat.root.locator(".reply-keyboard .key", has_text="Dela").click()
    await screen.page.get_by_role("dialog").get_by_role("button", name="Skicka").click()
    await expect(chat.root.locator(".out .kind-contact")).to_be_visible()
    await expect(chat.root.locator(".reply-keyboard")).to_be_hidden()
    await chat.root.get_by_role("button", name="Visa knapparna").click()
    await chat.root.locator(".reply-keyboard .key", has_text="Hoppa över").click()
    await chat.sees("Hoppa över")
    await bot.call("sendMessage", chat_id=anna.id, text="Tack", reply_markup={"remove_keyboard": True})
    await chat.sees("Tack")
    await expect(chat.root.get_by_role("button", name="Visa knapparna")).to_be_hidden()


async def test_pictures_open_large_files_are_fetched_and_a_venue_is_a_card(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    await bot.uploads("sendPhoto", "photo", "dagar.png", picture(), chat_id=str(anna.id), caption="Dagarna")
    await bot.uploads("sendDocument", "document", "vinden.ics", b"BEGIN:VCALENDAR", chat_id=str(anna.id))
    await bot.call(
        "sendVenue", chat_id=anna.id, latitude=57.64, longitude=18.29, title="Norra scen", address="Fiskargränd"
    )
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.root.get_by_role("button", name="Visa större: Dagarna").click()
    large = screen.page.get_by_role("dialog").locator("img")
    await expect(large).to_have_js_property("naturalWidth", 1200)
    await screen.page.keyboard.press("Escape")
    async with screen.page.expect_download() as download:
        await chat.root.get_by_role("link", name="vinden.ics").click()
    assert (await download.value).suggested_filename == "vinden.ics"
    await expect(chat.root.locator(".kind-venue")).to_contain_text("Norra scen")
    await expect(chat.root.locator(".kind-venue a")).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=57.64&mlon=18.29#map=16/57.64/18.29"
    )


async def test_typing_days_and_times_follow_the_movable_clock(
    anna: Person, bot: BareBot, telegram: Telegram, screens: Screens
) -> None:
    await telegram.clock.freeze()
    for day, text in ((28, "först"), (29, "sedan")):
        await telegram.clock.set(datetime(2027, 6, day, 11, 5, tzinfo=UTC))
        await bot.call("sendMessage", chat_id=anna.id, text=text)
    chat = await (await screens.open(bot.address)).opens("Anna")
    await expect(chat.root.locator(".day").nth(-2)).to_have_text("I går")
    await expect(chat.root.locator(".day").last).to_have_text("I dag")
    await expect(chat.row("sedan").locator("time")).to_have_text("13.05")
    await bot.call("sendChatAction", chat_id=anna.id, action="typing")
    await expect(chat.root.locator(".status")).to_have_text("skriver …")
    await bot.call("sendMessage", chat_id=anna.id, text="klart")
    await expect(chat.root.locator(".status")).not_to_have_text("skriver …")


async def test_words_are_found_in_a_chat_the_newest_place_first(anna: Person, bot: BareBot, screens: Screens) -> None:
    for number in range(120):
        await bot.call(
            "sendMessage", chat_id=anna.id, text=f"Om Vinden {number}" if number in {3, 53, 103} else f"Nummer {number}"
        )
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.root.get_by_role("button", name="Sök i samtalet").click()
    await screen.page.keyboard.type("vinden")
    count = chat.root.locator(".search-count")
    await expect(count).to_have_text("1 av 3")
    await expect(chat.row("Om Vinden 103")).to_be_in_viewport()
    await screen.page.keyboard.press("Enter")
    await screen.page.keyboard.press("Enter")
    await expect(count).to_have_text("3 av 3")
    await expect(chat.row("Om Vinden 3")).to_be_in_viewport()
    assert await screen.page.evaluate("[...CSS.highlights.get('found')].map((one) => one.toString())") == ["Vinden"]
    await screen.page.keyboard.type("x")
    await expect(count).to_have_text("Inget hittades")
    await screen.page.keyboard.press("Escape")
    await expect(chat.box).to_be_focused()


async def test_a_person_sends_a_picture_edits_and_answers(anna: Person, bot: BareBot, screens: Screens) -> None:
    await bot.call("sendMessage", chat_id=anna.id, text="Fråga")
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.root.locator("input[type=file]").set_input_files(
        {"name": "karta.png", "mimeType": "image/png", "buffer": picture(300, 200)}
    )
    await screen.page.get_by_label("Bildtext").fill("Kartan")
    await screen.page.get_by_role("dialog").get_by_role("button", name="Skicka").click()
    await expect(chat.row("Kartan").locator("img")).to_have_js_property("naturalWidth", 300)
    await chat.row("Fråga").hover()
    await chat.row("Fråga").get_by_role("button", name="Mer om meddelandet").click()
    await screen.page.get_by_role("menuitem", name="Svara").click()
    await chat.sends("Svar")
    await expect(chat.row("Svar").locator(".quote")).to_contain_text("Fråga")
    await chat.row("Svar").hover()
    await chat.row("Svar").get_by_role("button", name="Mer om meddelandet").click()
    await screen.page.get_by_role("menuitem", name="Redigera").click()
    await chat.sends("Bättre svar")
    await expect(chat.row("Bättre svar").locator(".meta")).to_contain_text("redigerad")
    assert (await bot.update("edited_message"))["text"] == "Bättre svar"


async def test_a_move_that_stands_still_says_what_it_waits_for_in_the_readers_language(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    busy = asyncio.create_task(telegram.post("clock/agent", {"agent": "b", "seen": None, "next": "now"}))
    screen = await screens.open(bot.address)
    await screen.page.get_by_role("button", name="+1 timme").click()
    note = screen.page.locator(".clock-note")
    await expect(note).to_contain_text("väntar på att b ser den nya tiden")
    await screen.page.get_by_role("button", name="English").click()
    await expect(note).to_contain_text("waiting for b to see the new time")
    await screen.page.get_by_role("button", name="Stop here").click()
    await expect(note).to_have_text("")
    busy.cancel()
