"""A local Telegram for anybody's tests, by `pytest_plugins = ["bot.sandbox.fixtures"]`; wants pytest-asyncio."""

from collections.abc import AsyncIterator
from typing import Any, Literal

import pytest
import pytest_asyncio

from bot.sandbox.client import Telegram
from bot.sandbox.server import Sandbox
from bot.sandbox.settings import SandboxSettings


@pytest.fixture
def sandbox_settings() -> SandboxSettings:
    """What the server is started with: a free port, nothing kept, no rate limits; to be overridden."""
    return SandboxSettings(limits=False)


def made(loop_scope: Literal["function", "class", "module", "package", "session"] = "function") -> tuple[Any, Any]:
    """The fixtures `sandbox` and `telegram`, for tests that share a loop of this scope."""

    async def sandbox(sandbox_settings: SandboxSettings) -> AsyncIterator[Sandbox]:
        """A server of the test's own, with its `address` and its bot's `settings.token`."""
        async with Sandbox(sandbox_settings) as running:
            yield running

    async def telegram(sandbox: Sandbox) -> AsyncIterator[Telegram]:
        """The typed client, by which the test is everybody but the bot."""
        async with Telegram(sandbox.address) as client:
            yield client

    looped = pytest_asyncio.fixture(loop_scope=loop_scope)
    return looped(sandbox), looped(telegram)


sandbox, telegram = made()
