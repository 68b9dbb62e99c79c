"""The coordinator's handbook, played as it is written: its own buttons pressed, its own words written, its answers read."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from bot.sandbox.client import Message, Person, Telegram
from bot.sandbox.client.shown import shown_text
from bot.texts import catalogue

HANDBOOK: Final = Path(__file__).parents[2] / "docs" / "handbok.md"
MARK: Final = re.compile(
    r"```\n(?P<pasted>.*?)```|`(?P<written>[^`]+)`|(?<!\*)\*(?P<seen>[^*]+)\*|«(?P<pressed>[^»]+)»", re.DOTALL
)
PATIENCE: Final = 60
"""Seconds within which anything is to be seen: a report takes some, on a busy machine."""
ALMEDALEN: Final = "Norrbotten i Almedalen 2027"


@dataclass(frozen=True)
class Step:
    """What a mark in the handbook stands for: `pasted`, `written`, `seen` or `pressed`, and its words."""

    kind: str
    words: str


@dataclass(frozen=True)
class Cast:
    """The demo's people, in their chats."""

    telegram: Telegram
    sara: Person
    erik: Person
    emma: Person
    maria: Person


Prelude: TypeAlias = Callable[[Cast], Awaitable[Person | None]]
"""What has happened before a task begins; gives who follows its steps, Maria where it gives nobody."""


def marks(text: str) -> list[Step]:
    found = [(m.lastgroup or "", m.group(m.lastgroup or 0)) for m in MARK.finditer(text)]
    return [
        Step(kind, re.sub(r"^ {3}", "", words, flags=re.MULTILINE).strip("\n"))
        if kind == "pasted"
        else Step(kind, " ".join(words.split()))
        for kind, words in found
    ]


