"""People: who can be written to, what they send and what of it arrives."""

import pytest

from bot.sandbox.client import Person, RequestRefused, Telegram
from tests.sandbox.conftest import BotClient


async def test_nobody_can_be_written_to_before_start_when_blocked_or_gone(bot: BotClient, telegram: Telegram) -> None:
    eva = await telegram.person("Eva")
    forbidden = "Forbidden: bot can't initiate conversation with a user"
    assert await bot.refusal("sendMessage", chat_id=eva.id, text="x") == forbidden
    await eva.starts()
    await bot.call("sendMessage", chat_id=eva.id, text="x")
    await eva.blocks()
    assert await bot.refusal("sendMessage", chat_id=eva.id, text="x") == "Forbidden: bot was blocked by the user"
    await eva.unblocks()
    await eva.deactivates()
    assert await bot.refusal("sendMessage", chat_id=eva.id, text="x") == "Forbidden: user is deactivated"
    statuses = [
        (update["my_chat_member"]["old_chat_member"]["status"], update["my_chat_member"]["new_chat_member"]["status"])
        for update in await bot.updates()
        if "my_chat_member" in update
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_deep_link_arrives_as_start_with_its_payload(telegram: Telegram, bot: BotClient) -> None:
    eva = await telegram.person("Eva")
    await eva.starts("abc-123_X")
    message = (await bot.updates())[0]["message"]
    assert (message["text"], "language_code" in message["from"], "username" in message["from"]) == (
        "/start abc-123_X",
        False,
        False,
    )
    with pytest.raises(RequestRefused):
        await eva.starts("x" * 65)


async def test_a_paste_of_10000_signs_becomes_three_messages(bot: BotClient, anna: Person) -> None:
    await anna.sends("å😀" * 5000)
    lengths = [len(update["message"]["text"].encode("utf-16-le")) // 2 for update in await bot.updates()]
    assert (sum(lengths), max(lengths) <= 4096) == (15000, True)


async def test_nul_and_lone_surrogates_arrive_as_an_app_would_send_them(bot: BotClient, anna: Person) -> None:
    await anna.sends("a\0b\ud800c")
    assert (await bot.updates())[0]["message"]["text"] == "a b\ufffdc"


async def test_files_places_and_contacts_of_people_arrive(bot: BotClient, anna: Person) -> None:
    await anna.uploads(b"BEGIN", "plan.pdf", caption="vår presentation")
    await anna.shares_location(57.64, 18.29)
    await anna.shares_contact("+46701234567")
    document, place, contact = [update["message"] for update in await bot.updates()]
    assert (document["document"]["file_name"], document["caption"]) == ("plan.pdf", "vår presentation")
    assert place["location"] == {"latitude": 57.64, "longitude": 18.29}
    assert contact["contact"] == {"phone_number": "+46701234567", "first_name": "Anna", "user_id": anna.id}


async def test_unread_messages_are_counted_until_they_are_read(
    telegram: Telegram, bot: BotClient, anna: Person
) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett")
    assert [chat["unread"] for chat in (await telegram.state())["chats"]] == [1]
    await telegram.post(f"people/{anna.id}/read", {"chat_id": anna.id, "message_id": message["message_id"]})
    assert [chat["unread"] for chat in (await telegram.state())["chats"]] == [0]


async def test_a_persons_edit_arrives_as_edited_message(bot: BotClient, anna: Person) -> None:
    own = await anna.sends("fel")
    await anna.edits(own, "rätt")
    assert [update.get("edited_message", {}).get("text") for update in await bot.updates()] == [None, "rätt"]
