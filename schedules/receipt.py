"""From a raw update to a row of the inbox; the same for polling and webhook."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

from bot import json_text
from bot.domain.errors import DatabaseUnavailable
from bot.domain.ports.delivery import Clock, Receipt
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from schedules.flood import FloodGate

log = logging.getLogger(__name__)
LARGEST = 2**63 - 1
FEW = 5
"""Updates that may be handled in the transaction that stores them."""

TellFlooded = Callable[[Mapping[str, Any], UnitOfWork], Awaitable[None]]
AtOnce = Callable[[Callable[[UnitOfWork], Awaitable[None]]], Awaitable[bool]]


def an_id(value: object) -> int | None:
    """An id as the database holds it, or None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST else None


def part(value: object, *names: str) -> Any:
    """What lies under these names in nested objects, or None."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _whom(update: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The chat and the person of an update, whatever kind it is."""
    body = next((value for name, value in update.items() if name != "update_id" and isinstance(value, dict)), {})
    user_id = an_id(part(body, "from", "id"))
    chat_id = an_id(part(body, "chat", "id"))
    return an_id(part(body, "message", "chat", "id")) if chat_id is None else chat_id, user_id


class Receiver:
    """Stores updates, each once, and wakes those who handle them. What comes too fast is stored as refused.

    `tell_flooded(update, work)` writes the row that tells somebody so, at most once a minute. `at_once(store)` handles a
    few in the transaction that stores them, or says that it did not.
    """

    def __init__(
        self,
        units: Units,
        clock: Clock,
        *,
        flood: FloodGate | None,
        tell_flooded: TellFlooded,
        wake: Callable[[], None],
        at_once: AtOnce | None = None,
    ) -> None:
        self._units = units
        self._clock = clock
        self._flood = flood
        self._tell_flooded = tell_flooded
        self._at_once = at_once
        self._wake = wake

    def receive(self, updates: Sequence[Any], *, backlog: bool) -> list[Receipt]:
        """The rows of updates that come now. Backlog, what waited while the bot was down, is no flood."""
        now = self._clock.now()
        receipts = []
        for update in updates:
            update_id = an_id(part(update, "update_id"))
            if update_id is None or update_id < 0:
                log.warning("an update without a number was thrown away")
                continue
            chat_id, user_id = _whom(update)
            refused = False
            if self._flood is not None and user_id is not None and not backlog:
                refused = not self._flood.admits(user_id)
            try:
                payload = json_text.write(update).decode()
            except (TypeError, ValueError, RecursionError) as error:
                log.warning("update %s was thrown away: it cannot be written (%s)", update_id, type(error).__name__)
                continue
            receipts.append(Receipt(update_id, payload, now, chat_id, user_id, refused))
        return receipts

    async def store(self, receipts: Sequence[Receipt]) -> None:
        """Store them in one transaction; may be repeated. Raises DatabaseUnavailable.

        One that the database does not take whatever is done is thrown away with a log line, lest it stop the others.
        """
        if not receipts or await self._stored_and_handled(receipts):
            return
        try:
            await self._store(receipts)
        except DatabaseUnavailable:
            raise
        except Exception:
            if len(receipts) == 1:
                log.exception("update %s cannot be stored and was thrown away", receipts[0].update_id)
                return
            for receipt in receipts:
                await self.store([receipt])
        self._wake()

    async def _stored_and_handled(self, receipts: Sequence[Receipt]) -> bool:
        if self._at_once is None or len(receipts) > FEW:
            return False
        told: set[int] = set()

        async def put(work: UnitOfWork) -> None:
            told.update(await self._put(receipts, work))

        if not await self._at_once(put):
            return False
        self._note_told(told)
        return True

    async def _store(self, receipts: Sequence[Receipt]) -> None:
        async with self._units.begin(urgent=True) as work:
            told = await self._put(receipts, work)
        self._note_told(told)

    async def _put(self, receipts: Sequence[Receipt], work: UnitOfWork) -> set[int]:
        """Write them; gives whom a row tells that they are too fast."""
        new = await work.inbox.store(receipts)
        return await self._tell([r for r in receipts if r.refused and r.update_id in new], work)

    def _note_told(self, told: Collection[int]) -> None:
        if self._flood is not None:
            for user_id in told:
                self._flood.told(user_id)

    async def _tell(self, refused: Sequence[Receipt], work: UnitOfWork) -> set[int]:
        told: set[int] = set()
        for receipt in refused:
            user_id = receipt.user_id
            if user_id is None or user_id in told or self._flood is None or not self._flood.is_to_be_told(user_id):
                continue
            told.add(user_id)
            log.warning(
                "somebody sends too fast: what comes beyond the limit is refused, from update %s on", receipt.update_id
            )
            try:
                async with work.savepoint():
                    await self._tell_flooded(json_text.read(receipt.payload), work)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("who sent update %s could not be told that they are too fast", receipt.update_id)
        return told
