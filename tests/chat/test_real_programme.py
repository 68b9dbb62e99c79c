"""The fourteen activities at Fiskargränd 5 on 4–6 July 2022 (the official programme, CC0), played from the first line
of a coordinator's to the last evaluation.

They are played on 4–6 July 2027: the bot takes no dates in the past, and its clock here begins in January 2027. The
weekdays differ, which nothing depends on.
"""

import asyncio
import csv
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.sandbox.client import Message, Person, Telegram, shown, shown_text
from tests.chat.conftest import running

ZONE = ZoneInfo("Europe/Stockholm")
YEAR = 2027
EDITION = f"Almedalsveckan {YEAR}"
ROWS = Path(__file__).with_name("programme_2022.csv")

PEOPLE = {
    "Luleå kommun": "Anna",
    "Luleå tekniska universitet": "Berit",
    "Svemin": "Cecilia",
    "LKAB": "David",
    "Region Norrbotten": "Eva",
    "Swedish Space Corporation": "Fredrik",
    "Fasadgruppen Norden AB": "Gunnar",
}
"""Who acts for whom; partners that nobody acts for are named only."""
FREE = ("4 juli 10.45–11.45", "5 juli 11.00–12.00", "6 juli 10.45–11.45", "6 juli 15.00–15.30")
"""Slots that nobody applies for: the neighbours to offer."""
MARK = "🔔"


@dataclass(frozen=True)
class Activity:
    """A row of the programme."""

    title: str
    organisers: Sequence[str]
    starts: datetime
    ends: datetime
    kind: str

    @property
    def owner(self) -> str:
        return self.organisers[0]

    @property
    def day(self) -> str:
        return f"{self.starts.day} juli"

    @property
    def hours(self) -> str:
        return f"{self.starts:%H.%M}–{self.ends:%H.%M}"


def activities() -> list[Activity]:
    """The table, in its order."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return [
            Activity(
                row["title"],
                # One name is spelt in two ways in the programme.
                [name.replace("Tekniska Universitet", "tekniska universitet") for name in row["organiser"].split(", ")],
                datetime.fromisoformat(row["start"]).replace(year=YEAR, tzinfo=ZONE),
                datetime.fromisoformat(row["end"]).replace(year=YEAR, tzinfo=ZONE),
                row["type"],
            )
            for row in csv.DictReader(file)
        ]


PROGRAMME = activities()
FIFTEENTH = replace(PROGRAMME[-1], title="En femtonde på samma tid", organisers=("Fasadgruppen Norden AB",))


@pytest.fixture
async def telegram(database_url: str, tmp_path: Path) -> AsyncIterator[Telegram]:
    """The local Telegram with the bot beside it, on each database."""
    async with running(database_url, tmp_path) as local, local.bot(), Telegram(local.address) as client:
        yield client


# What each does in chat


async def makes_the_edition(coordinator: Person) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Mer")
    await coordinator.presses("Ny upplaga")
    await coordinator.presses("Almedalsveckan")
    await coordinator.presses("Börja från början")
    await coordinator.sends(f"4–6 juli {YEAR}")
    await coordinator.sees(EDITION)
    await coordinator.presses("Bokning")
    await coordinator.presses("Fördelning")
    await coordinator.presses("Efter ansökan")
    await coordinator.sees("Fördelning: efter ansökan")
    await coordinator.presses("Öppnar")
    await coordinator.presses("Nu")
    await coordinator.sees("Öppnar: mån 11 januari")
    await coordinator.presses("Stänger")
    await coordinator.sends("31 mars")
    await coordinator.sees("Stänger: ons 31 mars")
    await coordinator.presses("‹ Upplagan")
    await coordinator.presses("Fält")
    await coordinator.presses("Sista dag för alla")
    await coordinator.sends("29 juni kl 12")
    await coordinator.sees("Sista dag för alla: tis 29 juni 12.00")
    await coordinator.presses("‹ Upplagan")
    await coordinator.presses("Scener och tider")
    await coordinator.presses("Ny scen")
    await coordinator.sends("Norra Scen, Fiskargränd 5")
    await coordinator.sees("Norra Scen · Fiskargränd 5")
    await coordinator.presses("Lägg till tider")
    lines = [f"{activity.day} {activity.hours}" for activity in PROGRAMME] + list(FREE)
    await coordinator.sends("\n".join(lines))
    await coordinator.sees(f"Det blir {len(lines)} tider på Norra Scen:")
    await coordinator.presses(f"Spara {len(lines)} tider")
    await coordinator.sees(f"{len(lines)} tider är sparade.")
    await coordinator.presses("‹ Scener")
    await coordinator.presses("‹ Upplagan")
    await coordinator.presses("Publicera")
    await coordinator.sees("Publicerad: ja")


async def invites(coordinator: Person, actor: str) -> str:
    """The payload of an actor's link."""
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.sends(actor)
    await coordinator.presses(actor)
    await coordinator.sees(f"{actor} · ")
    await coordinator.presses("Bjud in")
    await coordinator.presses(EDITION)
    seen = await coordinator.sees("?start=i_")
    return shown_text(seen).partition("?start=")[2].split()[0]


