"""Messages: texts, entities, edits, files, refusals."""

import pytest

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient, keyboard, picture


async def test_lengths_count_after_entities_are_parsed(bot: BotClient, anna: Person) -> None:
    text = f"<b>{'å' * 4096}</b>"
    assert len((await bot.call("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML"))["text"]) == 4096
    assert await bot.refusal("sendMessage", chat_id=anna.id, text="å" * 4097) == "Bad Request: message is too long"
    assert await bot.refusal("sendMessage", chat_id=anna.id, text=" \n ") == "Bad Request: message text is empty"
    photo = {"photo": ("a.png", picture())}
    longest = await bot.upload("sendPhoto", anna.id, photo, caption=f"<i>{'å' * 1024}</i>", parse_mode="HTML")
    assert len(longest["result"]["caption"]) == 1024
    answer = await bot.upload("sendPhoto", anna.id, photo, caption="å" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_edits_replace_the_text_and_take_the_keyboard_away(bot: BotClient, anna: Person) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett", reply_markup=keyboard("Ja"))
    which = {"chat_id": anna.id, "message_id": message["message_id"]}
    unchanged = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    )
    assert await bot.refusal("editMessageText", **which, text="ett", reply_markup=keyboard("Ja")) == unchanged
    edited = await bot.call("editMessageText", **which, text="två")
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("två", False, True)
    assert await bot.refusal("editMessageText", **which, text="två") == unchanged
    await bot.call("editMessageReplyMarkup", **which, reply_markup=keyboard("Nej"))
    assert await anna.screen() == "två\n[Nej]"


async def test_what_cannot_be_edited_is_refused(bot: BotClient, anna: Person) -> None:
    chat = {"chat_id": anna.id}
    assert (
        await bot.refusal("editMessageText", **chat, message_id=99, text="x")
        == "Bad Request: message to edit not found"
    )
    venue = await bot.call("sendVenue", **chat, latitude=57.6, longitude=18.3, title="Fiskargränd 5", address="Visby")
    in_venue = {**chat, "message_id": venue["message_id"]}
    assert (
        await bot.refusal("editMessageText", **in_venue, text="x")
        == "Bad Request: there is no text in the message to edit"
    )
    assert await bot.refusal("editMessageCaption", **in_venue, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    answer = await bot.upload(
        "editMessageMedia",
        anna.id,
        {"new": ("a.png", picture())},
        message_id=str(venue["message_id"]),
        media='{"type":"photo","media":"attach://new"}',
    )
    assert answer["description"] == "Bad Request: message can't be edited"
    asked = await bot.call("sendMessage", **chat, text="x", reply_markup={"keyboard": [[{"text": "a"}]]})
    assert "reply_markup" not in asked
    refusal = await bot.refusal("editMessageText", **chat, message_id=asked["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"
    own = await anna.sends("mitt")
    refusal = await bot.refusal("editMessageText", **chat, message_id=own["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"


async def test_deleting(bot: BotClient, telegram: Telegram, anna: Person) -> None:
    ids = [(await bot.call("sendMessage", chat_id=anna.id, text=str(n)))["message_id"] for n in range(3)]
    assert await bot.call("deleteMessage", chat_id=anna.id, message_id=ids[0]) is True
    refusal = await bot.refusal("deleteMessage", chat_id=anna.id, message_id=ids[0])
    assert refusal == "Bad Request: message to delete not found"
    assert await bot.call("deleteMessages", chat_id=anna.id, message_ids=[*ids, 77]) is True
    assert [message["text"] for message in await anna.messages()] == ["/start"]


@pytest.mark.parametrize(("data", "accepted"), [("x" * 64, True), ("å" * 33, False), ("x" * 65, False)])
async def test_button_data_is_1_to_64_bytes(bot: BotClient, anna: Person, data: str, *, accepted: bool) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": data}]]}
    answer = await bot.envelope("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    assert answer.get("description") == (None if accepted else "Bad Request: BUTTON_DATA_INVALID")


async def test_a_button_needs_something_to_do(bot: BotClient, anna: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja"}]]}
    assert await bot.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup) == (
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )


async def test_replies_show_what_they_answer_or_are_refused(bot: BotClient, anna: Person) -> None:
    asked = await anna.sends("fråga")
    answered = await bot.call(
        "sendMessage", chat_id=anna.id, text="svar", reply_parameters={"message_id": asked["message_id"]}
    )
    assert answered["reply_to_message"]["text"] == "fråga"
    lost = {"chat_id": anna.id, "text": "svar"}
    refusal = await bot.refusal("sendMessage", **lost, reply_parameters={"message_id": 999})
    assert refusal == "Bad Request: message to be replied not found"
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.call("sendMessage", **lost, reply_parameters=lenient)


async def test_copies_forwards_and_pins(bot: BotClient, anna: Person) -> None:
    own = await anna.sends("mitt")
    copied = await bot.call("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=own["message_id"])
    assert copied == {"message_id": own["message_id"] + 1}
    forwarded = await bot.call("forwardMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=own["message_id"])
    assert (forwarded["text"], forwarded["forward_origin"]["sender_user"]["id"]) == ("mitt", anna.id)
    refusal = await bot.refusal("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=999)
    assert refusal == "Bad Request: message to copy not found"
    assert (
        await bot.refusal("pinChatMessage", chat_id=anna.id, message_id=999) == "Bad Request: message to pin not found"
    )
    assert await bot.call("pinChatMessage", chat_id=anna.id, message_id=copied["message_id"]) is True
    assert (await bot.call("getChat", chat_id=anna.id))["pinned_message"]["text"] == "mitt"
    assert await bot.call("unpinChatMessage", chat_id=anna.id) is True


async def test_several_are_copied_without_their_captions_and_forwarded_protected(bot: BotClient, anna: Person) -> None:
    photo = await anna.uploads(picture(8), "a.png", kind="photo", caption="bild")
    source = {"chat_id": anna.id, "from_chat_id": anna.id, "message_ids": [photo["message_id"], 999]}
    await bot.call("copyMessages", **source, remove_caption=True)
    await bot.call("copyMessages", **source)
    await bot.call("forwardMessages", **source, protect_content=True)
    *_, bare, whole, forwarded = await anna.messages()
    assert ([one.get("caption") for one in (bare, whole)], bare["photo"]) == ([None, "bild"], photo["photo"])
    assert (forwarded["caption"], forwarded["has_protected_content"]) == ("bild", True)


async def test_a_chat_action_must_be_known(bot: BotClient, anna: Person) -> None:
    assert await bot.call("sendChatAction", chat_id=anna.id, action="typing") is True
    refusal = await bot.refusal("sendChatAction", chat_id=anna.id, action="dance")
    assert refusal == "Bad Request: wrong parameter action in request"
