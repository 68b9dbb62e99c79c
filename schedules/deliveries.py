"""From the outbox to Telegram: rows claimed, sent at the pace that is allowed, and marked.

Two loops share the rows in hand. One writes: what became of rows, and claims of new ones, in one transaction. The other
sends: one row after the other gets its place. A row counts as in flight from its sending until its mark is committed, and
there are never more than `window` of those: no more can be sent twice after a sudden stop.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from bot.domain.errors import DatabaseUnavailable
from bot.domain.outgoing import Dead, Delivery, Held, Migrated, Priority, Retry
from bot.domain.ports.delivery import Clock, Finished
from bot.domain.ports.units import Units
from bot.pacing import ChatPace, Pace
from schedules.buffer import Buffer
from schedules.intake import Finish
from schedules.marks import CLAIM, Marks
from schedules.pauses import Pauses
from schedules.sending import Sending

T = TypeVar("T")

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 1.0
ENOUGH: Final = 100
SENDS_END_SECONDS: Final = 2.0
MARKS_END_SECONDS: Final = 1.4
"""At a stop, one after the other: together less than the bot gives all its parts."""


class Deliveries:
    """The one sender of a bot.

    `sending` sends single rows. `finished[kind](row, work)` is told, in the transaction that marks it, of each row of a
    kind that came to its end. `committed` is called after each such transaction, `answered` also when an update of the
    bot's own was stored, which is Telegram's answer to a call. Other processes' claims are taken
    `take_over_after` seconds after the start: 0 where they must be dead (SQLite's lock file), a send's time limit elsewhere;
    rows of the kinds in `hold` among them may have been sent and are not sent again.
    """

    def __init__(
        self,
        units: Units,
        clock: Clock,
        sending: Sending,
        *,
        pace: Pace,
        chat_pace: ChatPace,
        window: int,
        committed: Callable[[], None],
        answered: Callable[[], None],
        finished: Mapping[str, Finish],
        take_over_after: float = 0.0,
        hold: Collection[str] = (),
    ) -> None:
        self.process = secrets.token_hex(8)
        self._units = units
        self._sending = sending
        self._pace = pace
        self._chat_pace = chat_pace
        self._window = window
        self._committed = committed
        self._answered = answered
        self._marks = Marks(units, clock, process=self.process, finished=finished)
        self._take_over_after = take_over_after
        self._hold = hold
        self._buffer = Buffer()
        self._in_flight: dict[int, Delivery] = {}
        self._busy: set[int] = set()
        self._outcomes: list[Finished] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._moved: dict[int, object] = {}
        """Chats that have a message more since rows in the buffer were claimed, each with a token of the last one: where
        their cards stood counts no more."""
        self._may_have_more = dict.fromkeys(Priority, True)
        self._to_write = asyncio.Event()
        self._to_send = asyncio.Event()
        self._database_is_well = True
        self._knows_its_claims = True
        self._halted = False
        self._knows_silence = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Rows were stored."""
        self._may_have_more = dict.fromkeys(Priority, True)
        self._to_write.set()

    def moved(self, chats: Collection[int]) -> None:
        """These chats have a message more."""
        self._moved.update(dict.fromkeys(chats, object()))

    def hurry(self, seconds: float) -> None:
        """Do not pace for so many seconds: the demo's clock is being moved."""
        self._pace.lift(seconds)
        self._chat_pace.lift(seconds)
        self._to_send.set()

    def halt(self) -> None:
        """Send nothing more: this process may not be the only one."""
        self._halted = True

    async def run(self) -> None:
        """Send until stopped; then mark what is in flight and give back what was not sent."""
        sender = asyncio.create_task(self._send_loop(), name="sender")
        writer = asyncio.create_task(self._write_loop(), name="marks")
        others = [sender, asyncio.create_task(self._take_over()), asyncio.create_task(self._stopping.wait())]
        try:
            await asyncio.wait([sender, writer, others[-1]], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in others:
                task.cancel()
            results = await asyncio.gather(*others, return_exceptions=True)
            await self._finish_sends()
            self._stopping.set()
            self._to_write.set()
            await asyncio.wait([writer], timeout=MARKS_END_SECONDS)
            writer.cancel()
            results += await asyncio.gather(writer, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def stop(self) -> None:
        """Claim and send no more; `run` ends when what is in flight has been marked."""
        self._stopping.set()

    async def _take_over(self) -> None:
        self._pace.pause(await _insisted(self._marks.begin))
        self._knows_silence.set()
        await asyncio.sleep(self._take_over_after)
        taken, silent = await _insisted(partial(self._marks.take_over, self._hold))
        self._pace.pause(silent)
        if taken:
            log.warning("%s rows of a process that is gone are sent (again, where it had sent them)", taken)
        self.wake()

    # Sending

    async def _send_loop(self) -> None:
        await self._knows_silence.wait()
        while True:
            self._to_send.clear()
            if self._halted or not self._database_is_well or len(self._in_flight) >= self._window or not self._buffer:
                await self._to_send.wait()
                continue
            seconds = self._pace.wait()
            if seconds > 0:
                await asyncio.sleep(seconds)
                continue
            row, soonest = self._buffer.next(self._busy, self._chat_pace.wait)
            if row is None:
                await _wait(self._to_send, soonest)
                continue
            self._start(row)
            if self._lacking():
                self._to_write.set()

    def _start(self, row: Delivery) -> None:
        if row.chat_id in self._moved:
            row = replace(row, place=None)
        self._pace.take()
        self._in_flight[row.id] = row
        if row.chat_id is not None:
            self._chat_pace.take(row.chat_id)
            self._busy.add(row.chat_id)
        task = asyncio.create_task(self._deliver(row))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, row: Delivery) -> None:
        self._outcomes.append(Finished(row, await self._sending.send(row)))
        self._to_write.set()

    # Writing

    async def _write_loop(self) -> None:
        pauses = Pauses()
        while not self._is_over():
            self._to_write.clear()
            try:
                wrote = await self._write()
            except DatabaseUnavailable as error:
                # marks are tried again, sends are not, and no new ones begin
                self._database_is_well = self._knows_its_claims = False
                self._may_have_more = dict.fromkeys(Priority, True)
                seconds = pauses.next()
                log.warning("the sender waits for the database (%s), again in %.1f s", error, seconds)
                await asyncio.sleep(seconds)
                continue
            pauses.reset()
            self._database_is_well = True
            self._to_send.set()
            if not wrote:
                await _wait(self._to_write, LOOK_SECONDS)
                if not self._to_write.is_set():
                    # nobody woke us: the look that finds rows whose wait is over, and the net
                    self._may_have_more = dict.fromkeys(Priority, True)

    def _is_over(self) -> bool:
        """Whether all is marked and given back after the stop."""
        if not self._stopping.is_set() or self._tasks:
            return False
        self._outcomes += [Finished(row, Held()) for row in self._buffer.withdraw(lambda _: True)]
        return not self._outcomes

    def _lacking(self) -> list[Priority]:
        """Priorities of which too little is in hand and more may be there."""
        if self._halted or self._stopping.is_set():
            return []
        return [p for p, more in self._may_have_more.items() if more and self._buffer.count(p) < ENOUGH]

    async def _write(self) -> bool:
        """Mark and claim in one transaction; False when there was nothing to do."""
        if not self._knows_its_claims:
            settled = [each.row.id for each in self._outcomes]
            await self._marks.give_back(but=[*self._in_flight, *self._buffer.ids(), *settled])
            self._knows_its_claims = True
        lacking = self._lacking()
        # before the look and not after it: a wake in between must not be forgotten
        self._may_have_more |= dict.fromkeys(lacking, False)
        if not self._outcomes:
            if not lacking:
                return False
            async with self._units.read() as work:
                if not await work.outbox.has_sendable():
                    return False
        self._withdraw_followers()
        outcomes = list(self._outcomes)
        before: dict[int, object] = {}
        claimed = await self._marks.write(
            outcomes, {p: self._buffer.crowded(p) for p in lacking}, begun=lambda: before.update(self._moved)
        )
        self._moved = {
            chat_id: moved
            for chat_id, moved in self._moved.items()
            if before.get(chat_id) is not moved or self._buffer.holds(chat_id)
        }
        self._settle(outcomes)
        for priority in lacking:
            rows = claimed.get(priority)
            self._may_have_more[priority] |= rows is None or len(rows) == CLAIM
            self._buffer.add(rows or ())
        return bool(outcomes) or any(claimed.values())

    def _settle(self, outcomes: Sequence[Finished]) -> None:
        """These marks are committed: the rows are in flight no more."""
        if not outcomes:
            return
        del self._outcomes[: len(outcomes)]
        for each in outcomes:
            self._in_flight.pop(each.row.id, None)
            if each.row.chat_id is not None and self._buffer.holds(each.row.chat_id):
                self.moved([each.row.chat_id])
        self._busy = {row.chat_id for row in self._in_flight.values() if row.chat_id is not None}
        self._committed()
        if any("answer_as" in each.row.payload for each in outcomes):
            self._answered()

    def _withdraw_followers(self) -> None:
        """Rows in hand that an outcome concerns too: of a card that waits, of a chat that is gone or has moved."""
        for each in list(self._outcomes):
            row, outcome = each.row, each.outcome
            if isinstance(outcome, Retry) and row.card_id is not None:
                for follower in self._buffer.withdraw(lambda r, of=row.card_id: r.card_id == of):  # type: ignore[misc]  # mypy cannot infer a lambda with a default
                    self._outcomes.append(Finished(follower, Held()))
            elif isinstance(outcome, Migrated) or (isinstance(outcome, Dead) and outcome.unreachable):
                ending = Held() if isinstance(outcome, Migrated) else Dead(outcome.why)
                for follower in self._buffer.withdraw(lambda r, of=row.chat_id: r.chat_id == of):  # type: ignore[misc]  # likewise
                    self._outcomes.append(Finished(follower, ending))

    # The end

    async def _finish_sends(self) -> None:
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=SENDS_END_SECONDS)
        for task in late:
            task.cancel()
        if late:
            log.warning("%s rows were in flight at the stop; they are sent again at the next start", len(late))


async def _insisted(write: Callable[[], Awaitable[T]]) -> T:
    """Write, as often as it takes."""
    pauses = Pauses()
    while True:
        try:
            return await write()
        except DatabaseUnavailable:
            await asyncio.sleep(pauses.next())
        except Exception:
            log.exception("what a process that is gone had claimed could not be taken over; trying again")
            await asyncio.sleep(pauses.next())


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
