"""Messages: texts, entities, edits, files, refusals."""

import io
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.sandbox.client import Person, Telegram
from bot.sandbox.entities import read_text, utf16_length
from bot.sandbox.errors import BadRequest
from tests.sandbox.conftest import TOKEN, BotClient, keyboard


def picture(side: int = 400) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(written, "PNG")
    return written.getvalue()


async def sent(bot: BotClient, method: str, chat_id: int, files: dict[str, tuple[str, bytes]], **given: str) -> Any:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(chat_id))
    for name, text in given.items():
        form.add_field(name, text)
    for name, (file_name, content) in files.items():
        form.add_field(name, io.BytesIO(content), filename=file_name)
    async with bot.session.post(bot.url(method), data=form) as answer:
        return await answer.json()


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>å😀</b> x", "å😀 x", [{"type": "bold", "offset": 0, "length": 3}]),
        ("a &lt;b&gt; &amp; &quot; &#229; &nbsp;", 'a <b> & " å &nbsp;', []),
        (
            "<i>a<b>b</b></i>",
            "ab",
            [{"type": "italic", "offset": 0, "length": 2}, {"type": "bold", "offset": 1, "length": 1}],
        ),
        (
            '<a href="https://x.se">x</a>',
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://x.se/"}],
        ),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
        ),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("  <b> x </b> ", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    formatted = read_text(source, "HTML", None)
    assert (formatted.text, formatted.entities) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("å<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_html_that_cannot_be_parsed_is_refused_with_the_byte_offset(source: str, reason: str) -> None:
    if source == "5 < 6":
        source += ">"
    with pytest.raises(BadRequest) as refused:
        read_text(source, "HTML", None)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_markdown_v2_is_read_and_reserved_signs_are_refused() -> None:
    formatted = read_text("*fet* _snett_ `kod` [länk](https://x.se) slut\\.", "MarkdownV2", None)
    assert formatted.text == "fet snett kod länk slut."
    assert [entity["type"] for entity in formatted.entities] == ["bold", "italic", "code", "text_link"]
    with pytest.raises(BadRequest) as refused:
        read_text("slut.", "MarkdownV2", None)
    assert refused.value.description == (
        "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/&;ab \"'=åé😀\n", max_size=40), st.sampled_from(["HTML", "MarkdownV2", "Markdown"]))
def test_whatever_is_written_is_refused_or_has_entities_within_the_text(source: str, mode: str) -> None:
    try:
        formatted = read_text(source, mode, None)
    except BadRequest as refused:
        assert refused.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either is right
        return
    length = utf16_length(formatted.text)
    assert all(one["offset"] >= 0 and one["offset"] + one["length"] <= length for one in formatted.entities)


def test_links_commands_and_mentions_are_found() -> None:
    formatted = read_text("/boka @anna https://x.se/a. se x@y.se #almedalen", None, None)
    found = [(one["type"], formatted.text[one["offset"] : one["offset"] + one["length"]]) for one in formatted.entities]
    assert found == [
        ("bot_command", "/boka"),
        ("mention", "@anna"),
        ("url", "https://x.se/a"),
        ("email", "x@y.se"),
        ("hashtag", "#almedalen"),
    ]


async def test_lengths_count_after_entities_are_parsed(bot: BotClient, anna: Person) -> None:
    text = f"<b>{'å' * 4096}</b>"
    assert len((await bot.call("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML"))["text"]) == 4096
    assert await bot.refusal("sendMessage", chat_id=anna.id, text="å" * 4097) == "Bad Request: message is too long"
    assert await bot.refusal("sendMessage", chat_id=anna.id, text=" \n ") == "Bad Request: message text is empty"
    answer = await sent(bot, "sendPhoto", anna.id, {"photo": ("a.png", picture())}, caption="å" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


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
    asked = await bot.call("sendMessage", **chat, text="x", reply_markup={"keyboard": [[{"text": "a"}]]})
    assert "reply_markup" not in asked
    refusal = await bot.refusal("editMessageText", **chat, message_id=asked["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"
    own = await anna.sends("mitt")
    refusal = await bot.refusal("editMessageText", **chat, message_id=own["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"


async def test_a_text_can_become_a_picture_and_a_picture_no_text(bot: BotClient, anna: Person) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett")
    media = '{"type":"photo","media":"attach://new","caption":"två"}'
    answer = await sent(
        bot,
        "editMessageMedia",
        anna.id,
        {"new": ("a.png", picture())},
        message_id=str(message["message_id"]),
        media=media,
    )
    assert ("text" in answer["result"], answer["result"]["caption"]) == (False, "två")
    which = {"chat_id": anna.id, "message_id": message["message_id"]}
    assert await bot.refusal("editMessageText", **which, text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert (await bot.call("editMessageCaption", **which, caption="tre"))["caption"] == "tre"


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
    lost = {"chat_id": anna.id, "text": "svar", "reply_parameters": {"message_id": 999}}
    assert await bot.refusal("sendMessage", **lost) == "Bad Request: message to be replied not found"


async def test_a_file_is_sent_fetched_and_sent_again_by_its_id(bot: BotClient, anna: Person) -> None:
    answer = await sent(
        bot, "sendDocument", anna.id, {"document": ("tider.ics", b"BEGIN")}, caption="<b>x</b>", parse_mode="HTML"
    )
    document = answer["result"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("tider.ics", "text/calendar", 5)
    found = await bot.call("getFile", file_id=document["file_id"])
    async with bot.session.get(f"{bot.address}/file/bot{TOKEN}/{found['file_path']}") as file:
        assert await file.read() == b"BEGIN"
    again = await bot.call("sendDocument", chat_id=anna.id, document=document["file_id"])
    assert again["document"] == document
    refusal = await bot.refusal("sendDocument", chat_id=anna.id, document="nonsense")
    assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"
    refusal = await bot.refusal("sendDocument", chat_id=anna.id, document="http://127.0.0.1:9/x")
    assert refusal == "Bad Request: failed to get HTTP URL content"


async def test_a_photo_has_sizes_and_must_be_a_picture_of_up_to_10_mb(bot: BotClient, anna: Person) -> None:
    answer = await sent(bot, "sendPhoto", anna.id, {"photo": ("a.png", picture(400))})
    assert [(size["width"], size["height"]) for size in answer["result"]["photo"]] == [(320, 320), (400, 400)]
    assert await anna.content(answer["result"]) == picture(400)
    answer = await sent(bot, "sendPhoto", anna.id, {"photo": ("a.png", b"no picture")})
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    answer = await sent(bot, "sendPhoto", anna.id, {"photo": ("a.png", b"x" * (10 * 1024 * 1024 + 1))})
    assert "is too big for a photo" in answer["description"]


async def test_a_file_beyond_20_mb_cannot_be_fetched(bot: BotClient, anna: Person) -> None:
    answer = await sent(bot, "sendDocument", anna.id, {"document": ("a.bin", bytes(20 * 1024 * 1024 + 1))})
    refusal = await bot.refusal("getFile", file_id=answer["result"]["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"


async def test_a_media_group_holds_2_to_10(bot: BotClient, anna: Person) -> None:
    files = {"a": ("a.png", picture()), "b": ("b.png", picture())}
    media = '[{"type":"photo","media":"attach://a","caption":"x"},{"type":"photo","media":"attach://b"}]'
    album = (await sent(bot, "sendMediaGroup", anna.id, files, media=media))["result"]
    assert album[0]["media_group_id"] == album[1]["media_group_id"]
    answer = await sent(bot, "sendMediaGroup", anna.id, files, media='[{"type":"photo","media":"attach://a"}]')
    assert answer["description"] == "Bad Request: media group must include 2-10 items"


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


async def test_a_chat_action_must_be_known(bot: BotClient, anna: Person) -> None:
    assert await bot.call("sendChatAction", chat_id=anna.id, action="typing") is True
    refusal = await bot.refusal("sendChatAction", chat_id=anna.id, action="dance")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_the_most_specific_scope_and_language_of_commands_wins(bot: BotClient, anna: Person) -> None:
    def menu(text: str) -> list[dict[str, str]]:
        return [{"command": "boka", "description": text}]

    await bot.call("setMyCommands", commands=menu("Book"))
    await bot.call("setMyCommands", commands=menu("Boka"), language_code="sv")
    assert await anna.commands() == {"boka": "Boka"}
    await bot.call("setMyCommands", commands=menu("Samordna"), scope={"type": "chat", "chat_id": anna.id})
    assert await anna.commands() == {"boka": "Samordna"}
    assert await bot.call("getMyCommands", language_code="sv") == menu("Boka")
    await bot.call("deleteMyCommands", scope={"type": "chat", "chat_id": anna.id})
    assert await anna.commands() == {"boka": "Boka"}
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert await bot.refusal("setMyCommands", commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert await bot.refusal("setMyCommands", commands=[{"command": "Å", "description": "x"}]) == (
        "Bad Request: BOT_COMMAND_INVALID"
    )


async def test_names_descriptions_and_the_menu_button_are_kept(bot: BotClient, anna: Person) -> None:
    await bot.call("setMyDescription", description="Tider", language_code="sv")
    assert await bot.call("getMyDescription", language_code="sv") == {"description": "Tider"}
    assert await bot.call("getMyShortDescription") == {"short_description": ""}
    await bot.call("setMyName", name="Arenan")
    assert (await bot.call("getMe"))["first_name"] == "Arenan"
    await bot.call("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot.call("getChatMenuButton", chat_id=anna.id) == {"type": "commands"}
    assert (await bot.call("getChatMember", chat_id=anna.id, user_id=anna.id))["status"] == "member"
