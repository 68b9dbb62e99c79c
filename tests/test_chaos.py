"""The harness of `make chaos` sees what it is to see: what was sent twice, by whom, and a safety that is not where it was."""

import inspect
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from bot.domain import policy
from chaos import safeties
from chaos.kills import WINDOW
from chaos.people import People
from chaos.plan import A_PERSON, A_RECIPIENT, MARKER, Plan
from chaos.record import Events, Record
from chaos.report import Report
from chaos.telegram import LocalTelegram
from chaos.worst import beyond_the_promise

ROOT = Path(__file__).parent.parent
SOURCES = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "chaos").glob("*.py")))
NAMED = re.compile(r"`(?:kills|deploy|worst|control)_\w+`")


def heard(*messages: tuple[int, int, str]) -> Record:
    """A record of the bot's messages: id, whose chat, words."""
    record = Record(lambda *_: None)
    for message_id, chat_id, text in messages:
        record.take("message", {"message_id": message_id, "chat": {"id": chat_id}, "out": False, "text": text})
    return record


def test_a_message_that_came_twice_is_counted_for_the_life_that_sent_it_first() -> None:
    record = heard(
        (1, A_RECIPIENT, "Utskick 0"), (2, A_RECIPIENT + 1, "Utskick 0"), (4, A_RECIPIENT, "Utskick 0"), (5, 7, "Hej")
    )
    record.marks += [3, 6]
    assert record.doubles() == [1, 0, 0]
    assert record.announced == {(0, A_RECIPIENT): 2, (0, A_RECIPIENT + 1): 1}


def test_a_message_that_came_three_times_is_a_double_of_each_life_that_sent_it_in_vain() -> None:
    record = heard((1, A_RECIPIENT, "Utskick 0"), (3, A_RECIPIENT, "Utskick 0"), (5, A_RECIPIENT, "Utskick 0"))
    record.marks += [2, 4]
    assert record.doubles() == [1, 1, 0]


def test_what_is_said_to_the_marker_is_no_double() -> None:
    assert heard((1, MARKER, "Hej"), (2, MARKER, "Hej")).doubles() == [0]


def test_what_somebody_gets_who_asks_again_is_no_double() -> None:
    record = heard((1, A_PERSON, "Vilken dag?"), (2, A_PERSON + 1, "Vilken dag?"))
    record.asks_again(A_PERSON)
    record.take("message", {"message_id": 3, "chat": {"id": A_PERSON}, "out": False, "text": "Vilken dag?"})
    record.take("message", {"message_id": 4, "chat": {"id": A_PERSON + 1}, "out": False, "text": "Vilken dag?"})
    assert [message_id for message_id, _, _ in record.repeated()] == [2]


def test_doubles_of_every_life_are_held_against_its_own_ends_and_ambiguous_answers() -> None:
    assert beyond_the_promise([WINDOW + 2, 2 * WINDOW, 0], [0, 1, 0], [2, 0, 0]) == 0
    assert beyond_the_promise([WINDOW + 3, 0, 0], [0, 1, 0], [2, 0, 0]) == 1
    assert beyond_the_promise([0, 0, 2], [0, 0, 0], [0, 0, 1]) == 1, "the last life is not killed"
    with pytest.raises(ValueError, match="zip"):
        beyond_the_promise([0, 0, 9], [0, 0], [0, 0])


def test_events_are_read_however_they_are_cut() -> None:
    taken: list[tuple[str, Any]] = []
    events = Events(lambda name, data: taken.append((name, data)))
    for byte in b'id: 1\nevent: message\ndata: {"a": 1}\n\n: beat\n\nid: 2\nevent: call\ndata: {}\n\n':
        events.feed(bytes([byte]))
    assert taken == [("message", {"a": 1})]
    assert events.last_id == "2"