async def adds(coordinator: Person, actor: str) -> None:
    await coordinator.sends("/samordna")
    await coordinator.presses("Aktörer")
    await coordinator.presses("Lägg till")
    await coordinator.sends(f"Namn\tSlag\n{actor}\tFöretag")
    await coordinator.presses("Spara 1 aktör")
    await coordinator.sees("1 aktör är tillagd")


async def joins(person: Person, payload: str) -> None:
    await person.starts(payload)
    await person.presses("Ja, det är jag")
    await person.sees("Bra, då företräder du")


async def cancels_the_demos_own(person: Person) -> None:
    """The demo has a booking with one of the titles, whose reminders would be taken for ours."""
    await person.sends("/bokningar")
    await person.presses("Vätgasens betydelse")
    await person.presses("Avboka")
    await person.sees("Avboka Vätgasens betydelse")
    await person.presses("Avboka")
    await person.sees("Avbokat.")


async def looks_at(person: Person, day: str, hours: str) -> None:
    """From the command to a slot."""
    await person.sends("/boka")
    await person.presses(EDITION)
    await person.sees("Vilken dag passar?")
    await person.presses(day)
    await person.presses(hours)


async def applies(person: Person, activity: Activity) -> None:
    await looks_at(person, activity.day, activity.hours)
    await person.sees("Vad ska aktiviteten heta?")
    await person.sends(activity.title)
    await person.presses(activity.kind)
    await person.presses("Ansök om tiden")
    await person.sees("Er ansökan är inne")


async def invites_partners(person: Person, activity: Activity) -> None:
    """Those who are in Telegram are asked; the others are named."""
    for partner in activity.organisers[1:]:
        await person.sends("/bokningar")
        await person.presses(activity.title[:30])
        await person.presses("Bjud in medarrangör")
        await person.sends(partner)
        await person.presses(partner if partner in PEOPLE else f"Bara namnet: {partner}")
        await person.sees(partner)


async def grants_all(coordinator: Person) -> None:
    """Every slot of the edition to the one who had it: by the queue, card by card."""
    await coordinator.sends("/samordna")
    await coordinator.sees(f"{len(PROGRAMME) + 1} tider som söks")  # and one of the demo's own
    await coordinator.presses(f"Svara på {len(PROGRAMME) + 1}")
    given = 0
    while given < len(PROGRAMME):
        card = shown_text(await coordinator.sees(f" av {len(PROGRAMME) + 1 - given}\n"))
        if EDITION not in card:
            await coordinator.presses("Senare")
            continue
        owner = next(activity.owner for activity in PROGRAMME if activity.title in card)
        await coordinator.presses(f"Ge {owner}")
        await coordinator.sees(f"{owner} har fått")
        given += 1
        if given < len(PROGRAMME):
            await coordinator.presses("Nästa")


async def announces(coordinator: Person, text: str, *, readers: int) -> None:
    """To all whose actor has booked."""
    await coordinator.sends("/utskick")
    await coordinator.sees("Jag visar det innan något skickas")
    await coordinator.sends(text)
    await coordinator.presses("En annan upplaga")
    await coordinator.presses(EDITION)
    await coordinator.presses("Alla med bokning")
    await coordinator.sees(f"{readers} personer")
    await coordinator.presses("Skicka nu")
    await coordinator.sees("Klart")


# What is seen


def free_times(message: Message) -> list[str]:
    """The slots behind a message's buttons, by their beginnings."""
    rows = message["reply_markup"]["inline_keyboard"]
    found = (re.search(r"(\d juli\w*) (\d\d\.\d\d)–", button["text"]) for row in rows for button in row)
    return [f"{match[1]} {match[2]}" for match in found if match]


async def from_bot(person: Person) -> list[Message]:
    return [message for message in await person.messages(limit=500) if not message["out"]]


async def shown_programme(person: Person) -> list[str]:
    """The lines of the three days in chat, less headings."""
    await person.sends("/program")
    await person.presses(EDITION)
    lines = []
    for day in ("4 juli", "5 juli", "6 juli"):
        if day != "4 juli":
            await person.presses(day)
        seen = shown_text(await person.sees(f"{day} · 📍 Norra Scen, Fiskargränd 5"))
        lines += [f"{day} {line}" for line in seen.splitlines()[3:]]
    return lines


def expected_programme() -> list[str]:
    lines = []
    for activity in PROGRAMME:
        together = f" tillsammans med {', '.join(activity.organisers[1:])}" if activity.organisers[1:] else ""
        lines += [
            f"{activity.day} {activity.hours} {activity.title}",
            f"{activity.day} {activity.owner}{together}",
        ]
    return lines


