"""What cannot be done gets a clear sentence in the person's language, and changes nothing."""

from datetime import timedelta

import pytest

from bot import app
from bot.sandbox.client import Person, Telegram
from tests.chat.conftest import Running
from tests.chat.test_editions import opens_almedalen
from tests.chat.test_programme import jumps

INVITATION = "i_demo-gallivare-2027"


async def asked_for_slots(coordinator: Person) -> None:
    await opens_almedalen(coordinator)
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Norra scen")
    await coordinator.presses("Lägg till tider")
    await coordinator.sees("Vilka tider ska läggas upp")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("28–30 juni 2026, 07.30–17.30, 60 min", "har redan varit"),
        ("mån 28 juni 10.00–09.00", "Slutet ligger före början."),
        ("28–30 juni, 07.30–17.30, 60 min, 15 min mellan", "Det krockar med en tid på Norra scen"),
        ("mån 28 juni 18.00–19.00\nmån 28 juni 18.30–19.30", "krockar"),
        ("ons 28 juni 18.00–19.00", "Veckodagen stämmer inte"),
        ("mån 5 juli 10.00–11.00", "Upplagan är"),
        ("Norrbotten " * 370, "Jag kan inte läsa Norrbotten"),
        ("<b>fet</b> & <script>", "Jag kan inte läsa <b>fet</b> & <script>."),
    ],
    ids=["past", "backwards", "clash", "overlap", "weekday", "outside", "paste", "html"],
)
async def test_slots_that_cannot_be_are_refused_and_none_is_made(coordinator: Person, written: str, said: str) -> None:
    await asked_for_slots(coordinator)
    await coordinator.sends(written)
    await coordinator.sees(said)
    await opens_almedalen(coordinator)


async def test_an_expired_link_says_so_and_gives_nothing(telegram: Telegram, newcomer: Person) -> None:
    await jumps(telegram, await telegram.clock.now() + timedelta(days=61))
    await newcomer.starts(INVITATION)
    await newcomer.sees("Länken har gått ut. Be den som bjöd in dig om en ny")
    await newcomer.starts()
    await newcomer.sees("Vilken organisation företräder du?")


async def test_a_right_that_is_lost_in_the_middle_of_a_dialogue_ends_it_in_the_persons_language(
    local: Running, coordinator: Person, emma: Person
) -> None:
    await emma.sends("/bookings")
    await emma.presses("Så klarar vi hoten")
    await emma.presses("Cancel")
    await emma.sees("becomes free for others")
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sees("har ingen i Telegram")
    await coordinator.sends("LKAB")
    await coordinator.presses("LKAB")
    await coordinator.presses("Ta bort rätten: Emma")
    await coordinator.sees("Emma företräder inte längre LKAB.")
    await emma.sees("LKAB")
    assert await emma.presses("Cancel") == (
        "You do not have the right to do that. If you think you should, ask a coordinator with /contact."
    )
    async with app.opened(local.settings) as units, units.read() as work:
        bookings = [
            view.booking.state
            for edition in await work.editions.list_published()
            for view in await work.bookings.list_of_edition(edition.id)
            if view.actor.name == "LKAB" and edition.year == 2027
        ]
    assert bookings == ["booked"]
