"""Drafts: dialogues' state."""

from sqlalchemy import bindparam, select, update

from bot.domain.model import Draft
from storage import schema
from storage.engine import Session
from storage.records import Records

_mine = (
    schema.drafts.c.chat_id == bindparam("chat_id"),
    schema.drafts.c.person_id == bindparam("person_id"),
    schema.drafts.c.open,
)
_awaiting = select(schema.drafts).where(*_mine, schema.drafts.c.awaits_text)
_open = select(schema.drafts).where(*_mine).order_by(schema.drafts.c.updated_at.desc(), schema.drafts.c.id.desc())
_stop = update(schema.drafts).where(*_mine, schema.drafts.c.awaits_text).values(awaits_text=False)


class DraftRecords(Records[Draft]):
    """Dialogues that are under way."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, schema.drafts, Draft)

    async def awaiting_text(self, chat_id: int, person_id: int) -> Draft | None:
        """The one that takes what the person writes."""
        row = await self.session.row(_awaiting, chat_id=chat_id, person_id=person_id)
        return None if row is None else self.one(row)

    async def list_open(self, chat_id: int, person_id: int) -> list[Draft]:
        """Those under way, latest first."""
        return self.many(await self.session.rows(_open, chat_id=chat_id, person_id=person_id))

    async def stop_awaiting(self, chat_id: int, person_id: int) -> None:
        """No open draft of the person awaits text any more."""
        await self.session.run(_stop, chat_id=chat_id, person_id=person_id)