def test_a_figure_is_told_with_its_bar_and_remembered_when_it_falls_short(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.line("lost", 0, "=", 0)
    report.line("doubles", 33, "≤", 32)
    assert capsys.readouterr().out == "lost 0 (bar: = 0) holds\ndoubles 33 (bar: ≤ 32) falls short\n"
    assert report.fell_short == ["doubles"]


def test_a_hundred_kills_are_among_a_thousand_people() -> None:
    plan = Plan.scaled(100, 240, announcements=1)
    assert (plan.people, plan.recipients, plan.reminders) == (1000, 5000, 1000)


def test_somebody_books_and_undoes_by_what_they_see() -> None:
    people = People(1, random.Random(1))
    (person,) = people.dialogues
    seen: list[tuple[str, str] | None] = []
    for number, (text, buttons) in enumerate(
        (("Vilken dag?", ["ons 1 dec · 10 lediga"]), ("Bokat", ["Visa"]), ("Bokat", ["Avboka"]), ("Avbokat", ["Ångra"]))
    ):
        seen.append(person.see(shown(number, text, buttons)))
    assert seen == [("press", "ons 1 dec · 10 lediga"), ("send", "/bokningar"), ("press", "Avboka"), ("press", "Ångra")]
    assert person.see(shown(9, "Allt är som förut", ["Mina bokningar"])) is None
    assert (person.booked, person.finished, people.booked) == (True, True, {A_PERSON})


class Deaf:
    """A Telegram that takes what people do."""

    async def send(self, *_what: Any) -> None:
        return

    press = send


async def test_what_somebody_gets_whom_doubles_made_answer_once_more_is_no_double() -> None:
    """Sent and not yet marked at a kill, two questions come again: the person answers both once more, and is answered."""
    people = People(2, random.Random(1))
    people.telegram = cast("LocalTelegram", Deaf())
    record = Record(people.told)
    people.repeats = record.asks_again
    name, kind, ready = ("Vad ska aktiviteten heta?", "Avbryt"), ("Vad för slags?", "Samtal"), ("Klart?", "Släpp tiden")
    for person in (A_PERSON, A_PERSON + 1):
        for number, (text, button) in enumerate((name, kind, ready, ready)):
            record.take("message", {**shown(10 + number, text, [button]), "chat": {"id": person}, "out": False})
    said = [(A_PERSON, name), (A_PERSON, kind), (A_PERSON, ready), (A_PERSON + 1, ready)]
    for number, (person, (text, button)) in enumerate(said, 20):
        record.take("message", {**shown(number, text, [button]), "chat": {"id": person}, "out": False})
    await people.settle()
    assert [d.repeats for d in people.dialogues] == [True, False]
    assert [found for found, _, _ in record.repeated()] == [12, 10, 12, 13]


def shown(message_id: int, text: str, buttons: list[str]) -> dict[str, Any]:
    keyboard = [[{"text": label, "callback_data": label}] for label in buttons]
    return {"message_id": message_id, "text": text, "reply_markup": {"inline_keyboard": keyboard}}


@pytest.mark.parametrize("safety", safeties.OFF)
def test_a_safety_that_is_taken_off_is_where_the_bot_looks_for_it(safety: str) -> None:
    """In a process of its own: what is taken off stays off."""
    program = inspect.cleandoc(
        f"""
        from chaos import safeties
        from bot.domain import policy
        from bot.services import bookings, holding
        from schedules.receipt import Receiver
        from storage.outbox import OutboxRecords
        places = {{
            "booking": lambda: holding.policy.require_bookable,
            "inbox": lambda: Receiver.store,
            "outbox": lambda: OutboxRecords.claim,
            "undo": lambda: bookings.undo,
        }}
        policy.taken_by_name, before = places[{safety!r}](), [places[{safety!r}]()]
        safeties.OFF[{safety!r}](lambda: print("reached"))
        now = places[{safety!r}]()
        assert now is not before[0] and policy.taken_by_name is now
        try:
            now()
        except TypeError:
            pass
        """
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "reached\n", "")


def test_a_safety_whose_place_has_moved_is_not_taken_off_in_silence() -> None:
    with pytest.raises(AttributeError):
        safeties._replace(policy, "require_what_nobody_asks", lambda: None, lambda: None)


def test_the_lines_that_hold_promises_are_told() -> None:
    document = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
    lines = {name.strip("`") for name in NAMED.findall(document)}
    assert len(lines) > 10
    controls = {f"control_{safety}_lost" for safety in safeties.OFF}
    untold = {name for name in lines - controls if f"}}_{name.partition('_')[2]}" not in SOURCES}
    assert untold == set()
