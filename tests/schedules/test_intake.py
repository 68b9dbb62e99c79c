import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from bot import json_text
from bot.domain.errors import DatabaseUnavailable
from bot.domain.outgoing import Dead, Outgoing, Priority, Response
from bot.domain.ports.delivery import Receipt
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.sandbox.client import Person, Telegram
from bot.transport import Transport
from schedules.flood import FloodGate
from schedules.intake import Intake
from schedules.receipt import Receiver
from storage.engine import Database
from storage.schema import inbox
from storage.unit_of_work import SqlUnitOfWork
from storage.units import DatabaseUnits
from tests.schedules.conftest import NOW, Bot, Handlers, StandingClock, Unheard, compose, text_to, texts

_states = select(inbox.c.update_id, inbox.c.state, inbox.c.reason).order_by(inbox.c.id)


async def states(database: Database) -> list[tuple[int, str]]:
    async with database.read() as session:
        return [(row.update_id, row.state) for row in await session.rows(_states)]


def message(update_id: int, text: str, *, user_id: int = 7) -> dict[str, Any]:
    who = {"id": user_id, "is_bot": False, "first_name": "Anna"}
    chat = {"id": user_id, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1, "from": who, "chat": chat, "text": text},
    }


async def stored(bot: Bot, *updates: Any) -> None:
    receiver = Receiver(bot.units, bot.clock, flood=None, tell_flooded=bot.handlers.tell_flooded, wake=bot.intake.wake)
    await receiver.store(receiver.receive(updates, backlog=False))


@asynccontextmanager
async def handling(intake: Intake) -> AsyncIterator[None]:
    task = asyncio.create_task(intake.run())
    try:
        yield
        await intake.caught_up()
    finally:
        await intake.stop()
        await task


async def test_an_update_that_fails_is_set_aside_with_an_apology_and_the_others_have_their_effect(
    bot: Bot, telegram: Telegram, database: Database
) -> None:
    anna = await telegram.person("Anna")
    await anna.starts()
    for text in ("one", "poison", "two"):
        await anna.sends(text)
    async with bot.running():
        await anna.sees("echo two")
    assert texts(await anna.messages()) == ["echo /start", "echo one", "sorry", "echo two"]
    assert [state for _, state in await states(database)] == ["handled", "handled", "aside", "handled"]
    async with database.read() as session:
        reasons = [row.reason for row in await session.rows(_states) if row.reason]
    assert reasons == [f"{bot.handlers.apologies[0]} RuntimeError"]


