"""The Bot API over aiohttp: calls as they are, and updates as raw values.

The token stands in every address, so that no exception of the client library leaves this file: its own name is all that
is told of it.
"""

import asyncio
import io
import json
import mimetypes
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import aiohttp

from bot import json_text
from bot.domain.outgoing import Attachment
from bot.domain.ports.delivery import NotSent, Refused, Uncertain

CONNECT_SECONDS = 5
_JSON = {"Content-Type": "application/json"}
POLL_SLACK_SECONDS = 10


class Transport:
    """One bot's connection. To be made within a running event loop, and closed."""

    def __init__(self, token: str, base: str) -> None:
        self._prefix = f"{base.rstrip('/')}/bot{token}/"
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS)
        )

    def __repr__(self) -> str:
        return "Transport()"

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        files: Mapping[str, Attachment] | None = None,
        time_limit: float = 10,
    ) -> Any:
        """The call's result; as multipart when files go along. `time_limit` is in seconds.

        Raises Refused (Telegram said no), NotSent (no connection), Uncertain (no answer, or one that says nothing).
        """
        content: dict[str, Any] = (
            {"data": _form(params, files)} if files else {"data": json_text.write(dict(params)), "headers": _JSON}
        )
        try:
            async with asyncio.timeout(time_limit), self._session.post(self._prefix + method, **content) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise Uncertain(f"no answer in {time_limit} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise Uncertain(type(error).__name__) from None
        return _result(status, body)

    async def updates(
        self, offset: int | None, *, wait_seconds: int, allowed: Sequence[str], limit: int = 100
    ) -> list[Any]:
        """Updates as they came, each a value of its own; waits so long for the first. Raises as `call` does."""
        params: dict[str, Any] = {"timeout": wait_seconds, "limit": limit, "allowed_updates": list(allowed)}
        if offset is not None:
            params["offset"] = offset
        result = await self.call("getUpdates", params, time_limit=wait_seconds + POLL_SLACK_SECONDS)
        if not isinstance(result, list):
            raise Uncertain("no list of updates")
        return result


def _form(params: Mapping[str, Any], files: Mapping[str, Attachment]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        if value is not None:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, file in files.items():
        media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        form.add_field(name, io.BytesIO(file.content), filename=file.name, content_type=media_type)
    return form


def _result(status: int, body: bytes) -> Any:
    try:
        answer = json_text.read(body)
    except (ValueError, RecursionError):
        answer = None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not isinstance(answer, dict):
        raise Uncertain(f"status {status}")
    if answer.get("ok") is True:
        return answer.get("result")
    parameters = answer.get("parameters") or {}
    raise Refused(
        int(answer.get("error_code") or status),
        str(answer.get("description") or ""),
        retry_after=parameters.get("retry_after"),
        migrate_to=parameters.get("migrate_to_chat_id"),
    )
