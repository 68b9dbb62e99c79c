"""What is said without an update to answer: notices when they are sent, apologies, and a word to who is too fast."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import NotFound, Outdated
from bot.domain.languages import language_from
from bot.domain.outgoing import Delivery, Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.views import errors
from bot.views.outbox import separate
from bot.views.screen import Reader
from handlers.routes import Notice

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""These lines say nothing of times."""


class Notices:
    """Renders rows of kind notice in the reader's language, from the state of the moment they are sent."""

    def __init__(self, notices: Mapping[str, Notice]) -> None:
        self._notices = notices

    async def render(self, row: Delivery, work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
        """The calls and files, or None when what was to be told is no longer so."""
        if row.person_id is None or row.chat_id is None:
            return None
        reader = await work.people.get(row.person_id)
        try:
            screen = await self._notices[str(row.payload["name"])](work, reader, row.payload, now)
        except (NotFound, Outdated):
            return None
        if screen is None:
            return None
        return separate(screen, Reader(reader.language, now), chat_id=row.chat_id, reply_to=row.payload.get("reply_to"))


def _from_user(update: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who sent an update in a private chat."""
    for body in update.values():
        if isinstance(body, dict) and isinstance(body.get("from"), dict):
            chat = (body.get("message") or body).get("chat") or {}
            return body["from"] if chat.get("type") == "private" else None
    return None


async def apologise(update: Mapping[str, Any], error_id: str, work: UnitOfWork) -> None:
    """Tell the person that something of ours broke, in their language."""
    await _say(update, work, lambda: errors.apology(error_id))


async def tell_flooded(update: Mapping[str, Any], work: UnitOfWork) -> None:
    """Tell a person that they send faster than it is read."""
    await _say(update, work, errors.too_fast)


async def _say(update: Mapping[str, Any], work: UnitOfWork, screen: Any) -> None:
    user = _from_user(update)
    if user is None or not isinstance(user.get("id"), int):
        return
    person = await work.people.with_user_id(user["id"])
    language = person.language if person else language_from(user.get("language_code"))
    reader = Reader(language, EPOCH)
    for row in separate(screen(), reader, chat_id=user["id"]):
        await work.outbox.add(row)
