"""What is asked again and again finds its rows by partial indexes: delivered and handled rows, however many, cost nothing."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from storage import backlog, bookings, inbox, old, outbox, talk
from storage.compiled import compiled_for

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
CLAIM = {"process": "me", "of_priority": 0, "limit": 200, "except_chats": [1]}
STATEMENTS: list[tuple[str, Any, dict[str, Any], str]] = [
    ("claim", outbox._claim, CLAIM, "ix_outbox_waiting"),
    ("sendable", outbox._sendable, {}, "ix_outbox_waiting or ix_outbox_chat_waiting or ix_outbox_card_waiting"),
    ("take over", outbox._take_over, {"process": "me"}, "ix_outbox_claimed"),
    ("in flight", outbox._in_flight, {}, "ix_outbox_claimed"),
    (
        "end of a chat",
        outbox._end_waiting,
        {"in_chat": 1, "why": "gone"},
        "ix_outbox_waiting or ix_outbox_chat_waiting or ix_outbox_card_waiting",
    ),
    ("waiting updates", inbox._waiting, {"limit": 50}, "ix_inbox_waiting"),
    ("newest update", inbox._newest, {}, "ix_inbox_waiting"),
    ("due reminders", talk._first_due, {"now": NOW, "limit": 100, "but": [1]}, "ix_reminders_due"),
    (
        "a person's due reminders",
        talk._due_with,
        {"now": NOW, "ids": [1], "people": [1]},
        "ix_reminders_person or ix_reminders_due",
    ),
    ("next reminder", talk._next_due, {}, "ix_reminders_due"),
    ("due bookings", bookings._due, {"now": NOW, "limit": 100, "but": [1]}, "ix_bookings_until"),
    ("next booking", bookings._next_due, {}, "ix_bookings_until"),
    ("old updates", old._updates, {"seconds": -1.0, "limit": 500}, "ix_inbox_handled"),
    ("old rows", old._rows, {"seconds": -1.0, "limit": 500}, "ix_outbox_done"),
    ("old reminders", old._reminders, {"before": NOW, "limit": 500}, "ix_reminders_over"),
    ("unused cards", old._cards, {"limit": 500}, "ix_outbox_card"),
    ("dead rows", backlog._last_dead, {}, "ix_outbox_dead"),
    ("updates set aside", backlog._last_aside, {}, "ix_inbox_aside"),
    ("rows by priority", backlog._rows, {}, "ix_outbox_waiting"),
]
every = pytest.mark.parametrize(
    ("statement", "values", "index"), [s[1:] for s in STATEMENTS], ids=[s[0] for s in STATEMENTS]
)


def words(text: str) -> set[str]:
    return set(text.split()) - {"or"}


@every
def test_sqlite_finds_it_by_its_index(sqlite_url: str, statement: Any, values: dict[str, Any], index: str) -> None:
    compiled = compiled_for(statement, "sqlite")
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    try:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.text}", compiled.parameters(values)).fetchall()
    finally:
        connection.close()
    plan = [row[-1] for row in rows]
    assert words(index) & words(" ".join(plan)), plan
    scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step and "json_each" not in step]
    assert set(scans) <= {"SCAN cards", "SCAN announcements"}, plan  # both are small, and looked at once an hour


@every
async def test_postgresql_finds_it_by_its_index(
    postgresql_url: str, statement: Any, values: dict[str, Any], index: str
) -> None:
    compiled = compiled_for(statement, "postgresql")
    connection = await asyncpg.connect(postgresql_url)
    try:
        await connection.execute("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off")
        rows = await connection.fetch(f"EXPLAIN {compiled.text}", *compiled.parameters(values))
    finally:
        await connection.close()
    plan = "\n".join(row[0] for row in rows)
    assert words(index) & words(plan), plan
