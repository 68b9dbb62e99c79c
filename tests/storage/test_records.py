"""What is read once in a transaction, and when it is read anew."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, update

from bot.domain.errors import StepSkipped
from bot.domain.model import Actor
from storage import schema
from storage.engine import Database, Session
from storage.transaction import Transaction
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2027, 6, 1, tzinfo=UTC)
_rename = update(schema.actors).values(name=bindparam("new_name"))
_delete_arenas = delete(schema.arenas)
Act = Callable[[SqlUnitOfWork, Session], Awaitable[object]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """All statements that give rows."""
    statements: list[object] = []
    rows = Transaction.rows

    async def noted(self: Transaction, statement: Any, /, **values: Any) -> Sequence[Any]:
        statements.append(statement)
        return await rows(self, statement, **values)

    monkeypatch.setattr(Transaction, "rows", noted)
    return statements


async def _actor(work: SqlUnitOfWork, name: str) -> int:
    return (await work.actors.add(name=name, kind="company", aliases=(), state="active", created_at=NOW)).id


async def test_an_actor_is_read_once(database: Database, asked: list[object]) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        first, second = await _actor(work, "LKAB"), await _actor(work, "SSAB")
        asked.clear()
        assert (await work.actors.get(first)).name == "LKAB"
        assert (await work.actors.get(first)).name == "LKAB"
        found = await work.actors.by_ids([first, second])
        assert (found[first].name, found[second].name, len(asked)) == ("LKAB", "SSAB", 2)
        assert await work.actors.find(second + 1) is None
        assert await work.actors.get(first, lock=True) == found[first]
        assert len(asked) == 4


async def _by_its_record(work: SqlUnitOfWork, _session: Session) -> None:
    actor = (await work.actors.list_known())[0]
    await work.actors.change(actor, name="Vattenfall")


async def _by_a_statement(_work: SqlUnitOfWork, session: Session) -> None:
    await session.run(_rename, new_name="Vattenfall")


async def _by_many(_work: SqlUnitOfWork, session: Session) -> None:
    await session.run_many(_rename, [{"new_name": "Vattenfall"}])


@pytest.mark.parametrize("changed", [_by_its_record, _by_a_statement, _by_many])
async def test_what_was_written_is_read_anew(database: Database, changed: Act) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        actor_id = await _actor(work, "LKAB")
        assert (await work.actors.get(actor_id)).name == "LKAB"
        await changed(work, session)
        assert (await work.actors.get(actor_id)).name == "Vattenfall"


async def test_what_was_undone_is_read_anew(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        actor_id = await _actor(work, "LKAB")
        with suppress(ZeroDivisionError):
            async with work.savepoint():
                await session.run(_rename, new_name="Vattenfall")
                assert (await work.actors.get(actor_id)).name == "Vattenfall"
                raise ZeroDivisionError
        assert (await work.actors.get(actor_id)).name == "LKAB"


async def test_a_deletion_may_reach_other_tables(database: Database, asked: list[object]) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        actor_id = await _actor(work, "LKAB")
        await work.actors.get(actor_id)
        await session.run(_delete_arenas)
        asked.clear()
        await work.actors.get(actor_id)
        assert len(asked) == 1


async def test_another_transaction_reads_for_itself(database: Database) -> None:
    async with database.begin() as session:
        actor_id = await _actor(SqlUnitOfWork(session), "LKAB")
    async with database.begin() as session:
        await session.run(_rename, new_name="Vattenfall")
    async with database.read() as session:
        assert (await SqlUnitOfWork(session).actors.get(actor_id)).name == "Vattenfall"


async def test_a_row_becomes_the_tables_model(database: Database) -> None:
    async with database.begin() as session:
        actor = await SqlUnitOfWork(session).actors.get(await _actor(SqlUnitOfWork(session), "LKAB"))
    assert type(actor) is Actor
    assert actor == dataclasses.replace(actor)
    assert repr(actor).startswith(f"Actor(id={actor.id}, name='LKAB'")


async def test_a_draft_tells_of_a_step_that_was_skipped(database: Database) -> None:
    async with database.begin() as session:
        work = SqlUnitOfWork(session)
        person = await work.people.add(
            user_id=1, name="P", language="sv", language_chosen=True, muted=frozenset(), created_at=NOW
        )
        card_id = await work.chats.add_card(1)
        draft = await work.drafts.add(
            chat_id=1, person_id=person.id, card_id=card_id, kind="slots", step="day", data={}, awaits_text=False,
            open=True, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
    with pytest.raises(StepSkipped):
        draft.data["stage_id"]
