"""What people do with the real bot, on the page."""

from playwright.async_api import expect

from bot.sandbox.client import Telegram
from tests.chat.conftest import Running
from tests.page.conftest import Chat, Screen, Screens

INVITATION = "https://t.me/arenabot_bot?start=i_demo-gallivare-2027"


async def describes(sara: Chat) -> None:
    """From the invitation to the card that says what will be booked."""
    await sara.root.get_by_role("button", name="Jag har en inbjudningslänk").click()
    await sara.page.get_by_label("Länk eller kod").fill(INVITATION)
    await sara.page.get_by_role("dialog").get_by_role("button", name="Öppna", exact=True).click()
    await sara.presses("Ja, det är jag")
    await sara.presses("Boka en tid")
    await sara.presses("tis 29 juni")
    await sara.presses("12.30–13.30")
    await sara.sees("hålls för er till")
    await sara.sends("Vem äger vinden?")
    await sara.presses("Samtal")


async def books(sara: Chat) -> None:
    """From the invitation to the booking, in eight interactions."""
    await describes(sara)
    await sara.presses("Boka tiden")


async def test_an_invited_person_has_a_slot_in_eight_interactions(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address)
    sara = await screen.opens("Sara")
    await books(sara)
    await sara.sees("Bokat")
    await expect(sara.root.locator(".card.file")).to_contain_text(".ics")
    await expect(screen.page).to_have_title("Arenabot")


async def test_the_same_on_a_phone_with_touch(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address, size=(390, 780), has_touch=True, is_mobile=True)
    sara = await screen.opens("Sara")
    await expect(screen.page.locator(".people")).to_be_hidden()
    await books(sara)
    await sara.sees("Bokat")
    assert await sideways(screen) == 0
    await sara.root.get_by_role("button", name="Tillbaka till personerna").click()
    await expect(screen.entry("Sara")).to_be_visible()


async def sideways(screen: Screen) -> int:
    """How far the page, or a chat, can be scrolled to the side."""
    return int(
        await screen.page.evaluate(
            "Math.max(...[document.documentElement, ...document.querySelectorAll('.scroller')]"
            ".map((one) => one.scrollWidth - one.clientWidth))"
        )
    )


async def test_an_announcement_arrives_in_three_peoples_chats_at_once(local: Running, screens: Screens) -> None:
    async with Telegram(local.address) as telegram:
        sara, erik, emma, maria, _ = await telegram.people()
        await sara.starts("i_demo-gallivare-2027")
        await sara.presses("Ja, det är jag")
    screen = await screens.open(local.address)
    maria_chat = await screen.opens(maria.name)
    await maria_chat.sends("/utskick")
    await maria_chat.sees("Jag visar det innan något skickas")
    await maria_chat.sends("Välkomna till genomgången")
    await maria_chat.presses("Alla aktörer")
    await maria_chat.presses("Skicka nu")
    for person in (sara, erik, emma):
        await expect(screen.entry(person.name)).to_contain_text("Välkomna till genomgången")
        await expect(screen.entry(person.name).locator(".unread")).to_be_visible()
        chat = await screen.opens(person.name)
        await chat.sees("Välkomna till genomgången")
        await expect(screen.entry(person.name).locator(".unread")).to_have_count(0)


async def test_the_clock_moves_and_what_was_due_arrives(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address)
    erik = await screen.opens("Erik")
    await erik.sends("/paminnelser")
    await erik.sees("Det här påminner jag dig om")
    await screen.page.get_by_role("button", name="+1 dag").click()
    await expect(screen.page.locator(".clock-time")).to_have_text("tis 12 januari 2027 09.00")
    await expect(erik.root.locator(".day").first).to_have_text("I går")
    await screen.page.get_by_role("button", name="För utvecklare").click()
    await screen.page.get_by_label("Flytta klockan till").fill("2027-03-04T09:01")
    await screen.page.get_by_role("button", name="Flytta", exact=True).click()
    await erik.sees("Det officiella programmet")
    await expect(screen.page.locator(".clock-time")).to_have_text("tors 4 mars 2027 09.01")
    await expect(erik.root.locator(".day")).to_have_text(["Måndag 11 januari", "I dag"])


async def test_who_blocks_the_bot_is_shown_so_and_lets_it_in_again(local: Running, screens: Screens) -> None:
    screen = await screens.open(local.address)
    await expect(screen.entry("Johan")).to_contain_text("Har blockerat boten")
    erik = await screen.opens("Erik")
    await erik.root.get_by_role("button", name="Mer om samtalet").click()
    await screen.page.get_by_role("menuitem", name="Blockera boten").click()
    await expect(screen.entry("Erik")).to_contain_text("Har blockerat boten")
    await expect(erik.box).to_be_hidden()
    await erik.root.get_by_role("button", name="Sluta blockera").click()
    await erik.sends("/start")
    await erik.sees("Du företräder Luleå kommun.")
