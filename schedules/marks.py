"""What became of rows, and claims of new ones, written in one transaction."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from bot.domain.errors import DatabaseUnavailable
from bot.domain.outgoing import Dead, Delivery, Priority
from bot.domain.ports.delivery import Clock, Finished
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from schedules.intake import Finish

log = logging.getLogger(__name__)
CLAIM: Final = 200
"""Rows of one priority claimed at a time."""


class Marks:
    """Writes for one process. `finished[kind](row, work)` is told of each row of a kind that came to its end."""

    def __init__(self, units: Units, clock: Clock, *, process: str, finished: Mapping[str, Finish]) -> None:
        self._units = units
        self._clock = clock
        self._process = process
        self._finished = finished

    async def write(
        self,
        outcomes: Sequence[Finished],
        wanted: Mapping[Priority, Collection[int]],
        *,
        begun: Callable[[], None] = lambda: None,
    ) -> dict[Priority, list[Delivery]]:
        """Mark, and claim the priorities that are wanted, leaving out these chats; gives the claimed rows.

        `begun` is called when the transaction has begun: it sees all that was committed by then.
        Raises DatabaseUnavailable, after which the same may be written again. When a mark cannot be written for another
        reason, all are written one by one, and nothing is claimed.
        """
        try:
            return await self._together(outcomes, wanted, begun)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("one of %s marks cannot be written; they are written one by one", len(outcomes))
        for each in outcomes:
            await self._alone(each)
        return {}

    async def begin(self) -> float:
        """Note that what other processes have claimed may have arrived, and cut stored waits to their own length.

        Gives for how many seconds more Telegram has asked for silence. Raises DatabaseUnavailable.
        """
        async with self._units.begin() as work:
            await work.outbox.doubt(self._process)
            await work.outbox.cut_waits()
            return await work.outbox.paused_seconds()

    async def take_over(self, hold: Collection[str]) -> tuple[int, float]:
        """Free what other processes, which must be dead, have claimed; rows of the kinds in `hold` end instead.

        Gives how many were freed, and what silence Telegram has asked of them since. Raises DatabaseUnavailable.
        """
        async with self._units.begin() as work:
            for kind in hold:
                for each in await work.outbox.hold(self._process, kind):
                    await self._tell(each, work)
            taken = await work.outbox.take_over(self._process)
            return taken, await work.outbox.paused_seconds()

    async def give_back(self, *, but: Collection[int]) -> None:
        """Free our claims but those in hand: of a claim whose commit had no answer. Raises DatabaseUnavailable."""
        async with self._units.begin() as work:
            if rows := await work.outbox.give_back(self._process, but=but):
                log.info("%s rows were claimed without our knowing; they are free again", rows)

    async def _together(
        self,
        outcomes: Sequence[Finished],
        wanted: Mapping[Priority, Collection[int]],
        begun: Callable[[], None] = lambda: None,
    ) -> dict[Priority, list[Delivery]]:
        async with self._units.begin() as work:
            begun()
            ended = await work.outbox.record(outcomes, now=self._clock.now()) if outcomes else []
            for each in ended:
                await self._tell(each, work)
            return {
                priority: await work.outbox.claim(self._process, priority, CLAIM, except_chats=chats)
                for priority, chats in wanted.items()
            }

    async def _alone(self, each: Finished) -> None:
        """Mark one row; as dead when its outcome is nothing that the database takes, since it must not be sent again."""
        try:
            await self._together([each], {})
        except DatabaseUnavailable:
            raise
        except Exception as error:
            log.exception("what became of row %s cannot be written", each.row.id)
            await self._together([Finished(each.row, Dead(f"not written: {type(error).__name__}"))], {})

    async def _tell(self, ended: Finished, work: UnitOfWork) -> None:
        finish = self._finished.get(ended.row.kind)
        if finish is None:
            return
        try:
            async with work.savepoint():
                await finish(ended, work)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("the end of row %s (%s) could not be noted", ended.row.id, ended.row.kind)
