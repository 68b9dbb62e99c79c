"""Updates as they came, until they are handled and pruned."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update

from bot.domain.ports.delivery import Receipt, Waiting
from storage import schema
from storage.database_time import database_now
from storage.engine import Session, in_list, upsert

i, operations = schema.inbox, schema.operations

# As text, not as parameters: a partial index is only used for a state that stands in the statement.
_is_waiting = text("state = 'waiting'")

_store = upsert(
    i, ("update_id", "chat_id", "user_id", "payload", "state", "received_at"), index_elements=("update_id",), set_=()
)
_known = select(i.c.update_id).where(in_list(i.c.update_id, "update_ids"))
# What has served is words that nobody needs again: the number is kept, lest it come once more.
_served: dict[str, Any] = {"payload": "{}", "handled_at": database_now()}
_refuse = update(i).where(in_list(i.c.update_id, "update_ids"), i.c.state == "refused").values(_served)
_waiting = (
    select(i.c.id, i.c.update_id, i.c.payload, i.c.received_at, i.c.chat_id, i.c.user_id)
    .where(_is_waiting)
    .order_by(i.c.id)
    .limit(bindparam("limit"))
)
_newest = select(func.max(i.c.id).label("id")).where(_is_waiting)
_up_to = select(i.c.id).where(_is_waiting, i.c.id <= bindparam("inbox_id")).limit(1)
_handled = update(i).where(in_list(i.c.id, "ids")).values(state="handled", **_served)
_aside = (
    update(i)
    .where(i.c.id == bindparam("inbox_id"))
    .values(state="aside", reason=bindparam("new_reason"), handled_at=database_now())
)
_last_handled = select(i.c.update_id).where(i.c.state != "waiting", i.c.update_id > 0).order_by(i.c.id.desc()).limit(1)
_used = select(operations.c.answer).where(operations.c.key == bindparam("key"))
_use = insert(operations).values(key=bindparam("key"), answer=bindparam("answer"), used_at=database_now())


def _stored(receipt: Receipt) -> dict[str, Any]:
    return {
        "update_id": receipt.update_id,
        "chat_id": receipt.chat_id,
        "user_id": receipt.user_id,
        "payload": receipt.payload,
        "state": "refused" if receipt.refused else "waiting",
        "received_at": receipt.received_at,
    }


class InboxRecords:
    """Updates from receipt until they are pruned."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def store(self, receipts: Sequence[Receipt]) -> set[int]:
        """Store those whose update_id is not there yet; gives the update_ids that were new."""
        asked = list({receipt.update_id for receipt in receipts})
        known = {row.update_id for row in await self.session.rows(_known, update_ids=asked)}
        await self.session.run_many(_store, [_stored(receipt) for receipt in receipts])
        refused = [receipt.update_id for receipt in receipts if receipt.refused]
        if refused:
            await self.session.run(_refuse, update_ids=refused)
        return set(asked) - known

    async def list_waiting(self, limit: int) -> list[Waiting]:
        """The oldest that wait, in order of arrival."""
        rows = await self.session.rows(_waiting, limit=limit)
        return [Waiting(*row) for row in rows]

    async def mark_handled(self, ids: Collection[int]) -> None:
        """They have had their effect."""
        await self.session.run(_handled, ids=list(ids))

    async def set_aside(self, inbox_id: int, reason: str) -> None:
        """It could not be handled and is kept with the reason."""
        await self.session.run(_aside, inbox_id=inbox_id, new_reason=reason)

    async def newest_waiting(self) -> int | None:
        """The id of the row that came last of those that wait."""
        row = await self.session.row(_newest)
        return None if row is None else row.id

    async def waits_up_to(self, inbox_id: int) -> bool:
        """Whether a row with this id or a lower one waits."""
        return await self.session.row(_up_to, inbox_id=inbox_id) is not None

    async def last_handled(self) -> int | None:
        """Telegram's id of the update that was handled last."""
        row = await self.session.row(_last_handled)
        return None if row is None else row.update_id

    async def answer_of(self, key: str) -> Mapping[str, Any] | None:
        """What was answered to the operation with this key; None when it has not been used."""
        row = await self.session.row(_used, key=key)
        return None if row is None else dict(row.answer)

    async def use_operation(self, key: str, answer: Mapping[str, Any]) -> None:
        """Note that an operation was tried, and what was answered to it."""
        await self.session.run(_use, key=key, answer=dict(answer))
