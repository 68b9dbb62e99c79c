"""A local Telegram: the Bot API for one bot, a chat page, a movable clock. It imports nothing of the bot."""

from bot.sandbox.errors import StateUnusable
from bot.sandbox.server import Sandbox, serve
from bot.sandbox.settings import SandboxSettings

__all__ = ["Sandbox", "SandboxSettings", "StateUnusable", "serve"]
