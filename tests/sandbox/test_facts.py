"""Answers and updates by the tables, and an unmodified client on them."""

import io
import re
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto

from bot import sandbox as sandbox_package
from bot.sandbox import Sandbox, SandboxSettings, client
from bot.sandbox.client import Person, Telegram
from bot.sandbox.control import control_routes
from bot.sandbox.facts import load_facts
from bot.sandbox.methods import served
from bot.sandbox.world import World
from tests.sandbox.conformity import faults_of
from tests.sandbox.conftest import TOKEN, BotClient, keyboard, picture


def document(name: str) -> str:
    return Path(__file__).parents[2].joinpath("docs", name).read_text(encoding="utf-8")


def test_every_served_method_stands_in_the_facts() -> None:
    assert set(served()) <= set(load_facts().methods)


def test_every_parameter_of_a_served_method_is_used_refused_or_said_to_be_ignored() -> None:
    facts, sources = load_facts(), Path(sandbox_package.__file__).parent.rglob("*.py")
    used = set(re.findall(r"\w+", "".join(source.read_text(encoding="utf-8") for source in sources)))
    assert {name for method in served() for name in facts.methods[method]} <= used


async def test_every_answer_is_as_the_tables_say(telegram: Telegram, bot: BotClient, anna: Person) -> None:
    chat = {"chat_id": anna.id}
    own = await anna.sends("/boka https://x.se")
    await anna.uploads(picture(), "a.png", kind="photo", caption="bild")
    await anna.uploads(b"x", "a.ogg", kind="voice")
    await anna.uploads(picture(), "a.webp", kind="sticker")
    await anna.shares_contact("+46")
    await anna.shares_location(57, 18)
    await anna.edits(own, "annat")
    card = await bot.call("sendMessage", **chat, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard("Ja"))
    which = {**chat, "message_id": card["message_id"]}
    query_id = await anna.touches(card, "Ja")
    await anna.blocks()
    await anna.starts()
    await bot.call("answerCallbackQuery", callback_query_id=query_id)
    await bot.call("editMessageText", **which, text="y", reply_parameters={"message_id": own["message_id"]})
    await bot.call("sendMessage", **chat, text="y", reply_parameters={"message_id": own["message_id"]})
    await bot.call("sendVenue", **chat, latitude=57, longitude=18, title="t", address="a")
    await bot.call("forwardMessage", **chat, from_chat_id=anna.id, message_id=own["message_id"])
    await bot.call("copyMessage", **chat, from_chat_id=anna.id, message_id=own["message_id"])
    for kind in ("photo", "document", "voice", "video", "audio"):
        form = aiohttp.FormData({"chat_id": str(anna.id), kind: io.BytesIO(picture())})
        async with bot.session.post(bot.url(f"send{kind.capitalize()}"), data=form) as answer:
            sent = (await answer.json())["result"]
        part = sent[kind][-1] if kind == "photo" else sent[kind]
        await bot.call("getFile", file_id=part["file_id"])
    await bot.call("pinChatMessage", **which)
    for method in ("getMe", "getMyCommands", "getMyName", "getMyDescription", "getChatMenuButton", "getWebhookInfo"):
        await bot.call(method)
    await bot.call("getChat", **chat)
    await bot.call("getChatMember", **chat, user_id=anna.id)
    await bot.updates()
    facts = load_facts()
    calls = [call for call in await telegram.calls() if call["answer"]["ok"]]
    faults = [
        fault
        for call in calls
        for fault in faults_of(facts, call["answer"]["result"], facts.returns[call["method"]], call["method"])
    ]
    assert (faults, len(calls) > 25) == ([], True)


async def test_python_telegram_bot_runs_on_it_unmodified(sandbox: Sandbox, telegram: Telegram, anna: Person) -> None:
    await telegram.limits(strict=True)
    base = f"{sandbox.address}/bot"
    async with Bot(TOKEN, base_url=base, base_file_url=f"{sandbox.address}/file/bot") as bot:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="ja")]])
        message = await bot.send_message(anna.id, "<b>Hej</b> å", parse_mode="HTML", reply_markup=markup)
        assert (message.text, message.entities[0].type, message.reply_markup) == ("Hej å", "bold", markup)
        photo = await message.reply_photo(picture(), caption="bild")
        assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == picture()
        document = await bot.send_document(anna.id, b"BEGIN", filename="tider för året.ics")
        assert document.document is not None
        assert document.document.file_name == "tider för året.ics"
        changed = await message.edit_media(InputMediaPhoto(picture(), caption="ny"))
        assert not isinstance(changed, bool)
        assert changed.caption == "ny"
        await anna.sends("/boka")
        updates = await bot.get_updates(timeout=5, allowed_updates=["message", "callback_query"])
        assert [update.message.text for update in updates if update.message] == ["/boka"]
        assert await bot.set_my_commands([("boka", "Boka en tid")], language_code="sv")
    assert await anna.commands() == {"boka": "Boka en tid"}


def test_the_page_of_documentation_names_every_method_that_is_served() -> None:
    named = re.search(r"## What is served\n(.*?)\n\n", document("behaviours.md"), re.DOTALL)
    assert named is not None
    assert set(re.findall(r"\w+", named[1])) == {*served(), "getUpdates"}


def test_the_page_of_documentation_shows_a_test_that_runs() -> None:
    shown = re.search(r"```python\n(.*?)```", document("sandbox.md"), re.DOTALL)
    assert shown is not None
    assert Path(__file__).with_name("test_example.py").read_text(encoding="utf-8").endswith(shown[1])


@pytest.fixture
def paths() -> set[str]:
    """The words of all paths of the control interface."""
    world = World(SandboxSettings())
    words = {word for route in control_routes(world) for word in route.path.split("/")[2:]}
    world.close()
    return words


def test_the_page_of_documentation_names_every_path_of_the_control_interface(paths: set[str]) -> None:
    assert paths - set(re.findall(r"[\w{}]+", document("sandbox.md"))) == set()


def test_the_typed_client_reaches_every_path_of_the_control_interface(paths: set[str]) -> None:
    sources = [file.read_text(encoding="utf-8") for file in Path(client.__path__[0]).glob("*.py")]
    said = {word for source in sources for text in re.findall(r'"(.*?)"', source) for word in re.split(r"\W", text)}
    assert {word for word in paths if word[0] != "{"} - said == {"agent"}  # which is the bot's own
