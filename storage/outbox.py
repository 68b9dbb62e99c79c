"""Everything that goes out to anyone, from the transaction that wants it to Telegram's answer."""

import dataclasses
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Float,
    Insert,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal_column,
    not_,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from bot.domain.outgoing import Dead, Delivery, Dropped, Held, Migrated, Outgoing, Place, Priority, Retry, Sent
from bot.domain.ports.delivery import Finished
from storage import schema
from storage.chats import ChatRecords
from storage.compiled import long
from storage.database_time import database_now, in_seconds
from storage.engine import ConstraintRefused, Row, Session, in_list, upsert

RESEND_SECONDS = 24 * 3600.0
RESEND_TRIES = 10
"""How long, and how often at least, a row whose arrival is uncertain is sent again: a wall clock may jump by a day."""

o, chats, cards, inbox, drafts = schema.outbox, schema.chats, schema.cards, schema.inbox, schema.drafts
earlier, later = o.alias("earlier"), o.alias("later")

# States stand as text in statements, not as parameters: only then is a partial index used.
_is_waiting, _is_claimed = text("outbox.state = 'waiting'"), text("outbox.state = 'claimed'")
_may_go = or_(o.c.not_before.is_(None), o.c.not_before <= database_now())
_of_row = o.c.id == bindparam("row_id")
_of_delivery = tuple(o.c[field.name] for field in dataclasses.fields(Delivery) if field.name != "place")
_free: dict[str, Any] = {"state": "waiting", "claimed_by": null(), "claimed_at": null()}

_user_of = select(schema.people.c.user_id).where(schema.people.c.id == bindparam("person_id"))


@cache
def _add(columns: tuple[str, ...]) -> Insert:
    """A new row. What is not among the columns is NULL, which SQLite's driver is slow to take as a parameter."""
    return (
        insert(o)
        .values({c: bindparam(c) for c in columns})
        .values(created_at=database_now(), attempts=0, steps=0, uncertain=false(), state="waiting")
    )


@cache
def _add_one(columns: tuple[str, ...]) -> ReturningInsert[Any]:
    return _add(columns).returning(o.c.id)


