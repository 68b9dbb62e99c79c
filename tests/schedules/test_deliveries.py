"""Telegram's answers and what is done about them, each over the wire."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.errors import DatabaseUnavailable
from bot.domain.outgoing import Dead, Delivery, Dropped, Outgoing, Priority, Retry, Sent, ToDraw
from bot.domain.ports.delivery import NotSent, NotYet, Uncertain
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.pacing import ChatPace, Pace
from bot.sandbox.client import Person, Telegram
from bot.transport import Transport
from schedules.refusals import outcome_of
from storage.engine import Database, Session
from storage.outbox import RESEND_TRIES
from storage.schema import outbox
from tests.chat.test_announcements import PIXEL
from tests.schedules.conftest import NOW, Bot, Taking, Unheard, card, compose, text_to, texts

_rows = select(outbox).order_by(outbox.c.id)


async def rows(database: Database) -> list[tuple[str, str | None]]:
    async with database.read() as session:
        return [(row.state, row.error) for row in await session.rows(_rows)]


@pytest.fixture
async def anna(telegram: Telegram) -> Person:
    anna = await telegram.person("Anna")
    await anna.starts()
    return anna


async def ended(bot: Bot, telegram: Telegram, count: int) -> list[Any]:
    async def enough() -> bool:
        return len(bot.finished) >= count

    assert await telegram.until(enough), await rows(bot.units.database)
    return [each.outcome for each in bot.finished]


async def test_a_storm_of_429_is_waited_out_and_nothing_is_sent_twice(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    limit = {"error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", answer=limit)
        await bot.says(text_to(anna.id, "hej"))
        await anna.sees("hej")
    assert texts(await anna.messages()) == ["echo /start", "hej"]
    assert await rows(database) == [("done", None), ("done", None)]


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        ({"answer": {"error_code": 502, "description": "Bad Gateway"}}, 1),
        ({"reset": True}, 1),
        ({"lost": True}, 2),
        ({"hang": 5}, 1),
    ],
)
async def test_what_may_not_have_arrived_is_sent_again(
    database: Database, transport: Transport, telegram: Telegram, anna: Person, fault: dict[str, Any], sent: int
) -> None:
    bot = compose(database, transport, time_limit=1)
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", **fault)
        await bot.says(text_to(anna.id, "hej"))
        await ended(bot, telegram, 2)
    assert texts(await anna.messages()) == ["echo /start", *["hej"] * sent]


async def test_a_storm_of_429_halves_the_rate(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    limit = {"error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    pace = Pace(1000)
    bot = compose(database, transport, pace=pace)
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", answer=limit, times=2)
        await bot.says(text_to(anna.id, "hej"))
        await anna.sees("hej")
    assert 500 <= pace.rate < 1000


async def test_a_group_that_takes_no_more_does_not_silence_the_others(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    limit = {"error_code": 429, "description": "Too Many Requests: retry after 60", "parameters": {"retry_after": 60}}
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", answer=limit)
        await bot.says(text_to(-42, "to a group"))
        assert await telegram.until(lambda: _refused(database))
        await bot.says(text_to(anna.id, "hej"))
        await anna.sees("hej")


async def _refused(database: Database) -> bool:
    return any(str(error).startswith("429") for _, error in await rows(database))


async def test_a_kind_can_be_held_when_it_may_have_arrived(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    bot = compose(database, transport, hold={"call"})
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", lost=True)
        await bot.says(text_to(anna.id, "hej"))
        outcomes = await ended(bot, telegram, 2)
    assert outcomes[-1] == Dead("held, no answer: ServerDisconnectedError")
    assert texts(await anna.messages()) == ["echo /start", "hej"]


async def test_a_held_kind_is_not_sent_again_after_a_sudden_stop_either(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    bot = compose(database, transport, hold={"file"})
    async with bot.units.begin() as work:
        await work.outbox.add(Outgoing("file", {}, anna.id))
        await work.outbox.add(text_to(anna.id, "hej"))
        await work.outbox.claim("dead", Priority.REPLY, 5, except_chats=[])
    async with bot.running():
        await anna.sees("hej")
        outcomes = await ended(bot, telegram, 3)
    assert Dead("held, its process was stopped") in outcomes


@pytest.mark.parametrize(
    ("method", "description"),
    [
        ("editMessageText", "Bad Request: message is not modified: specified new message content is the same"),
        ("deleteMessage", "Bad Request: message to delete not found"),
        ("answerCallbackQuery", "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    ],
)
async def test_a_refusal_of_what_is_as_wanted_already_is_done(
    bot: Bot, telegram: Telegram, anna: Person, method: str, description: str
) -> None:
    await telegram.faults.add(method, answer={"error_code": 400, "description": description})
    async with bot.running():
        await bot.says(Outgoing("call", {"method": method, "params": {"message_id": 1, "text": "x"}}, anna.id))
        outcomes = await ended(bot, telegram, 2)
    assert {type(outcome) for outcome in outcomes} == {Sent}


@pytest.mark.parametrize("description", ["message to edit not found", "message can't be edited"])
async def test_an_edit_of_what_cannot_be_edited_becomes_a_message(
    bot: Bot, telegram: Telegram, anna: Person, description: str
) -> None:
    await telegram.faults.add(
        "editMessageText", answer={"error_code": 400, "description": f"Bad Request: {description}"}
    )
    async with bot.running():
        params = {"chat_id": anna.id, "message_id": 1, "text": "corrected"}
        await bot.says(Outgoing("call", {"method": "editMessageText", "params": params}, anna.id))
        await anna.sees("corrected")


async def test_another_refusal_is_a_dead_letter_and_the_next_row_goes(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(text_to(anna.id, ""), text_to(anna.id, "hej"))
        await anna.sees("hej")
        await ended(bot, telegram, 3)
    assert await rows(database) == [
        ("done", None),
        ("dead", "400 Bad Request: message text is empty"),
        ("done", None),
    ]


async def test_a_chat_that_is_not_found_is_tried_once_more(bot: Bot, telegram: Telegram, database: Database) -> None:
    async with bot.running():
        await bot.says(text_to(123456, "hej"))
        await ended(bot, telegram, 1)
    calls = await telegram.calls("sendMessage")
    assert (len(calls), await rows(database)) == (2, [("dead", "400 Bad Request: chat not found")])


async def test_nothing_more_goes_to_someone_who_has_blocked_the_bot(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
    await anna.blocks()
    async with bot.units.begin() as work:
        await work.outbox.add(text_to(anna.id, "one"))
        await work.outbox.add(text_to(anna.id, "two", priority=Priority.NOTICE))
    again = compose(database, bot.transport)
    async with again.running():
        outcomes = await ended(again, telegram, 2)
        async with bot.units.read() as work:
            assert not await work.chats.is_reachable(anna.id)
    assert [type(outcome) for outcome in outcomes] == [Dead, Dead]
    assert [call for call in await telegram.calls("sendMessage") if call["parameters"]["text"] == "two"] == []


async def test_a_group_that_became_a_supergroup_gets_the_row_under_its_new_id(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    moved = {
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": anna.id},
    }
    await telegram.faults.add("sendMessage", answer=moved)
    async with bot.running():
        await bot.says(text_to(-42, "hej"))
        await anna.sees("hej")


async def test_what_helps_no_more_is_dropped(bot: Bot, telegram: Telegram, anna: Person, database: Database) -> None:
    async with bot.running():
        await bot.says(text_to(anna.id, "late", expires_at=NOW), text_to(anna.id, "hej", expires_at=NOW + timedelta(1)))
        await ended(bot, telegram, 3)
    assert sorted(await rows(database), key=str) == [("done", None), ("done", None), ("dropped", "expired")]


async def test_a_notice_is_rendered_when_it_is_sent_and_left_out_when_it_is_no_longer_true(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    async def render(row: Delivery, _work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
        if row.payload["name"] == "over":
            return None
        return [text_to(anna.id, f"{row.payload['name']} at {now:%H.%M}"), text_to(anna.id, "and this")]

    bot = compose(database, transport, render={"notice": render})
    async with bot.running():
        await anna.sees("echo /start")
        for name in ("over", "soon"):
            await bot.says(Outgoing("notice", {"name": name}, anna.id, priority=Priority.NOTICE))
        outcomes = await ended(bot, telegram, 3)
    assert texts(await anna.messages()) == ["echo /start", "soon at 09.00", "and this"]
    assert Dropped("not wanted any more") in outcomes


async def test_a_row_of_several_calls_goes_on_where_it_stopped(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    async def render(_row: Delivery, _work: UnitOfWork, _now: datetime) -> Sequence[Outgoing]:
        venue = {"latitude": 1, "longitude": 1, "title": "t", "address": "a"}
        return [
            text_to(anna.id, "one"),
            Outgoing("call", {"method": "sendVenue", "params": venue}),
            text_to(anna.id, "3"),
        ]

    bot = compose(database, transport, render={"notice": render})
    await telegram.faults.add("sendVenue", reset=True)
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(Outgoing("notice", {}, anna.id, priority=Priority.NOTICE))
        await ended(bot, telegram, 2)
    assert [message.get("text") for message in await anna.messages() if not message["out"]] == [
        "echo /start",
        "one",
        None,
        "3",
    ]


async def test_a_file_is_made_once_and_known_by_its_id_afterwards(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    made: list[Mapping[str, Any]] = []

    async def make(_work: UnitOfWork, ids: Mapping[str, Any], _now: datetime) -> tuple[str, bytes]:
        made.append(ids)
        return "programmet å.ics", b"BEGIN:VCALENDAR"

    bot = compose(database, transport, make={"ics": make})
    file = {
        "method": "sendDocument",
        "field": "document",
        "params": {"chat_id": anna.id, "caption": "<b>x</b>", "parse_mode": "HTML"},
        "file": {"maker": "ics", "booking": 3},
        "cache_key": "ics:3:1",
    }
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(Outgoing("file", file, anna.id))
        first = await anna.sees_document("programmet å.ics")
        assert await anna.content(first) == b"BEGIN:VCALENDAR"
        await bot.says(Outgoing("file", file, anna.id))
        await ended(bot, telegram, 3)
        await telegram.faults.add(
            "sendDocument",
            answer={"error_code": 400, "description": "Bad Request: wrong file identifier/HTTP URL specified"},
        )
        await bot.says(Outgoing("file", file, anna.id))
        await ended(bot, telegram, 4)
    assert made == [{"maker": "ics", "booking": 3}] * 2
    assert len([message for message in await anna.messages() if "document" in message]) == 3


async def test_a_picture_is_drawn_once_for_all_who_are_shown_the_same(
    database: Database, transport: Transport, telegram: Telegram
) -> None:
    drawn: list[str] = []

    async def make(_work: UnitOfWork, ids: Mapping[str, Any], _now: datetime) -> ToDraw:
        def draw() -> bytes:
            drawn.append(ids["shows"])
            return PIXEL

        return ToDraw("dagar.png", ids["shows"], draw)

    def shown(shows: str, person: Person) -> Outgoing:
        file = {"maker": "days", "shows": shows}
        return Outgoing("file", {"method": "sendPhoto", "field": "photo", "params": {}, "file": file}, person.id)

    people = [await telegram.person(f"P{number}") for number in range(6)]
    bot = compose(database, transport, make={"days": make})
    async with bot.running():
        for person in people:
            await person.starts()
            await person.sees("echo /start")
        await bot.says(*(shown("free", person) for person in people))
        await ended(bot, telegram, 12)
        await bot.says(shown("free", people[0]), shown("taken", people[1]))
        await ended(bot, telegram, 14)
    assert drawn == ["free", "taken"]
    photos = [sum("photo" in message for message in await person.messages()) for person in people]
    assert photos == [2, 2, 1, 1, 1, 1]


async def test_a_file_that_cannot_be_made_is_a_dead_letter(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    bot = compose(database, transport)
    file = {"method": "sendPhoto", "field": "photo", "params": {}, "file": {"maker": "none"}, "cache_key": None}
    async with bot.running():
        await bot.says(Outgoing("file", file, anna.id))
        outcomes = await ended(bot, telegram, 2)
    assert Dead("KeyError") in outcomes


async def test_what_is_being_made_waits_and_the_chats_other_rows_go(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    looks = 0

    async def make(_work: UnitOfWork, _ids: Mapping[str, Any], _now: datetime) -> tuple[str, bytes]:
        nonlocal looks
        looks += 1
        if looks < 3:
            raise NotYet(0.01)
        return "rapport.pdf", b"%PDF-"

    bot = compose(database, transport, make={"report": make})
    file = {"method": "sendDocument", "field": "document", "params": {}, "file": {"maker": "report"}, "cache_key": None}
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(Outgoing("file", file, anna.id), text_to(anna.id, "other"))
        await anna.sees_document("rapport.pdf")
        assert [type(outcome) for outcome in await ended(bot, telegram, 3)] == [Sent] * 3
    assert [message.get("text") for message in await anna.messages()][-2:] == ["other", None]
    assert looks == 3


async def test_rows_of_one_chat_go_in_their_order(bot: Bot, anna: Person) -> None:
    wanted = [str(number) for number in range(40)]
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(*(text_to(anna.id, text) for text in wanted))
        await anna.sees("39")
    assert texts(await anna.messages())[-40:] == wanted


async def test_a_row_that_waits_holds_back_its_card_and_nothing_else(
    bot: Bot, telegram: Telegram, anna: Person
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        async with bot.units.begin() as work:
            card_id = await work.chats.add_card(anna.id)
        await telegram.faults.add("sendMessage", reset=True)
        await bot.says(card(anna.id, card_id, "first"), card(anna.id, card_id, "second"), text_to(anna.id, "other"))
        await ended(bot, telegram, 4)
    said = [call["parameters"]["text"] for call in await telegram.calls("sendMessage")]
    assert said == ["echo /start", "other", "first"]
    assert texts(await anna.messages()) == ["echo /start", "other", "second"]


async def shown(bot: Bot, telegram: Telegram, person: Person) -> int:
    """A card in the person's chat that says "first"; gives its id."""
    async with bot.units.begin() as work:
        card_id = await work.chats.add_card(person.id)
    await bot.says(card(person.id, card_id, "first"))
    await ended(bot, telegram, 2)
    return card_id


