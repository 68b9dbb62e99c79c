"""A typed client of the local Telegram that reads like a conversation.

    async with Telegram(address) as telegram:
        anna = await telegram.person("Anna", language="sv")
        await anna.starts()
        await anna.presses("tis 29 juni")
        await anna.sees("hålls för er")

Waiting follows the server's events and ends at a deadline, with an AssertionError that shows the chat.
"""

from bot.sandbox.client.connection import DEADLINE_SECONDS, RequestRefused
from bot.sandbox.client.groups import Group
from bot.sandbox.client.people import Person
from bot.sandbox.client.shown import Message, shown, shown_text
from bot.sandbox.client.steering import Clock, FaultList
from bot.sandbox.client.telegram import Telegram

__all__ = [
    "DEADLINE_SECONDS",
    "Clock",
    "FaultList",
    "Group",
    "Message",
    "Person",
    "RequestRefused",
    "Telegram",
    "shown",
    "shown_text",
]
