"""The three walks of the demo, walked by pressing what the page points at and nothing else."""

import asyncio
import json
from contextlib import suppress

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, expect

from bot.demo import PEOPLE
from tests.chat.conftest import Running
from tests.page.conftest import Screen, Screens

WALKS = {walk["id"]: walk for walk in json.loads(PEOPLE.read_text(encoding="utf-8"))["walks"]}
WAS_DONE = """([pressed, step]) => !pressed.isConnected || !pressed.classList.contains("guided")
  || !document.querySelector(".guide-text b").textContent.includes(step)"""
STEP = 60.0
"""Seconds that a step may take: one of them moves the clock by months."""
ENDS = {"book": "Vem äger vinden?", "coordinate": "1 har kvitterat", "year": "Nöjda: 5 av 5"}


async def begin(screen: Screen, walk: str) -> None:
    await screen.page.get_by_text("Ny här? Börja här").click()
    await screen.page.locator(f'[data-walk="{walk}"]').click()


async def follow(page: Page, steps: int) -> None:
    """Presses what is pointed at until so many steps are behind, and nothing that a later step points at."""
    for at in range(1, steps + 1):
        step = f"steg {at} av"
        count = page.locator(".guide-text b", has_text=step)
        target = page.locator("body", has=count).locator(".guided:not(:disabled)").first
        async with asyncio.timeout(STEP):
            while await count.count():
                with suppress(PlaywrightError):  # what is pointed at may change under the hand
                    pressed = await target.element_handle(timeout=300)
                    await pressed.click(timeout=1000)
                    await page.wait_for_function(WAS_DONE, arg=[pressed, step])


@pytest.mark.parametrize("walk", WALKS)
async def test_each_walk_leads_to_its_end(local: Running, screens: Screens, walk: str) -> None:
    screen = await screens.open(local.address, size=(1440, 900))
    await begin(screen, walk)
    steps = len(WALKS[walk]["steps"])
    await follow(screen.page, steps)
    await expect(screen.page.locator(".guide-text")).to_contain_text(WALKS[walk]["done"]["sv"])
    await expect(screen.page.locator(".panes")).to_contain_text(ENDS[walk])
    await screen.page.locator("#guide").get_by_role("button", name="Klart").click()
    await expect(screen.page.locator("#guide")).to_be_hidden()


async def test_a_walk_on_a_phone_leads_to_the_other_chat(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address, size=(390, 780), has_touch=True, is_mobile=True)
    await begin(screen, "year")
    await screen.page.locator(".pane-tab", has_text="Emma").click()
    await expect(screen.page.locator(".guide-hint")).to_have_text("Öppna först Erik.")
    await follow(screen.page, 1)
    await expect(screen.page.locator(".guide-text")).to_contain_text("steg 2 av 11")
    await expect(screen.chat("Erik").root).to_be_visible()


async def test_a_walk_can_be_left_and_goes_on_after_a_reload(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address)
    await begin(screen, "book")
    await follow(screen.page, 1)
    await screen.page.reload()
    await expect(screen.page.locator(".guide-text")).to_contain_text("steg 2 av 8")
    await screen.page.get_by_role("button", name="Avsluta rundturen").click()
    await screen.page.reload()
    await expect(screen.entry("Sara")).to_be_visible()
    await expect(screen.page.locator("#guide")).to_be_hidden()


async def test_a_walk_that_was_walked_before_goes_on_from_what_is_there(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address)
    await begin(screen, "book")
    await follow(screen.page, 2)
    await screen.page.get_by_role("button", name="Avsluta rundturen").click()
    await begin(screen, "book")
    await follow(screen.page, 1)
    await expect(screen.page.locator(".guided .label")).to_have_text("Boka en tid")
    await expect(screen.page.locator(".guide-text")).to_contain_text("steg 3 av 8")
