"""What came of a run, from the local Telegram's own state and the bot's database."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, literal_column, select

from bot.domain.model import TAKING
from chaos.plan import A_PERSON, A_RECIPIENT, Plan
from chaos.record import Record
from storage import schema
from storage.compiled import among
from storage.engine import open_database

b, p, i, o = schema.bookings, schema.people, schema.inbox, schema.outbox
_BOOKED = (
    select(p.c.user_id)
    .join(b, b.c.person_id == p.c.id)
    .where(b.c.state == "booked", p.c.user_id >= A_PERSON, p.c.user_id < A_RECIPIENT)
)
_TWICE = (
    select(b.c.slot_id)
    .where(among(b.c.state, *(state.value for state in TAKING)))
    .group_by(b.c.slot_id)
    .having(func.count() > literal_column("1"))
)
_INBOX = select(i.c.state, func.count().label("n")).where(i.c.update_id > 0).group_by(i.c.state)
_CLAIMED = select(func.count().label("n")).where(among(o.c.state, "claimed"))
_OUTBOX = select(o.c.state, func.count().label("n")).group_by(o.c.state)


@dataclass(frozen=True)
class Found:
    """What is to be compared with what was promised."""

    updates_lost: int
    updates_aside: int
    booked: frozenset[int]
    slots_taken_twice: int
    rows: dict[str, int]


async def look(url: str, folder: Path) -> Found:
    """Read both sides, neither of which runs any more; the last update is the record's own mark."""
    with closing(sqlite3.connect(folder / "telegram.db")) as telegram:
        row = telegram.execute("SELECT value FROM counter WHERE name = 'update'").fetchone()
    given = row[0] if row else 0
    database = await open_database(url)
    try:
        async with database.read() as session:
            booked = await session.rows(_BOOKED)
            twice = await session.rows(_TWICE)
            inbox = {row.state: int(row.n) for row in await session.rows(_INBOX)}
            outbox = {row.state: int(row.n) for row in await session.rows(_OUTBOX)}
    finally:
        await database.close()
    aside = inbox.get("aside", 0)
    return Found(
        given - 1 - inbox.get("handled", 0) - aside,
        aside,
        frozenset(int(row.user_id) for row in booked),
        len(twice),
        outbox,
    )


async def claimed(url: str) -> int:
    """How many rows processes have claimed, dead ones too, while the bot works."""
    database = await open_database(url)
    try:
        async with database.read() as session:
            (row,) = await session.rows(_CLAIMED)
    finally:
        await database.close()
    return int(row.n)


def reminders_lost(record: Record, plan: Plan) -> int:
    """People whose reminder fell due and never came."""
    return sum(record.reminded[A_RECIPIENT + n] == 0 for n in range(plan.reminders))


def announcements_lost(record: Record, plan: Plan) -> int:
    """Messages of announcements that never reached their recipient."""
    return sum(
        record.announced[number, A_RECIPIENT + n] == 0
        for number in range(plan.announcements)
        for n in range(plan.recipients)
    )


def mean(values: Sequence[int]) -> float:
    """Of none 0."""
    return round(sum(values) / len(values), 2) if values else 0.0
