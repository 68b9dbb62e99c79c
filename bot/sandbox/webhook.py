"""Webhooks: every update is posted until it is taken, in order within its lane, lanes side by side."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from bot.sandbox.errors import BadRequest, TooManyRequests
from bot.sandbox.parsing import RawRequest, parsed_json

if TYPE_CHECKING:
    from bot.sandbox.world import World

Post = Callable[[], Awaitable[float | None]]
Carrier = Callable[[str, RawRequest], Awaitable[None]]

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MAX_SECRET = 256
_MAX_CONNECTIONS = 100
_DEFAULT_CONNECTIONS = 40
_SET_EVERY_SECONDS = 1.0
_ANSWER_SECONDS = 60
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_NOT_IN_ANSWERS = re.compile(r"get.*|setwebhook|deletewebhook|close|logout", re.IGNORECASE)


class Webhooks:
    """The webhook, if one is set, and its deliveries. Pauses and time limits are real time."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._set_at = float("-inf")
        self._changed = asyncio.Event()
        self._freed = asyncio.Event()

    # -------------------------------------------------------------- the methods

    def set_webhook(self, parameters: dict[str, Any]) -> bool:
        """setWebhook; raises TooManyRequests when more often than once a second."""
        now = time.monotonic()
        if self._world.limits.settings.enabled and now - self._set_at < _SET_EVERY_SECONDS:
            raise TooManyRequests(1)
        if not parameters.get("url"):
            return self.delete_webhook(drop_pending=parameters.get("drop_pending_updates", False))
        url = _checked_url(parameters["url"])
        secret = parameters.get("secret_token")
        if secret is not None and len(secret) > _MAX_SECRET:
            raise BadRequest("secret token is too long")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise BadRequest("secret token contains unallowed characters")
        self._set_at = now
        self._world.updates.allow(parameters.get("allowed_updates"))
        if parameters.get("drop_pending_updates"):
            self._world.updates.forget_all()
        connections = min(max(parameters.get("max_connections", _DEFAULT_CONNECTIONS), 1), _MAX_CONNECTIONS)
        self._world.store.set_setting("webhook", {"url": url, "secret": secret, "max_connections": connections})
        self._world.updates.end_poll("terminated by setWebhook request")
        self._changed.set()
        return True

    def delete_webhook(self, *, drop_pending: bool) -> bool:
        """Serves deleteWebhook."""
        if drop_pending:
            self._world.updates.forget_all()
        self._world.store.set_setting("webhook", None)
        self._world.store.set_setting("webhook_error", None)
        self._changed.set()
        return True

    def look_again(self) -> None:
        """The webhook may be another one, or none."""
        self._changed.set()

    def info(self) -> dict[str, Any]:
        """Serves getWebhookInfo."""
        webhook = self._world.store.setting("webhook")
        info: dict[str, Any] = {
            "url": webhook["url"] if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": self._world.updates.count(),
        }
        if webhook:
            info["max_connections"] = webhook["max_connections"]
            info |= self._world.store.setting("webhook_error", {})
        if allowed := self._world.store.setting("allowed_updates"):
            info["allowed_updates"] = allowed
        return info

    # --------------------------------------------------------------- deliveries

    async def run(self, carry_out: Carrier) -> None:
        """Delivers for as long as the server runs; `carry_out` does the calls that come in answers."""
        while True:
            self._changed.clear()
            webhook = self._world.store.setting("webhook")
            if webhook is None:
                await self._changed.wait()
                continue
            delivering = asyncio.create_task(self._deliver(webhook, carry_out))
            try:
                await self._changed.wait()
            finally:
                delivering.cancel()
                await asyncio.gather(delivering, return_exceptions=True)

    async def _deliver(self, webhook: dict[str, Any], carry_out: Carrier) -> None:
        timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            under_way: set[int] = set()
            while True:
                fresh, self._freed = self._world.updates.fresh, asyncio.Event()
                for update_id, lane, update in self._world.updates.next_of_lanes():
                    if lane not in under_way and len(under_way) < webhook["max_connections"]:
                        under_way.add(lane)
                        post = partial(self._post, session, webhook, update, carry_out)
                        group.create_task(self._until_taken(post, update_id, lane, under_way))
                waits = [asyncio.ensure_future(fresh.wait()), asyncio.ensure_future(self._freed.wait())]
                try:
                    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for wait in waits:
                        wait.cancel()

    async def _until_taken(self, post: Post, update_id: int, lane: int, under_way: set[int]) -> None:
        pause = 0.0
        while (asked := await post()) is not None:
            await asyncio.sleep(max(pause, asked))
            pause = min(_LONGEST_PAUSE_SECONDS, pause * 2 or _FIRST_PAUSE_SECONDS)
        self._world.updates.delivered(update_id)
        under_way.remove(lane)
        self._freed.set()

    async def _post(
        self, session: aiohttp.ClientSession, webhook: dict[str, Any], update: bytes, carry_out: Carrier
    ) -> float | None:
        """None when it was taken, else the seconds that the bot asks to be left alone."""
        headers = {"Content-Type": "application/json"}
        if webhook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret"]
        try:
            async with session.post(webhook["url"], data=update, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
                status = answer.status
                asked = answer.headers.get("Retry-After", "0")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0
        if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's class of success
            self._failed(f"Wrong response from the webhook: {status} {answer.reason}")
            return float(asked) if asked.isdecimal() else 0.0
        await _carry_out(body, carry_out)
        return None

    def _failed(self, reason: str) -> None:
        with self._world.transaction():
            self._world.store.set_setting(
                "webhook_error", {"last_error_date": self._world.timestamp(), "last_error_message": reason}
            )


async def _carry_out(body: bytes, carry_out: Carrier) -> None:
    try:
        call = parsed_json(body.decode())
    except ValueError:
        return
    method = call.pop("method", None) if isinstance(call, dict) else None
    if isinstance(method, str) and not _NOT_IN_ANSWERS.fullmatch(method):
        await carry_out(
            method, RawRequest(call, size=len(body))
        )  # nobody is told of a refusal here; it stands in the log of calls


def _checked_url(text: str) -> str:
    try:
        url = URL(text)
    except ValueError:
        raise BadRequest("invalid webhook URL specified") from None
    if not url.host:
        raise BadRequest("invalid webhook URL specified")
    if url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    return text
