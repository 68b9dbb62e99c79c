"""What the bot tells of itself: commands, names, descriptions, the menu button, its sessions."""

from datetime import timedelta

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import BotClient


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


async def test_after_log_out_nothing_is_answered_for_ten_minutes(bot: BotClient, telegram: Telegram) -> None:
    assert (await bot.envelope("close"))["error_code"] == 429
    assert await bot.call("logOut") is True
    assert await bot.refusal("getMe") == "Logged out"
    await telegram.clock.move(by=timedelta(minutes=11))
    assert (await bot.call("getMe"))["is_bot"] is True
