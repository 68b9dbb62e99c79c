"""What was due and failed, until it succeeds or is due no more."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, not_, select

from storage import schema
from storage.database_time import database_now
from storage.engine import Session, in_list

f = schema.failures

_of = f.c.kind == bindparam("of_kind")
_ids = select(f.c.item_id).where(_of)
_others = delete(f).where(_of, not_(in_list(f.c.item_id, "ids")))
_note = insert(f).values(
    kind=bindparam("of_kind"), item_id=bindparam("item"), why=bindparam("reason"), failed_at=database_now()
)


class FailureRecords:
    """By kind and id."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def list_of(self, kind: str) -> set[int]:
        """Ids of one kind."""
        return {row.item_id for row in await self.session.rows(_ids, of_kind=kind)}

    async def keep(self, kind: str, failed: Mapping[int, str]) -> None:
        """These and no others of the kind fail; each is noted as of when it did first."""
        await self.session.run(_others, of_kind=kind, ids=list(failed))
        known = await self.list_of(kind)
        fresh = [{"of_kind": kind, "item": each, "reason": why} for each, why in failed.items() if each not in known]
        await self.session.run_many(_note, fresh)
