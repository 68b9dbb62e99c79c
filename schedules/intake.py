"""From the inbox to the handlers: effect, mark and replies in one transaction, order kept."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, TypeAlias

from bot import json_text
from bot.domain.errors import DatabaseUnavailable
from bot.domain.frozen import dataclass
from bot.domain.outgoing import Outgoing, Response
from bot.domain.ports.delivery import Finished, Waiting
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from schedules.pauses import Pauses
from schedules.receipt import an_id, part

log = logging.getLogger(__name__)
GROUP = 50
STRETCH_SECONDS = 0.002
LOOK_SECONDS = 1.0

Calls: TypeAlias = Sequence[tuple[str, Mapping[str, Any]]]
Handle: TypeAlias = Callable[[Mapping[str, Any], UnitOfWork, datetime], Awaitable[Response]]
Apologise: TypeAlias = Callable[[Mapping[str, Any], str, UnitOfWork], Awaitable[None]]
Finish: TypeAlias = Callable[[Finished, UnitOfWork], Awaitable[None]]


@dataclass(slots=True)
class _Left:
    """What updates leave to be written when they have had their effect."""

    chats: set[int | None] = field(default_factory=lambda: {None})
    replies: list[Outgoing] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)

    def add(self, chat_id: int | None, replies: Sequence[Outgoing], message: tuple[int, int] | None) -> None:
        """One update's."""
        self.chats.add(chat_id)
        self.replies += replies
        if message is not None:
            self.seen[message[0]] = message[1]

    async def write(self, work: UnitOfWork) -> None:
        """Store it. Only now a pressed message counts as seen: an unknown one is told by being the youngest."""
        await work.chats.saw(self.seen)
        await work.outbox.add_all(self.replies)


