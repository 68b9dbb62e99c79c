"""One claimed row: made, rendered, sent, and what became of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.domain.errors import DatabaseUnavailable
from bot.domain.frozen import dataclass
from bot.domain.outgoing import Attachment, Dead, Delivery, Dropped, Outcome, Outgoing, Retry, Sent, ToDraw
from bot.domain.ports.delivery import Clock, NotSent, NotYet, Refused, Telegram, Uncertain
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.ports.units import Units
from bot.pacing import ChatPace, Pace
from schedules.files import Files, Make
from schedules.refusals import is_as_wanted, is_gone, is_lost_file, outcome_of

log = logging.getLogger(__name__)
SEND_SECONDS: Final = 10.0
DATABASE_PAUSE: Final = 1.0
TO_A_CHAT: Final = ("send", "edit", "deleteMessage", "copy", "forward", "pin", "unpin")

Render: TypeAlias = Callable[[Delivery, UnitOfWork, datetime], Awaitable[Sequence[Outgoing] | None]]


class NotWanted(Exception):  # a condition: what the row was to say is no longer true
    """There is nothing to send any more."""


@dataclass(slots=True)
class _Progress:
    """What of a row is done."""

    steps: int
    calls: int = 0
    message_ids: list[int] = field(default_factory=list)
    edited: int | None = None
    files: dict[str, str] = field(default_factory=dict)
    result: Any = None

    def sent(self) -> Sent:
        return Sent(tuple(self.message_ids), self.edited, dict(self.files), self.result)


class Sending:
    """Sends rows of every kind.

    `render[kind](row, work, now)` gives a row's calls and files (None: not wanted any more), `make[maker](work, ids, now)`
    what `Files` tells; both read only, and may raise NotYet. `now` is the domain's time. A call that
    has no answer within `time_limit` seconds is uncertain; then rows of the kinds in `hold` are not sent again.
    """

    def __init__(
        self,
        telegram: Telegram,
        units: Units,
        clock: Clock,
        *,
        pace: Pace,
        chat_pace: ChatPace,
        render: Mapping[str, Render],
        make: Mapping[str, Make],
        time_limit: float = SEND_SECONDS,
        hold: Collection[str] = (),
    ) -> None:
        self._telegram = telegram
        self._units = units
        self._clock = clock
        self._pace = pace
        self._chat_pace = chat_pace
        self._render = render
        self._files = Files(units, clock, make)
        self._time_limit = time_limit
        self._hold = hold

    async def send(self, row: Delivery) -> Outcome:  # noqa: PLR0911  # one for each way to end
        """Send a row, for whose first call a place has been taken; tells what became of it and raises nothing."""
        if row.expires_at is not None and row.expires_at <= self._clock.now():
            log.info("row %s (%s) was not sent: it helps no more since %s", row.id, row.kind, row.expires_at)
            return Dropped("expired")
        progress = _Progress(row.steps)
        try:
            return await self._send(row, progress)
        except NotWanted:
            log.info("row %s (%s) was not sent: it is no longer true", row.id, row.kind)
            return Dropped("not wanted any more")
        except NotYet as wait:
            return Retry(wait.seconds, "it is being made", steps=progress.steps, counted=False)
        except (Refused, NotSent, Uncertain) as error:
            return self._failed(row, error, progress)
        except DatabaseUnavailable as error:
            return Retry(DATABASE_PAUSE, f"database: {error}", steps=progress.steps, counted=False)
        except Exception as error:
            log.exception("row %s (%s) cannot be sent", row.id, row.kind)
            return Dead(type(error).__name__)  # what it says may be people's words

    def _failed(self, row: Delivery, error: Refused | NotSent | Uncertain, progress: _Progress) -> Outcome:
        outcome = outcome_of(error, row, steps=progress.steps, hold=self._hold)
        log.warning("row %s (%s), try %s: %s", row.id, row.kind, row.attempts + 1, error)
        if isinstance(error, NotSent):
            self._pace.pause(1)
        if isinstance(outcome, Retry) and not outcome.counted:
            if row.chat_id is not None and row.chat_id < 0:
                self._chat_pace.pause(row.chat_id, outcome.seconds)
            else:
                self._pace.refused(outcome.seconds)
        return outcome

    async def _send(self, row: Delivery, progress: _Progress) -> Sent:
        if row.kind == "card":
            await self._card(row, progress)
            return progress.sent()
        if row.kind in {"call", "file"}:
            parts: Sequence[Outgoing] = [Outgoing(row.kind, row.payload)]
        else:
            parts = await self._rendered(row)
        for part in parts[row.steps :]:
            if part.kind == "file":
                await self._file(row, part.payload, progress)
            else:
                await self._plain(row, part.payload, progress)
            progress.steps += 1
        return progress.sent()

    async def _rendered(self, row: Delivery) -> Sequence[Outgoing]:
        async with self._units.read() as work:
            parts = await self._render[row.kind](row, work, self._clock.now())
        if parts is None:
            raise NotWanted
        return parts

    async def _plain(self, row: Delivery, payload: Mapping[str, Any], progress: _Progress) -> None:
        method, params = str(payload["method"]), dict(payload["params"])
        try:
            await self._call(row, method, params, progress)
        except Refused as error:
            if method != "editMessageText" or not is_gone(error):
                raise
            params.pop("message_id", None)
            await self._call(row, "sendMessage", params, progress)

    async def _card(self, row: Delivery, progress: _Progress) -> None:
        """Edit the card while it is the chat's last message; otherwise strip its buttons and send it anew."""
        assert row.card_id is not None  # noqa: S101  # a card's row names its card
        place = row.place
        if place is None:
            async with self._units.read() as work:
                place = await work.chats.place_of(row.card_id)
        params = dict(row.payload["params"])
        if place.is_last:
            try:
                await self._call(row, "editMessageText", params | {"message_id": place.message_id}, progress)
            except Refused as error:
                if not is_gone(error):
                    raise
            else:
                progress.edited = place.message_id
                return
        elif place.message_id is not None:
            try:
                await self._call(row, "editMessageReplyMarkup", {"message_id": place.message_id}, progress)
            except Refused as error:
                if error.code != 400:  # noqa: PLR2004  # whatever it is with the old card, it takes no presses
                    raise
        await self._call(row, "sendMessage", params, progress)

    async def _file(self, row: Delivery, payload: Mapping[str, Any], progress: _Progress) -> None:
        method, name, params = str(payload["method"]), str(payload["field"]), dict(payload["params"])
        key = payload.get("cache_key")
        if await self._known(row, payload, key, progress):
            return
        made = await self._files.made(payload["file"])
        if made is None:
            raise NotWanted
        if isinstance(made, ToDraw):
            key = made.key
            if await self._known(row, payload, key, progress):
                return
            made = await self._files.drawn(made)
        result = await self._call(row, method, params, progress, files={name: made})
        file_id = _file_id(result, name)
        if key is not None and file_id is not None:
            progress.files[key] = file_id

    async def _known(self, row: Delivery, payload: Mapping[str, Any], key: str | None, progress: _Progress) -> bool:
        """Send what Telegram has under the key; False where it has nothing."""
        file_id = None if key is None else await self._files.known(key)
        if file_id is None:
            return False
        try:
            await self._call(row, str(payload["method"]), {**payload["params"], payload["field"]: file_id}, progress)
        except Refused as error:
            if not is_lost_file(error):
                raise
            return False
        return True

    async def _call(
        self,
        row: Delivery,
        method: str,
        params: dict[str, Any],
        progress: _Progress,
        *,
        files: Mapping[str, Attachment] | None = None,
    ) -> Any:
        if row.chat_id is not None and ("chat_id" in params or method.startswith(TO_A_CHAT)):
            params["chat_id"] = row.chat_id
        if progress.calls:
            await self._place(row.chat_id)
        progress.calls += 1
        try:
            result = await self._telegram.call(method, params, files=files, time_limit=self._time_limit)
        except Refused as error:
            if not is_as_wanted(error):
                raise
            result = None
        if isinstance(result, dict) and "message_id" in result and method.startswith("send"):
            progress.message_ids.append(int(result["message_id"]))
        progress.result = result
        return result

    async def _place(self, chat_id: int | None) -> None:
        """Wait for another place: this row takes more than one."""
        while (seconds := self._pace.wait()) > 0:  # noqa: ASYNC110  # time passes by itself, there is no event of it
            await asyncio.sleep(seconds)
        self._pace.take()
        if chat_id is not None:
            self._chat_pace.take(chat_id)


def _file_id(result: Any, name: str) -> str | None:
    sent = result.get(name) if isinstance(result, dict) else None
    if isinstance(sent, list) and sent:
        sent = sent[-1]
    file_id = sent.get("file_id") if isinstance(sent, dict) else None
    return None if file_id is None else str(file_id)
