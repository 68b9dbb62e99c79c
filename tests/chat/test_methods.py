"""«Så gjorde vi» in chat: told after an activity, read, asked about, answered, lifted and withdrawn."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.client import Person, Telegram
from bot.sandbox.client.shown import shown_text

EMMAS = "Så klarar vi hoten mot omställningsresan"
ASKED = datetime(2027, 7, 5, 10, tzinfo=ZoneInfo("Europe/Stockholm"))
BUTTON = "How we did it"


async def _evaluates(emma: Person, telegram: Telegram) -> None:
    """Emma says how it went, to where «Så gjorde vi» is offered."""
    await emma.sends("/reminders")
    await emma.sees("What I will remind you of")
    await telegram.clock.move(to=ASKED)
    await emma.presses("About Så klarar vi hoten", on=await emma.sees("Norrbotten in Almedalen 2027 is over."))
    await emma.presses("30", on=await emma.sees("How many came?"))
    for question, score in (("How satisfied", "4"), ("Was it worth", "3"), ("Would you take part", "Yes")):
        await emma.presses(score, on=await emma.sees(question))
    await emma.sees("Thank you, the answer is for you all.")


async def test_it_is_told_after_an_activity_read_by_others_asked_about_answered_and_lifted(
    telegram: Telegram, emma: Person, erik: Person, coordinator: Person
) -> None:
    await _evaluates(emma, telegram)
    await emma.presses(BUTTON)
    await emma.sees("1 of 3. What did you do?")
    await emma.sends("We let the critics begin <b>")
    await emma.sees("2 of 3. What worked?")
    await emma.sends("Nobody left")
    await emma.sees("3 of 3. What would you change next time?")
    await emma.presses("Skip")
    await emma.sees("✅ Shared. The other organisations can read it under /methods")
    await emma.presses("Add a file")
    await emma.sees("Send a document or a picture.")
    await emma.uploads(b"09.00 in\n", "schedule.txt")
    await emma.sees("The file is there now.")

    await erik.sends("/metoder")
    await erik.presses("Arena")
    await erik.presses("Almedalsveckan · 4")
    await erik.presses("Slag")
    await erik.presses("Debatt/panelsamtal · 2")
    await erik.presses(EMMAS)
    card = await erik.sees("Vi gjorde: We let the critics begin <b>")
    assert "Det skulle vi ändra" not in shown_text(card)
    await erik.presses("Se filen")
    file = await erik.sees_document("schedule.txt")
    assert await erik.content(file) == b"09.00 in\n"
    await erik.presses("Fråga dem")
    await erik.sees("LKAB ser att frågan kommer från Luleå kommun. Ditt namn syns inte.")
    await erik.sends("Hur hittade ni dem?")
    await erik.sees("Frågan är skickad till LKAB.")

    asked = await emma.sees("Luleå kommun asks about Så klarar vi hoten")
    await emma.presses("Answer", on=asked)
    await emma.sees("under the name LKAB")
    await emma.sends("We asked the local paper")
    await emma.sees("The answer is sent.")
    answer = await erik.sees("LKAB har svarat om Så klarar vi hoten")
    assert "Du frågade: ”Hur hittade ni dem?”\nLKAB: ”We asked the local paper”" in shown_text(answer)

    await coordinator.sends("/metoder")
    await coordinator.presses(EMMAS)
    await coordinator.presses("Lyft i ett utskick")
    await coordinator.sees("Till vilka?")
    await coordinator.presses("Alla aktörer")
    await coordinator.sees("Så gjorde LKAB med Så klarar vi hoten")
    await coordinator.presses("Skicka nu")
    await erik.sees("Under /metoder finns fler, och där kan du fråga LKAB.")
    await emma.sees("There is more under /methods, and you can ask LKAB there.")


async def test_what_is_withdrawn_is_gone_at_the_next_press_and_can_be_shared_again(
    telegram: Telegram, emma: Person, erik: Person
) -> None:
    await emma.sends("/reminders")
    await telegram.clock.move(to=ASKED + timedelta(days=1))
    await emma.sends("/methods")
    await emma.presses(f"Share: {EMMAS}")
    await emma.sends("We let the critics begin")
    await emma.presses("Skip")
    await emma.presses("Skip")
    await emma.sees("✅ Shared.")
    await erik.sends("/metoder")
    await erik.presses(EMMAS)
    old = await erik.sees("Vi gjorde: We let the critics begin")
    await emma.presses("Withdraw")
    await emma.sees("Withdrawn. Nobody else sees it any more.")
    assert await erik.presses("Fråga dem", on=old) == "Det här kortet är gammalt. Så här ser det ut nu."
    now = await erik.sees("De har dragit tillbaka det.")
    assert "critics" not in shown_text(now)
    await emma.presses("Share again")
    await emma.sees("✅ Shared.")
    await erik.presses("‹ Så gjorde vi")
    await erik.presses(EMMAS)
    await erik.sees("Vi gjorde: We let the critics begin")


async def test_who_takes_no_part_is_told_how_to(newcomer: Person) -> None:
    await newcomer.sends("/metoder")
    await newcomer.sees("Du företräder ingen än; skriv /start så ordnar vi det.")