_card_waits = exists().where(
    earlier.c.card_id == o.c.card_id,
    earlier.c.id < o.c.id,
    text("earlier.state = 'waiting'"),
    earlier.c.not_before > database_now(),
)
_card_may_go = or_(o.c.card_id.is_(None), not_(_card_waits))
_first = (
    select(o.c.id)
    .where(
        _is_waiting,
        o.c.priority == bindparam("of_priority"),
        _may_go,
        or_(o.c.chat_id.is_(None), not_(in_list(o.c.chat_id, "except_chats"))),
        _card_may_go,
    )
    .order_by(o.c.id)
    .limit(bindparam("limit"))
)
_claim = (
    update(o)
    # PostgreSQL looks at this again when it has waited for who changed the row meanwhile, and not at what chose it
    .where(o.c.id.in_(_first.scalar_subquery()), o.c.state == "waiting")
    .values(state="claimed", claimed_by=bindparam("process"), claimed_at=database_now())
    .returning(*_of_delivery)
)
# What has been sent is words that nobody reads again, and somebody's own.
_emptied: dict[str, Any] = {"payload": literal_column("'{}'")}
_ended: dict[str, Any] = {"done_at": database_now(), "claimed_by": null()}
_done = (
    update(o).where(_of_row).values(state="done", error=null(), message_id=bindparam("sent_id"), **_ended, **_emptied)
)
_end = update(o).where(_of_row).values(state=bindparam("new_state"), error=bindparam("why"), **_ended, **_emptied)
_empty = update(o).where(_of_row).values(_emptied)
_again = (
    update(o)
    .where(_of_row, o.c.state == "claimed")
    .values(
        **_free,
        not_before=in_seconds("seconds"),
        wait_seconds=bindparam("seconds", type_=Float),
        attempts=o.c.attempts + bindparam("counted"),
        steps=bindparam("done_steps"),
        uncertain=or_(o.c.uncertain, bindparam("unsure", type_=o.c.uncertain.type)),
        uncertain_at=case(
            (bindparam("unsure", type_=o.c.uncertain.type), func.coalesce(o.c.uncertain_at, database_now())),
            else_=o.c.uncertain_at,
        ),
        error=bindparam("why"),
    )
)
_too_old = select(o.c.id).where(
    _of_row, o.c.uncertain_at < database_now(-RESEND_SECONDS), o.c.attempts >= literal_column(str(RESEND_TRIES))
)
_free_key = update(o).where(_of_row).values(key=None)
_release = update(o).where(_of_row, o.c.state == "claimed").values(**_free)
_doubted: dict[str, Any] = {"uncertain": True, "uncertain_at": func.coalesce(o.c.uncertain_at, database_now())}
_doubt = long(update(o).where(_is_claimed, o.c.claimed_by != bindparam("process")).values(_doubted))
_superseded = long(
    update(o)
    .where(
        _is_claimed,
        o.c.claimed_by != bindparam("process"),
        exists().where(
            later.c.card_id == o.c.card_id,
            later.c.id > o.c.id,
            or_(later.c.state == literal_column("'done'"), later.c.claimed_by == bindparam("process")),
        ),
    )
    .values(state="dropped", error="its card has been shown anew", **_ended, **_emptied)
)
_take_over = long(update(o).where(_is_claimed, o.c.claimed_by != bindparam("process")).values(_free | _doubted))
_hold = long(
    update(o)
    .where(_is_claimed, o.c.claimed_by != bindparam("process"), o.c.kind == bindparam("held_kind"))
    .values(state="dead", error="held, its process was stopped", **_ended)
    .returning(*_of_delivery, o.c.error)
)
_give_back = long(
    update(o)
    .where(_is_claimed, o.c.claimed_by == bindparam("process"), not_(in_list(o.c.id, "in_hand")))
    .values(**_free)
)
_end_waiting = (
    update(o)
    .where(o.c.chat_id == bindparam("in_chat"), _is_waiting)
    .values(state="dead", error=bindparam("why"), done_at=database_now())
    .returning(*_of_delivery)
)
_longest = database_now(o.c.wait_seconds)
_cut = long(update(o).where(_is_waiting, o.c.not_before > _longest).values(not_before=_longest))
_in_flight = select(o.c.id).where(_is_claimed).limit(1)
_sendable = select(o.c.id).where(_is_waiting, _may_go, _card_may_go).limit(1)
_silence = (
    select(o.c.not_before, database_now().label("now"))
    .where(
        _is_waiting,
        o.c.not_before > database_now(),
        or_(o.c.chat_id.is_(None), o.c.chat_id > 0),  # a group's silence is its own
        text("outbox.error LIKE '429%'"),
    )
    .order_by(o.c.not_before.desc())
    .limit(1)
)
_own_update = upsert(
    inbox, ("update_id", "chat_id", "payload", "state", "received_at"), index_elements=("update_id",), set_=()
)

# A supergroup numbers its messages anew: none of the old chat's can be edited there.
_known_there = chats.alias("known")
_migrations = (
    delete(chats).where(
        chats.c.chat_id == bindparam("old_chat"),
        exists().where(_known_there.c.chat_id == bindparam("new_chat")),
    ),
    update(chats)
    .where(chats.c.chat_id == bindparam("old_chat"))
    .values(chat_id=bindparam("new_chat"), last_message_id=0),
    update(cards)
    .where(cards.c.chat_id == bindparam("old_chat"))
    .values(chat_id=bindparam("new_chat"), message_id=None),
    update(drafts).where(drafts.c.chat_id == bindparam("old_chat")).values(chat_id=bindparam("new_chat")),
    *(
        update(table)
        .where(
            table.c.chat_id == bindparam("old_chat"),
            table.c.state.in_([literal_column("'waiting'"), literal_column("'claimed'")]),
        )
        .values(chat_id=bindparam("new_chat"))
        for table in (inbox, o)
    ),
)


def _delivery(row: Row, place: Place | None = None) -> Delivery:
    return Delivery(
        id=row.id,
        kind=row.kind,
        payload=row.payload,
        chat_id=row.chat_id,
        person_id=row.person_id,
        card_id=row.card_id,
        priority=Priority(row.priority),
        attempts=row.attempts,
        steps=row.steps,
        uncertain=row.uncertain,
        expires_at=row.expires_at,
        place=place,
    )


