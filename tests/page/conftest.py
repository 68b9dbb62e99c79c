"""The chat page in Debian's chromium: one browser a worker, a context of its own for each test."""

import asyncio
import inspect
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, async_playwright, expect

from bot.sandbox import Sandbox, fixtures
from bot.sandbox.client import Person, Telegram
from tests.chat.conftest import Running, running

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-quic", "--disable-background-networking"),
    *("--disable-gpu", "--disable-extensions", "--disable-component-extensions-with-background-pages"),  # quicker
]
PATIENCE_MS = 10_000
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that use the browser share its loop; without a browser none of them runs."""
    for item in items:
        if HERE in item.path.parents and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no chromium"))


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's browser."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One chromium for all tests of a worker."""
    async with chromium() as started:
        yield started


@dataclass(frozen=True)
class Chat:
    """A person's chat on the page, as they use it."""

    root: Locator

    @property
    def page(self) -> Page:
        return self.root.page

    @property
    def box(self) -> Locator:
        return self.root.locator("textarea")

    def row(self, text: str) -> Locator:
        """The newest message with the text."""
        return self.root.locator(".row", has=self.page.locator(".bubble", has_text=text)).last

    async def presses(self, label: str) -> None:
        """The newest button that begins with the label."""
        await self.root.locator(".key", has_text=re.compile(rf"^\s*{re.escape(label)}")).last.click()

    async def sends(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def sees(self, text: str) -> None:
        await expect(self.root.locator(".log")).to_contain_text(text)


@dataclass
class Screen:
    """A page that is open at an address."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def failed(self, error: Error) -> None:
        self.errors.append(str(error))

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def chat(self, name: str) -> Chat:
        """An open chat, by its person's name."""
        return Chat(self.page.locator(f'.pane[aria-label="{name}"]'))

    def entry(self, name: str) -> Locator:
        """A person's line in the list."""
        return self.page.locator("button.person", has=self.page.get_by_text(name, exact=True))

    async def opens(self, name: str) -> Chat:
        """A chat, from the list."""
        await self.entry(name).click()
        return self.chat(name)


@dataclass
class Screens:
    """Opens pages; what they complain of fails the test."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    opened: list[Screen] = field(default_factory=list)

    async def open(self, address: str, *, size: tuple[int, int] = (1280, 800), **options: Any) -> Screen:
        options = {"locale": "sv-SE", "viewport": {"width": size[0], "height": size[1]}} | options
        context = await self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        screen = Screen(await context.new_page())
        self.opened.append(screen)
        screen.page.on("pageerror", screen.failed)
        screen.page.on("console", screen.said)
        await screen.page.goto(address)
        await screen.page.locator(".person").first.wait_for()
        return screen

    async def close(self) -> None:
        """Closes them all, before the server that they watch is gone."""
        for context in self.contexts:
            await context.close()
        assert [error for screen in self.opened for error in screen.errors] == []


@pytest_asyncio.fixture(loop_scope="session")
async def screens(browser: Browser) -> AsyncIterator[Screens]:
    """Pages in the browser."""
    opener = Screens(browser)
    yield opener
    await opener.close()


# ------------------------------------------------------------------ the real bot


@pytest_asyncio.fixture(loop_scope="session")
async def local(demo_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """The local Telegram with the demo's people, and the real bot beside it."""
    async with running(demo_url, tmp_path) as started, started.bot():
        yield started


# -------------------------------------------------------------------- a bare bot


@dataclass(frozen=True)
class BareBot:
    """A bot that does what the test says."""

    address: str
    token: str
    session: aiohttp.ClientSession

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.address}/bot{self.token}/{method}", json=parameters) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def uploads(self, method: str, kind: str, name: str, content: bytes, **parameters: str) -> Any:
        form = aiohttp.FormData({key: str(value) for key, value in parameters.items()})
        form.add_field(kind, content, filename=name)
        async with self.session.post(f"{self.address}/bot{self.token}/{method}", data=form) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def update(self, kind: str) -> Any:
        """The next update of a kind; those before it are forgotten."""
        offset = 0
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while True:
                for update in await self.call("getUpdates", timeout=5, offset=offset):
                    offset = update["update_id"] + 1
                    if kind in update:
                        await self.call("getUpdates", offset=offset)
                        return update[kind]


def keyboard(*labels: str) -> dict[str, Any]:
    """Inline buttons, one a row."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:60]}] for label in labels]}


sandbox, telegram = fixtures.made(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox: Sandbox) -> AsyncIterator[BareBot]:
    """Its bot."""
    async with aiohttp.ClientSession() as session:
        yield BareBot(sandbox.address, sandbox.settings.token, session)


@pytest_asyncio.fixture(loop_scope="session")
async def anna(telegram: Telegram) -> Person:
    """A person who has started the bot."""
    person = await telegram.person("Anna", language="sv")
    await person.starts()
    return person
