from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.domain.outgoing import Dead, Outgoing, Priority, Retry, Sent
from bot.domain.ports.delivery import Finished, Receipt
from bot.domain.results.health import Backlog
from bot.services import health
from storage.engine import Database
from storage.schema import inbox, outbox
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def call(chat_id: int, priority: Priority = Priority.REPLY) -> Outgoing:
    return Outgoing("call", {"method": "sendMessage", "params": {}}, chat_id, priority=priority)


async def test_an_empty_bot_has_nothing_to_tell(database: Database) -> None:
    async with database.begin() as session:
        found = await health.look(SqlUnitOfWork(session), now=NOW)
    assert (found.update_seconds, found.backlog) == (None, Backlog(0, None, {}, None, 0.0, 0, 0, 0, 0, []))


async def test_what_waits_what_was_sent_and_what_went_wrong_is_told(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        await work.inbox.store([Receipt(n, "{}", NOW - timedelta(seconds=90 - n)) for n in range(3)])
        await work.inbox.set_aside((await work.inbox.list_waiting(1))[0].id, "ab12 RuntimeError: odd")
        for number in range(4):
            await work.outbox.add(call(number))
        await work.outbox.add(call(9, Priority.ANNOUNCEMENT))
        await work.failures.keep("reminder", {7: "ValueError"})
        sent, dead, silent, _ = await work.outbox.claim("me", Priority.REPLY, 4, except_chats=[])
        await work.outbox.record(
            [
                Finished(sent, Sent((1,))),
                Finished(dead, Dead("400 Bad Request: odd")),
                Finished(silent, Retry(30, "429 Too Many Requests", counted=False)),
            ],
            now=NOW,
        )
        await session.run(update(outbox).values(created_at=datetime.now(UTC) - timedelta(seconds=600)))
        found = await health.look(work, now=NOW)
        backlog = found.backlog
    assert (found.update_seconds, backlog.updates, backlog.rows) == (
        89,
        2,
        {Priority.REPLY: 1, Priority.ANNOUNCEMENT: 1},
    )
    assert (backlog.lately, backlog.dead, backlog.aside, backlog.failing) == (1, 1, 1, 1)
    assert 0 < backlog.silent_seconds <= 30  # what is left of it
    assert backlog.oldest_seconds is not None
    assert 599 < backlog.oldest_seconds < 660
    assert {(fault.kind, fault.why) for fault in backlog.faults} == {
        (None, "ab12 RuntimeError: odd"),
        ("call", "400 Bad Request: odd"),
        ("reminder 7", "ValueError"),
    }


async def test_what_is_being_handled_now_does_not_wait(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        await work.inbox.store([Receipt(1, "{}", NOW)])
        assert (await health.look(work, now=NOW)).update_seconds is None


async def test_what_went_wrong_is_told_for_a_day(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        await work.inbox.store([Receipt(1, "{}", NOW)])
        await work.inbox.set_aside((await work.inbox.list_waiting(1))[0].id, "odd")
        await session.run(update(inbox).values(handled_at=datetime.now(UTC) - timedelta(hours=25)))
        backlog = (await health.look(work, now=NOW)).backlog
        assert (backlog.aside, list(backlog.faults)) == (0, [])