def tasks() -> dict[str, list[Step]]:
    """Every task of the handbook that has numbered steps: its heading, and its marks in order."""
    found: dict[str, list[Step]] = {}
    for section in re.split(r"^#{2,3} ", HANDBOOK.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        steps = re.findall(r"^\d+\. .*\n(?:(?: {3}.*)?\n)*", body, re.MULTILINE)
        if steps:
            found[heading] = marks("".join(steps))
    return found


TASKS: Final = tasks()


@pytest.fixture
def cast(telegram: Telegram, newcomer: Person, erik: Person, emma: Person, coordinator: Person) -> Cast:
    return Cast(telegram, newcomer, erik, emma, coordinator)


# What has happened before


async def _coordinators_link(cast: Cast) -> str:
    await cast.maria.sends("/samordna")
    for label in ("Mer", "Samordnare", "Bjud in en samordnare"):
        await press(cast.maria, label)
    await cast.maria.sees("Vad ska den nya samordna?")
    await press(cast.maria, "alla arenor")
    message = await cast.maria.sees("Skicka länken till den som ska samordna alla arenor")
    found = re.search(r"start=(\S+)", message["text"])
    assert found is not None
    return found[1]


async def it_is(cast: Cast, moment: str) -> None:
    """Jump there, and wait until the bot is there too: a move ends when everybody has come to rest."""
    await cast.telegram.clock.set(datetime.fromisoformat(moment))
    await cast.telegram.clock.move(by=timedelta(minutes=1))


async def a_link_has_come(cast: Cast) -> Person:
    await cast.sara.starts(await _coordinators_link(cast))
    return cast.sara


async def erik_coordinates_too(cast: Cast) -> None:
    await cast.erik.starts(await _coordinators_link(cast))
    await cast.erik.presses("Ja, det är jag")
    await cast.erik.sees("Nu är du samordnare")


async def erik_applies(cast: Cast) -> None:
    await cast.erik.sends("/boka")
    for label in ("Arctic Talks 2027", "tors 4 februari", "11.00–11.45"):
        await cast.erik.presses(label)
    await cast.erik.sees("Vad ska aktiviteten heta?")
    await cast.erik.sends("Norrsken")
    await cast.erik.presses("Samtal")
    await cast.erik.presses("Ansök om tiden")
    await cast.erik.sees("Er ansökan är inne")


async def sara_asks_to_join(cast: Cast) -> None:
    await cast.sara.starts()
    await cast.sara.sees("Vilken organisation företräder du?")
    await cast.sara.sends("Gällivare")
    await cast.sara.presses("Gällivare kommun")
    await cast.sara.sees("Jag har frågat en samordnare")


async def erik_asks(cast: Cast) -> None:
    await cast.erik.sends("/kontakt")
    await cast.erik.sees("Skriv din fråga")
    await cast.erik.sends("Får vi låna ett podium?")
    await cast.erik.sees("Frågan är skickad")


async def erik_wants_to_cancel_when_booking_has_closed(cast: Cast) -> None:
    await it_is(cast, "2027-04-06T10:00:00+02:00")
    await cast.erik.sends("/bokningar")
    for label in ("✅ mån 28 juni", "Avboka", "Be samordnaren"):
        await cast.erik.presses(label)
    await cast.erik.sees("Jag har skickat frågan")


async def erik_wants_to_move_when_booking_has_closed(cast: Cast) -> None:
    await it_is(cast, "2027-04-06T10:00:00+02:00")
    await cast.erik.sends("/bokningar")
    for label in ("✅ mån 28 juni …", "Byt tid"):
        await press(cast.erik, label)
    await cast.erik.sees("Jag har skickat frågan")


async def erik_wants_a_locked_field_opened(cast: Cast) -> None:
    await it_is(cast, "2027-04-20T10:00:00+02:00")
    await cast.erik.sends("/bokningar")
    for label in ("✅ mån 28 juni …", "Fyll i uppgifter", "🔒 Teknik", "Be samordnaren öppna"):
        await press(cast.erik, label)


async def something_was_announced(cast: Cast, *, receipts: bool = False) -> None:
    await cast.maria.sends("/utskick")
    await cast.maria.sees("Jag visar det innan något skickas")
    await cast.maria.sends("Samling kl. 17 vid scenen")
    await cast.maria.presses("Alla aktörer")
    if receipts:
        await cast.maria.presses("Be om kvittens")
        await cast.maria.sees("Med knappen")
    await cast.maria.presses("Skicka nu")
    await cast.maria.sees("Klart")


async def receipts_were_asked_for(cast: Cast) -> None:
    await something_was_announced(cast, receipts=True)


async def the_first_day_has_come(cast: Cast) -> None:
    await it_is(cast, "2027-06-28T07:00:00+02:00")


async def alvsbyn_was_called_off(cast: Cast) -> None:
    await cast.maria.sends("/samordna")
    for label in ("Mer", ALMEDALEN, "Scener och tider", "Norra scen", "ons 30 juni", "11.15–12.15 · Älv", "Ställ in"):
        await cast.maria.presses(label)
    await cast.maria.sees("Varför?")
    await cast.maria.sends("scenen byggs om")
    await cast.maria.presses("Ställ in och meddela")
    await cast.maria.sees("väntar på att bli uppringda")


async def erik_asks_alvsbyn_to_arrange_together(cast: Cast) -> None:
    await cast.erik.sends("/bokningar")
    for label in ("✅ mån 28 juni …", "Bjud in medarrangör"):
        await press(cast.erik, label)
    await cast.erik.sees("Skriv namnet")
    await cast.erik.sends("Älvsbyn")
    await press(cast.erik, "Älvsbyns kommun")
    await cast.erik.sees("")


BEFORE: Final[Mapping[str, Prelude]] = {
    "Bli samordnare": a_link_has_come,
    "Ta bort en samordnare": erik_coordinates_too,
    "Fråga den som söker": erik_applies,
    "Svara om en ny kontaktperson": sara_asks_to_join,
    "Svara på en fråga": erik_asks,
    "Godkänn en avbokning efter stängning": erik_wants_to_cancel_when_booking_has_closed,
    "Godkänn en flytt efter stängning": erik_wants_to_move_when_booking_has_closed,
    "Öppna ett låst fält": erik_wants_a_locked_field_opened,
    "Rätta texten efteråt": something_was_announced,
    "Påminn dem som inte har läst": receipts_were_asked_for,
    "Se dagen": the_first_day_has_come,
    "Mejla eller ring, och bocka av": alvsbyn_was_called_off,
    "Svara åt dem när någon vill arrangera tillsammans": erik_asks_alvsbyn_to_arrange_together,
}


# What others get


async def erik_hears_of_the_move(cast: Cast) -> None:
    await cast.erik.sees("Talaren kommer med förmiddagsflyget")


async def emma_hears_that_it_is_off(cast: Cast) -> None:
    await cast.emma.sees("Your slot was called off")


async def erik_gets_the_answer(cast: Cast) -> None:
    await cast.erik.sees("Ja, det finns ett podium")


async def everybody_gets_the_announcement(cast: Cast) -> None:
    await cast.erik.sees("Välkomna till genomgången sön 27 juni kl. 17")
    await cast.emma.sees("Welcome to the briefing on Sunday 27 June at 17.00")


async def everybody_gets_the_correction(cast: Cast) -> None:
    await cast.erik.sees("Samling kl. 18")


async def erik_gets_what_goes_to_ambassadors(cast: Cast) -> None:
    await cast.erik.sees("Tack för att ni berättar om Norrbotten")


async def erik_hears_that_they_come(cast: Cast) -> None:
    await cast.erik.sees("Älvsbyns kommun är med och arrangerar")


async def a_workbook_comes(cast: Cast) -> None:
    await cast.maria.sees_document(".xlsx")


async def a_calendar_file_comes(cast: Cast) -> None:
    await cast.maria.sees_document(".ics")


AFTER: Final[Mapping[str, Callable[[Cast], Awaitable[None]]]] = {
    "Till en ledig tid": erik_hears_of_the_move,
    "Ställ in en tid": emma_hears_that_it_is_off,
    "Boka en tid": a_calendar_file_comes,
    "Bjud in alla som saknas": a_workbook_comes,
    "Skriv och skicka": everybody_gets_the_announcement,
    "Rätta texten efteråt": everybody_gets_the_correction,
    "Skriv till ambassadörerna": erik_gets_what_goes_to_ambassadors,
    "Svara på en fråga": erik_gets_the_answer,
    "Svara åt dem när någon vill arrangera tillsammans": erik_hears_that_they_come,
    "Hämta allt": a_workbook_comes,
}


# The play


def _button(messages: list[Message], label: str) -> tuple[Message, str, bool] | None:
    """The newest button with exactly this label (`…` stands for anything): its message, its words, whether it is pressed."""
    wanted = re.compile(".*".join(map(re.escape, label.split("…"))), re.DOTALL)
    for message in reversed(messages):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if wanted.fullmatch(button["text"]):
                    return message, button["text"], "callback_data" in button
    return None


async def press(person: Person, label: str) -> None:
    async def shown() -> tuple[Message, str, bool] | None:
        return _button(await person.messages(), label)

    found = await person.telegram.until(shown)
    assert found, f"no button «{label}»; the chat ends so:\n{await person.screen()}"
    message, words, is_pressed = found
    if is_pressed and await person.presses(words, on=message) is None:
        await person.sees("")


async def see(person: Person, words: str) -> None:
    for part in filter(None, (part.strip() for part in words.split("…"))):
        await person.sees(part, deadline=PATIENCE)


async def _end_of_chat(person: Person) -> str:
    """The last two messages: a card may have a file below it."""
    return "\n".join(shown_text(message) for message in (await person.messages())[-2:])


async def until_seen(person: Person, label: str, words: str) -> None:
    """«Senare» tills kortet säger … : press as long as something else is shown, as a reader would."""
    for _ in range(5):
        before = await _end_of_chat(person)
        if words in before:
            return
        await press(person, label)

        async def is_another(seen: str = before) -> bool:
            return await _end_of_chat(person) != seen

        assert await person.telegram.until(is_another), f"«{label}» leads nowhere:\n{before}"
    raise AssertionError(f"«{label}» never leads to {words!r}:\n{await person.screen()}")


async def play(person: Person, steps: list[Step]) -> None:
    for at, step in enumerate(steps):
        following = steps[at + 1] if at + 1 < len(steps) else None
        match step.kind:
            case "written" | "pasted":
                await person.sends(step.words)
                await person.sees("")
            case "seen":
                await see(person, step.words)
            case "pressed" if step.words == "Senare" and following is not None and following.kind == "seen":
                await until_seen(person, step.words, following.words)
            case "pressed":
                await press(person, step.words)


def test_what_is_prepared_and_looked_at_belongs_to_a_task() -> None:
    assert (BEFORE.keys() | AFTER.keys()) - TASKS.keys() == set()


def test_every_task_says_what_to_do() -> None:
    assert [heading for heading, steps in TASKS.items() if {step.kind for step in steps} <= {"seen"}] == []


def labels() -> Iterator[re.Pattern[str]]:
    """What buttons may say, any words in the place of fields; what is hardly more than fields tells nothing."""
    for key, forms in catalogue("sv").items():
        for form in forms:
            said = re.split(r"\{[^}]*\}", form)
            if not key.startswith("error.") and (len(said) == 1 or len("".join(said)) > 2):
                yield re.compile(".+".join(map(re.escape, said)), re.IGNORECASE)


def test_every_button_that_is_mentioned_is_one_of_the_products() -> None:
    played = {step.words for steps in TASKS.values() for step in steps if step.kind == "pressed"}
    mentioned = {step.words for step in marks(HANDBOOK.read_text(encoding="utf-8")) if step.kind == "pressed"}
    known = list(labels())
    assert {label for label in mentioned - played if not any(form.fullmatch(label) for form in known)} == set()


@pytest.mark.parametrize("task", TASKS)
async def test_a_task_goes_as_it_is_written(task: str, cast: Cast) -> None:
    person = await BEFORE[task](cast) if task in BEFORE else None
    await play(person or cast.maria, TASKS[task])
    if task in AFTER:
        await AFTER[task](cast)