async def calendar_of(person: Person) -> list[tuple[str, datetime, datetime, str, str]]:
    await person.sends("/program")
    await person.presses(EDITION)
    await person.presses("Kalenderfil: allt")
    content = await person.content(await person.sees_document("program.ics"))
    events: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    return [
        (str(e["SUMMARY"]), e["DTSTART"].dt, e["DTEND"].dt, str(e["DESCRIPTION"]), str(e["LOCATION"])) for e in events
    ]


def expected_calendar() -> list[tuple[str, datetime, datetime, str, str]]:
    place = "Norra Scen, Fiskargränd 5"
    return [
        (a.title, a.starts, a.ends, line.removeprefix(f"{a.day} "), place)
        for a, line in zip(PROGRAMME, expected_programme()[1::2], strict=True)
    ]


async def reminders_of(person: Person) -> Counter[tuple[datetime, frozenset[str]]]:
    """When something came by itself, and which activities it was about; the demo's own are left out."""
    found: Counter[tuple[datetime, frozenset[str]]] = Counter()
    for message in await from_bot(person):
        text = shown_text(message)
        titles = frozenset(activity.title for activity in PROGRAMME if activity.title in text)
        if text.startswith(MARK) and titles:
            found[datetime.fromtimestamp(message["date"], UTC), titles] += 1
    return found


def expected_reminders(actor: str) -> Counter[tuple[datetime, frozenset[str]]]:
    """One message for each person and time: of slots to all who arrange, of the rest to the owner's."""
    about: dict[datetime, set[str]] = {}

    def due(day: date, clock: time, title: str) -> None:
        about.setdefault(datetime.combine(day, clock, ZONE).astimezone(UTC), set()).add(title)

    for activity in (a for a in PROGRAMME if actor in a.organisers):
        day = activity.starts.date()
        due(day - timedelta(days=7), time(9), activity.title)
        due(day - timedelta(days=1), time(9), activity.title)
        due(day, (activity.starts - timedelta(hours=1)).time(), activity.title)
        if activity.owner == actor:
            due(date(YEAR, 6, 22), time(9), activity.title)
            due(date(YEAR, 6, 28), time(9), activity.title)
            due(day + timedelta(days=1), time(10), activity.title)
    return Counter((at, frozenset(titles)) for at, titles in about.items())


async def test_the_programme_of_2022_is_applied_for_granted_reminded_of_and_announced(telegram: Telegram) -> None:
    coordinator = next(person for person in await telegram.people() if person.name == "Maria")
    await makes_the_edition(coordinator)
    await adds(coordinator, "Fasadgruppen Norden AB")
    people = {actor: await telegram.new_person(name, language="sv") for actor, name in PEOPLE.items()}
    for actor, person in people.items():
        await joins(person, await invites(coordinator, actor))
    await cancels_the_demos_own(people["Luleå tekniska universitet"])

    async def applies_for_all(actor: str) -> None:
        for activity in PROGRAMME:
            if activity.owner == actor:
                await applies(people[actor], activity)

    await asyncio.gather(*(applies_for_all(actor) for actor in people))

    overlapping, late = people["Fasadgruppen Norden AB"], people["Svemin"]
    await applies(overlapping, FIFTEENTH)
    await late.sends("/boka")
    await late.presses(EDITION)
    await late.presses("6 juli")
    days_card = await late.sees("Flera kan söka samma tid")
    await grants_all(coordinator)

    refused = await overlapping.sees(f"{FIFTEENTH.title} fick inte")
    assert free_times(refused) == ["6 juli 15.00", "6 juli 10.45", "5 juli 11.00"]
    await late.presses("13.00–15.00", on=days_card)
    assert free_times(await late.sees("Den tiden blev just bokad")) == ["6 juli 15.00", "6 juli 10.45", "5 juli 11.00"]

    for activity in PROGRAMME:
        await invites_partners(people[activity.owner], activity)
        for partner in activity.organisers[1:]:
            if partner in people:
                await people[partner].presses("Ja, vi är med")
                await people[partner].sees("Ni arrangerar nu")

    assert await shown_programme(people["LKAB"]) == expected_programme()
    assert await calendar_of(people["LKAB"]) == expected_calendar()

    colleagues = [person for person in await telegram.people() if person.name in {"Erik", "Emma"}]
    readers = [*people.values(), *colleagues]
    await announces(coordinator, "Nyckeln till Norra Scen finns i receptionen", readers=len(readers))
    for person in readers:
        await person.sees("Nyckeln till Norra Scen")
        assert sum("Nyckeln till Norra Scen" in shown(m) for m in await from_bot(person)) == 1

    await telegram.clock.move(to=datetime(YEAR, 7, 8, 12, 0, tzinfo=UTC))
    assert {actor: await reminders_of(person) for actor, person in people.items()} == {
        actor: expected_reminders(actor) for actor in people
    }
