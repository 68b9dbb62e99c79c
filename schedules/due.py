"""What falls due, done in parts; what fails is undone, stops nothing else, and is tried again after the others."""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.domain.errors import DatabaseUnavailable
from bot.domain.frozen import dataclass
from bot.domain.ports.units import Units
from schedules.jobs import Run

log = logging.getLogger(__name__)

Find: TypeAlias = Callable[..., Awaitable[Sequence[int]]]
"""Called with a unit of work, `now` and `but`: ids of some of what is due, the first first, less these."""
Do: TypeAlias = Callable[..., Awaitable[object]]
"""Called with a unit of work, ids and `now`: does what of them is due still, and tells whether to look for more."""


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of what falls due: how it is found, and how several at once or one alone are done."""

    kind: str
    find: Find
    do: Do


def each_due(units: Units, due: Due) -> Run:
    """A tick's `run`: a part after the other in transactions of their own, and one by one what a failing part holds.

    What fails is noted for `/halsa`, and tried at each tick when all else has been done, one by one: however much it is,
    it keeps nothing else waiting.
    """

    async def run(now: datetime) -> None:
        async with units.read() as work:
            earlier = await work.failures.list_of(due.kind)
        await _Round(units, due, now, earlier).run()

    return run


class _Round:
    """One tick's; `earlier` is what failed at the last one."""

    def __init__(self, units: Units, due: Due, now: datetime, earlier: Collection[int]) -> None:
        self._units = units
        self._due = due
        self._now = now
        self._earlier = frozenset(earlier)
        self._failed: dict[int, str] = {}

    async def run(self) -> None:
        while await self._part():
            pass
        if self._earlier:
            await self._once_more()
        if self._failed.keys() != self._earlier:
            async with self._units.begin() as work:
                await work.failures.keep(self._due.kind, self._failed)
        for each in sorted(self._earlier - self._failed.keys()):
            log.info("%s %s fails no more", self._due.kind, each)

    async def _part(self) -> bool:
        """Whether there may be more."""
        ids: Sequence[int] = ()
        try:
            async with self._units.begin() as work:
                ids = await self._due.find(work, now=self._now, but=self._earlier | self._failed.keys())
                return bool(ids and await self._due.do(work, ids, now=self._now))
        except DatabaseUnavailable:
            raise
        except Exception as error:
            if not ids:
                raise
            log.info("one of %s (%s) failed: %s; one by one", len(ids), self._due.kind, type(error).__name__)
        return any([await self._alone(each) for each in ids])

    async def _once_more(self) -> None:
        """What failed earlier and is due still."""
        seen = set(self._failed)
        while ids := await self._find(seen):
            for each in ids:
                if each in self._earlier:
                    await self._alone(each)
            seen.update(ids)

    async def _find(self, but: Collection[int]) -> Sequence[int]:
        async with self._units.read() as work:
            return await self._due.find(work, now=self._now, but=but)

    async def _alone(self, each: int) -> bool:
        """Whether there may be more."""
        try:
            async with self._units.begin() as work:
                return bool(await self._due.do(work, [each], now=self._now))
        except DatabaseUnavailable:
            raise
        except Exception as error:
            if each not in self._earlier:
                log.exception("%s %s failed; it is tried again at each tick", self._due.kind, each)
            self._failed[each] = type(error).__name__  # what it says may be people's words
            return True
