"""The developer's panel, and inline queries."""

from playwright.async_api import expect

from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens


async def test_calls_come_as_they_are_made_with_what_was_unknown_and_not_served(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    screen = await screens.open(bot.address)
    panel = screen.page.get_by_role("complementary", name="För utvecklare")
    await expect(panel).to_be_hidden()
    await screen.page.get_by_role("button", name="För utvecklare").click()
    await bot.call("sendMessage", chat_id=anna.id, text="<b>Hej</b>", parse_mode="HTML", fel="ja")
    call = panel.locator(".call", has_text="sendMessage")
    await expect(call.locator("mark")).to_have_text("1 okända")
    await call.locator("summary").click()
    await expect(call.locator("pre").first).to_contain_text("text: <b>Hej</b>")
    await expect(call.locator("pre").last).to_contain_text('"ok": true')
    async with bot.session.post(f"{bot.address}/bot{bot.token}/sendDice", json={"chat_id": anna.id}) as answer:
        assert answer.status == 400
    await expect(panel.locator(".call.refused", has_text="sendDice")).to_contain_text("finns inte här")
    await expect(panel.locator(".methods li").first).to_contain_text("addStickerToSet", ignore_case=True)
    await expect(panel).to_contain_text("Parametrar som nekas: allow_paid_broadcast")
    await expect(panel).to_contain_text("Parametrar utan verkan: cache_time")


async def test_the_calls_behind_a_message_are_shown(anna: Person, bot: BareBot, screens: Screens) -> None:
    sent = await bot.call("sendMessage", chat_id=anna.id, text="Ett")
    await bot.call("sendMessage", chat_id=anna.id, text="Ett annat")
    await bot.call("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="Rättat")
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.row("Rättat").hover()
    await chat.row("Rättat").get_by_role("button", name="Mer om meddelandet").click()
    await screen.page.get_by_role("menuitem", name="Visa anropen bakom").click()
    await expect(screen.page.locator(".call b")).to_have_text(["editMessageText", "sendMessage"])


async def test_faults_to_order_happen_and_are_used_up(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    screen = await screens.open(bot.address)
    await screen.page.get_by_role("button", name="För utvecklare").click()
    await screen.page.get_by_text("Fel på beställning").click()
    await screen.page.get_by_label("Metod (* är alla)").fill("sendMessage")
    await screen.page.get_by_label("Antal anrop").fill("2")
    await screen.page.get_by_label("Vad som händer").select_option("storm")
    await screen.page.get_by_label("Sekunder").fill("7")
    await screen.page.locator(".fault-form").get_by_role("button", name="Lägg till").click()
    await expect(screen.page.locator(".faults li")).to_contain_text(
        "2 gånger till · 429 Too Many Requests: retry after 7"
    )
    for _ in range(2):
        async with bot.session.post(
            f"{bot.address}/bot{bot.token}/sendMessage", json={"chat_id": anna.id, "text": "x"}
        ) as answer:
            assert (await answer.json())["parameters"] == {"retry_after": 7}
    await expect(screen.page.locator(".faults li")).to_have_count(0)
    await screen.page.get_by_label("Telegrams gränser för takt").check()
    assert await telegram.until(lambda: limits_on(telegram))


async def limits_on(telegram: Telegram) -> bool:
    return bool((await telegram.get("state"))["limits"]["enabled"])


async def test_an_inline_query_is_asked_as_one_types_and_its_result_sent(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    await telegram.post("bot", {"supports_inline_queries": True})
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.box.fill("@arenabot_bot tis")
    query = await bot.update("inline_query")
    assert query["query"] == "tis"
    article = {
        "type": "article",
        "id": "1",
        "title": "Tisdag",
        "description": "fyra lediga",
        "input_message_content": {"message_text": "Tis 29 juni"},
    }
    above = {"text": "Logga in först", "start_parameter": "inloggning"}
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[article], button=above)
    await chat.root.get_by_role("button", name="Tisdag fyra lediga").click()
    await chat.sees("Tis 29 juni")
    await expect(chat.row("Tis 29 juni")).to_contain_text("via @arenabot_bot")
    await expect(chat.box).to_have_value("")
    await chat.box.fill("@arenabot_bot ons")
    query = await bot.update("inline_query")
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[], button=above)
    await chat.root.get_by_role("button", name="Logga in först").click()
    await chat.sees("/start inloggning")


async def test_a_button_that_asks_inline_writes_the_bots_name_and_its_words(
    anna: Person, telegram: Telegram, bot: BareBot, screens: Screens
) -> None:
    await telegram.bot(supports_inline_queries=True)
    markup = {"inline_keyboard": [[{"text": "Sök", "switch_inline_query_current_chat": "tis"}]]}
    await bot.call("sendMessage", chat_id=anna.id, text="Program", reply_markup=markup)
    chat = await (await screens.open(bot.address)).opens("Anna")
    await chat.presses("Sök")
    assert (await bot.update("inline_query"))["query"] == "tis"
    await expect(chat.box).to_be_focused()
