"""What has served and goes, in batches, so that tables stay small and no transaction takes long."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Delete, Table, bindparam, delete, exists, not_, select, true

from bot.domain.ports.delivery import Keep
from storage import schema
from storage.compiled import among, long
from storage.database_time import in_seconds
from storage.engine import Session
from storage.schema import UtcDateTime

ASIDE_HOURS: Final = 160.0
"""What could not be handled is kept for less than the week after which Telegram may use a number again."""
OPERATION_DAYS: Final = 30.0
DRAFT_DAYS: Final = 30
FILE_DAYS: Final = 180.0
REMINDER_DAYS: Final = 365
HOUR, DAY = 3600.0, 86_400.0

i, o, cards, drafts, reminders = schema.inbox, schema.outbox, schema.cards, schema.drafts, schema.reminders


def _some(table: Table, order: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Delete:
    """Delete the first `limit` rows that fulfil all."""
    rows = select(table.c.id).where(*conditions).order_by(order).limit(bindparam("limit"))
    return long(delete(table).where(table.c.id.in_(rows.scalar_subquery())))


def _older(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column < bindparam("before", type_=UtcDateTime)


def _unused(table: Table) -> ColumnElement[bool]:
    return not_(exists().where(table.c.card_id == cards.c.id))


_updates = _some(i, i.c.handled_at, i.c.handled_at < in_seconds("seconds"), among(i.c.state, "handled", "refused"))
_aside = _some(i, i.c.handled_at, i.c.handled_at < in_seconds("seconds"), among(i.c.state, "aside"))
_rows = _some(o, o.c.done_at, o.c.done_at < in_seconds("seconds"))
_operations = _some(schema.operations, schema.operations.c.used_at, schema.operations.c.used_at < in_seconds("seconds"))
_files = _some(schema.sent_files, schema.sent_files.c.sent_at, schema.sent_files.c.sent_at < in_seconds("seconds"))
_drafts = _some(drafts, drafts.c.id, drafts.c.open != true(), _older(drafts.c.updated_at))
_reminders = _some(reminders, reminders.c.due_at, not_(among(reminders.c.state, "planned")), _older(reminders.c.due_at))
# A card is shown by a row in the same transaction: one without rows was shown last before the oldest of them.
_cards = _some(cards, cards.c.id, _unused(o), _unused(drafts), _unused(schema.announcements))


class OldRecords:
    """What has served, of all tables that grow by being used."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def prune(self, keep: Keep, *, now: datetime, limit: int) -> int:
        """Delete up to `limit` rows of each kind that are older than they are kept; gives how many in all.

        Ages of what went to and fro are the database's time, those of dialogues and reminders the domain's, seen from `now`.
        """
        by_database = (
            (_updates, keep.inbox_hours * HOUR),
            (_aside, max(keep.inbox_hours, ASIDE_HOURS) * HOUR),
            (_rows, keep.outbox_days * DAY),
            (_operations, OPERATION_DAYS * DAY),
            (_files, FILE_DAYS * DAY),
        )
        gone = 0
        for statement, seconds in by_database:
            gone += await self.session.run(statement, seconds=-seconds, limit=limit)
        for statement, days in ((_drafts, DRAFT_DAYS), (_reminders, REMINDER_DAYS)):
            gone += await self.session.run(statement, before=now - timedelta(days=days), limit=limit)
        return gone + await self.session.run(_cards, limit=limit)