class Intake:
    """Lets stored updates have their effect, in order of arrival.

    `handle(update, work, received_at)` gives replies and what answers a press; whatever it raises undoes the update. Then
    the update is set aside and `apologise(update, error_id, work)` may write a reply, but not when the database cannot
    be used: then the same updates are tried again. `answer` gets the calls after the commit, `moved` the chats that have
    a message more, `committed` is called after each. `finished[kind](row, work)` is told of rows of a kind that will not be sent because a chat has gone.
    """

    def __init__(
        self,
        units: Units,
        handle: Handle,
        *,
        apologise: Apologise,
        answer: Callable[[Calls], None],
        moved: Callable[[Collection[int]], None],
        committed: Callable[[], None],
        finished: Mapping[str, Finish],
        group: int = GROUP,
    ) -> None:
        self._units = units
        self._handle = handle
        self._apologise = apologise
        self._answer = answer
        self._moved = moved
        self._committed = committed
        self._finished = finished
        self._group = group
        self._wake = asyncio.Event()
        self._taking = asyncio.Lock()
        self._progress = asyncio.Condition()
        self._done_id = 0
        self._stopping = False

    def wake(self) -> None:
        """Something was stored."""
        self._wake.set()

    async def at_once(self, store: Callable[[UnitOfWork], Awaitable[None]]) -> bool:
        """Let updates be stored and have their effect in one transaction, which spares a press a journey to the disk.

        False, and nothing has happened that storing them again would not mend, while others are under way, or when
        anything fails: then they are to be stored alone, so that what cannot be handled keeps nothing out.
        """
        if self._stopping or self._taking.locked():
            return False
        async with self._taking:
            rows: Sequence[Waiting] = []
            try:
                async with self._units.begin(urgent=True) as work:
                    await store(work)
                    # all that wait and not just these: what came before in the same chat is handled before
                    rows = await work.inbox.list_waiting(self._group)
                    calls = await self._group_effects(rows, work)
            except Exception as error:  # noqa: BLE001  # whichever it is shows when they are stored, or run one by one
                log.info("updates are stored before they are handled (%s)", type(error).__name__)
                self._note_moved(rows)  # the commit may be done though it had no answer
                return False
            if rows:
                await self._after(rows, calls)
        return True

    async def run(self) -> None:
        """Handle what waits until stopped."""
        pauses = Pauses()
        while not self._stopping:
            self._wake.clear()
            try:
                took_any = await self._take()
            except DatabaseUnavailable as error:
                seconds = pauses.next()
                log.warning("updates wait for the database (%s), again in %.1f s", error, seconds)
                await self._idle(seconds)
                continue
            pauses.reset()
            if not took_any:
                await self._idle(LOOK_SECONDS)

    async def stop(self) -> None:
        """Take no more; the update in hand is finished by `run`."""
        self._stopping = True
        self._wake.set()
        async with self._progress:
            self._progress.notify_all()

    async def caught_up(self) -> None:
        """Return when all that had been received at the call is handled, or at a stop. Raises DatabaseUnavailable."""
        async with self._units.read() as work:
            newest = await work.inbox.newest_waiting()
        while newest is not None and not self._stopping and self._done_id < newest:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS), self._progress:
                    await self._progress.wait()
            # a commit whose answer was lost is nobody's progress, but it is done
            async with self._units.read() as work:
                if not await work.inbox.waits_up_to(newest):
                    return

    async def _idle(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _take(self) -> bool:
        async with self._taking:
            async with self._units.read() as work:
                rows = await work.inbox.list_waiting(self._group)
            if not rows:
                return False
            if len(rows) == 1 or not await self._together(rows):
                for row in rows:
                    await self._alone(row)
        return True

    async def _together(self, rows: Sequence[Waiting]) -> bool:
        """Several updates in one transaction; False, and nothing has happened, when one of them fails."""
        try:
            async with self._units.begin(urgent=True) as work:
                calls = await self._group_effects(rows, work)
        except DatabaseUnavailable:
            self._note_moved(rows)
            raise
        except Exception as error:  # noqa: BLE001  # whichever it is shows when they run one by one
            log.info("one of %s updates failed (%s); they run one by one", len(rows), type(error).__name__)
            return False
        await self._after(rows, calls)
        return True

    async def _alone(self, row: Waiting) -> None:
        try:
            async with self._units.begin(urgent=True) as work:
                calls = await self._effects([row], work)
        except DatabaseUnavailable:
            raise
        except Exception as error:
            error_id = secrets.token_hex(4)
            log.exception("update %s is set aside, error %s", row.update_id, error_id)
            # only its kind: what it says may be people's words
            await self._set_aside(row, f"{error_id} {type(error).__name__}", error_id)
            calls = _end_of_press(_parsed(row.payload))
        await self._after([row], calls)

    async def _group_effects(self, rows: Sequence[Waiting], work: UnitOfWork) -> Calls:
        await work.people.read_ahead({row.user_id for row in rows if row.user_id is not None})
        return await self._effects(rows, work)

    async def _effects(self, rows: Sequence[Waiting], work: UnitOfWork) -> Calls:
        """Let updates have their effect one by one; replies, messages seen and marks are written together."""
        calls: list[tuple[str, Mapping[str, Any]]] = []
        left = _Left()
        loop = asyncio.get_running_loop()
        goes_on_at = loop.time() + STRETCH_SECONDS
        for row in rows:
            if row.chat_id in left.chats:
                # what came before in the same chat is written before, so that its order holds
                await left.write(work)
                left = _Left()
            update = json_text.read(row.payload)
            if "my_chat_member" in update:
                await self._membership(update, work)
            response = await self._handle(update, work, row.received_at)
            left.add(row.chat_id, response.replies, _message(update))
            calls += response.answers
            if loop.time() > goes_on_at:  # what is to be received and sent does not wait for the whole group
                await asyncio.sleep(0)
                goes_on_at = loop.time() + STRETCH_SECONDS
        await left.write(work)
        await work.inbox.mark_handled([row.id for row in rows])
        return calls

    async def _membership(self, update: Mapping[str, Any], work: UnitOfWork) -> None:
        chat_id = an_id(part(update, "my_chat_member", "chat", "id"))
        if chat_id is None:
            return
        status = part(update, "my_chat_member", "new_chat_member", "status")
        if status not in {"kicked", "left"}:
            await work.chats.reached(chat_id)
            return
        await work.chats.lost(chat_id, f"my_chat_member: {status}")
        for each in await work.outbox.end_waiting(chat_id, f"my_chat_member: {status}"):
            if each.row.kind in self._finished:
                await self._finished[each.row.kind](each, work)

    async def _set_aside(self, row: Waiting, reason: str, error_id: str) -> None:
        try:
            async with self._units.begin(urgent=True) as work:
                await work.inbox.set_aside(row.id, reason)
                await self._apologise(json_text.read(row.payload), error_id, work)
        except DatabaseUnavailable:
            raise
        except Exception:
            # what failed may have ended the whole transaction, so the update is set aside in another one
            log.exception("no apology for error %s", error_id)
            async with self._units.begin(urgent=True) as work:
                await work.inbox.set_aside(row.id, reason)

    async def _after(self, rows: Sequence[Waiting], calls: Calls) -> None:
        self._done_id = rows[-1].id
        async with self._progress:
            self._progress.notify_all()
        self._note_moved(rows)
        self._answer(calls)
        self._committed()

    def _note_moved(self, rows: Sequence[Waiting]) -> None:
        self._moved({row.chat_id for row in rows if row.chat_id is not None})


def _parsed(payload: str) -> Any:
    try:
        return json_text.read(payload)
    except (ValueError, RecursionError):
        return None


def _end_of_press(update: object) -> Calls:
    """The answer that ends a button's waiting sign, when the update is a press."""
    query_id = part(update, "callback_query", "id")
    return [("answerCallbackQuery", {"callback_query_id": query_id})] if isinstance(query_id, str) else []


def _message(update: Mapping[str, Any]) -> tuple[int, int] | None:
    """Chat and number of the message that an update tells of, a pressed one included."""
    bodies = (update.get("message"), update.get("edited_message"), part(update, "callback_query", "message"))
    body = next((each for each in bodies if each is not None), None)
    chat_id, message_id = an_id(part(body, "chat", "id")), an_id(part(body, "message_id"))
    return None if chat_id is None or message_id is None else (chat_id, message_id)