async def test_a_card_whose_row_waits_while_we_write_below_it_is_sent_anew(
    bot: Bot, telegram: Telegram, anna: Person
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        card_id = await shown(bot, telegram, anna)
        await telegram.faults.add("sendMessage", latency=0.2)
        await bot.says(text_to(anna.id, "below"), card(anna.id, card_id, "second"))
        await ended(bot, telegram, 4)
    assert texts(await anna.messages()) == ["echo /start", "first", "below", "second"]


async def test_a_card_whose_row_waits_while_its_reader_writes_is_sent_anew(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    pace = Pace(1000)
    bot = compose(database, transport, pace=pace)

    async def states(*wanted: str) -> bool:
        pace.pause(0.5)
        return [state for state, _ in await rows(database)][2:] == [*wanted]

    async with bot.running():
        await anna.sees("echo /start")
        card_id = await shown(bot, telegram, anna)
        pace.pause(0.5)
        await bot.says(card(anna.id, card_id, "second"))
        assert await telegram.until(partial(states, "claimed"))
        await anna.sends("hej")
        assert await telegram.until(partial(states, "claimed", "claimed"))
        await ended(bot, telegram, 4)
    assert texts(await anna.messages()) == ["echo /start", "first", "second", "echo hej"]


class Counted(Pace):
    """Counts the places that are taken."""

    taken = 0

    def take(self) -> None:
        self.taken += 1
        super().take()


async def test_a_card_that_is_sent_anew_takes_a_place_for_each_of_its_calls(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    pace = Counted(1000)
    bot = compose(database, transport, pace=pace)
    async with bot.running():
        await anna.sees("echo /start")
        card_id = await shown(bot, telegram, anna)
        await bot.says(text_to(anna.id, "below"))
        await ended(bot, telegram, 3)
        before = pace.taken
        await bot.says(card(anna.id, card_id, "second"))
        await ended(bot, telegram, 4)
    assert (before, pace.taken) == (3, 5)
    assert len(await telegram.calls("editMessageReplyMarkup")) == 1


async def test_a_press_is_answered_while_no_message_may_go(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    pace = Pace(1000)
    bot = compose(database, transport, pace=pace)
    async with bot.running():
        await anna.sees("echo /start")
        await shown(bot, telegram, anna)
        pace.pause(3600)
        assert await anna.presses("Press") == "yes"
    assert texts(await anna.messages()) == ["echo /start", "first"]


async def test_a_process_that_may_not_be_the_only_one_sends_nothing_more(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    pace = Pace(1000)
    bot = compose(database, transport, pace=pace)

    async def claimed() -> bool:
        pace.pause(0.5)
        return await _claimed(database)

    async def may_go() -> bool:
        return pace.wait() == 0

    async def all_stored() -> bool:
        return len(await rows(database)) == 4

    async with bot.running():
        await anna.sees("echo /start")
        pace.pause(0.5)
        await bot.says(text_to(anna.id, "claimed"))
        assert await telegram.until(claimed)
        bot.deliveries.halt()
        assert await telegram.until(may_go)
        await bot.says(text_to(anna.id, "new"))
        await anna.sends("hej")
        assert await telegram.until(all_stored)
        assert [state for state, _ in await rows(database)] == ["done", "claimed", "waiting", "waiting"]
    assert texts(await anna.messages()) == ["echo /start"]
    assert await rows(database) == [("done", None), *[("waiting", None)] * 3]


async def test_a_press_on_a_card_whose_sending_had_no_answer_makes_the_message_the_card(
    bot: Bot, telegram: Telegram, anna: Person
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        async with bot.units.begin() as work:
            card_id = await work.chats.add_card(anna.id)
        await telegram.faults.add("sendMessage", lost=True)
        await bot.says(card(anna.id, card_id, "first"))
        shown = await anna.sees("first")
        await anna.presses("Press")
        assert (await anna.sees("pressed x"))["message_id"] == shown["message_id"]
        await ended(bot, telegram, 2)
    assert texts(await anna.messages()) == ["echo /start", "pressed x"]


async def test_what_a_dead_process_had_claimed_is_sent_by_the_next(
    bot: Bot, anna: Person, telegram: Telegram, database: Database
) -> None:
    async with bot.units.begin() as work:
        for number in range(5):
            await work.outbox.add(text_to(anna.id, str(number)))
        claimed = await work.outbox.claim("dead", Priority.REPLY, 5, except_chats=[])
    assert len(claimed) == 5
    async with bot.running():
        await anna.sees("4")
    assert [text for text in texts(await anna.messages()) if text.isdigit()] == ["0", "1", "2", "3", "4"]


async def test_claims_and_marks_whose_commit_had_no_answer_neither_lose_nor_double_a_row(
    database: Database, transport: Transport, telegram: Telegram
) -> None:
    unheard = Unheard(database, 0)
    bot = compose(unheard, transport)
    people = [await telegram.new_person(f"P{number}") for number in range(10)]
    for person in people:
        await person.starts()
    async with bot.running(source=False):
        await bot.says(*(text_to(person.id, "hej") for person in people))
        unheard.lost = 4
        bot.deliveries.wake()
        for person in people:
            await person.sees("hej")
    assert [texts(await person.messages()) for person in people] == [["hej"]] * 10
    assert await rows(database) == [("done", None)] * 10


class Away:
    """A database that cannot be written while it `is_away`; counts what was tried then."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.is_away = False
        self.tries = 0
        self.read = database.read
        self.close = database.close

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[Session]:
        if self.is_away:
            self.tries += 1
            raise DatabaseUnavailable("away")
        async with self.database.begin(urgent=urgent) as session:
            yield session


async def test_while_marks_cannot_be_written_no_more_is_sent_and_then_each_row_once(
    database: Database, telegram: Telegram
) -> None:
    away, pace, taking = Away(database), Pace(20), Taking()
    bot = compose(away, taking, pace=pace)

    async def all_claimed() -> bool:
        pace.pause(0.5)
        return {state for state, _ in await rows(database)} == {"claimed"}

    async def tried_again_and_again() -> bool:
        return away.tries > 3

    async with bot.running(source=False):
        pace.pause(0.5)
        await bot.says(*(text_to(number, "hej") for number in range(10)))
        assert await telegram.until(all_claimed)
        away.is_away = True
        assert await telegram.until(tried_again_and_again)
        began = len(taking.calls)
        away.is_away = False
        await ended(bot, telegram, 10)
    assert 1 <= began <= 2
    assert sorted(params["chat_id"] for _, params, _ in taking.calls) == [*range(10)]


async def test_what_goes_out_while_the_clock_is_moved_is_no_debt_afterwards(
    database: Database, telegram: Telegram
) -> None:
    now = 1000.0

    def monotonic() -> float:
        return now

    pace, chat_pace = Pace(30, monotonic=monotonic), ChatPace(3, 20, monotonic=monotonic)
    bot = compose(database, Taking(), pace=pace, chat_pace=chat_pace)
    bot.deliveries.hurry(2)
    async with bot.running(source=False):
        await bot.says(*(text_to(7, f"{number}") for number in range(20)))
        await ended(bot, telegram, 20)
    now += 2
    assert (pace.wait(), chat_pace.wait(7)) == (0, 0)


async def test_no_more_than_the_window_is_ever_sent_and_unmarked(
    database: Database, transport: Transport, telegram: Telegram
) -> None:
    bot = compose(database, transport, window=3)
    people = [await telegram.new_person(f"P{number}") for number in range(10)]
    for person in people:
        await person.starts()
    await telegram.faults.add("sendMessage", times=10, latency=0.2)
    most = 0
    async with bot.running():
        while len(bot.finished) < 10:
            most = max(most, len(bot.deliveries._in_flight))
            await asyncio.sleep(0.01)
    assert most == 3


async def test_a_stop_gives_back_what_was_not_sent(
    database: Database, transport: Transport, telegram: Telegram, anna: Person
) -> None:
    bot = compose(database, transport)
    await telegram.faults.add("sendMessage", latency=0.5)
    async with bot.running():
        await bot.says(*(text_to(anna.id, str(number)) for number in range(20)))
        await telegram.until(lambda: _claimed(database))
    states = [state for state, _ in await rows(database)]
    assert "claimed" not in states
    assert states.count("done") < 20


async def _claimed(database: Database) -> bool:
    return any(state == "claimed" for state, _ in await rows(database))


async def test_a_key_is_sent_once(bot: Bot, anna: Person) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        await bot.says(*(text_to(anna.id, "once", key="k") for _ in range(3)), text_to(anna.id, "last"))
        await anna.sees("last")
    assert texts(await anna.messages()) == ["echo /start", "once", "last"]


async def test_after_a_day_without_an_answer_it_is_a_dead_letter(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", times=9, reset=True)
        await bot.says(text_to(anna.id, "hej"))
        await telegram.until(lambda: _tried(database))
        await _was_uncertain_long_ago(database, attempts=RESEND_TRIES - 1)
        outcomes = await ended(bot, telegram, 2)
    assert outcomes[-1] == Dead("no answer for a day: no answer: ServerDisconnectedError")


async def test_what_has_no_answer_is_tried_until_it_helps_no_more(bot: Bot, telegram: Telegram, anna: Person) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", times=50, reset=True)
        await bot.says(text_to(anna.id, "hej", expires_at=NOW + timedelta(hours=1)))
        await telegram.until(lambda: _tried(bot.units.database))
        bot.clock.at = NOW + timedelta(hours=1)
        outcomes = await ended(bot, telegram, 2)
    assert outcomes[-1] == Dropped("expired")


def test_pauses_between_tries_grow_to_five_minutes() -> None:
    tried = [
        Delivery(1, "call", {}, 7, None, None, Priority.REPLY, n, 0, uncertain=False, expires_at=None)
        for n in range(10)
    ]
    waits = [outcome_of(Uncertain("reset"), row, steps=0) for row in tried]
    assert [wait.seconds for wait in waits if isinstance(wait, Retry)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]


async def test_a_wall_clock_that_is_set_a_day_ahead_makes_nothing_a_dead_letter(
    bot: Bot, telegram: Telegram, anna: Person, database: Database
) -> None:
    async with bot.running():
        await anna.sees("echo /start")
        await telegram.faults.add("sendMessage", times=2, reset=True)
        await bot.says(text_to(anna.id, "hej"))
        await telegram.until(lambda: _tried(database))
        await _was_uncertain_long_ago(database, attempts=1)
        outcomes = await ended(bot, telegram, 2)
    assert [type(outcome) for outcome in outcomes] == [Sent, Sent]


async def _was_uncertain_long_ago(database: Database, *, attempts: int) -> None:
    """Whether it waits, or is already in flight again: its mark counts from what is stored."""
    long_ago = {"uncertain_at": NOW - timedelta(days=3000), "attempts": attempts}
    async with database.begin() as session:
        assert await session.run(update(outbox).where(outbox.c.attempts > 0, outbox.c.state != "done").values(long_ago))


async def _tried(database: Database) -> bool:
    async with database.read() as session:
        return any(row.attempts for row in await session.rows(_rows))


class Unreachable:
    """A Telegram to which there is no connection the first time."""

    def __init__(self) -> None:
        self.tries = 0

    async def call(self, _method: str, _params: Mapping[str, Any], **_rest: Any) -> dict[str, int]:
        self.tries += 1
        if self.tries == 1:
            raise NotSent("ClientConnectorError")
        return {"message_id": 5}


async def test_what_was_certainly_not_sent_is_tried_again_and_counts_as_no_doubt(
    database: Database, telegram: Telegram
) -> None:
    away = Unreachable()
    bot = compose(database, away, hold={"call"})
    async with bot.running(source=False):
        await bot.says(text_to(1, "hej"))
        await ended(bot, telegram, 1)
    async with database.read() as session:
        (row,) = await session.rows(_rows)
    assert (away.tries, row.state, row.attempts, row.uncertain) == (2, "done", 1, False)


class Odd:
    """A Telegram whose first message has a number beyond all bounds."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def call(self, _method: str, params: Mapping[str, Any], **_rest: Any) -> dict[str, int]:
        self.said.append(params["text"])
        return {"message_id": 2**70 if len(self.said) == 1 else 5}


async def test_an_outcome_that_cannot_be_written_is_neither_sent_again_nor_in_the_way(
    database: Database, telegram: Telegram
) -> None:
    odd = Odd()
    bot = compose(database, odd)
    async with bot.running(source=False):
        await bot.says(text_to(1, "odd"), text_to(1, "even"))
        await ended(bot, telegram, 2)
    assert (odd.said, await rows(database)) == (
        ["odd", "even"],
        [("dead", "not written: OverflowError"), ("done", None)],
    )
