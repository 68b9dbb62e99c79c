"""axe-core finds nothing serious, light and dark, in both languages; and what it cannot see."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens, keyboard
from tests.page.test_chat import MENU, picture

SERIOUS = {"serious", "critical"}


async def found(page: Page) -> list[Any]:
    """What axe-core holds against the page as it is now."""
    await page.evaluate(
        "Promise.all(document.getAnimations().map((one) => one.effect.getTiming().iterations === Infinity || one.finished))"
    )
    results = await Axe().run(page)
    return [
        (one["id"], node["html"][:200], node["failureSummary"])
        for one in results.response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


async def talk(anna: Person, bot: BareBot) -> None:
    """A bit of everything."""
    text = '<b>fet</b> <code>kod</code> <tg-spoiler>dold</tg-spoiler> <a href="https://example.org/">länk</a> /hjalp\n<blockquote>citat</blockquote><pre>x = 1</pre>'
    await bot.call("setMyCommands", commands=MENU)
    await bot.uploads("sendPhoto", "photo", "a.png", picture(600, 300), chat_id=str(anna.id), caption="Dagarna")
    await bot.uploads("sendDocument", "document", "a.ics", b"BEGIN", chat_id=str(anna.id))
    await bot.call("sendVenue", chat_id=anna.id, latitude=1, longitude=1, title="Norra scen", address="Fiskargränd 5")
    sent = await bot.call(
        "sendMessage", chat_id=anna.id, text=text, parse_mode="HTML", reply_markup=keyboard("Ja", "Nej")
    )
    await bot.call(
        "editMessageText",
        chat_id=anna.id,
        message_id=sent["message_id"],
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard("Ja"),
    )
    await bot.call("sendMessage", chat_id=anna.id, text="Välj", reply_markup={"keyboard": [[{"text": "Hoppa över"}]]})
    await anna.sends("https://example.org och /hjalp")


@pytest.mark.parametrize(("scheme", "locale"), [("light", "sv-SE"), ("dark", "en-GB")])
async def test_axe_finds_nothing_serious(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens, scheme: str, locale: str
) -> None:
    await talk(anna, bot)
    await (await telegram.person("Bo", language="fi", note="Ny")).starts()
    blocked = await telegram.person("Cia", language="sv")
    await blocked.starts()
    await blocked.blocks()
    # axe is put into the page by its tester, which the page's own policy would not let in
    screen = await screens.open(bot.address, color_scheme=scheme, locale=locale, bypass_csp=True, size=(1600, 900))
    swedish = locale == "sv-SE"
    page = screen.page
    await page.locator(".intro summary").click()
    assert await found(page) == []
    chat = await screen.opens("Anna")
    await chat.box.fill("/")
    assert await found(page) == []
    await chat.box.fill("")
    await chat.root.get_by_role("button", name="Sök i samtalet" if swedish else "Search in the chat").click()
    await screen.entry("Bo").hover()
    await page.get_by_role("button", name="Visa Bo bredvid" if swedish else "Show Bo beside").click()
    await page.get_by_role("button", name="För utvecklare" if swedish else "For developers").click()
    await page.locator(".fold > summary").first.click()
    await page.locator(".call summary").first.click()
    assert await found(page) == []
    await page.get_by_role("button", name="Mer om samtalet" if swedish else "More about the chat").first.click()
    assert await found(page) == []
    await page.keyboard.press("Escape")
    await chat.root.locator(".photo").click()
    assert await found(page) == []


async def test_axe_finds_nothing_serious_on_a_phone(anna: Person, bot: BareBot, screens: Screens) -> None:
    await talk(anna, bot)
    screen = await screens.open(bot.address, bypass_csp=True, size=(390, 780), has_touch=True, is_mobile=True)
    assert await found(screen.page) == []
    chat = await screen.opens("Anna")
    await chat.root.get_by_role("button", name="Bifoga").click()
    assert await found(screen.page) == []


async def tab_to(target: Locator) -> None:
    """Goes there by Tab, as those do who have no mouse."""
    await target.wait_for()
    for _ in range(60):
        if await target.evaluate("(one) => one === document.activeElement"):
            return
        await target.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")


async def test_all_that_matters_is_done_with_the_keyboard_alone(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    await (await telegram.person("Bo", language="sv")).starts()
    await bot.call("sendMessage", chat_id=anna.id, text="Välj", reply_markup=keyboard("Ja", "Nej"))
    screen = await screens.open(bot.address)
    press = screen.page.keyboard.press
    await tab_to(screen.entry("Anna"))
    await press("Enter")
    chat = screen.chat("Anna")
    await expect(chat.box).to_be_focused()
    await screen.page.keyboard.type("hej")
    await press("Enter")
    await chat.sees("hej")
    await press("ArrowUp")  # from the empty box to the messages
    await expect(chat.row("hej")).to_be_focused()
    await press("ArrowUp")
    await expect(chat.row("Välj")).to_be_focused()
    await tab_to(chat.root.locator(".key", has_text="Nej"))
    await press("Enter")
    query = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Tagen", show_alert=True)
    await expect(screen.page.get_by_role("alert")).to_contain_text("Tagen")
    await press("Enter")
    await expect(chat.root.locator(".key", has_text="Nej")).to_be_focused()
    await tab_to(chat.root.get_by_role("button", name="Bifoga"))
    await press("Enter")
    await expect(screen.page.get_by_role("menuitem", name="Bild eller fil")).to_be_focused()
    await press("Escape")
    await expect(chat.root.get_by_role("button", name="Bifoga")).to_be_focused()
    await screen.page.reload()
    await tab_to(screen.page.get_by_role("button", name="Visa Bo bredvid"))
    await press("Enter")
    await expect(screen.chat("Bo").box).to_be_focused()


async def test_whoever_stands_in_the_list_keeps_the_focus_when_messages_come(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    screen = await screens.open(bot.address)
    places = (
        screen.page.locator(".intro summary"),
        screen.page.get_by_role("button", name="Lägg till"),
        screen.entry("Anna"),
    )
    for number, place in enumerate(places):
        await place.focus()
        await bot.call("sendMessage", chat_id=anna.id, text=f"Nummer {number}")
        await expect(screen.entry("Anna")).to_contain_text(f"Nummer {number}")
        await expect(place).to_be_focused()


async def test_a_screen_reader_hears_what_is_new_and_from_whom(anna: Person, bot: BareBot, screens: Screens) -> None:
    chat = await (await screens.open(bot.address)).opens("Anna")
    log = chat.root.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_attribute("aria-busy", "false")
    await bot.call("sendMessage", chat_id=anna.id, text="Nytt")
    await expect(chat.row("Nytt").locator(".sr-only")).to_have_text("Arenabot: ")


async def test_who_wants_little_motion_gets_none(anna: Person, bot: BareBot, screens: Screens) -> None:
    await bot.call("sendMessage", chat_id=anna.id, text="Välj", reply_markup=keyboard("Ja"))
    chat = await (await screens.open(bot.address, reduced_motion="reduce")).opens("Anna")
    await chat.presses("Ja")
    key = chat.root.locator(".key.waiting")
    await expect(key).to_be_visible()
    assert await key.evaluate("(one) => getComputedStyle(one, '::after').animationIterationCount") == "1"


async def test_the_language_is_switched_and_remembered(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    note = {"sv": "Samordnare", "en": "Coordinator"}
    await telegram.post("people", {"first_name": "Maria", "note": note})
    screen = await screens.open(bot.address)
    await expect(screen.entry("Maria")).to_contain_text("Samordnare")
    await screen.opens("Anna")
    await screen.page.get_by_role("button", name="English").click()
    await expect(screen.page.get_by_role("button", name="To the next event")).to_be_visible()
    await expect(screen.page.locator("html")).to_have_attribute("lang", "en")
    await expect(screen.entry("Maria")).to_contain_text("Coordinator")
    await screen.page.reload()
    await expect(screen.chat("Anna").box).to_have_attribute("placeholder", "Message")
