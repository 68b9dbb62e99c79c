"""Two people's chats in one view, and groups."""

from playwright.async_api import expect

from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens, keyboard


async def test_what_one_presses_is_seen_in_the_others_chat(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    bo = await telegram.person("Bo", language="sv")
    await bo.starts()
    await bot.call("sendMessage", chat_id=anna.id, text="Välj", reply_markup=keyboard("Ja"))
    screen = await screens.open(bot.address)
    left = await screen.opens("Anna")
    await screen.entry("Bo").hover()
    await screen.page.get_by_role("button", name="Visa Bo bredvid").click()
    right = screen.chat("Bo")
    await expect(left.root).to_be_visible()
    await expect(right.box).to_be_focused()
    await left.presses("Ja")
    query = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Noterat")
    await bot.call("sendMessage", chat_id=bo.id, text="Anna sa ja")
    await right.sees("Anna sa ja")
    await expect(left.root.locator(".toast")).to_have_text("Noterat")
    await expect(screen.entry("Bo").locator(".unread")).to_have_count(0)
    await screen.page.reload()
    await right.sees("Anna sa ja")
    await left.sees("Välj")
    await left.root.get_by_role("button", name="Stäng samtalet med Anna").click()
    await expect(left.root).to_have_count(0)
    await right.sees("Anna sa ja")


async def test_on_a_narrow_screen_tabs_lead_from_one_to_the_other(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    bo = await telegram.person("Bo", language="sv")
    await bo.starts()
    screen = await screens.open(bot.address, size=(390, 780), has_touch=True, is_mobile=True)
    left = await screen.opens("Anna")
    await left.root.get_by_role("button", name="Mer om samtalet").click()
    await screen.page.get_by_role("menuitem", name="Visa ett samtal bredvid").click()
    await screen.page.get_by_role("menuitem", name="Bo").click()
    await expect(screen.chat("Bo").root).to_be_visible()
    await expect(left.root).to_be_hidden()
    await bot.call("sendMessage", chat_id=anna.id, text="Hej Anna")
    tab = screen.page.locator(".pane-tab", has_text="Anna")
    await expect(tab).to_contain_text("1 olästa")
    await tab.click()
    await left.sees("Hej Anna")
    await expect(tab).not_to_contain_text("olästa")


async def test_a_group_shows_its_members_and_one_chooses_who_writes(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    await telegram.person("Bo", language="sv")
    screen = await screens.open(bot.address)
    await screen.page.get_by_role("button", name="Lägg till").click()
    await screen.page.get_by_role("menuitem", name="Ny grupp").click()
    dialog = screen.page.get_by_role("dialog")
    await dialog.get_by_label("Gruppens namn").fill("Samordnarna")
    await dialog.get_by_label("Bo", exact=True).check()
    await dialog.get_by_role("button", name="Lägg till").click()
    group = screen.chat("Samordnarna")
    await expect(group.root.locator(".status")).to_have_text("Anna, Bo, Arenabot")
    await group.sends("/hej")
    message = await bot.update("message")
    while message.get("text") != "/hej":
        message = await bot.update("message")
    assert message["from"]["first_name"] == "Anna"
    await group.root.get_by_label("Skriv som").select_option("Bo")
    await expect(group.root.locator(".in .sender", has_text="Anna").last).to_be_visible()
    await group.sends("Hej")
    await expect(group.root.locator(".out .text").last).to_contain_text("Hej")
    await bot.call("sendMessage", chat_id=message["chat"]["id"], text="Jag ser er")
    await group.sees("Jag ser er")
    await expect(screen.entry("Samordnarna").locator(".unread")).to_have_count(
        0
    )  # Anna has not looked, but somebody has
    await group.root.get_by_role("button", name="Mer om samtalet").click()
    await screen.page.get_by_role("menuitem", name="Medlemmar").click()
    await dialog.get_by_label("Bo", exact=True).select_option("administrator")
    await expect(dialog.get_by_label("Bo", exact=True)).to_have_value("administrator")
