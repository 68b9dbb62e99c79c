import asyncio
import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, column, insert, select, table, text, update

from bot.domain.outgoing import Dead, Delivery, Dropped, Held, Migrated, Outcome, Outgoing, Place, Priority, Retry, Sent
from bot.domain.ports.delivery import Finished
from storage.chats import ChatRecords
from storage.engine import Database, Session, open_database
from storage.inbox import InboxRecords
from storage.outbox import OutboxRecords
from storage.schema import outbox, people

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
_rows = select(outbox).order_by(outbox.c.id)
_waits_for_us: Select[Any] = (
    select(column("pid"))
    .select_from(table("pg_locks"))
    .where(text("NOT granted"), text("pg_backend_pid() = ANY(pg_blocking_pids(pid))"))
)


def text_to(chat_id: int, text: str, **fields: Any) -> Outgoing:
    return Outgoing("call", {"method": "sendMessage", "params": {"text": text}}, chat_id, **fields)


async def claimed(
    session: Session, priority: Priority = Priority.REPLY, *, limit: int = 100, except_chats: Collection[int] = ()
) -> list[Delivery]:
    return await OutboxRecords(session).claim("me", priority, limit, except_chats=except_chats)


async def record(session: Session, row: Delivery, outcome: Outcome) -> list[Finished]:
    return await OutboxRecords(session).record([Finished(row, outcome)], now=NOW)


async def states(session: Session) -> list[str]:
    return [row.state for row in await session.rows(_rows)]


def words(rows: list[Delivery]) -> list[str]:
    return [row.payload["params"]["text"] for row in rows]


async def test_rows_are_claimed_by_priority_in_order_and_once(database: Database) -> None:
    async with database.begin() as session:
        for number in range(4):
            await OutboxRecords(session).add(text_to(number, str(number)))
        await OutboxRecords(session).add(text_to(9, "later", priority=Priority.ANNOUNCEMENT))
        assert words(await claimed(session, limit=3)) == ["0", "1", "2"]
        assert words(await claimed(session)) == ["3"]
        assert words(await claimed(session, Priority.NOTICE)) == []
        assert words(await claimed(session, Priority.ANNOUNCEMENT)) == ["later"]