class OutboxRecords:
    """Everything that goes out to anyone."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._chats = ChatRecords(session)

    async def add(self, row: Outgoing) -> int | None:
        """Store a row; None when one with its key is there already."""
        values = await self._values(row)
        statement = _add_one(tuple(values))
        if row.key is None:
            stored = await self.session.row(statement, **values)
        else:
            try:
                async with self.session.savepoint():
                    stored = await self.session.row(statement, **values)
            except ConstraintRefused as refused:
                if refused.constraint != "uq_outbox_key":
                    raise
                return None
        return None if stored is None else int(stored.id)

    async def add_all(self, rows: Sequence[Outgoing]) -> None:
        """Store rows in order, without those whose key is there already."""
        for has_key, group in groupby(rows, key=lambda row: row.key is not None):
            if has_key:
                for row in group:
                    await self.add(row)
            else:
                for columns, alike in groupby([await self._values(row) for row in group], key=tuple):
                    await self.session.run_many(_add(columns), list(alike))

    async def _values(self, row: Outgoing) -> dict[str, Any]:
        """What is not NULL, by column."""
        chat_id = row.chat_id
        if chat_id is None and row.person_id is not None:
            person = await self.session.row(_user_of, person_id=row.person_id)
            chat_id = None if person is None else person.user_id
        values = {
            "key": row.key,
            "chat_id": chat_id,
            "person_id": row.person_id,
            "card_id": row.card_id,
            "priority": int(row.priority),
            "kind": row.kind,
            "payload": dict(row.payload),
            "expires_at": row.expires_at,
        }
        return {column: value for column, value in values.items() if value is not None}

    async def claim(
        self, claimed_by: str, priority: Priority, limit: int, *, except_chats: Collection[int]
    ) -> list[Delivery]:
        """Take the first rows that may be sent, in order."""
        rows = await self.session.rows(
            _claim, process=claimed_by, of_priority=int(priority), limit=limit, except_chats=list(except_chats)
        )
        cards = {row.card_id for row in rows if row.card_id is not None}
        places = await self._chats.places_of(cards) if cards else {}
        return sorted((_delivery(row, places.get(row.card_id)) for row in rows), key=lambda row: row.id)

    async def record(self, outcomes: Sequence[Finished], *, now: datetime) -> list[Finished]:
        """Write what became of claimed rows and what follows for cards, chats, files and other rows.

        Gives all rows that are at their end thereby, those of a chat that cannot be reached and those that were tried
        for a day included. `now` is the domain's time.
        """
        ended = [each for each in outcomes if isinstance(each.outcome, Sent | Dropped)]
        await self._sent([(each.row, each.outcome) for each in outcomes if isinstance(each.outcome, Sent)], now)
        for each in outcomes:
            match each.outcome:
                case Retry() as retry:
                    ended += await self._again(each.row, retry, now)
                case Dead(why, unreachable):
                    ended += await self._dead(each.row, why, now, unreachable=unreachable)
                case Dropped(why):
                    await self.session.run(_end, row_id=each.row.id, new_state="dropped", why=why)
                case Migrated(chat_id):
                    await self._migrated(each.row, chat_id)
                case Held():
                    await self.session.run(_release, row_id=each.row.id)
        return ended

    async def _sent(self, rows: Sequence[tuple[Delivery, Sent]], now: datetime) -> None:
        """Most of all that is written here: rows, chats and cards, each written together."""
        done: list[dict[str, Any]] = []
        seen: dict[int, int] = {}
        placed: dict[int, int] = {}
        for row, sent in rows:
            done.append({"row_id": row.id, "sent_id": sent.message_ids[-1] if sent.message_ids else sent.edited})
            if sent.message_ids and row.chat_id is not None:
                seen[row.chat_id] = max(*sent.message_ids, seen.get(row.chat_id, 0))
            if sent.message_ids and row.card_id is not None:
                placed[row.card_id] = sent.message_ids[-1]
        await self.session.run_many(_done, done)
        await self._chats.saw(seen)
        await self._chats.move_cards(placed)
        for row, sent in rows:
            for key, file_id in sent.files.items():
                await self._chats.keep_file(key, file_id)
            if "answer_as" in row.payload:
                await self._answer(row, now, result=sent.result, error=None)

    async def _again(self, row: Delivery, retry: Retry, now: datetime) -> list[Finished]:
        await self.session.run(
            _again,
            row_id=row.id,
            seconds=retry.seconds,
            counted=int(retry.counted),
            done_steps=retry.steps,
            unsure=retry.uncertain,
            why=retry.why,
        )
        if retry.uncertain and await self.session.row(_too_old, row_id=row.id) is not None:
            return await self._dead(row, f"no answer for a day: {retry.why}", now, unreachable=False)
        return []

    async def _dead(self, row: Delivery, why: str, now: datetime, *, unreachable: bool) -> list[Finished]:
        await self.session.run(_end, row_id=row.id, new_state="dead", why=why)
        ended = [Finished(row, Dead(why, unreachable))]
        if "answer_as" in row.payload:
            await self._answer(row, now, result=None, error=why)
        if unreachable and row.chat_id is not None:
            await self._chats.lost(row.chat_id, why)
            ended += await self.end_waiting(row.chat_id, why)
        return ended

    async def _answer(self, row: Delivery, now: datetime, *, result: Any, error: str | None) -> None:
        """Let Telegram's answer to a call come back as an update of our own, numbered below all of Telegram's."""
        own = {
            "own": row.payload["answer_as"],
            "result": result,
            "error": error,
            "context": row.payload.get("context") or {},
        }
        await self.session.run(
            _own_update,
            update_id=-row.id,
            chat_id=row.chat_id,
            payload=json.dumps(own),
            state="waiting",
            received_at=now,
        )

    async def _migrated(self, row: Delivery, chat_id: int) -> None:
        for statement in _migrations:
            await self.session.run(statement, old_chat=row.chat_id, new_chat=chat_id)
        await self.session.run(_release, row_id=row.id)

    async def doubt(self, claimed_by: str) -> None:
        """What other processes have claimed may have arrived: a press on it tells."""
        await self.session.run(_doubt, process=claimed_by)

    async def take_over(self, claimed_by: str) -> int:
        """Free what other processes have claimed, which must be dead; gives how many rows that were.

        A card that has been shown anew meanwhile does not go back to what it said before.
        """
        await self.session.run(_superseded, process=claimed_by)
        return await self.session.run(_take_over, process=claimed_by)

    async def hold(self, claimed_by: str, kind: str) -> list[Finished]:
        """End what other processes have claimed of a kind, since it may have been sent; gives those rows."""
        rows = await self.session.rows(_hold, process=claimed_by, held_kind=kind)
        await self._empty(rows)
        return [Finished(_delivery(row), Dead(row.error)) for row in rows]

    async def give_back(self, claimed_by: str, *, but: Collection[int]) -> int:
        """Free a process's claims that it does not have in hand; gives how many rows that were."""
        return await self.session.run(_give_back, process=claimed_by, in_hand=list(but))

    async def end_waiting(self, chat_id: int, why: str) -> list[Finished]:
        """Nothing that waits for the chat will be sent; gives those rows."""
        rows = await self.session.rows(_end_waiting, in_chat=chat_id, why=why)
        await self._empty(rows)
        return [Finished(_delivery(row), Dead(why, unreachable=True)) for row in rows]

    async def _empty(self, rows: Sequence[Row]) -> None:
        """Of rows that ended together, since a change gives what is there after it."""
        await self.session.run_many(_empty, [{"row_id": row.id} for row in rows])

    async def free_key(self, row_id: int) -> None:
        """Let another row have a row's key."""
        await self.session.run(_free_key, row_id=row_id)

    async def cut_waits(self) -> None:
        """Cut waits that end later than their own length from now: the wall clock was set back."""
        await self.session.run(_cut)

    async def has_sendable(self) -> bool:
        """Whether a row waits that could be sent now."""
        return await self.session.row(_sendable) is not None

    async def is_busy(self) -> bool:
        """Whether a row is in flight or could be sent now; rows that wait for another try do not count."""
        return await self.session.row(_in_flight) is not None or await self.has_sendable()

    async def paused_seconds(self) -> float:
        """For how many seconds more Telegram has asked us to be silent, as stored: the longest of those waits."""
        row = await self.session.row(_silence)
        return 0.0 if row is None else float((row.not_before - row.now).total_seconds())
