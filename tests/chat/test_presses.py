"""Every dialogue about results costs an actor at most five presses to a saved answer, on the longest way that it has.

Erik speaks for one actor, Emma for two. What is optional is left out: other choices, free lines, and reading first.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.client import Person, Telegram

MOST = 5
EMMAS = "Så klarar vi hoten mot omställningsresan"
EDITION = "Norrbotten in Almedalen 2027"
GRIDS, SKILLS = "Power grids and permits", "Skills supply"
ASKED = datetime(2027, 7, 5, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


async def saves(person: Person, *steps: str) -> None:
    """Take the steps to a saved answer: [a press], ?what is then seen, or words that are written, which are no presses."""
    before, written = person.interactions, 0
    for step in steps:
        match step[0]:
            case "[":
                await person.presses(step[1:-1])
            case "?":
                await person.sees(step[1:])
            case _:
                await person.sends(step)
                written += 1
    assert person.interactions - before - written <= MOST


@pytest.fixture
async def over(telegram: Telegram, erik: Person, emma: Person) -> None:
    """Almedalen is over, and its people are asked about it."""
    await emma.sends("/reminders")
    await emma.sees("What I will remind you of")
    await telegram.clock.move(to=ASKED)
    await emma.sees(f"{EDITION} is over.")
    await erik.sees("Norrbotten i Almedalen 2027 är över.")


# Issues


async def test_what_an_activity_is_for_is_named(erik: Person, emma: Person) -> None:
    await erik.sends("/boka")
    for label in ("Norrbotten i Almedalen 2027", "tis 29 juni", "12.30–13.30"):
        await erik.presses(label)
    await erik.sends("Vem äger vinden?")
    await erik.presses("Samtal")
    await erik.presses("Boka tiden")
    await saves(
        erik,
        *("?Vad ska Vem äger vinden? bidra till?", "[Elnät och tillstånd]", "[Samsyn]", "[Näringsliv]", "[Klart]"),
        *("?Frågor: Elnät och tillstånd", "?Syfte: Samsyn och samhandling", "?För: Näringsliv"),
    )
    await saves(
        erik, "/bokningar", "[Etableringsekvationen]", "[Frågor och syfte]", "[Elnät]", "[Samsyn]", "[Näringsliv]"
    )
    await erik.sends("/bokningar")
    await erik.presses("Etableringsekvationen")
    await erik.presses("Frågor och syfte")
    for label in ("✅ Elnät", "✅ Samsyn", "✅ Näringsliv"):  # saved as they were pressed
        await erik.presses(label)
    proposes = ("/bookings", f"[{EMMAS[:20]}]", "[Issues and purpose]", "[Another issue]", "Vätgas för stål")
    await saves(emma, *proposes, "?Your proposed issue waits for a coordinator: Vätgas för stål")


async def test_an_actor_takes_a_stand_when_it_is_asked_and_by_itself(emma: Person, coordinator: Person) -> None:
    await coordinator.sends("/fragor")
    for label in ("Elnät och tillstånd", "Redigera frågan", "Skriv ett ställningstagande"):
        await coordinator.presses(label)
    await coordinator.sends("Elnätet i norr ska vara utbyggt till 2032.")
    await coordinator.presses("Fråga aktörerna")
    answers = (
        "[With a reservation]",
        "[{}]",
        "[An official's assessment]",
        "Not at the cost of mines",
        "?Saved for {}",
    )
    await saves(emma, "?Can LKAB, SSAB stand behind this", *(step.format("LKAB") for step in answers))
    await saves(emma, "/issues", f"[{GRIDS}]", *(step.format("SSAB") for step in answers))


async def test_a_joint_action_is_started_others_are_asked_and_answer_and_it_is_done(emma: Person, erik: Person) -> None:
    of_its_own = ("/issues", f"[{SKILLS}]", "[Start something joint]", "?What do you want to do together?")
    due = ("?By when is it to be done?", "[3 mo]", "?It is started.")
    await saves(emma, *of_its_own, "A letter to the government", "?Who leads it?", "[SSAB]", *due)
    await emma.sees("SSAB")
    beside = ("/issues", f"[{SKILLS}]", "[What is done together]", "[Start something joint]", "?What do you want")
    await saves(emma, *beside, "A visit", "?Who leads it?", "Luleå", "?Which of them?", "[Luleå kommun]", *due)
    await saves(erik, "?LKAB frågar om Luleå kommun vill hålla i", "[Vi är med]", "?Då är Luleå kommun med")
    mine = ("/issues", "[What we do together]", "[A letter to the government]")
    await saves(emma, *mine, "[Invite an actor]", "?Which actor", "Luleå kommun", "[Luleå kommun]", "?Luleå kommun")
    await saves(erik, "/fragor", "[Det vi gör ihop]", "[A letter to the government]", "[Vi är med]", "?Då är Luleå")
    await saves(emma, *mine, "[It is done]", "?What came of it", "It was handed over", "?Done")


# Methods


@pytest.mark.usefixtures("over")
async def test_how_it_was_done_is_shared_and_its_author_asked(emma: Person, erik: Person) -> None:
    lines = ("?1 of 3", "We let the critics begin", "?2 of 3", "[Skip]", "?3 of 3", "[Skip]", "?✅ Shared.")
    await saves(emma, "[How we did it]", *lines)
    await saves(erik, "/metoder", f"[{EMMAS}]", "[Fråga dem]", "?Ditt namn syns inte", "Hur då?", "?Frågan är skickad")
    await saves(
        emma, "?Luleå kommun asks about", "[Answer]", "?under the name LKAB", "Like this", "?The answer is sent."
    )


# Networks


async def test_one_shows_oneself_asks_for_contact_and_answers(emma: Person, erik: Person) -> None:
    await saves(emma, "/network", "[Show me to others]", "?You are shown now.")
    await saves(erik, "/natverk", "[Visa mig för andra aktörer]", "?Norrbotten i Almedalen 2027")
    found = ("/natverk", "[Norrbotten i Almedalen 2027 · 1]", "[Emma, LKAB, SSAB]", "[Be om kontakt]")
    await saves(erik, *found, "?Varför", "Vi borde ordna något ihop", "[Skicka frågan]", "?Frågan är skickad.")
    await saves(emma, "?would like contact with you", "[Yes]", "[Exchange details]", "?Erik now has what you share.")


# Evaluation


@pytest.mark.usefixtures("over")
async def test_an_edition_is_evaluated_and_one_becomes_its_ambassador(emma: Person) -> None:
    await saves(emma, "[Be an ambassador?]", "?Will you be an ambassador", "[Yes, gladly]", "?You are an ambassador")
    scores = ("?How satisfied are you with the arena", "[4]", "?the help you got", "[5]", "?What should we change")
    await saves(emma, *scores, "[Skip]", "?Thank you, that helps us")


@pytest.mark.usefixtures("over")
async def test_an_activity_is_evaluated_with_its_edition_by_pressed_and_by_written_number(
    emma: Person, erik: Person
) -> None:
    then = ("?How satisfied are you", "[4]", "?Was it worth", "[3]", "?Would you take part", "[Yes]", "?Thank you, the")
    await saves(emma, f"[About {EMMAS[:20]}]", "?How many came?", "[30]", *then)
    await saves(emma, "[Issue, purpose, group]", f"[{GRIDS}]", "[Consensus]", "[Business]", "[Done]", "?Issues: Power")
    svar = ("?Hur nöjda är ni", "[4]", "?Var det värt", "[3]", "?Vill ni vara med", "[Ja]", "?Tack, svaret gäller")
    await saves(erik, "[Svara om Etableringsekv]", "?Hur många kom?", "[Annat antal]", "?Skriv antalet", "37", *svar)
