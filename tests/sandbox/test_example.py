from telegram import Bot

from bot.sandbox import Sandbox
from bot.sandbox.client import Telegram


async def test_who_writes_is_greeted_by_name(sandbox: Sandbox, telegram: Telegram) -> None:
    anna = await telegram.person("Anna", language="sv")
    await anna.starts()
    async with Bot(sandbox.settings.token, base_url=f"{sandbox.address}/bot") as bot:
        (update,) = await bot.get_updates(timeout=5)
        who = update.effective_user
        assert who is not None
        await bot.send_message(who.id, f"Hej {who.first_name}")
    await anna.sees("Hej Anna")  # in what the bot has sent or edited since her last act
