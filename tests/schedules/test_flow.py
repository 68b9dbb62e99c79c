from bot.sandbox.client import Message, Person, Telegram, shown_text
from tests.schedules.conftest import Bot, card, texts


async def test_a_message_is_stored_handled_and_answered(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        await anna.sends("hej")
        await anna.sees("echo hej")
    assert [update["message"]["text"] for update in bot.handlers.seen] == ["/start", "hej"]


async def test_what_waited_while_the_bot_was_down_is_handled_in_order(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    await anna.starts()
    for number in range(120):
        await anna.sends(str(number))
    async with bot.running():
        await anna.sees("echo 119")
    assert [u["message"]["text"] for u in bot.handlers.seen] == ["/start", *(str(n) for n in range(120))]
    assert texts(await anna.messages(limit=121))[-3:] == ["echo 117", "echo 118", "echo 119"]


async def _last(person: Person, words: str) -> Message | None:
    """The chat's last message, if it says so: an old card that loses its buttons does not."""
    last = (await person.messages())[-1]
    return last if words in shown_text(last) else None


async def test_a_card_is_edited_while_it_is_the_last_message_and_sent_anew_below_otherwise(
    bot: Bot, telegram: Telegram
) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        async with bot.units.begin() as work:
            card_id = await work.chats.add_card(anna.id)
        await bot.says(card(anna.id, card_id, "first"))
        first = await anna.sees("first")
        assert await anna.presses("Press") == "yes"
        edited = await anna.sees("pressed x")
        assert edited["message_id"] == first["message_id"]
        await anna.sends("hej")
        await anna.sees("echo hej")
        assert await anna.presses("Press") == "yes"
        anew = await telegram.until(lambda: _last(anna, "pressed x"))
    assert anew["message_id"] > first["message_id"]
    buttons = [message["message_id"] for message in await anna.messages() if message.get("reply_markup")]
    assert buttons == [anew["message_id"]]