async def test_a_key_is_stored_once_also_after_it_was_sent(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        first = await records.add(text_to(1, "a", key="k"))
        assert first is not None
        assert await records.add(text_to(1, "b", key="k")) is None
        (row,) = await claimed(session)
        await record(session, row, Sent((5,)))
        assert await records.add(text_to(1, "c", key="k")) is None


async def test_a_row_to_a_person_goes_to_their_own_chat(database: Database) -> None:
    async with database.begin() as session:
        person = await session.row(
            insert(people)
            .values(user_id=77, name="Anna", language="sv", language_chosen=False, muted=[], created_at=NOW)
            .returning(people.c.id)
        )
        assert person is not None
        await OutboxRecords(session).add(Outgoing("notice", {}, person_id=person.id))
        assert [(row.chat_id, row.person_id) for row in await claimed(session)] == [(77, person.id)]


async def test_chats_that_are_busy_can_be_left_out_but_not_calls_to_nobody(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        for row in (text_to(1, "a"), text_to(2, "b"), Outgoing("call", {"params": {"text": "c"}})):
            await records.add(row)
        assert words(await claimed(session, except_chats=[1])) == ["b", "c"]


async def test_a_retry_waits_by_the_databases_time_and_counts(database: Database) -> None:
    async with database.begin() as session:
        await OutboxRecords(session).add(text_to(1, "a"))
        (row,) = await claimed(session)
        assert await record(session, row, Retry(3600, "no answer", uncertain=True, steps=2)) == []
        assert await claimed(session) == []
        assert not await OutboxRecords(session).is_busy()
        await session.run(update(outbox).values(not_before=datetime.now(UTC) - timedelta(seconds=1)))
        (again,) = await claimed(session)
        assert (again.attempts, again.steps, again.uncertain) == (1, 2, True)


async def test_a_retry_of_no_seconds_can_be_claimed_at_once(database: Database) -> None:
    async with database.begin() as session:
        await OutboxRecords(session).add(text_to(1, "a"))
        (row,) = await claimed(session)
        await record(session, row, Retry(0, "x", counted=False))
        assert [row.attempts for row in await claimed(session)] == [0]


async def test_a_waiting_card_holds_back_later_rows_of_the_card_only(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        card_id = await ChatRecords(session).add_card(1)
        for text, on in (("first", card_id), ("second", card_id), ("other", None)):
            await records.add(Outgoing("card", {"params": {"text": text}}, 1, card_id=on))
        (first, *_) = await claimed(session, limit=1)
        await record(session, first, Retry(3600, "x"))
        assert words(await claimed(session)) == ["other"]
        assert not await records.has_sendable()


async def test_a_wait_is_cut_to_its_own_length_when_the_clock_was_set_back(database: Database) -> None:
    async with database.begin() as session:
        await OutboxRecords(session).add(text_to(1, "a"))
        (row,) = await claimed(session)
        await record(session, row, Retry(60, "429 Too Many Requests"))
        await session.run(update(outbox).values(not_before=datetime.now(UTC) + timedelta(days=1)))
        await OutboxRecords(session).cut_waits()
        (cut,) = await session.rows(_rows)
        assert timedelta(seconds=50) < cut.not_before - datetime.now(UTC) <= timedelta(seconds=61)
        assert 50 < await OutboxRecords(session).paused_seconds() <= 60


async def test_a_sent_card_is_where_its_message_is_and_the_last_of_its_chat(database: Database) -> None:
    async with database.begin() as session:
        chats = ChatRecords(session)
        card_id = await chats.add_card(1)
        assert await chats.place_of(card_id) == Place(None, 0)
        await OutboxRecords(session).add(Outgoing("card", {"params": {}}, 1, card_id=card_id))
        (row,) = await claimed(session)
        await record(session, row, Sent((11,)))
        place = await chats.place_of(card_id)
        assert (place, place.is_last) == (Place(11, 11), True)
        await chats.saw({1: 12})
        await chats.saw({1: 4})
        place = await chats.place_of(card_id)
        assert (place, place.is_last) == (Place(11, 12), False)
        assert await chats.card_of(1, 11) == card_id
        assert await chats.card_of(1, 3) != card_id


async def test_a_chat_that_is_gone_ends_what_waits_for_it(database: Database) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        for number in (1, 1, 2):
            await records.add(text_to(number, str(number)))
        first = (await claimed(session, limit=1))[0]
        ended = await record(session, first, Dead("403 Forbidden: bot was blocked by the user", unreachable=True))
        assert [each.row.chat_id for each in ended] == [1, 1]
        assert await states(session) == ["dead", "dead", "waiting"]
        assert not await chats.is_reachable(1)
        await chats.saw({1: 5})
        assert await chats.is_reachable(1)


async def test_a_row_that_has_come_to_its_end_keeps_no_words_and_whoever_is_told_has_them(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        for number in (1, 2, 3, 3, 4):
            await records.add(text_to(number, "words"))
        sent, dropped, dead, _ = await claimed(session, limit=4)
        await records.claim("dead", Priority.REPLY, 1, except_chats=[])
        ended = [
            *await record(session, sent, Sent((5,))),
            *await record(session, dropped, Dropped("over")),
            *await record(session, dead, Dead("403", unreachable=True)),
            *await records.hold("me", "call"),
        ]
        assert words([each.row for each in ended]) == ["words"] * 4
        await records.add(text_to(3, "words"))
        last = await records.end_waiting(3, "403")
        assert words([each.row for each in last]) == ["words"]
        await records.give_back("me", but=[])
        (waiting,) = await claimed(session)
        await record(session, waiting, Sent((6,)))
        rows = await session.rows(_rows)
        assert [(row.state, row.payload) for row in rows] == [
            (state, {}) for state in ("done", "dropped", "dead", "done", "dead", "dead")
        ]


async def test_a_group_that_has_become_a_supergroup_takes_everything_along(database: Database) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        await chats.saw({-1: 7})
        await chats.saw({-100: 2})
        card_id = await chats.add_card(-1)
        await records.add(text_to(-1, "a"))
        await records.add(text_to(-1, "b"))
        first = (await claimed(session, limit=1))[0]
        await record(session, first, Migrated(-100))
        assert [row.chat_id for row in await claimed(session)] == [-100, -100]
        assert await chats.place_of(card_id) == Place(None, 2)


async def test_a_supergroup_numbers_its_messages_anew(database: Database) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        await chats.saw({-1: 7})
        card_id = await chats.card_of(-1, 7)
        await records.add(text_to(-1, "a"))
        (row,) = await claimed(session)
        for _ in range(2):  # a mark whose commit had no answer is written again
            await record(session, row, Migrated(-100))
            assert await chats.place_of(card_id) == Place(None, 0)


async def test_a_process_gives_back_claims_that_it_does_not_have_in_hand(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        for number in range(3):
            await records.add(text_to(number, str(number)))
        one, two, _ = await claimed(session)
        assert await records.give_back("other", but=[]) == 0
        assert await records.give_back("me", but=[one.id, two.id]) == 1
        assert [(row.payload["params"]["text"], row.uncertain) for row in await claimed(session)] == [("2", False)]


async def test_an_answer_to_a_call_is_an_update_below_all_of_telegrams(database: Database) -> None:
    async with database.begin() as session:
        call = {"method": "getFile", "params": {"file_id": "x"}, "answer_as": "file", "context": {"person_id": 1}}
        for _ in range(2):
            await OutboxRecords(session).add(Outgoing("call", call, 1))
        good, bad = await claimed(session)
        await record(session, good, Sent(result={"file_path": "p"}))
        await record(session, bad, Dead("400 Bad Request: file is too big"))
        waiting = await InboxRecords(session).list_waiting(10)
        assert [(row.update_id, row.received_at, json.loads(row.payload)) for row in waiting] == [
            (
                -good.id,
                NOW,
                {"own": "file", "result": {"file_path": "p"}, "error": None, "context": {"person_id": 1}},
            ),
            (
                -bad.id,
                NOW,
                {
                    "own": "file",
                    "result": None,
                    "error": "400 Bad Request: file is too big",
                    "context": {"person_id": 1},
                },
            ),
        ]


async def test_files_are_known_by_their_key_and_replaced(database: Database) -> None:
    async with database.begin() as session:
        chats = ChatRecords(session)
        for file_id in ("one", "two"):
            await OutboxRecords(session).add(text_to(1, "x"))
            (row,) = await claimed(session)
            await record(session, row, Sent((1,), files={"ics:1": file_id}))
            assert await chats.file_id("ics:1") == file_id
        assert await chats.file_id("ics:2") is None


async def test_claims_of_others_are_taken_over_and_own_ones_kept(database: Database) -> None:
    async with database.begin() as session:
        records = OutboxRecords(session)
        for number in range(3):
            await records.add(text_to(number, str(number)))
        await records.claim("dead", Priority.REPLY, 2, except_chats=[])
        (mine,) = await claimed(session)
        assert await records.take_over("me") == 2
        assert words(await claimed(session)) == ["0", "1"]
        await record(session, mine, Held())
        assert words(await claimed(session)) == ["2"]


async def test_a_card_that_has_been_shown_anew_does_not_go_back_to_what_a_dead_process_had_claimed(
    database: Database,
) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        shown, alone, after = [await chats.add_card(7) for _ in range(3)]
        for card_id in (shown, alone, after):
            await records.add(text_to(7, "old", card_id=card_id))
        await records.claim("dead", Priority.REPLY, 3, except_chats=[])
        await records.add(text_to(7, "new", card_id=shown))
        (new,) = await claimed(session)
        await record(session, new, Sent((5,)))
        await records.add(text_to(7, "new", card_id=after))
        assert await records.take_over("me") == 2
        assert await states(session) == ["dropped", "waiting", "waiting", "done", "waiting"]


async def test_a_press_tells_that_what_a_dead_process_was_sending_has_arrived(database: Database) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        card_id = await chats.add_card(7)
        await records.add(text_to(7, "old", card_id=card_id))
        await records.claim("dead", Priority.REPLY, 1, except_chats=[])
        await records.doubt("me")
        assert await chats.card_of(7, 5) == card_id
        assert await records.take_over("me") == 0
        assert await states(session) == ["done"]


async def test_what_a_press_tells_while_it_is_being_claimed_is_not_claimed(postgresql_url: str) -> None:
    """The claim has chosen the row and waits for the press's transaction, which ends it."""
    database = await open_database(postgresql_url)

    async def claims() -> list[str]:
        async with database.begin() as session:
            return words(await claimed(session))

    try:
        async with database.begin() as session:
            card_id = await ChatRecords(session).add_card(7)
            await OutboxRecords(session).add(text_to(7, "card", card_id=card_id))
            (row,) = await claimed(session)
            await record(session, row, Retry(0, "no answer", uncertain=True))
            await OutboxRecords(session).add(text_to(8, "another"))
        async with database.begin() as session:
            assert await ChatRecords(session).card_of(7, 5) == card_id
            claiming = asyncio.create_task(claims())
            while await session.row(_waits_for_us) is None:
                assert not claiming.done()
        assert await claiming == ["another"]
    finally:
        await database.close()


async def test_what_one_is_sending_oneself_is_in_no_doubt(database: Database) -> None:
    async with database.begin() as session:
        records, chats = OutboxRecords(session), ChatRecords(session)
        card_id = await chats.add_card(7)
        await records.add(text_to(7, "old", card_id=card_id))
        await claimed(session)
        await records.doubt("me")
        assert await chats.card_of(7, 5) != card_id
        assert await states(session) == ["claimed"]
