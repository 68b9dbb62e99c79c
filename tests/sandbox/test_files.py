"""Files: sent, sent again, fetched, too large."""

import json

import pytest

from bot.sandbox.client import Person
from tests.sandbox.conftest import TOKEN, BotClient, picture


async def test_a_file_is_sent_fetched_and_sent_again_by_its_id(bot: BotClient, anna: Person) -> None:
    answer = await bot.upload(
        "sendDocument", anna.id, {"document": ("tider.ics", b"BEGIN")}, caption="<b>x</b>", parse_mode="HTML"
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


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Underlag till mötet (utkast 3).pdf", "Underlag till mötet (utkast 3).pdf"),
        ("å" * 61 + ".ics", "å" * 60 + ".ics"),
        ("a." + "b" * 21, "a." + "b" * 20),
        ("Almedalen – program.pdf", "Almedalen   program.pdf"),
        ("O\u0308stra?.txt", "Ostra.txt"),
        (".profil", "profil"),
        ("x/../y.csv", "y.csv"),
        ("???", "file"),
    ],
)
async def test_a_files_name_is_cut_and_cleaned(bot: BotClient, anna: Person, sent: str, kept: str) -> None:
    answer = await bot.upload("sendDocument", anna.id, {"document": (sent, b"x")})
    assert answer["result"]["document"]["file_name"] == kept


async def test_a_photo_has_sizes_and_must_be_a_picture_of_up_to_10_mb(bot: BotClient, anna: Person) -> None:
    answer = await bot.upload("sendPhoto", anna.id, {"photo": ("a.png", picture(400))})
    assert [(size["width"], size["height"]) for size in answer["result"]["photo"]] == [(320, 320), (400, 400)]
    assert await anna.content(answer["result"]) == picture(400)
    answer = await bot.upload("sendPhoto", anna.id, {"photo": ("a.png", b"no picture")})
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    answer = await bot.upload("sendPhoto", anna.id, {"photo": ("a.png", b"x" * (10 * 1024 * 1024 + 1))})
    assert "is too big for a photo" in answer["description"]


async def test_an_upload_beyond_50_mb_is_refused(bot: BotClient, anna: Person) -> None:
    answer = await bot.upload("sendDocument", anna.id, {"document": ("a.bin", bytes(50 * 1024 * 1024 + 1))})
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_a_file_beyond_20_mb_cannot_be_fetched(bot: BotClient, anna: Person) -> None:
    answer = await bot.upload("sendDocument", anna.id, {"document": ("a.bin", bytes(20 * 1024 * 1024 + 1))})
    refusal = await bot.refusal("getFile", file_id=answer["result"]["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"


async def test_a_media_group_holds_2_to_10(bot: BotClient, anna: Person) -> None:
    files = {"a": ("a.png", picture()), "b": ("b.png", picture())}
    media = '[{"type":"photo","media":"attach://a","caption":"x"},{"type":"photo","media":"attach://b"}]'
    album = (await bot.upload("sendMediaGroup", anna.id, files, media=media))["result"]
    assert album[0]["media_group_id"] == album[1]["media_group_id"]
    for count in (1, 11):
        media = json.dumps([{"type": "photo", "media": "attach://a"}] * count)
        answer = await bot.upload("sendMediaGroup", anna.id, files, media=media)
        assert answer["description"] == "Bad Request: media group must include 2-10 items"


async def test_a_picture_may_be_hidden_until_it_is_pressed(bot: BotClient, anna: Person) -> None:
    files = {"photo": ("a.png", picture())}
    hidden = (await bot.upload("sendPhoto", anna.id, files, has_spoiler="true"))["result"]
    again = {"chat_id": anna.id, "photo": hidden["photo"][-1]["file_id"]}
    assert (hidden["has_media_spoiler"], "has_media_spoiler" in await bot.call("sendPhoto", **again)) == (True, False)
    await bot.call("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=hidden["message_id"])
    assert (await anna.messages())[-1]["has_media_spoiler"]
    media = {"type": "photo", "media": again["photo"], "caption": "öppen"}
    shown = await bot.call("editMessageMedia", chat_id=anna.id, message_id=hidden["message_id"], media=media)
    assert (shown["caption"], "has_media_spoiler" in shown) == ("öppen", False)


async def test_a_text_can_become_a_picture_and_a_picture_no_text(bot: BotClient, anna: Person) -> None:
    message = await bot.call("sendMessage", chat_id=anna.id, text="ett")
    media = '{"type":"photo","media":"attach://new","caption":"två"}'
    answer = await bot.upload(
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
    refusal = await bot.refusal("editMessageCaption", **which, caption="x" * 1025)
    assert refusal == "Bad Request: message caption is too long"
