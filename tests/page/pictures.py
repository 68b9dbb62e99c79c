"""The README's pictures, taken of the real bot on its page: `make pictures`. The clock stands still, so they change only when the product does."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from PIL import Image, ImageChops
from playwright.async_api import Browser, expect

from bot.sandbox.client import Telegram
from tests.chat.conftest import running
from tests.page.conftest import Screen, Screens, chromium
from tests.page.test_conversations import describes
from tests.page.test_walks import begin, follow

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
PHONE: Final[dict[str, Any]] = {"size": (390, 844), "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP: Final[dict[str, Any]] = {"size": (1280, 800), "device_scale_factor": 1.5}
COLOURS: Final = 128
SHADES: Final = 16

Taker: TypeAlias = Callable[[Screens, str], Awaitable[Screen]]


async def _booking(screens: Screens, address: str) -> Screen:
    screen = await screens.open(address, **PHONE)
    sara = await screen.opens("Sara")
    await describes(sara)
    await sara.sees("Norra scen, Fiskargränd 5")
    return screen


async def _reminders(screens: Screens, address: str) -> Screen:
    async with Telegram(address) as telegram:
        await telegram.clock.move(to=datetime.fromisoformat("2027-06-28T07:00+02:00"))
    screen = await screens.open(address, color_scheme="dark", **PHONE)
    await (await screen.opens("Erik")).sees("I dag kl. 07.30 är det er tur")
    return screen


async def _side_by_side(screens: Screens, address: str) -> Screen:
    screen = await screens.open(address, **DESKTOP)
    await begin(screen, "coordinate")
    await follow(screen.page, 8)
    await screen.chat("Maria").sees("0 har kvitterat")
    await expect(screen.chat("Erik").root.locator(".guided")).to_be_visible()
    return screen


PICTURES: Final[dict[str, Taker]] = {
    "booking.png": _booking,
    "reminders.png": _reminders,
    "side-by-side.png": _side_by_side,
}


async def take(browser: Browser, name: str) -> bytes:
    """One picture, of a bot and a Telegram of its own."""
    with TemporaryDirectory() as folder:
        async with running(f"sqlite:///{folder}/arenabot.db", Path(folder)) as local, local.bot():
            screens = Screens(browser)
            screen = await PICTURES[name](screens, local.address)
            await screen.page.mouse.move(0, 0)
            taken = await screen.page.screenshot(animations="disabled", caret="hide")
            await screens.close()
            return _small(taken)


def _small(picture: bytes) -> bytes:
    kept = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def alike(one: bytes, other: bytes) -> bool:
    """Whether nobody can tell them apart: chromium's edges differ by a shade from one time to the next."""
    first, second = (Image.open(io.BytesIO(picture)).convert("RGB") for picture in (one, other))
    seen = [0 if shade <= SHADES else 255 for shade in range(256)] * 3
    return first.size == second.size and ImageChops.difference(first, second).point(seen).getbbox() is None


async def _take_all() -> None:
    async with chromium() as browser:
        for name in PICTURES:
            picture, file = await take(browser, name), FOLDER / name
            if not file.exists() or not alike(picture, file.read_bytes()):
                file.write_bytes(picture)


if __name__ == "__main__":
    logging.disable()  # that Johan has blocked the bot is no news here
    asyncio.run(_take_all())
