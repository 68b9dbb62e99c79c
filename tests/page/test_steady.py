"""A lost connection, and a chat of 5,000 messages."""

import asyncio
from pathlib import Path

from playwright.async_api import expect

from bot.sandbox import Sandbox, SandboxSettings
from bot.sandbox.client import Person, Telegram
from tests.page.conftest import BareBot, Screens

MESSAGES, COPIED = 5_000, 100
MEDIAN_MS, SLOWEST_MS = 34, 500  # of frames while one scrolls: bounds that a busy machine keeps too

SCROLL = """async ([distance, frames]) => {
  const scroller = document.querySelector(".scroller");
  const times = [];
  let last = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollBy(0, distance);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((one, other) => one - other);
  return [times[frames >> 1], times[frames - 1]];
}"""


async def test_a_lost_connection_comes_back_and_misses_nothing(tmp_path: Path, screens: Screens) -> None:
    state = tmp_path / "telegram.db"
    sandbox = Sandbox(SandboxSettings(state=state, limits=False))
    address = await sandbox.start()
    port = int(address.rpartition(":")[2])
    async with Telegram(address) as telegram:
        person = await telegram.person("Anna", language="sv")
        await person.starts()
        screen = await screens.open(address)
        chat = await screen.opens("Anna")
        await chat.sees("/start")
        await chat.box.fill("ett utkast")
    await sandbox.stop()
    await expect(screen.page.locator(".offline")).to_have_text("Ingen kontakt med servern. Försöker igen …")
    await chat.box.press("Enter")  # what could not be sent is there again
    await expect(screen.page.locator(".toast.error")).to_have_text("Ingen kontakt med servern.")
    await expect(chat.box).to_have_value("ett utkast")
    async with Sandbox(SandboxSettings(state=state, port=port, limits=False)), Telegram(address) as telegram:
        person = next(iter(await telegram.people()))
        await person.sends("medan du var borta")
        await chat.sees("medan du var borta")
        await expect(screen.page.locator(".offline")).to_be_empty()
        await expect(chat.box).to_have_value("ett utkast")
        await person.sends("och nu")
        await chat.sees("och nu")
        await expect(chat.root.locator(".row")).to_have_count(3)
    screen.errors[:] = [
        error for error in screen.errors if "ERR_CONNECTION_REFUSED" not in error and "ERR_INCOMPLETE" not in error
    ]


async def test_what_comes_while_the_page_loads_comes_once_and_in_order(
    anna: Person, bot: BareBot, screens: Screens
) -> None:
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")

    async def says(numbers: range) -> None:
        for number in numbers:
            await bot.call("sendMessage", chat_id=anna.id, text=f"Nummer {number}")

    for start in range(0, 60, 20):
        await says(range(start, start + 10))
        await asyncio.gather(screen.page.reload(), says(range(start + 10, start + 20)))
    await chat.sees("Nummer 59")
    await chat.root.locator(".scroller").evaluate("(one) => one.scrollTo(0, -one.scrollHeight)")
    await expect(chat.root.locator(".in .text")).to_have_count(60)
    texts = await chat.root.locator(".in .text").evaluate_all("(all) => all.map((one) => one.firstChild.textContent)")
    assert texts == [f"Nummer {number}" for number in range(60)]


async def test_5000_messages_scroll_smoothly(anna: Person, bot: BareBot, screens: Screens) -> None:
    await anna.sends("allra först")
    ids = [
        (await bot.call("sendMessage", chat_id=anna.id, text=f"Nummer {number} " + "ord " * (number % 40)))[
            "message_id"
        ]
        for number in range(COPIED)
    ]
    for _ in range(MESSAGES // COPIED - 1):
        await bot.call("copyMessages", chat_id=anna.id, from_chat_id=anna.id, message_ids=ids)
    screen = await screens.open(bot.address)
    chat = await screen.opens("Anna")
    await chat.sees(f"Nummer {COPIED - 1}")
    median, slowest = await screen.page.evaluate(SCROLL, [-500, 60])  # older pages come meanwhile
    assert (median < MEDIAN_MS, slowest < SLOWEST_MS) == (True, True), (median, slowest)
    await chat.root.get_by_role("button", name="Sök i samtalet").click()
    await screen.page.keyboard.type("allra först")
    rows = chat.root.locator(".row")
    await expect(rows.nth(1)).to_contain_text("allra först", timeout=30_000)
    await expect(rows.nth(1)).to_be_in_viewport()
    await expect(rows).to_have_count(MESSAGES + 2)
    median, slowest = await screen.page.evaluate(SCROLL, [400, 60])  # all of them are there
    assert (median < MEDIAN_MS, slowest < SLOWEST_MS) == (True, True), (median, slowest)
    await chat.root.locator(".to-end").click()
    await expect(rows.last).to_be_in_viewport()