async def test_a_press_that_fails_is_answered_all_the_same(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    keys = {"inline_keyboard": [[{"text": "Fail", "callback_data": "poison"}]]}
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        params = {"chat_id": anna.id, "text": "press", "reply_markup": keys}
        await bot.says(Outgoing("call", {"method": "sendMessage", "params": params}, anna.id))
        await anna.sees("press")
        assert await anna.presses("Fail") is None
        await anna.sees("sorry")


async def test_the_same_update_twice_has_its_effect_once(bot: Bot, database: Database) -> None:
    async with handling(bot.intake):
        await stored(bot, message(5, "a"), message(5, "a"))
        await stored(bot, message(5, "a"))
    assert [u["update_id"] for u in bot.handlers.seen] == [5]


async def test_numbers_that_start_again_lower_are_new_updates(bot: Bot, database: Database) -> None:
    async with handling(bot.intake):
        await stored(bot, message(900, "a"))
        await stored(bot, message(3, "b"), message(4, "c"))
    assert [u["update_id"] for u in bot.handlers.seen] == [900, 3, 4]


class Counting(DatabaseUnits):
    """Counts transactions."""

    begun = 0

    @asynccontextmanager
    async def begin(self, *, urgent: bool = False) -> AsyncIterator[SqlUnitOfWork]:
        self.begun += 1
        async with super().begin(urgent=urgent) as work:
            yield work


async def test_updates_of_several_chats_that_wait_together_share_a_transaction(bot: Bot, database: Database) -> None:
    await stored(bot, *(message(number, "a", user_id=number) for number in range(1, 21)), message(21, "b", user_id=1))
    units = Counting(database)
    intake = Intake(
        units,
        bot.handlers.handle,
        apologise=bot.handlers.apologise,
        answer=lambda _: None,
        moved=lambda _chats: None,
        committed=lambda: None,
        finished={},
    )
    async with handling(intake):
        pass
    async with bot.units.begin() as work:
        rows = await work.outbox.claim("x", Priority.REPLY, 100, except_chats=[])
    assert (units.begun, [row.chat_id for row in rows]) == (1, [*range(1, 21), 1])


async def test_a_full_disk_loses_nothing_and_doubles_nothing(database: Database, bot: Bot, telegram: Telegram) -> None:
    writer = database._writer  # type: ignore[attr-defined]  # SQLite's, whose file is made small
    ((pages,),) = await writer.execute_fetchall("PRAGMA page_count")
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        await writer.execute_fetchall(f"PRAGMA max_page_count = {pages}")
        sent = [f"{number} {'x' * 3000}" for number in range(20)]
        for text in sent:
            await anna.sends(text)
        await telegram.until(_is_full(bot))
        await writer.execute_fetchall("PRAGMA max_page_count = 1000000")
        await anna.sees("echo 19", deadline=20)
    assert texts(await anna.messages(limit=100)) == ["echo /start", *(f"echo {text}" for text in sent)]


def _is_full(bot: Bot) -> Callable[[], Awaitable[bool]]:
    async def is_full() -> bool:
        try:
            async with bot.units.begin() as work:
                await work.inbox.use_operation(secrets.token_hex(8), {"x": "x" * 10_000})
        except DatabaseUnavailable:
            return True
        return False

    return is_full


async def at_once(bot: Bot, *updates: Any) -> None:
    """As a source stores them while the bot runs."""
    receiver = Receiver(
        bot.units,
        bot.clock,
        flood=None,
        tell_flooded=bot.handlers.tell_flooded,
        wake=bot.intake.wake,
        at_once=bot.intake.at_once,
    )
    await receiver.store(receiver.receive(updates, backlog=False))


async def test_a_press_is_stored_and_handled_in_one_transaction_when_nothing_else_is_under_way(
    database: Database, transport: Transport
) -> None:
    bot = compose(database, transport)
    units = Counting(database)
    bot.intake._units = units
    await at_once(bot, message(1, "a"))
    assert (units.begun, await states(database)) == (1, [(1, "handled")])


async def test_what_waited_is_handled_before_what_is_stored_with_its_effect(bot: Bot, database: Database) -> None:
    await stored(bot, message(1, "a"), message(2, "b", user_id=8))
    await at_once(bot, message(3, "c"))
    assert [u["update_id"] for u in bot.handlers.seen] == [1, 2, 3]
    assert await states(database) == [(1, "handled"), (2, "handled"), (3, "handled")]


async def test_while_others_are_under_way_updates_are_stored_and_wait(bot: Bot, database: Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(update: Mapping[str, Any], work: UnitOfWork, received_at: Any) -> Response:
        begun.set()
        if update["update_id"] == 1:
            async with asyncio.timeout(5):
                await go_on.wait()
        return await bot.handlers.handle(update, work, received_at)

    bot.intake._handle = handle
    await stored(bot, message(1, "a"))
    async with handling(bot.intake):
        await begun.wait()
        second = asyncio.create_task(at_once(bot, message(2, "b")))
        await asyncio.sleep(0)
        go_on.set()
        await second
    assert [u["update_id"] for u in bot.handlers.seen] == [1, 2]


async def test_poison_among_those_stored_with_their_effect_is_set_aside_alone(bot: Bot, database: Database) -> None:
    async with handling(bot.intake):
        await at_once(bot, message(1, "a"), message(2, "poison", user_id=8), message(3, "c", user_id=9))
    assert await states(database) == [(1, "handled"), (2, "aside"), (3, "handled")]
    async with bot.units.begin() as work:
        rows = await work.outbox.claim("x", Priority.REPLY, 10, except_chats=[])
    assert [row.payload["params"]["text"] for row in rows] == ["echo a", "sorry", "echo c"]


async def test_an_effect_that_the_database_refuses_leaves_the_update_stored(bot: Bot, database: Database) -> None:
    async def handle(_update: Mapping[str, Any], _work: UnitOfWork, _received_at: Any) -> Response:
        raise DatabaseUnavailable("away")

    bot.intake._handle = handle
    await at_once(bot, message(1, "a"))
    assert await states(database) == [(1, "waiting")]


async def test_an_effect_whose_commit_had_no_answer_is_had_once(database: Database, transport: Transport) -> None:
    bot = compose(Unheard(database, 1), transport)
    await at_once(bot, message(1, "a"))
    async with handling(bot.intake):
        pass
    assert ([u["update_id"] for u in bot.handlers.seen], await states(database)) == ([1], [(1, "handled")])


async def test_the_same_update_stored_twice_with_its_effect_has_it_once(bot: Bot, database: Database) -> None:
    await at_once(bot, message(5, "a"), message(5, "a"))
    await at_once(bot, message(5, "a"))
    assert [u["update_id"] for u in bot.handlers.seen] == [5]


async def test_now_of_an_update_is_its_receipt(bot: Bot) -> None:
    await stored(bot, message(1, "a"))
    bot.clock.at = NOW.replace(hour=23)
    async with handling(bot.intake):
        pass
    assert bot.handlers.received_at == [NOW]


async def test_a_database_that_is_away_sets_nothing_aside(bot: Bot, database: Database) -> None:
    away = 3

    async def handle(update: Mapping[str, Any], work: UnitOfWork, received_at: Any) -> Response:
        nonlocal away
        if update["message"]["text"] == "b" and away:
            away -= 1
            raise DatabaseUnavailable("away")
        return await bot.handlers.handle(update, work, received_at)

    intake = Intake(
        bot.units,
        handle,
        apologise=bot.handlers.apologise,
        answer=lambda _: None,
        moved=lambda _chats: None,
        committed=lambda: None,
        finished={},
    )
    await stored(bot, message(1, "a"), message(2, "b"), message(3, "c"))
    async with handling(intake):
        pass
    assert (await states(database), bot.handlers.apologies) == ([(1, "handled"), (2, "handled"), (3, "handled")], [])


async def test_ticks_do_not_wait_for_what_is_handled_though_the_commit_had_no_answer(
    database: Database, transport: Transport
) -> None:
    bot = compose(Unheard(database, 0), transport)
    await stored(bot, message(1, "a"))
    bot.units.database.lost = 1  # type: ignore[attr-defined]  # it is the one above
    async with handling(bot.intake):
        async with asyncio.timeout(5):
            await bot.intake.caught_up()
    assert (await states(database), len(bot.handlers.seen)) == ([(1, "handled")], 1)


async def test_who_blocks_the_bot_gets_nothing_that_waited_and_that_is_noted(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    await anna.starts()
    await anna.blocks()
    async with bot.units.begin() as work:
        await work.outbox.add(Outgoing("announcement", {}, anna.id, priority=Priority.ANNOUNCEMENT))
    polling, intake = asyncio.create_task(bot.polling.run()), asyncio.create_task(bot.intake.run())

    async def noted() -> bool:
        return bool(bot.finished)

    assert await telegram.until(noted)
    for part, task in ((bot.polling, polling), (bot.intake, intake)):
        await part.stop()
        await task
    gone = Dead("my_chat_member: kicked", unreachable=True)
    assert [(each.row.kind, each.outcome) for each in bot.finished] == [("announcement", gone), ("call", gone)]


async def test_an_update_that_fails_in_a_group_undoes_what_the_group_wrote_before_it_runs_one_by_one(
    bot: Bot, database: Database
) -> None:
    await stored(bot, message(1, "a"), message(2, "poison"), message(3, "c"))
    async with handling(bot.intake):
        pass
    async with bot.units.begin() as work:
        rows = await work.outbox.claim("x", Priority.REPLY, 10, except_chats=[])
    assert [row.payload["params"]["text"] for row in rows] == ["echo a", "sorry", "echo c"]


async def test_odd_updates_stop_nothing(bot: Bot, database: Database) -> None:
    deep: Any = "x"
    for _ in range(50):
        deep = {"from": deep}
    too_deep = json_text.read('{"from":' * 1010 + '"x"' + "}" * 1010)  # is read, and can be written by nobody
    odd = [
        {"update_id": 1},
        {"update_id": 2, "message": None},
        {"update_id": 3, "message": {"chat": "x", "from": 7, "text": "\ud800\0", "message_id": 2**70}},
        {"update_id": 4, "callback_query": {"id": "1", "data": "\0"}},
        {"update_id": 5, "my_chat_member": {"chat": {"id": 2**80}}},
        {"update_id": 6, "message": deep},
        {"update_id": "7"},
        {"update_id": 9, "message": too_deep},
        {"update_id": 2**70},
        None,
        [],
    ]
    async with handling(bot.intake):
        await stored(bot, *odd)
        await stored(bot, message(8, "last"))
    assert [update_id for update_id, state in await states(database) if state != "waiting"] == [1, 2, 3, 4, 5, 6, 8]


async def test_an_update_that_the_database_does_not_take_keeps_no_other_out(bot: Bot, database: Database) -> None:
    receiver = Receiver(bot.units, bot.clock, flood=None, tell_flooded=bot.handlers.tell_flooded, wake=bot.intake.wake)
    await receiver.store([Receipt(1, "{}", NOW), Receipt(2, "{}", NOW, chat_id=2**70), Receipt(3, "{}", NOW)])
    assert await states(database) == [(1, "waiting"), (3, "waiting")]


async def test_what_one_person_sends_too_fast_is_refused_and_told_once(
    database: Database, transport: Transport, telegram: Telegram
) -> None:
    bot = compose(database, transport, flood=FloodGate(3, 10))
    anna, bertil = await telegram.person("Anna"), await telegram.person("Bertil")
    async with bot.running():
        await bertil.starts()
        await bertil.sees("echo /start")
        await anna.starts()
        for number in range(6):
            await anna.sends(str(number))
        await bertil.sends("hej")
        await bertil.sees("echo hej")
        assert await telegram.until(lambda: _has_heard(anna, 4))
    assert sorted(texts(await anna.messages())) == ["echo /start", "echo 0", "echo 1", "slower"]
    assert [state for _, state in await states(database)].count("refused") == 4


async def _has_heard(person: Person, count: int) -> bool:
    """Whether so many messages have come, before or after what the person did last."""
    return len(texts(await person.messages())) >= count


async def test_what_waited_before_the_start_is_no_flood(
    database: Database, transport: Transport, telegram: Telegram
) -> None:
    bot = compose(database, transport, flood=FloodGate(3, 10))
    anna = await telegram.person("Anna")
    await anna.starts()
    for number in range(20):
        await anna.sends(str(number))
    async with bot.running():
        await anna.sees("echo 19")
    assert {state for _, state in await states(database)} == {"handled"}


async def test_the_answer_to_a_call_of_the_bot_comes_back_as_an_update(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        ask = text_to(anna.id, "getFile")
        asked = {"method": "getChat", "params": {"chat_id": anna.id}, "answer_as": "chat", "context": {"person_id": 1}}
        await bot.says(type(ask)("call", asked, anna.id))
        await telegram.until(lambda: _own(bot.handlers))
    own = await _own(bot.handlers)
    assert own is not None
    assert (own["own"], own["context"], own["error"], own["result"]["id"]) == ("chat", {"person_id": 1}, None, anna.id)


async def _own(handlers: Handlers) -> Mapping[str, Any] | None:
    return next((update for update in handlers.seen if "own" in update), None)


async def test_someone_who_blocks_the_bot_gets_nothing_more_until_they_come_back(bot: Bot, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await anna.sees("echo /start")
        await anna.blocks()
        await telegram.until(lambda: _reachable(bot, anna.id, wanted=False))
        await anna.unblocks()
        await telegram.until(lambda: _reachable(bot, anna.id, wanted=True))
    assert [update["my_chat_member"]["new_chat_member"]["status"] for update in bot.handlers.seen[1:]] == [
        "kicked",
        "member",
    ]


async def _reachable(bot: Bot, chat_id: int, *, wanted: bool) -> bool:
    async with bot.units.read() as work:
        return await work.chats.is_reachable(chat_id) is wanted


async def test_storing_again_what_is_stored_changes_nothing(bot: Bot, database: Database) -> None:
    clock = StandingClock()
    async with bot.units.begin() as work:
        first = await work.inbox.store([Receipt(1, json.dumps(message(1, "a")), clock.now(), 7, 7)])
        second = await work.inbox.store([Receipt(1, json.dumps(message(1, "b")), clock.now(), 7, 7)])
    assert (first, second) == ({1}, set())
